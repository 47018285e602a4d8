"""Names of columns: found in the first row, made where there are none, all different."""

import re
from collections.abc import Sequence

import pandas as pd

LONGEST = 60  # letters of a name
NUMBER = re.compile(r"[+-]?[.,']*[0-9][0-9.,']*(e[+-]?[0-9]+)?%?", re.IGNORECASE)
YEAR = re.compile(r"(19|20)[0-9]{2}")


def named(cells: pd.DataFrame, header: bool | None) -> tuple[pd.DataFrame, list[str]]:
    """The table below its names, and sentences about what was done to them.

    header: whether the first row has names; None guesses.
    """
    notes = []
    first = [str(cell) for cell in cells.iloc[0]]
    has = _looks_like_names(first) if header is None else header
    if has:
        cells = cells.iloc[1:].reset_index(drop=True)
    else:
        first = [""] * len(first)
        notes.append("The first row looks like data, so columns are called column 1, column 2, ...")
    names, changed = _different(first)
    if has and changed:
        notes.append(f"Names were empty, too long or there twice; now: {', '.join(changed[:5])}.")
    return cells.set_axis(names, axis=1), notes


def _looks_like_names(first: Sequence[str]) -> bool:
    """Something stands in a row of names, and no number but a year."""
    return any(first) and not any(
        NUMBER.fullmatch(cell) and not YEAR.fullmatch(cell) for cell in first
    )


def _different(first: Sequence[str]) -> tuple[list[str], list[str]]:
    names, changed = [], []
    for place, cell in enumerate(first):
        short = " ".join(cell.split())[:LONGEST].strip() or f"column {place + 1}"
        name, count = short, 1
        while name in names or (count > 1 and name in first):
            count += 1
            name = f"{short} ({count})"
        names.append(name)
        if name != cell:
            changed.append(name)
    return names, changed
