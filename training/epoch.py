"""How long an epoch is: all training rows once, or as many steps as `steps_per_epoch` says."""

from typing import TYPE_CHECKING, Any

from training.catalog import check

if TYPE_CHECKING:
    from training.spec import Experiment

STEPS = (1, 10_000)
MOST_ROWS = 50_000  # of one epoch: what each row brings is kept until the epoch is over
ALL_ROWS = "all rows"  # in a cell, where an epoch is all training rows once


def steps_per_epoch(spec: Any, where: str) -> int | None:
    """Validate the field found at `where`; None, as 0 in Keras, stands for all rows once."""
    if spec in (None, ALL_ROWS) or (spec == 0 and not isinstance(spec, bool)):
        return None
    return check.whole(spec, *STEPS, where)


def bounded(experiment: "Experiment", where: str) -> "Experiment":
    """The experiment itself; ValueError where an epoch has more rows than are kept."""
    steps, size = experiment.fit.steps_per_epoch, experiment.batch_size
    if steps and steps * size > MOST_ROWS:
        raise ValueError(
            f"{where}fit.steps_per_epoch: {steps} steps of {size} rows are {steps * size:,} rows "
            f"an epoch, and up to {MOST_ROWS:,} can be; take at most {MOST_ROWS // size} steps, "
            "or smaller batches."
        )
    return experiment


def steps_in(rows: int, batch_size: int, steps: int | None = None) -> int:
    """Updates of the weights in an epoch; without `steps` the last batch may be smaller."""
    return steps or -(-rows // batch_size)


def steps_of(experiment: "Experiment") -> int:
    """Updates of the weights in an epoch of this experiment."""
    rows, size = experiment.facts.train_rows, experiment.batch_size
    return steps_in(rows, size, experiment.fit.steps_per_epoch)


def rows_of(experiment: "Experiment") -> int:
    """Training rows seen in an epoch of this experiment, some maybe more than once."""
    steps = experiment.fit.steps_per_epoch
    return steps * experiment.batch_size if steps else experiment.facts.train_rows
