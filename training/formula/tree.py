"""What a formula is once it has been read: numbers, names and functions, nothing else."""

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Place:
    """Where something stands in the text, both counted from 1."""

    line: int
    column: int


class FormulaError(ValueError):
    """What is wrong with a formula, in a sentence, and where."""

    def __init__(self, sentence: str, place: Place) -> None:
        super().__init__(f"line {place.line}, column {place.column}: {sentence}")
        self.place = place


@dataclass(frozen=True)
class Number:
    """A number as written."""

    value: float
    place: Place


@dataclass(frozen=True)
class Name:
    """Something that has a value: what is given, a number beside the formula, an own variable."""

    name: str
    place: Place


@dataclass(frozen=True)
class Apply:
    """A function or an operator with its arguments; operators are called by their sign.

    The minus in front of one value is called "minus".
    """

    function: str
    arguments: tuple["Node", ...]
    place: Place


Node = Number | Name | Apply


@dataclass(frozen=True)
class Formula:
    """Assignments in their order, and the value at the end (None in a rule, which has none)."""

    assignments: tuple[tuple[str, Node], ...]
    result: Node | None
    state: tuple[str, ...] = ()  # names that a rule reads before it assigns them

    @property
    def nodes(self) -> tuple[Node, ...]:
        """The right-hand sides in order, the result last."""
        last = (self.result,) if self.result else ()
        return (*(node for _, node in self.assignments), *last)

    def reads(self, name: str) -> bool:
        """Whether a name is read anywhere."""
        return any(one.name == name for node in self.nodes for one in names(node))


def names(node: Node) -> Iterator[Name]:
    """All names in a node, from left to right."""
    if isinstance(node, Name):
        yield node
    elif isinstance(node, Apply):
        for argument in node.arguments:
            yield from names(argument)
