"""Columns that cannot be predicted: why, and what to do about it."""

from typing import Protocol

from datasets.kinds import Kind

MOST_CLASSES = 50

WHY: dict[Kind, str] = {
    "empty": "{name} has no value in any row",
    "constant": "{name} is the same in all rows, so there is nothing to tell apart",
    "date": "{name} holds dates or times, which are neither numbers nor classes",
    "text": "{name} holds long texts, which are no classes",
}
TOO_MANY = "{name} has {distinct:,} different values; at most {most} classes can be told apart"
CURES: dict[Kind, str] = {
    "empty": "Predict another column.",
    "constant": "Predict another column, or bring rows with other values too.",
    "date": "Write them as numbers, such as a year or days since, or predict another column.",
    "text": "Predict another column, or put a few short classes in its place.",
}


class Described(Protocol):
    """What is asked of a column, read or saved."""

    name: str
    kind: Kind
    distinct: int


def why_not(column: Described) -> str:
    """Why a column cannot be predicted at all, without a full stop; "" where it can."""
    if column.kind == "text" and column.distinct > MOST_CLASSES:
        return too_many(column)
    return WHY.get(column.kind, "").format(name=column.name)


def too_many(column: Described) -> str:
    """The same of a column with too many classes."""
    return TOO_MANY.format(name=column.name, distinct=column.distinct, most=MOST_CLASSES)


def unfit(column: Described) -> str:
    """The same with what to do, in sentences."""
    why = why_not(column)
    return f"{why}. {CURES[column.kind]}" if why else ""
