"""Text as rows of cells: the separator is found, pandas takes it apart."""

import csv
import io
import re
import warnings
from collections import Counter
from typing import NamedTuple

import pandas as pd

from datasets.table.disguise import EMPTY
from datasets.table.numbers import MISSING

SEPARATORS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}
MOST_ROWS = 50_000
MOST_COLUMNS = 200
MOST_LETTERS = 10_000  # of a cell
SAMPLE = 60  # rows that the separator is told by


class Cells(NamedTuple):
    """All cells of a file as text, header included, columns numbered."""

    table: pd.DataFrame
    separator: str
    skipped: int  # rows that hold nothing


def cells(text: str) -> Cells:
    """Take a file apart.

    Raises ValueError where rows have different lengths, a quote stays open, or there are too many.
    """
    text, separator = _hinted(text)
    csv.field_size_limit(max(csv.field_size_limit(), len(text) + 1))
    separator = separator or _separator(text)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            found = pd.read_csv(
                io.StringIO(text),
                sep=separator,
                header=None,
                dtype=str,
                keep_default_na=False,
                skipinitialspace=True,
                skip_blank_lines=True,
                nrows=MOST_ROWS + 2,
                engine="c",
            )
    except pd.errors.EmptyDataError:
        raise ValueError(EMPTY) from None
    except pd.errors.ParserError as error:
        raise ValueError(_unparsed(str(error), separator)) from None
    _check(found)
    blank = _whole(text, found.shape[1], separator)
    filled = _without_empty(found)
    return Cells(filled, separator, blank + len(found) - len(filled))


def _hinted(text: str) -> tuple[str, str]:
    """Excel may write the separator into a first line of its own: sep=;"""
    found = re.match(r'"?sep=(.)"?\r?\n', text)
    if found and found[1] in SEPARATORS:
        return text[found.end() :], found[1]
    return text, ""


def _separator(text: str) -> str:
    """The one that takes most rows into the same number of cells, two or more."""
    best, score = ",", 0.0
    head = "\n".join(text.splitlines()[: 3 * SAMPLE])
    for separator in SEPARATORS:
        reader = csv.reader(io.StringIO(head), delimiter=separator, skipinitialspace=True)
        widths = [len(row) for row, _ in zip(reader, range(SAMPLE), strict=False) if row]
        width, times = Counter(widths).most_common(1)[0] if widths else (1, 0)
        # nearly all rows must agree; then the one that cuts more often is the separator
        own = times / len(widths) * (1 + width / 1000) if width > 1 else 0.0
        if own > score:
            best, score = separator, own
    return best


def _unparsed(message: str, separator: str) -> str:
    found = re.search(r"Expected (\d+) fields in line (\d+), saw (\d+)", message)
    if found:
        expected, line, saw = map(int, found.groups())
        return _ragged(line, saw, expected, separator)
    if "EOF inside string" in message or "quote" in message.lower():
        found = re.search(r"row (\d+)", message)
        where = f" that begins near row {int(found[1]) + 1}" if found else ""
        return (
            f'A quoted text{where} is never closed: each " that opens a text needs another " '
            'at its end; a " inside of it is written twice.'
        )
    return "The file cannot be taken apart into rows and columns; save it again as CSV UTF-8."


def _ragged(row: int, saw: int, expected: int, separator: str) -> str:
    name = SEPARATORS[separator]
    return (
        f"Row {row} has {saw} cells and the first row {expected}. Text with a {name} in it needs "
        f'quotes ("), and every row as many {name}s as the first.'
    )


def _check(found: pd.DataFrame) -> None:
    if len(found) > MOST_ROWS + 1:
        raise ValueError(
            f"The file has more than {MOST_ROWS:,} rows; keep up to {MOST_ROWS:,}, "
            "a random part of them for instance."
        )
    if found.shape[1] > MOST_COLUMNS:
        raise ValueError(f"The file has {found.shape[1]:,} columns; keep up to {MOST_COLUMNS}.")


def _whole(text: str, width: int, separator: str) -> int:
    """How many blank lines stand before others, which pandas leaves out.

    ValueError for a row with too few cells, which pandas fills up without a word.
    """
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, skipinitialspace=True)
    place = blank = between = 0
    for row in reader:
        if len(row) < 2 and not any(cell.strip() for cell in row):
            blank += 1
            continue
        place, between = place + 1, blank
        if len(row) < width:
            raise ValueError(_ragged(place, len(row), width, separator))
    return between


def _check_letters(found: pd.DataFrame) -> None:
    longest = found.apply(lambda column: column.str.len().max()).max()
    if longest > MOST_LETTERS:
        raise ValueError(
            f"A cell holds {int(longest):,} letters, and {MOST_LETTERS:,} are the most; perhaps a "
            "quote is missing. Mend that cell, or leave the column out of the file."
        )


def _without_empty(found: pd.DataFrame) -> pd.DataFrame:
    """Cells without space around them; rows and columns at the edge that hold nothing are cut.

    Line breaks inside of cells become plain ones: csv writes a lone carriage return unquoted.
    """
    found = found.apply(lambda column: column.str.strip().str.replace(r"\r\n?", "\n", regex=True))
    _check_letters(found)
    filled = ~found.isin(MISSING)
    rows = filled.any(axis=1)
    last = filled.any(axis=0).to_numpy().nonzero()[0]
    if not len(last):
        raise ValueError(EMPTY)
    return found.loc[rows, : int(last[-1])].reset_index(drop=True)
