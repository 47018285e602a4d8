"""Curves of several comparisons on one chart."""

from collections.abc import Sequence

import streamlit as st

from components.charts import charts
from components.figures.parts import BOTH, Part
from components.plot import plot
from components.results import metric_columns
from training.states import ComparisonState, RunState
from training.variant_labels import labels

MOST = 6  # comparisons
MOST_VARIANTS = 12  # of all comparisons together; more colours cannot be told apart
PARTS: dict[str, tuple[Part, ...]] = {
    "Both": BOTH,
    "Training": ("train",),
    "Validation": ("validation",),
}


def overlay(states: Sequence[ComparisonState]) -> None:
    """Loss and metric of all runs together; losses of different kinds never share a chart."""
    runs = list({run.digest: run for state in states for run in state.runs}.values())
    named = labels([run.experiment for run in runs])
    kept = list(dict.fromkeys(named))[:MOST_VARIANTS]
    if len(kept) < len(set(named)):
        st.caption(f"The first {MOST_VARIANTS} of {len(set(named))} variants are drawn.")
    runs, named = zip(*[p for p in zip(runs, named, strict=True) if p[1] in kept], strict=True)
    metric, parts, log = _options(runs)
    grid = st.grid(2, min_column_width=340)
    for chart in charts(runs, named, metric, parts, log):
        with grid.cell():
            plot(chart.figure, key=f"overlay.{chart.key}", alt=chart.alt)


def _options(runs: Sequence[RunState]) -> tuple[str, Sequence[Part], bool]:
    """The metric to draw or "", the parts of the data, and whether losses are on a log axis."""
    columns = metric_columns([run.experiment for run in runs])
    with st.container(horizontal=True, vertical_alignment="bottom"):
        part = st.segmented_control(
            "Curves of", list(PARTS), default="Both", required=True, key="overlay-parts"
        )
        axis = st.segmented_control(
            "Loss axis", ["linear", "log"], default="linear", required=True, key="overlay-axis"
        )
        column = ""
        if columns:
            column = st.selectbox("Metric", columns, key="overlay-metric", width=260)
    return column, PARTS[part], axis == "log"
