"""What a loss meets: the labels on one side and the outputs of the last layer on the other."""

from dataclasses import dataclass

import datasets
from datasets import Head
from training.layers import architecture, labels_form, output_units
from training.spec import Experiment


@dataclass(frozen=True)
class Facing:
    """Labels of one head, and the layer whose outputs are held against them.

    form: as in `datasets.labels.FORMS`. classes: columns of one-hot labels, or number of labels
    or numbers per row. low, high: range of the numbers to predict; 0 and 1 for classes.
    """

    task: str
    form: str
    classes: int
    units: int
    activation: str
    low: float = 0.0
    high: float = 1.0

    @property
    def wide(self) -> bool:
        """Whether labels have a column for each class or label."""
        return self.form == "one-hot" or self.task == "multilabel"


def facing(experiment: Experiment, head: Head) -> Facing:
    """What this head's loss meets."""
    layers = dict(architecture(experiment).heads)[head.name]
    activation = layers[-1].params.get("activation", "linear")
    classes = max(head.units, 2) if head.task == "binary" else head.units
    form, units = labels_form(experiment, head), output_units(experiment, head)
    ends = _range(experiment, head.name) if head.task == "regression" else (0.0, 1.0)
    return Facing(head.task, form, classes, units, activation, *ends)


def _range(experiment: Experiment, head: str) -> tuple[float, float]:
    """Smallest and largest training target; numbers of both signs where data is missing."""
    try:
        y = datasets.load(experiment.dataset.name, experiment.data_params).train.y[head]
    except ValueError:  # the page says so where the data should be
        return -2.0, 2.0
    return float(y.min()), float(y.max())
