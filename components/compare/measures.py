"""What the table of results measures of each run, column by column."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from components.compare.target import epoch_seconds, epochs_to, seconds_to, steps_to
from training.direction import direction
from training.states import RunState
from training.target import PREFIX, Target

FINAL, TO_TARGET, TEST = "final", "to target", "test"
BEST, COSTS, TRAIN = "best and area", "costs", "train"
GROUPS = (FINAL, TO_TARGET, TEST, BEST, COSTS, TRAIN)  # in the order of their columns
PARTS = {"train": TRAIN, "validation": FINAL, "test": TEST}


@dataclass(frozen=True)
class Column:
    """name: its head in the table; way: which is better, "" where none is to be marked.

    middle: summarised by the median, else by mean and spread.
    """

    name: str
    group: str
    way: str = ""
    middle: bool = False


def ruler(runs: Sequence[RunState], metric: str) -> str:
    """What all rows can be measured by: the loss, or where its kinds differ the metric, or ""."""
    if len({run.experiment.compile.loss_name for run in runs}) == 1:
        return "loss"
    return metric if metric and way_of(runs, metric) else ""


def way_of(runs: Sequence[RunState], column: str) -> str:
    """Which way a column is better, as its first run says."""
    return next((direction(r.experiment, column) for r in runs if column in r.columns), "")


def own_columns(run: RunState) -> list[str]:
    """Columns of loss and metrics, which each part of the data has."""
    return [c for c in run.experiment.columns if not c.startswith(PREFIX)]


def withheld(runs: Sequence[RunState]) -> bool:
    """Whether models have finished, and no number of the test rows is told of any."""
    told = [run.finals.get("test", {}).values() for run in runs if run.finals]
    return bool(told) and not any(np.isfinite(v) for values in told for v in values)


def columns(
    runs: Sequence[RunState], final: bool, target: Target | None, by: str
) -> tuple[Column, ...]:
    """Columns of runs; `final` adds the test part, `by` what is best, and the area under it.

    Without the test part where its numbers are withheld.
    """
    own = dict.fromkeys(c for run in runs for c in own_columns(run))
    ways = {c: way_of(runs, c) for c in own}
    tested = final and not withheld(runs)
    parts = [part for part in PARTS if tested or part != "test"]
    found = [
        Column(f"{part} {c}", PARTS[part], "" if part == "train" else way)
        for part in parts
        for c, way in ways.items()
    ]
    if by:
        found.append(Column(f"best validation {by}", BEST, ways[by]))
        found.append(Column("best epoch", BEST, middle=True))
        found.append(Column(f"area, validation {by}", BEST, ways[by]))
    timed = not np.isnan([epoch_seconds(run) for run in runs]).all()
    if target:
        units = ("epochs", "steps", *(("seconds",) if timed else ()))
        found += [Column(f"{unit} to target", TO_TARGET, "lower", middle=True) for unit in units]
    if timed:
        found.append(Column("seconds per epoch", COSTS, middle=True))
    return tuple(sorted(found, key=_place))


def _place(column: Column) -> float:
    """Where a column stands: one by the group, but one time to the target is enough at first."""
    late = column.name in ("steps to target", "seconds to target")
    return GROUPS.index(TEST) + 0.5 if late else GROUPS.index(column.group)


def measured(run: RunState, final: bool, target: Target | None, by: str) -> dict[str, float]:
    """A number for each column that the run has one for.

    A run that diverged has only its way to the target.
    """
    found = {f"{part} {c}": value for (part, c), value in ended_at(run, final).items()}
    if by and found and PREFIX + by in run.columns:
        found |= _best(run, by)
    if target:
        epochs = epochs_to(run, target)
        found["epochs to target"] = epochs
        found["steps to target"] = steps_to(run, epochs)
        found["seconds to target"] = seconds_to(run, epochs)
    return found | {"seconds per epoch": epoch_seconds(run)}


def _best(run: RunState, by: str) -> dict[str, float]:
    """Best value, its epoch, and the area: trapezoids over the epochs, by their number."""
    values = run.history[:, run.columns.index(PREFIX + by)].astype("float64")
    if not np.isfinite(values).all():
        return {}
    lower = direction(run.experiment, by) == "lower"
    at = int(values.argmin() if lower else values.argmax())
    area = np.trapezoid(values) / (len(values) - 1) if len(values) > 1 else values[0]
    return {
        f"best validation {by}": float(values[at]),
        "best epoch": at + 1.0,
        f"area, validation {by}": float(area),
    }


def ended_at(run: RunState, final: bool) -> Mapping[tuple[str, str], float]:
    """(part, column) -> value; empty for a run that diverged or has nothing to say.

    final: of the finished model on all three parts; else, or of a stopped run, of the last epoch.
    """
    if run.diverged or not len(run.history):
        return {}
    if final and run.finals:
        return {(p, c): v for p, values in run.finals.items() for c, v in values.items()}
    last = dict(zip(run.columns, map(float, run.history[-1]), strict=False))
    parts = (("train", ""), ("validation", PREFIX))
    return {(p, c): last[prefix + c] for p, prefix in parts for c in own_columns(run)}
