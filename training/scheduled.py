"""Schedules as learning rates: which optimizers have one, and what stands for it in words."""

from collections.abc import Sequence
from typing import Any

from training.catalog import entry
from training.choice import Choice

# Arguments of schedules that are learning rates; all others are steps, shares and powers.
RATES = ("initial_learning_rate", "warmup_target", "end_learning_rate", "values")


def schedule_of(optimizer: Choice) -> Choice | None:
    """The schedule that an optimizer follows, or None where its learning rate is one number."""
    rate = optimizer.full("optimizer")["learning_rate"]
    return rate if isinstance(rate, Choice) else None


def constant_rate(optimizer: Choice) -> float | None:
    """The learning rate where it is one number, else None."""
    rate = optimizer.full("optimizer")["learning_rate"]
    return None if isinstance(rate, Choice) else rate


def top_rate(optimizer: Choice) -> float:
    """The learning rate; of a schedule the highest that it names, 0 where it names none above."""
    rate = optimizer.full("optimizer")["learning_rate"]
    return max(_named(rate), default=0.0) if isinstance(rate, Choice) else rate


def at_rate(optimizer: Choice, rate: float, digits: int = 12) -> float | Choice:
    """A learning rate in place of the optimizer's; of a schedule all its rates in proportion.

    `rate` is the highest that the schedule names then: what a decay begins with, a warm-up ends at.
    The others have so many `digits`, less than rounding would spoil.
    """
    schedule, top = schedule_of(optimizer), top_rate(optimizer)
    if schedule is None:
        return rate
    full = schedule.full("schedule")
    named = [name for name in RATES if full.get(name) is not None]
    scaled = {name: _times(full[name], top, rate, digits) for name in named}
    return Choice(schedule.name, dict(schedule.params) | scaled)


def need_rate(optimizer: Choice, row: str) -> None:
    """ValueError, naming the row, where a race would have no rate to tune."""
    if not top_rate(optimizer):
        raise ValueError(
            f"{row} has a schedule without a rate above 0, so that a race has nothing to tune; "
            "give it one, or a constant rate."
        )


def _named(schedule: Choice) -> list[float]:
    """The rates that a schedule names, without those that are shares of others."""
    full = schedule.full("schedule")
    found = [full[name] for name in RATES if full.get(name) is not None]
    return [rate for one in found for rate in (one if isinstance(one, tuple) else (one,))]


def _times(value: Any, top: float, rate: float, digits: int) -> Any:
    """A rate, or several, where `rate` stands for `top`: exactly so for `top` itself."""
    if isinstance(value, tuple):
        return tuple(_times(one, top, rate, digits) for one in value)
    return rate if value == top else float(f"{value / top * rate:.{digits}g}")


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
