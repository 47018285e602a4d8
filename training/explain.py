"""Why Keras refused a choice, in plain words: where labels, last layer and metrics disagree."""

from datasets import Head
from training.catalog import metric_mismatch, mismatch, needs
from training.formula.traps import trap
from training.layers import labels_form, natural_units, output_units
from training.spec import Experiment

FORMS = {
    "0/1": "0 and 1 in a column",
    "-1/1": "-1 and 1 in a column",
    "int": "whole class numbers",
    "one-hot": "one-hot, a column for each class",
    "number": "numbers",
}


def explain(experiment: Experiment) -> list[str]:
    """One sentence for each thing that does not fit; empty when nothing known is wrong."""
    found = [sentence for head in experiment.facts.heads for sentence in _head(experiment, head)]
    return [sentence for sentence in found if sentence]


def _head(experiment: Experiment, head: Head) -> list[str]:
    loss = dict(experiment.compile.losses)[head.name]
    form, units = labels_form(experiment, head), output_units(experiment, head)
    needed = needs(loss.name, loss.full("loss"), head.task)
    found = []
    if needed is None:
        found.append(mismatch(loss.name, loss.full("loss"), head.task))
    elif form not in needed.labels:
        wanted = " or ".join(FORMS[label] for label in needed.labels)
        found.append(
            f"{loss.name} reads labels written as {wanted}; here they are {FORMS[form]}. "
            "Set labels to auto, or take a loss for such labels."
        )
    found.append(trap(loss, head.task, form))
    natural = natural_units(experiment, head)
    if units != natural:
        found.append(
            f"{loss.name} needs a last layer of {natural} unit{'s' * (natural > 1)} here; "
            f"output_units is {units}. Leave output_units empty: it is then as needed."
        )
    for metric in dict(experiment.compile.measured)[head.name]:
        found.append(metric_mismatch(metric.name, metric.full("metric"), head.task, form, units))
    return found
