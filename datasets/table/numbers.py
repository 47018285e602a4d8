"""Cells that mean numbers, in the ways that people write them."""

import numpy as np
import pandas as pd

MISSING = frozenset(
    ("", "NA", "N/A", "n/a", "#N/A", "NaN", "nan", "NULL", "null", "None", "-", "--", "?", ".")
)
LARGEST = 1e100

# spaces of three widths and apostrophes of two kinds set thousands apart too
_APART = " '\u2019\u00a0\u202f"
_PLAIN = r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?"
_COMMA = r"[+-]?(?:[0-9]+,?[0-9]*|,[0-9]+)(?:[eE][+-]?[0-9]+)?"
_BY_POINTS = rf"[+-]?[0-9]{{1,3}}(?:[.{_APART}][0-9]{{3}})+"
_BY_COMMAS = rf"[+-]?[0-9]{{1,3}}(?:[,{_APART}][0-9]{{3}})+"
_GROUPED_COMMA = rf"{_BY_POINTS},[0-9]+"
_GROUPED_POINT = rf"{_BY_COMMAS}\.[0-9]+"
_POINTS = rf"(?:{_BY_COMMAS}|{_GROUPED_POINT}|{_PLAIN})"
_COMMAS = rf"(?:{_BY_POINTS}|{_GROUPED_COMMA}|{_COMMA})"
_DAY = (
    r"(?:[0-9]{4}[-/.][0-9]{1,2}[-/.][0-9]{1,2}(?:[T ][0-9]{1,2}:[0-9]{2}.*)?"
    r"|[0-9]{1,2}[./-][0-9]{1,2}[./-][0-9]{2,4}(?: [0-9]{1,2}:[0-9]{2}.*)?"
    r"|[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?"
    r"|[0-9]{1,2}\.? [A-Za-z]{3,9}\.? [0-9]{4})"
)


def gaps(column: pd.Series) -> pd.Series:
    """Which cells are empty or a word for nothing."""
    return column.isin(MISSING)


def decimal(table: pd.DataFrame, separator: str) -> str:
    """The mark that cuts the numbers of the file: a comma or a point."""
    comma = point = 0
    for name in table:
        column = table[name]
        # with three digits behind it, a mark may also set thousands apart
        comma += int(column.str.fullmatch(r"[+-]?[0-9]*,(?:[0-9]{1,2}|[0-9]{4,})").sum())
        comma += int(column.str.fullmatch(_GROUPED_COMMA).sum())
        point += int(column.str.fullmatch(r"[+-]?[0-9]*\.(?:[0-9]{1,2}|[0-9]{4,})").sum())
        point += int(column.str.fullmatch(_GROUPED_POINT).sum())
    if comma == point:
        return "." if separator == "," else _unsure(table)
    return "," if comma > point else "."


def _unsure(table: pd.DataFrame) -> str:
    """Without better signs, 1,234 beside semicolons is a decimal comma."""
    return "," if any(table[n].str.fullmatch(r"[+-]?[0-9]+,[0-9]+").any() for n in table) else "."


def numbers(column: pd.Series, mark: str) -> tuple[np.ndarray | None, str]:
    """float64 (rows,), NaN in gaps, and how they were written ("" for the plain way); else None.

    mark: the decimal mark of the file. Raises ValueError for a number that is too large.
    """
    empty = gaps(column)
    filled = column[~empty]
    if not len(filled):
        return None, ""
    plain, ways = (_PLAIN, _POINTS) if mark == "." else (_COMMA, _COMMAS)
    for pattern in (ways, _PLAIN) if mark == "," else (_PLAIN, ways):
        if not filled.str.fullmatch(pattern).all():
            continue
        text = filled
        if pattern == ways:
            text = filled.str.replace(rf"[{'.' if mark == ',' else ','}{_APART}]", "", regex=True)
            text = text.str.replace(",", ".", regex=False)
        return _floats(column, ~empty, text), _how(filled, plain, mark, pattern)
    return None, ""


def _how(filled: pd.Series, plain: str, mark: str, pattern: str) -> str:
    if pattern == _PLAIN:
        return ""
    if not filled.str.fullmatch(plain).all():
        return "thousands set apart"
    return "decimal commas" if mark == "," and filled.str.contains(",", regex=False).any() else ""


def _floats(column: pd.Series, where: pd.Series, text: pd.Series) -> np.ndarray:
    made = np.full(len(column), np.nan)
    made[where.to_numpy()] = [float(number) for number in text]
    if np.nanmax(np.abs(made)) > LARGEST:
        raise ValueError(
            f"The column {column.name} holds a number beyond {LARGEST:g}; "
            "mend that cell, or leave the column out of the file."
        )
    return made


def days(column: pd.Series) -> bool:
    """Whether nearly all cells are dates or times."""
    filled = column[~gaps(column)]
    return bool(len(filled)) and filled.str.fullmatch(_DAY).mean() > 0.95
