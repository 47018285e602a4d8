"""How a table is probably meant: what to predict, as what, from what; all of it a suggestion."""

from collections.abc import Sequence
from typing import Any, Protocol

from datasets.own.parameters import TASKS
from datasets.own.recipe import MOST_INPUTS
from datasets.own.unfit import MOST_CLASSES, why_not

NAMES_OF_TARGETS = ("target", "class", "label", "y", "outcome", "species", "diagnosis")
NAMES_OF_ROWS = ("", "id", "index", "nr", "no", "row", "number", "unnamed: 0")
FEW = 10  # whole numbers, up to so many different ones, may well be classes


class Known(Protocol):
    """What a guess looks at; columns that were read have it, and those that were saved."""

    name: str
    kind: str
    categories: tuple[str, ...]
    distinct: int


def guess(columns: Sequence[Any]) -> dict[str, Any]:
    """Target, features, task and missing; the target is "" where nothing can be predicted.

    A last column that is named as a target is taken even if it cannot be one: so this is said.
    """
    possible = [c for c in columns if tasks(c) and not _row_number(c)]
    named = [c for c in columns if _named(c) and (tasks(c) or c is columns[-1])]
    target = (named or possible)[-1] if possible else None
    name = target.name if target else ""
    chosen = features(columns, name)
    gaps = any(c.missing for c in columns if c.name in chosen)
    return {
        "target": name,
        "features": chosen,
        "task": task(target) if target else TASKS[0],
        "missing": "fill" if gaps else "drop",
    }


def passed_over(columns: Sequence[Any]) -> str:
    """Why no column is guessed that is named as a target or, as usual, stands last; or ""."""
    for column in reversed(columns):
        if not tasks(column) and (_named(column) or column is columns[-1]):
            return why_not(column)
    return f"{columns[-1].name} looks like numbers of rows" if _row_number(columns[-1]) else ""


def tasks(column: Known) -> list[str]:
    """What a column can be predicted as; [] if it cannot."""
    found = []
    if 2 <= column.distinct <= MOST_CLASSES and column.categories:
        found.append("binary" if column.distinct == 2 else "multiclass")
    if column.kind == "number":
        found.append("regression")
    return found if column.kind in ("number", "category") else []


def task(column: Known) -> str:
    """What a column is probably meant as; "" if it cannot be predicted."""
    possible = tasks(column)
    if not possible:
        return ""
    if column.kind != "number" or column.distinct == 2:
        return possible[0]
    whole = all("." not in text and "e" not in text for text in column.categories)
    classes = "multiclass" in possible and column.distinct <= FEW and whole
    return "multiclass" if classes else "regression"


def usable(columns: Sequence[Known], target: str) -> list[str]:
    """Columns that can be inputs."""
    return [c.name for c in columns if c.kind in ("number", "category") and c.name != target]


def features(columns: Sequence[Known], target: str) -> list[str]:
    """The usable ones but row numbers, as far as there is room."""
    chosen, room = [], MOST_INPUTS
    for column in columns:
        if column.name not in usable(columns, target) or _row_number(column):
            continue
        width = 2 if column.kind == "number" else len(column.categories) + 1
        if width <= room:
            chosen.append(column.name)
            room -= width
    return chosen


def _named(column: Known) -> bool:
    return column.name.lower() in NAMES_OF_TARGETS


def _row_number(column: Known) -> bool:
    return column.kind == "number" and column.name.lower() in NAMES_OF_ROWS
