"""The table of results on the page: the frame, what its columns mean, and its download."""

from collections.abc import Sequence

import streamlit as st

from components.compare.table import SPREAD, table
from components.history.downloads import csv_text
from components.results import numbers_title
from training.states import ComparisonState


def numbers(state: ComparisonState, names: Sequence[str]) -> None:
    """A row per variant; `names` has the row of each run."""
    frame = table(state.runs, names, final=state.ended)
    seeds = len({run.experiment.seed for run in state.runs})
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"**{numbers_title(state.runs)}**", width="content")
        if state.ended:
            st.download_button(
                "History as CSV",
                lambda: csv_text([state]),
                file_name="history.csv",
                mime="text/csv",
                icon=":material/download:",
                on_click="ignore",
            )
    st.dataframe(
        frame,
        hide_index=True,
        height="content",
        placeholder="-",
        column_config={name: _column(name) for name in frame.columns},
        alt="A row per variant with the numbers after the last epoch",
    )
    said = "A click on a column's head sorts. "
    if state.ended:
        said += "As `model.evaluate` says after the last epoch; a stopped run has no test numbers. "
    if seeds > 1:
        said += f"Mean over n of {seeds} seeds, {SPREAD} one standard deviation of them. "
    if any(run.diverged for run in state.runs):
        said += "Diverged runs have no numbers, so means leave them out: see the outcome. "
    st.caption(said)


def _column(name: str) -> object:
    if name in ("Variant", "Outcome", "Loss function"):
        return st.column_config.TextColumn(pinned=name == "Variant")
    if name in ("Epochs", "n"):
        return st.column_config.NumberColumn(format="%d", help=_HELP[name])
    if name.endswith(SPREAD):
        return st.column_config.NumberColumn(SPREAD, format="%.2g", width=80)
    return st.column_config.NumberColumn(format="%.4g")


_HELP = {"Epochs": "Mean over the seeds.", "n": "Runs that the means are taken over."}
