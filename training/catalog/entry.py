"""The two shapes every catalog table is written in: an entry, and its arguments."""

from dataclasses import dataclass, field
from typing import Any, Literal

Kind = Literal["dataset", "model", "optimizer", "loss", "metric", "schedule", "callback"]
Task = Literal["binary", "multiclass", "multilabel", "regression"]
ArgumentKind = Literal[
    "float", "int", "bool", "choice", "ints", "floats", "text", "texts", "formula", "column"
]


@dataclass(frozen=True)
class Argument:
    """One keyword argument: what it is, what Keras takes without it, and what we let through."""

    name: str
    kind: ArgumentKind
    default: Any
    sentence: str
    low: float | None = (
        None  # smallest value allowed, inclusive; of every item for "ints" and "floats"
    )
    high: float | None = None  # largest value allowed, inclusive
    options: tuple[Any, ...] = ()  # the values of a "choice"
    optional: bool = False  # None is allowed; it is an empty field of a number
    empty: str = "off"  # what None means, read in such a field
    logarithmic: bool = False  # a widget should step in decades
    advanced: bool = False  # a widget belongs behind "more"
    nested: str = ""  # a choice of this kind may stand in its place
    longest: int = 6  # most items of "ints", "floats" and "texts"; most letters of a "text"
    elsewhere: bool = False  # chosen on a page of its own: menus keep it as it is


@dataclass(frozen=True)
class Entry:
    """One thing that can be chosen; `name` is the Keras class (or string) where Keras has it."""

    name: str
    kind: Kind
    label: str  # what a menu shows
    sentence: str  # one plain sentence
    formula: str = ""  # LaTeX, without dollar signs
    source: str = ""  # where formula or claim comes from: paper or Keras page
    arguments: tuple[Argument, ...] = ()
    tasks: tuple[Task, ...] = ()  # the tasks it fits
    needs: str = ""  # in words: labels and last layer it needs
    traits: frozenset[str] = field(default_factory=frozenset)  # explained in the table's file

    def argument(self, name: str) -> Argument | None:
        """The argument called `name`, or None."""
        return next((a for a in self.arguments if a.name == name), None)
