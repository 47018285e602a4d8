"""Which part of the table is shown: rows, groups of columns, only what differs."""

from collections.abc import Collection, Sequence

import pandas as pd

from components.compare.measures import COSTS, GROUPS, TO_TARGET, Column
from components.compare.table import SPREAD, STATE

CURVE = "Curve"
ALWAYS = ("Variant", CURVE)
FATE = ("Outcome", "Epochs", "n", "diverged")


def offered(columns: Sequence[Column]) -> list[str]:
    """Groups that have a column; costs always do."""
    there = {column.group for column in columns} | {COSTS}
    return [group for group in GROUPS if group in there]


def shown(
    frame: pd.DataFrame,
    columns: Sequence[Column],
    groups: Collection[str],
    rows: Collection[str] = (),
    differing: bool = False,
) -> pd.DataFrame:
    """The part of a table: `rows` or all of them, `groups` of columns, or only those that differ.

    What differs is judged over all rows; a spread goes with its mean.
    """
    group_of = {column.name: column.group for column in columns} | {STATE: COSTS}
    kept = []
    for name in frame.columns:
        mean = name.removesuffix(f" {SPREAD}")
        if group_of.get(mean, "") not in ("", *groups):
            continue
        if name in ALWAYS or not differing or frame[mean].nunique(dropna=False) > 1:
            kept.append(name)
    return frame.loc[frame["Variant"].isin(list(rows)) if rows else slice(None), kept]


def unremarkable_last(frame: pd.DataFrame) -> pd.DataFrame:
    """With what became of the runs behind their numbers, for where that is as it should be."""
    last = [name for name in FATE if name in frame.columns]
    return frame[[*(name for name in frame.columns if name not in last), *last]]


def at_first(columns: Sequence[Column], ended: bool) -> list[str]:
    """Groups that a reader sees before choosing."""
    wanted = {"final", "test", TO_TARGET} if ended else {"final", TO_TARGET}
    return [group for group in offered(columns) if group in wanted]
