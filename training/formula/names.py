"""The names in a formula: each has a value where it is read, and functions get their arguments."""

from collections.abc import Sequence
from difflib import get_close_matches

from training.formula.grammar import CALCULATING, COMPARING, Grammar
from training.formula.tree import Apply, Formula, FormulaError, Name, Node, names

SIGNS = {"minus": 1} | dict.fromkeys((*CALCULATING, *COMPARING), 2)


def state_of(assignments: Sequence[tuple[str, Node]], grammar: Grammar) -> tuple[str, ...]:
    """What a rule remembers: names that it reads before it assigns them; they start at 0."""
    if not grammar.rule:
        return ()
    assigned_somewhere = {name for name, _ in assignments} - set(grammar.known)
    known: set[str] = set()
    state: dict[str, None] = {}
    for name, node in assignments:
        for read in names(node):
            if read.name in assigned_somewhere - known:
                state[read.name] = None
        known.add(name)
    return tuple(state)


def check_names(formula: Formula, grammar: Grammar) -> None:
    """FormulaError at a name without a value, or a function that is unknown or called wrongly."""
    known = {*grammar.known, *formula.state}
    for name, node in formula.assignments:
        _check(node, known, grammar)
        known.add(name)
    if formula.result:
        _check(formula.result, known, grammar)
    if grammar.rule and "weight" not in {name for name, _ in formula.assignments}:
        last = formula.nodes[-1].place
        raise FormulaError(
            "the rule never changes weight; end it with weight -= learning_rate * ...", last
        )


def _check(node: Node, known: set[str], grammar: Grammar) -> None:
    if isinstance(node, Name) and node.name not in known:
        raise FormulaError(_unknown(node.name, known, grammar), node.place)
    if isinstance(node, Apply):
        takes = SIGNS.get(node.function) or grammar.functions.get(node.function)
        if takes is None:
            there = ", ".join(grammar.functions)
            guess = _closest(node.function, grammar.functions)
            raise FormulaError(
                f"there is no function {node.function!r} here.{guess} There are {there}.",
                node.place,
            )
        if len(node.arguments) != takes:
            raise FormulaError(
                f"{node.function} takes {takes} argument{'s' * (takes > 1)}, "
                f"and here it has {len(node.arguments)}.",
                node.place,
            )
        for argument in node.arguments:
            _check(argument, known, grammar)


def _unknown(name: str, known: set[str], grammar: Grammar) -> str:
    if name in grammar.functions:
        return f"{name} is a function; write {name}(...)."
    guess = _closest(name, known)
    there = ", ".join((*grammar.known, *sorted(known - set(grammar.known))))
    return f"{name!r} has no value here.{guess} Known are {there}."


def _closest(name: str, known: Sequence[str] | set[str] | dict[str, int]) -> str:
    found = get_close_matches(name, list(known), 1)
    return f" Did you mean {found[0]}?" if found else ""
