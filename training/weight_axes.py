"""What a menu offers of loss weights and class weights: cells of text, and what each one means."""

from collections.abc import Sequence

import datasets
from training.cells import shortest
from training.spec import Experiment
from training.weights import balanced, classes

TIMES = (0.2, 5.0, 0.1, 10.0, 0.0)  # what one output's loss may count beside the others
TWO = (2.0, 5.0, 10.0, 20.0, 50.0)  # what the second of two classes may count
MANY = 5.0  # what one of several classes may count


def loss_weights(base: Experiment) -> dict[str, str]:
    """All outputs counting alike, then each one less or more than the others."""
    heads = [head.name for head in base.facts.heads]
    if len(heads) == 1:
        return {text: text for text in ("1", "0.1", "10")}
    each = [_one(len(heads), place, times) for times in TIMES for place in range(len(heads))]
    return {
        _cell(weights): ", ".join(f"{h} × {w:g}" for h, w in zip(heads, weights, strict=True))
        for weights in ([1.0] * len(heads), *each)
    }


def class_weights(base: Experiment) -> dict[str, str]:
    """All classes counting alike, the rarer more, or one more; none beside a rule by row."""
    count = classes(base.facts.heads)
    if not count or base.fit.sample_weight:
        return {}
    names = base.facts.heads[0].names
    equal = [1.0] * count
    found = {_cell(equal): f"equal: {_cell(equal)}" if count == 2 else "equal: 1 each"}
    if (even := _balanced(base)) != equal:
        found[_cell(even)] = f"balanced: {_cell(even)}"
    if count == 2:
        return found | {_cell([1.0, w]): _cell([1.0, w]) for w in TWO}
    more = {_cell(_one(count, i, MANY)): f"class {n} × {MANY:g}" for i, n in enumerate(names)}
    return found | more


def _balanced(base: Experiment) -> list[float]:
    """What balances the training rows; equal weights where the data is not there."""
    try:
        return balanced(datasets.load(base.dataset.name, base.data_params))
    except ValueError:  # the page says so where the data should be
        return [1.0] * classes(base.facts.heads)


def _one(count: int, place: int, times: float) -> list[float]:
    """Weights of which one is another than 1."""
    return [times if i == place else 1.0 for i in range(count)]


def _cell(weights: Sequence[float]) -> str:
    return ", ".join(map(shortest, weights))
