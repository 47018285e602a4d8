"""A table as it was read: its first rows, and what each of its columns is."""

import pandas as pd
import streamlit as st

from components.plain import plain
from datasets.kinds import WHY_NOT
from datasets.table import Reading

ROWS = 8  # on show
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


def _columns(reading: Reading) -> pd.DataFrame:
    found = reading.columns
    table = pd.DataFrame(
        {
            "column": [c.name for c in found],
            "is": [c.kind for c in found],
            "different": [c.distinct for c in found],
            "missing": [c.missing for c in found],
            "not used because": [WHY_NOT.get(c.kind, "") for c in found],
        }
    )
    return table if any(table["not used because"]) else table.drop(columns="not used because")
