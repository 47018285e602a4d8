"""Weights of classes and rows as Python: arguments of `fit`, and what makes them in a script."""

import inspect
from collections.abc import Sequence

from datasets import row_weights
from training.layers import labels_form
from training.spec import Experiment

MEANING = {
    "inverse class frequency": "every class counts the same in sum",
    "near the middle": "rows count less the farther their target is from the median",
    "random half doubled": "half of the rows, the same in every run, count twice",
}


def whence(experiment: Experiment) -> str:
    """Comments above the `fit` call that is shown: what its names for weights stand for, or ""."""
    rule = experiment.fit.sample_weight
    if not rule:
        return ""
    return (
        f"# row_weights: a number for each training row, by the rule that\n# {MEANING[rule]};\n"
        "# the script of the run has its code\n"
        "# t_train: the rows' targets, before they are written as the loss reads them\n"
    )


def fit_arguments(experiment: Experiment) -> str:
    """Lines of the `fit` call that is shown, or ""."""
    rule = experiment.fit.sample_weight
    if rule:
        return f"    sample_weight={rule_call(experiment)},\n"
    return class_weight_line(experiment)


def class_weight_line(experiment: Experiment) -> str:
    """The argument `class_weight`, by label as the loss reads it, or ""."""
    weights = experiment.fit.class_weight
    if not weights:
        return ""
    labels = range(len(weights))
    if labels_form(experiment, experiment.facts.heads[0]) == "-1/1":
        labels = (-1, 1)
    said = ", ".join(f"{label}: {w!r}" for label, w in zip(labels, weights, strict=True))
    return f"    class_weight={{{said}}},\n"


def functions(experiments: Sequence[Experiment]) -> tuple[str, ...]:
    """Sources that the script needs to weigh rows."""
    needed = any(e.fit.sample_weight for e in experiments)
    return (inspect.getsource(row_weights.row_weights),) if needed else ()


def rule_call(experiment: Experiment) -> str:
    """The call that makes a weight for each training row."""
    heads = experiment.facts.heads
    target = f't_train["{heads[0].name}"]' if len(heads) > 1 else "t_train"
    return f'row_weights({target}, "{experiment.fit.sample_weight}")'
