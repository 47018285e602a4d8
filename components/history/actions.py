"""What can be done with selected comparisons: open, link, download, delete."""

from collections.abc import Sequence

import streamlit as st

from components import opening
from components.history.downloads import csv_text, script_text
from components.plain import plain
from components.trouble import attempt
from training.lab import Lab
from training.states import ComparisonState


def actions(lab: Lab, states: Sequence[ComparisonState]) -> None:
    """A row of buttons for `states`, at least one."""
    with st.container(horizontal=True, vertical_alignment="center"):
        alone = len(states) == 1
        if st.button(
            "Open",
            icon=":material/open_in_new:",
            type="primary",
            disabled=not alone,
            help="One run opens in the Playground, several side by side in Compare."
            if alone
            else "Select a single row to open it.",
            key="open",
        ):
            opening.comparison(states[0])
        with st.popover("Link", icon=":material/link:", disabled=not alone):
            if alone:
                st.markdown("Shows this in any browser that reaches this server.")
                st.code(opening.address_of(states[0]), language=None, wrap_lines=True)
        st.download_button(
            "CSV",
            lambda: csv_text(states),
            "history.csv",
            "text/csv",
            icon=":material/table:",
            on_click="ignore",
            help="Loss and metrics of every epoch and run.",
            key="csv",
        )
        st.download_button(
            "Script",
            lambda: script_text(states),
            "train.py",
            "text/x-python",
            icon=":material/code:",
            on_click="ignore",
            help="Plain Keras, nothing of Compile Lab: run alone it gives the same numbers.",
            key="script",
        )
        with st.popover("Delete", icon=":material/delete:"):
            st.markdown(loss_of(states))
            st.button(
                "Delete for good",
                type="primary",
                icon=":material/delete_forever:",
                on_click=attempt,
                args=(delete, lab, states),
                key="delete",
            )


def loss_of(states: Sequence[ComparisonState]) -> str:
    """What deleting them takes away, in a few sentences."""
    runs = sum(len(state.runs) for state in states)
    which = f"**{plain(states[0].title)}**" if len(states) == 1 else f"these {len(states)} rows"
    lost = f"Delete {which}? Curves, pictures and numbers of {_runs(runs)} are lost and links to "
    lost += "it stop working." if len(states) == 1 else "them stop working."
    if not all(state.ended for state in states):
        lost += " What still trains is stopped first."
    return (
        f"{lost} Runs that another row holds too stay there. "
        "History is shared: they are gone for everyone on this server."
    )


def delete(lab: Lab, states: Sequence[ComparisonState]) -> None:
    """Stop what still trains, then forget the comparisons."""
    for state in states:
        if not state.ended:
            lab.cancel(state.id)
        lab.delete(state.id)


def _runs(count: int) -> str:
    return "1 run" if count == 1 else f"{count:,} runs"
