"""What a column is, so that it can be asked for or predicted."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from datasets.kinds import MOST_CATEGORIES, Kind
from datasets.table.numbers import days, gaps, numbers

LONGEST_CATEGORY = 80  # letters


@dataclass(frozen=True)
class Column:
    """A column of a table. `categories`: its different cells in order, where there are few."""

    name: str
    kind: Kind
    categories: tuple[str, ...]  # of a number too, if whole numbers or few; empty if too many
    distinct: int  # different values, gaps aside
    missing: int  # rows without a value


def column_of(cells: pd.Series, mark: str) -> tuple[Column, pd.Series, str]:
    """What a column is, its cells as they are saved, and how its numbers were written.

    Saved cells are text: "" for a gap, numbers in Python's shortest way of writing them.
    """
    empty = gaps(cells)
    values, how = numbers(cells, mark)
    saved = cells.where(~empty, "") if values is None else _written(values)
    filled = saved[~empty]
    distinct = sorted(filled.unique(), key=_rank if values is not None else _alphabet)
    kind = _kind(cells, values, distinct)
    few = len(distinct) <= MOST_CATEGORIES
    column = Column(
        str(cells.name),
        kind,
        tuple(distinct) if few else (),
        len(distinct),
        int(empty.sum()),
    )
    return column, saved, how


def _kind(cells: pd.Series, values: np.ndarray | None, distinct: Sequence[str]) -> Kind:
    if not distinct:
        return "empty"
    if len(distinct) == 1:
        return "constant"
    if values is not None:
        return "number"
    if days(cells):
        return "date"
    if len(distinct) > MOST_CATEGORIES or max(map(len, distinct)) > LONGEST_CATEGORY:
        return "text"
    return "category"


def _written(values: np.ndarray) -> pd.Series:
    """Each number as the shortest text that is read as the same, such as "3" or "0.25"."""
    texts = map(repr, (values + 0.0).tolist())  # which makes 0.0 of -0.0
    return pd.Series(["" if t == "nan" else t.removesuffix(".0") for t in texts], dtype=str)


def _rank(text: str) -> float:
    return float(text)


def _alphabet(text: str) -> tuple[str, str]:
    """Letters first whatever their case; numbers in a text by their size."""
    folded = re.sub(r"\d+", lambda found: found[0].zfill(12), text.casefold())
    return folded, text
