"""How much rows count in the training loss: `class_weight` and `sample_weight` of fit."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from datasets import Data, Head
from datasets.row_weights import RULES, row_weights
from training.catalog import check

LARGEST = 1000.0
NONE = "none"
MANY = 4  # classes; the weights of more are not told one by one


def class_weight(spec: Any, heads: Sequence[Head], where: str) -> tuple[float, ...]:
    """Validate the field: a number for each class; empty where every class counts once.

    ValueError for several outputs, as in Keras, and for targets that are no classes.
    """
    if spec in (None, [], ()):
        return ()
    if len(heads) > 1:
        raise ValueError(
            f"{where}: Keras takes class weights of a model with one output only, and this one has "
            f"{len(heads)}; leave it out, and weigh the outputs by loss_weights."
        )
    count = classes(heads)
    if not count:
        what = "a number" if heads[0].task == "regression" else "several labels a row"
        raise ValueError(f"{where}: the target is {what}, not a class; leave it out.")
    if not isinstance(spec, list | tuple) or len(spec) != count:
        raise ValueError(f"{where} is {spec!r}; it must be a list of {count} numbers, by class.")
    made = tuple(
        float(check.real(value, 0.0, LARGEST, f"{where}[{i}]")) for i, value in enumerate(spec)
    )
    if not any(made):
        raise ValueError(f"{where} is 0 for every class, so there is nothing to learn.")
    return made if set(made) != {1.0} else ()


def sample_weight(spec: Any, heads: Sequence[Head], where: str) -> str:
    """Validate the name of a rule; "" where every row counts once."""
    if spec in (None, "", NONE):
        return ""
    if not isinstance(spec, str) or spec not in RULES:
        raise ValueError(f"{where} is {spec!r}; it must be {', '.join(map(repr, (NONE, *RULES)))}.")
    if spec not in rules(heads):
        raise ValueError(
            f"{where}: the rule {spec!r} is not for this target; take one of "
            f"{', '.join(map(repr, (NONE, *rules(heads))))}."
        )
    return spec


def classes(heads: Sequence[Head]) -> int:
    """How many classes can be weighed; 0 where there are none, or several outputs."""
    if len(heads) > 1 or heads[0].task not in ("binary", "multiclass"):
        return 0
    return len(heads[0].names)


def rules(heads: Sequence[Head]) -> list[str]:
    """Rules for such targets; of several outputs, those that do not look at the target."""
    every = set(RULES["random half doubled"])
    return [
        rule
        for rule, tasks in RULES.items()
        if set(tasks) == every or (len(heads) == 1 and heads[0].task in tasks)
    ]


def balanced(data: Data) -> list[float]:
    """Class weights inverse to how often a class is among the training rows; their mean row is 1.

    As scikit-learn's `class_weight="balanced"`: rows / (classes * rows of the class), four digits.
    """
    y = next(iter(data.train.y.values()))
    counts = np.bincount(y, minlength=len(data.facts.heads[0].names))
    return [float(f"{len(y) / (len(counts) * max(1, count)):.4g}") for count in counts]


def brief(weights: Sequence[float], names: Sequence[str]) -> str:
    """Weights of the classes of these names in a few words, such as "class b × 5"."""
    others = [i for i, weight in enumerate(weights) if weight != 1]
    if len(weights) > 2 and len(others) == 1:
        return f"class {names[others[0]]} × {weights[others[0]]:g}"
    if len(weights) > MANY:
        return f"class weights {min(weights):g} to {max(weights):g}"
    return f"class weights {', '.join(f'{weight:g}' for weight in weights)}"


def by_row(data: Data, weights: Sequence[float], rule: str) -> np.ndarray | None:
    """What each training row counts, float32 (rows,); None where all count once."""
    y = next(iter(data.train.y.values()))
    if weights:
        return np.array(weights, "float32")[y]
    return row_weights(y, rule) if rule else None
