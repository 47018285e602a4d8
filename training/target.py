"""The target of a race: the number on the validation rows that each row is timed to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isfinite
from typing import Any

import numpy as np

from training.bounds import bounds
from training.choice import fields_of
from training.direction import direction
from training.spec import Experiment

SHARE = 0.95  # of what the best tuned baseline reaches
PREFIX = "val_"


@dataclass(frozen=True)
class Target:
    """column: of the history, such as "val_accuracy"; lower: whether smaller numbers are better."""

    column: str
    value: float
    lower: bool

    @property
    def text(self) -> str:
        """Such as "validation accuracy ≥ 0.95"."""
        name = self.column.removeprefix(PREFIX).replace("_", " ")
        return f"validation {name} {'≤' if self.lower else '≥'} {self.value:.4g}"

    def to_json(self) -> dict[str, Any]:
        """The column and the number; which way is better follows from the column."""
        return {"column": self.column, "value": self.value}

    def reached(self, values: np.ndarray) -> np.ndarray:
        """bool, the shape of `values`: where it is met; a NaN never meets it."""
        return values <= self.value if self.lower else values >= self.value


def target_columns(experiments: Sequence[Experiment]) -> list[str]:
    """Validation columns that a target can be set for: all have them, and one way is better.

    A loss only where all experiments have the same kind of it; an output's own, before its weight,
    where all have the same losses.
    """
    first, *others = dict.fromkeys(experiment.variant for experiment in experiments)
    same_loss = all(other.compile.loss_name == first.compile.loss_name for other in others)
    same_losses = all(other.compile.losses == first.compile.losses for other in others)
    return [
        column
        for column in first.columns
        if column.startswith(PREFIX)
        and direction(first, column.removeprefix(PREFIX))
        and all(column in other.columns for other in others)
        and (same_loss or column != f"{PREFIX}loss")
        and (same_losses or not column.endswith("_loss") or column == f"{PREFIX}loss")
    ]


def target_of(spec: Any, experiments: Sequence[Experiment]) -> Target | None:
    """The target that JSON says, or None for None; ValueError says what is wrong with it."""
    if spec is None:
        return None
    fields = fields_of(spec, "target", ("column", "value"))
    column, value = fields["column"], fields["value"]
    offered = target_columns(experiments)
    if column not in offered:
        raise ValueError(
            f"target.column is {column!r}, which not all rows have, or which says not which way is "
            f"better; take {', '.join(offered) or 'a metric that all rows measure'}. "
            "Losses of different kinds have no target in common."
        )
    if isinstance(value, bool) or not isinstance(value, int | float) or not isfinite(value):
        raise ValueError(f"target.value is {value!r}; it must be a number such as 0.95.")
    target = _target(column, float(value), experiments[0])
    if wrong := _says_nothing(target, experiments[0]):
        raise ValueError(wrong)
    return target


def _says_nothing(target: Target, experiment: Experiment) -> str:
    """A sentence where every run reaches the target, or none can; "" where it makes sense."""
    low, high = bounds(experiment, target.column.removeprefix(PREFIX))
    value, lower = target.value, target.lower
    never = value < low if lower else value > high
    if not never and not (value >= high if lower else value <= low):
        return ""
    ends = ("from", "below") if lower else ("above", "up to")
    first = f"{ends[0]} {low:g}" if isfinite(low) else ""
    last = f"{ends[1]} {high:g}" if isfinite(high) else ""
    if lower and not last:
        first += " up"
    return (
        f"A target of {target.text} cannot be {'reached' if never else 'missed'}; "
        f"take a number {', '.join(filter(None, (first, last)))}."
    )


def stored_target(plan: Mapping[str, Any] | None, experiment: Experiment) -> Target | None:
    """The target that a comparison was submitted with, judged then; None where it has none."""
    spec = (plan or {}).get("target")
    if not spec or spec["column"] not in experiment.columns:
        return None
    return _target(spec["column"], spec["value"], experiment)


def baseline_target(values: Sequence[float], lower: bool) -> float:
    """95 % of what the best tuned baseline reaches.

    values: one number for each tuned baseline, such as the best SGD's and the best Adam's; those
    that diverged (not finite) do not count. With the best of them b: where higher is better, as
    for accuracy, 0.95 b; where lower is better, as for a loss, b / 0.95. A b below zero is divided
    where another is multiplied, and the reverse, so that a target is never harder than b itself.
    ValueError when no baseline has a number.
    """
    known = [value for value in values if isfinite(value)]
    if not known:
        raise ValueError("No tuned baseline has a number, so there is no target to take from it.")
    best = min(known) if lower else max(known)
    return best / SHARE if lower == (best > 0) else best * SHARE


def _target(column: str, value: float, experiment: Experiment) -> Target:
    way = direction(experiment, column.removeprefix(PREFIX))
    return Target(column, value, way == "lower")
