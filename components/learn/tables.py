"""Tables of the lesson whose cells wrap, so that the last column is seen on a phone too."""

import re
from collections.abc import Mapping, Sequence

import streamlit as st

from components.plain import plain

LONG = 10  # letters, from which on a name may be broken between its parts
PARTS = re.compile("(?<=[_.])|(?<=[a-z])(?=[A-Z])")


def table(heads: Sequence[str], rows: Mapping[str, Sequence[str]]) -> None:
    """A row for each name, which stands in its first cell; all of it is read as letters."""
    lines = [_row(heads), "|--" * len(heads) + "|"]
    lines += [_row((name, *cells)) for name, cells in rows.items()]
    st.markdown("\n".join(lines))


def _row(cells: Sequence[str]) -> str:
    return "".join(f"| {_small(cell)} " for cell in cells) + "|"


def _small(cell: str) -> str:
    return f":small[{' '.join(map(_word, cell.split()))}]" if cell else ""


def _word(word: str) -> str:
    """A long name with places, unseen, where a narrow cell can break it."""
    return "\u200b".join(map(plain, PARTS.split(word))) if len(word) >= LONG else plain(word)
