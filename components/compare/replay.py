"""A race run again on the page: play button and scrubber move all results through the epochs."""

from dataclasses import replace

import streamlit as st

from components import scrubber
from training.states import ComparisonState, RunState

PREFIX, UNIT = "replay", "epoch"
ON = "replay:on"


def pulse() -> float | None:
    """How often the results have to be drawn anew, in seconds; None while nothing plays."""
    return scrubber.pulse(PREFIX)


def replayed(state: ComparisonState) -> ComparisonState:
    """The comparison as it was after the epoch that the scrubber shows; as it is without replay."""
    last = max((len(run.history) for run in state.runs), default=0)
    if not state.ended or last < 2:
        return state
    with st.container(horizontal=True, vertical_alignment="center"):
        on = st.toggle(
            "Replay",
            key=ON,
            on_change=scrubber.begin,
            args=(PREFIX, UNIT, 1),
            help="Runs the race again: curves, pictures and numbers move through the epochs "
            "together, on their own or step by step.",
        )
        if not on:
            return state
        epoch = scrubber.scrubber(PREFIX, UNIT, 1, last, scrubber.EPOCHS)
    return at(state, epoch)


def at(state: ComparisonState, epoch: int) -> ComparisonState:
    """A comparison as it was when every run had trained `epoch` epochs, or as many as it has."""
    runs = tuple(_cut(run, epoch) for run in state.runs)
    return replace(state, status="running", runs=runs)


def _cut(run: RunState, epoch: int) -> RunState:
    done = min(epoch, len(run.history))
    blown = run.diverged is not None and run.diverged <= epoch
    return replace(
        run,
        history=run.history[:done],
        epochs_done=done,
        status="diverged" if blown else "running",
        diverged=run.diverged if blown else None,
        finals=None,
    )
