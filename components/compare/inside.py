"""A look inside one run of a comparison, chosen by row and seed, and at the loss around all."""

from collections.abc import Collection, Sequence

import streamlit as st

from components import opening
from components.inside.section import look, lookable, opened
from training.lab import Lab
from training.states import ComparisonState


def inside(lab: Lab, state: ComparisonState, names: Sequence[str], own: Collection[str]) -> None:
    """The section, once everything has ended; `own` has the digests of runs that are in the store.

    What was dropped in from files cannot be looked into.
    """
    runs = [
        (name, run)
        for name, run in zip(names, state.runs, strict=True)
        if run.digest in own and lookable(run)
    ]
    if not state.ended or not runs:
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        open = opened()
        if st.button("Loss landscape", icon=":material/terrain:", key="inside:landscape"):
            opening.landscape(state.id)
    if not open:
        return
    left, right = st.columns(2)
    rows = list(dict.fromkeys(name for name, _ in runs))
    name = left.selectbox("Row", rows, key="inside:row")
    seeds = {run.experiment.seed: run for own, run in runs if own == name}
    seed = right.selectbox("Seed", list(seeds), key="inside:seed")
    look(lab, seeds[seed])
