"""History: everything that was run, to find again, lay over each other, keep or delete."""

import streamlit as st

from components.history.actions import actions
from components.history.overlay import MOST, overlay
from components.history.table import ended, in_full, table
from components.plain import plain
from components.session import lab
from components.trouble import heard, told

SHOWN = 500
TICK = 2.0  # seconds


def tick() -> None:
    """The table and what is selected in it; again every two seconds while something trains."""
    heard()
    with told():
        listing()


def listing() -> None:
    """The rows, and what can be done with those that are selected."""
    rows = first.pop() if first else lab().comparisons(search, SHOWN)
    if not rows or (live and all(ended(row) for row in rows)):
        st.rerun()  # without the table or without the timer
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
    for title in in_full(rows, chosen):
        st.caption(plain(title))
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
    placeholder="Search: data set, model, optimizer, loss, class_weight, EarlyStopping",
    width=480,
)
found = None
with told():
    found = lab().comparisons(search, SHOWN)
if found:
    first = [found]  # for the first drawing; later ones ask again
    live = not all(ended(row) for row in found)
    st.caption("The runs of everyone on this server; whoever deletes one deletes it for all.")
    st.fragment(tick, run_every=TICK if live else None)()
elif search and found is not None:
    words = plain(search)
    st.info(f"Nothing that was run has the words “{words}”.", icon=":material/search_off:")
elif found is not None:
    st.info(
        "Nothing was run yet. What anyone on this server trains is kept here.",
        icon=":material/history:",
    )
    st.page_link(
        "pages/play/playground.py", label="Go to the Playground", icon=":material/science:"
    )
