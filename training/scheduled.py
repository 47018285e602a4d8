"""Schedules as learning rates: which optimizers have one, and what stands for it in words."""

from collections.abc import Sequence

from training.catalog import entry
from training.choice import Choice


def schedule_of(optimizer: Choice) -> Choice | None:
    """The schedule that an optimizer follows, or None where its learning rate is one number."""
    rate = optimizer.full("optimizer")["learning_rate"]
    return rate if isinstance(rate, Choice) else None


def constant_rate(optimizer: Choice) -> float | None:
    """The learning rate where it is one number, else None."""
    rate = optimizer.full("optimizer")["learning_rate"]
    return None if isinstance(rate, Choice) else rate


def need_constant(optimizer: Choice, row: str) -> None:
    """ValueError, naming the row, where a race would have no one rate to tune."""
    if schedule_of(optimizer):
        raise ValueError(
            f"{row} has a schedule as its learning rate, and a race tunes one constant rate for "
            "each row; take a constant rate, or compare schedules without a race."
        )


def brief(schedule: Choice, others: Sequence[Choice] = ()) -> str:
    """Such as "cosine decay", with the arguments that tell it from others of its name."""
    label = entry("schedule", schedule.name).label.split(",")[0].lower()
    full = schedule.full("schedule")
    alike = [other.full("schedule") for other in others if other.name == schedule.name]
    differing = [name for name in full if len({own[name] for own in alike}) > 1]
    said = [f"{name.replace('_', ' ')} {_shown(full[name])}" for name in differing]
    return " ".join([label, *said])


def _shown(value: object) -> str:
    if isinstance(value, tuple):
        return "-".join(f"{item:g}" for item in value)
    if isinstance(value, float):
        return f"{value:g}"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "off" if value is None else str(value)
