"""Where rows were run at several learning rates: how much the result depends on the rate."""

from collections.abc import Sequence

import streamlit as st

from components.compare.curves import notes
from components.figures.sensitivity import sensitivity
from components.figures.variant import FEW
from components.plain import plain
from components.plot import plot
from components.sweep import NEAR, Sweep, rateless, sweeps
from training.direction import direction
from training.states import RunState
from training.variant_labels import labels


def rates(runs: Sequence[RunState], metric: str) -> None:
    """A chart of the result against the rate; nothing where no row has three rates or more."""
    one_loss = not notes([run.experiment for run in runs])
    column = "loss" if one_loss else metric
    if not column or not any(len(run.history) for run in runs):
        return
    kinds = [rateless(run.experiment) for run in runs]
    swept = sweeps(runs, labels(kinds), column)
    if not swept:
        return
    figure = sensitivity(swept, column, max(run.epochs_done for run in runs))
    plot(figure, key="compare.sensitivity", alt=f"Validation {column} against the learning rate")
    lower = direction(runs[0].experiment, column) != "higher"
    st.caption(widths(swept, lower))


def widths(swept: Sequence[Sweep], lower: bool) -> str:
    """How choosy each row is about its rate."""
    said = ", ".join(f"{plain(sweep.name)} {sweep.width(lower):.1f}" for sweep in swept)
    return (
        f"Decades of learning rates around the best that stay within {NEAR:.0%} of it: {said}. "
        "The wider, the less the rate matters; between two neighbours nothing is known. "
        "Where there are several seeds, their median is thick, and a band holds all of fewer than "
        f"{FEW}, else the middle half."
    )
