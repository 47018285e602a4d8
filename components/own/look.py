"""A table as it was read: its first rows, and what each of its columns is."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from components.plain import plain
from datasets.kinds import WHY_NOT
from datasets.table import Reading
from datasets.table.columns import Column
from training.differences import joined

ROWS = 8  # on show
NAMED = 8  # columns of one kind
CONFIG = {
    "different": st.column_config.NumberColumn(
        "different", width="small", help="Different values, gaps aside."
    ),
    "missing": st.column_config.NumberColumn(
        "missing", width="small", help="Rows without a value."
    ),
}


def look(reading: Reading) -> None:
    """Draw both tables, and say what was found and mended."""
    for note in reading.notes:
        st.caption(f":material/info: {plain(note)}")
    left, right = st.columns(2)
    with left:
        st.markdown(f"**The first of {len(reading.table):,} rows**")
        st.dataframe(reading.table.head(ROWS), hide_index=True, height="content")
    with right:
        st.markdown(f"**{len(reading.columns)} columns**")
        st.dataframe(
            _columns(reading),
            hide_index=True,
            # no taller than its rows: empty ones look like columns that are missing
            height="content" if len(reading.columns) <= ROWS else 36 * (ROWS + 1),
            column_config=CONFIG,
        )
        for sentence in unused(reading.columns):
            st.caption(plain(sentence))


def _columns(reading: Reading) -> pd.DataFrame:
    found = reading.columns
    table = pd.DataFrame(
        {
            "column": [c.name for c in found],
            "is": [c.kind for c in found],
            "different": [c.distinct for c in found],
            "missing": [c.missing for c in found],
            "used": ["no" if c.kind in WHY_NOT else "yes" for c in found],
        }
    )
    return table if "no" in set(table["used"]) else table.drop(columns="used")


def unused(columns: Sequence[Column]) -> list[str]:
    """A sentence for each reason why columns are not used, with their names."""
    names = {kind: joined((c.name for c in columns if c.kind == kind), NAMED) for kind in WHY_NOT}
    return [f"Not used: {named} ({WHY_NOT[kind]})." for kind, named in names.items() if named]
