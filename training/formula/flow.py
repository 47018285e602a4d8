"""What the outcome of a formula depends on: names that reach its value, or the weight of a rule."""

from collections.abc import Mapping

from training.choice import Choice
from training.formula.reading import read
from training.formula.tree import Formula, Node, names

Sources = Mapping[str, frozenset[str]]


def sources(formula: Formula) -> frozenset[str]:
    """Names given to a formula that its outcome can depend on, in a rule over all its steps."""
    found: Sources = {}
    if formula.result is not None:
        return _of(formula.result, _step(formula, found))
    while (later := _joined(found, _step(formula, found))) != found:
        found = later
    return found["weight"]


def ignores_gradient(optimizer: Choice) -> bool:
    """Whether it is a rule of one's own in which the gradient never reaches the weight."""
    return "gradient" not in _rule(optimizer, {"gradient"})


def uses_rate(optimizer: Choice) -> bool:
    """Whether the learning rate decides how far it moves, as in every optimizer of Keras."""
    return "learning_rate" in _rule(optimizer, {"learning_rate"})


def _rule(optimizer: Choice, otherwise: set[str]) -> frozenset[str]:
    if optimizer.name != "CustomOptimizer":
        return frozenset(otherwise)
    return sources(read(optimizer.full("optimizer")["formula"], "optimizer"))


def _step(formula: Formula, before: Sources) -> Sources:
    """By own name what it depends on after all lines; a name depends on what it was before, too."""
    found = dict(before)
    for name, node in formula.assignments:
        found[name] = _of(node, found)
    return found


def _joined(one: Sources, other: Sources) -> Sources:
    return {name: its | one.get(name, frozenset()) for name, its in other.items()}


def _of(node: Node, known: Sources) -> frozenset[str]:
    return frozenset().union(*(known.get(n.name, {n.name}) for n in names(node)))
