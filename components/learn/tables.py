"""Tables of the lesson whose cells wrap, so that the last column is seen on a phone too."""

from collections.abc import Mapping, Sequence

import streamlit as st

from components.plain import plain

LONG = 14  # letters, from which on a name may be broken behind a mark


def table(heads: Sequence[str], rows: Mapping[str, Sequence[str]]) -> None:
    """A row for each name, which stands in its first cell; all of it is read as letters."""
    lines = [_row(heads), "|--" * len(heads) + "|"]
    lines += [_row((name, *cells)) for name, cells in rows.items()]
    st.markdown("\n".join(lines))


def _row(cells: Sequence[str]) -> str:
    return "".join(f"| {' '.join(map(_word, cell.split()))} " for cell in cells) + "|"


def _word(word: str) -> str:
    """A long name with places, unseen, where a narrow cell can break it."""
    text = plain(word)
    if len(word) < LONG:
        return text
    return "".join(f"{letter}\u200b" if letter in "_.(,=" else letter for letter in text)
