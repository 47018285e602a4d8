"""Bytes of a CSV as a table whose columns are known, with what was done to it in sentences."""

from dataclasses import dataclass

import pandas as pd

from datasets.table.cells import MOST_ROWS, SEPARATORS, cells
from datasets.table.columns import Column, column_of
from datasets.table.decode import decode
from datasets.table.disguise import check
from datasets.table.header import named
from datasets.table.numbers import MISSING, decimal

FEWEST_ROWS = 20


@dataclass(frozen=True)
class Reading:
    """A table as it was read. `table` holds text, "" for a gap, by column name."""

    table: pd.DataFrame
    columns: tuple[Column, ...]
    notes: tuple[str, ...]  # what was found or mended, for the person who brought it

    @property
    def content(self) -> bytes:
        """The table as plain CSV: UTF-8, commas, decimal points, nothing in a gap."""
        return self.table.to_csv(index=False, lineterminator="\n").encode()


def read(content: bytes, header: bool | None = None) -> Reading:
    """Read a CSV file; ValueError says in a sentence what is wrong with it and how to mend it.

    header: whether the first row has the names; None guesses.
    """
    check(content)
    text, encoding = decode(content)
    found, separator, skipped = cells(text)
    table, notes = named(found, header)
    _check(table, separator)
    mark = decimal(table, separator)
    notes = [*_said(encoding, separator), *_skipped(skipped), *notes]
    columns, saved, written = [], {}, {}
    for name in table:
        column, saved[name], how = column_of(table[name], mark)
        columns.append(column)
        if how:
            written.setdefault(how, []).append(name)
    notes += [f"Read with {how}: {_few(names)}." for how, names in written.items()]
    notes += _formulas(table, columns) + _gap_words(table)
    return Reading(pd.DataFrame(saved), tuple(columns), tuple(notes))


def _check(table: pd.DataFrame, separator: str) -> None:
    if table.shape[1] < 2:
        raise ValueError(
            "The file has one column only, and something to predict needs something to predict it "
            "from. Cells are set apart by a comma, semicolon, tab or bar."
        )
    if len(table) < FEWEST_ROWS:
        raise ValueError(
            f"The file has {len(table)} rows; training, validation and test "
            f"need at least {FEWEST_ROWS} together."
        )
    if len(table) > MOST_ROWS:
        raise ValueError(f"The file has more than {MOST_ROWS:,} rows; keep up to {MOST_ROWS:,}.")


def _said(encoding: str, separator: str) -> list[str]:
    usual = encoding in ("utf-8", "utf-8-sig")
    notes = [] if usual else [f"Written in {encoding}: check that letters with accents are right."]
    if separator != ",":
        notes.append(f"Cells are set apart by a {SEPARATORS[separator]}.")
    return notes


def _skipped(rows: int) -> list[str]:
    if not rows:
        return []
    return [f"{rows:,} empty rows were skipped." if rows > 1 else "1 empty row was skipped."]


def _formulas(table: pd.DataFrame, columns: list[Column]) -> list[str]:
    """Cells that a spreadsheet would compute; here they are letters like any others."""
    found = [
        column.name
        for column in columns
        if column.kind not in ("number", "empty")
        and table[column.name].str.match(r"[=@]|[+-][A-Za-z(]").any()
    ]
    told = "Formulas are not computed, their text is taken as it is. Save values, not formulas"
    return [f"{told}: {_few(found)}."] if found else []


def _gap_words(table: pd.DataFrame) -> list[str]:
    words: set[str] = set()
    for name in table:
        different = table[name].unique()
        words |= {word for word in different if word and word in MISSING}
    quoted = ", ".join(f'"{word}"' for word in sorted(words))
    return [f"Read as missing: {quoted}."] if words else []


def _few(names: list[str]) -> str:
    more = f" and {len(names) - 5} more" if len(names) > 5 else ""
    return ", ".join(names[:5]) + more
