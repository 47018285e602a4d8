"""Changes of the learning rate in mid-run as a schedule, which a set-up can hold."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from training.design import Design
from training.epoch import steps_of
from training.scheduled import constant_rate
from training.spec import Experiment
from training.variant_labels import labels
from training.variants import Row, variant


def scheduled(experiment: Experiment) -> Experiment:
    """The experiment with the same rate in every step by a schedule instead of changes.

    ValueError where it cannot have such a schedule.
    """
    row = Row("", {"learning_rate": _schedule(experiment)})
    return variant(experiment.unchanged, row) if experiment.rates else experiment


def with_changes(design: Design, shown: Sequence[Experiment]) -> tuple[Design, list[str]]:
    """The design with a schedule in each row that was changed in mid-run, under its name there.

    shown: what was trained from it, which may have been changed. Also the names of changed rows
    that no schedule can say: an epoch has unlike steps on several data sets.
    """
    given = {variant(design.base, row).variant: row.label for row in design.rows}
    names = dict(zip(shown, labels(shown, given), strict=True))
    rows, lacking = [], []
    for row, own in zip(design.rows, given, strict=True):
        changed = {e.rates: e for e in shown if e.rates and e.unchanged.variant == own}
        rows.append(_with_schedule(design, row, list(changed.values())) or row)
        if changed and rows[-1] is row:
            lacking += [names[e] for e in changed.values()]
        elif changed:
            rows[-1] = replace(rows[-1], label=names[next(iter(changed.values()))])
    return replace(design, rows=tuple(rows)), lacking


def _with_schedule(design: Design, row: Row, changed: Sequence[Experiment]) -> Row | None:
    """The row with the schedule of its runs; None where there is no one schedule for all."""
    if len(changed) != 1 or design.datasets:
        return None
    made = replace(row, changes={**row.changes, "learning_rate": _schedule(changed[0])})
    try:
        variant(design.base, made)
    except ValueError:  # more steps than a schedule counts
        return None
    return made


def _schedule(experiment: Experiment) -> dict[str, Any]:
    """Keras counts steps from 0, and a boundary is the last step of the rate before it."""
    steps = steps_of(experiment)
    values = [constant_rate(experiment.compile.optimizer), *(r for _, r in experiment.rates)]
    bounds = [(epoch - 1) * steps - 1 for epoch, _ in experiment.rates]
    return {"name": "PiecewiseConstantDecay", "params": {"boundaries": bounds, "values": values}}
