"""The section "Inside a run": nothing is ordered or drawn before the reader opens it."""

import streamlit as st

from components.inside.files import files
from components.inside.norms import by_layer, dead, slots, whole
from components.inside.ordered import inside_of
from components.inside.predictions import predictions
from components.results import loaded
from training.lab import Lab
from training.states import RESULTS, RunState

OPEN = "inside:open"
VIEWS = ("Whole model", "Layers", "Optimizer slots", "Dead units", "Predictions", "Files")


def opened() -> bool:
    """A switch that opens the section."""
    return st.toggle("Inside a run", key=OPEN)


def look(lab: Lab, run: RunState) -> None:
    """One view of a run that has ended with a result."""
    view = st.segmented_control(
        "View",
        VIEWS,
        default=VIEWS[0],
        key="inside:view",
        required=True,
        label_visibility="collapsed",
    )
    match view:
        case "Whole model":
            whole(run)
            return
        case "Files":
            files(lab, run)
            return
    inside = inside_of(lab, run)
    if inside is None:
        return
    if not len(inside.epochs):
        st.info("This run diverged in its first epoch; there was nothing to record.")
        return
    match view:
        case "Layers":
            by_layer(inside)
        case "Optimizer slots":
            slots(inside)
        case "Dead units":
            dead(inside)
        case "Predictions":
            data = loaded(run.experiment)
            if data is not None:
                predictions(run, inside, data)


def lookable(run: RunState) -> bool:
    """Whether it has a result, and numbers to show."""
    return run.status in RESULTS and len(run.history) > 0
