"""History: everything that was run, to find again, lay over each other, keep or delete."""

import streamlit as st

from components.history.actions import actions
from components.history.overlay import MOST, overlay
from components.history.table import ended, table
from components.session import lab

SHOWN = 500
TICK = 2.0  # seconds


def listing() -> None:
    """The table and what is selected in it; again every two seconds while something trains."""
    rows = lab().comparisons(search, SHOWN)
    if live and all(ended(row) for row in rows):
        st.rerun()  # without the timer
    chosen = table(lab(), rows, "history")
    if len(rows) == SHOWN:
        st.caption(f"The newest {SHOWN} are shown; search to find older ones.")
    states = [state for state in map(lab().state, chosen) if state]
    if not states:
        st.info(
            "Select rows to open, lay over each other, download or delete them.",
            icon=":material/check_box:",
        )
        return
    actions(lab(), states)
    if len(states) <= MOST:
        overlay(states)
    else:
        st.info(
            f"Select up to {MOST} rows to see their curves.", icon=":material/stacked_line_chart:"
        )


search = st.text_input(
    "Search",
    key="search",
    bind="query-params",
    icon=":material/search:",
    label_visibility="collapsed",
    placeholder="Search: words of the title, the data set, the model",
    width=480,
)
found = lab().comparisons(search, SHOWN)
live = not all(ended(row) for row in found)
if found:
    st.fragment(listing, run_every=TICK if live else None)()
elif search:
    st.info(f"Nothing that was run has the words “{search}”.", icon=":material/search_off:")
else:
    st.info("Nothing was run yet. What you train is kept here.", icon=":material/history:")
    st.page_link(
        "pages/play/playground.py", label="Go to the Playground", icon=":material/science:"
    )
