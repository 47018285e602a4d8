"""Playground: choose one experiment, press Train, watch it learn."""

from functools import partial

import streamlit as st

from components import address, live
from components.choices import DEFAULT, choose, fill
from components.figures.network import network
from components.plot import plot
from components.results import results
from components.session import lab, owner
from training.code import compile_call, fit_call
from training.layers import architecture, parameters
from training.spec import Comparison, Experiment

PAGE = "play"


def train() -> None:
    """Submit what the widgets show; the run before stays as a ghost."""
    id = lab().submit(Comparison((experiment,)), owner())
    former = st.session_state.get(f"{PAGE}:run")
    if former and former != id:
        st.session_state[f"{PAGE}:ghost"] = former
    address.keep_run(PAGE, id)


if f"{PAGE}.dataset" not in st.session_state:
    fill(PAGE, address.setup(PAGE, DEFAULT, Experiment.from_json))

choices, stage = st.columns([1, 2.6], gap="medium")
with choices:
    setup = choose(PAGE)

with stage:
    try:
        experiment, problem = Experiment.from_json(setup), ""
    except ValueError as error:
        experiment, problem = None, str(error)
    panel, controls = st.columns([3, 2])
    with panel:
        if experiment:
            address.keep(PAGE, experiment.to_json())
            st.code(compile_call(experiment.compile), language="python")
        else:
            st.error(problem, icon=":material/error:")
    with controls:
        st.button(
            "Train",
            type="primary",
            icon=":material/play_arrow:",
            width="stretch",
            disabled=experiment is None,
            on_click=train,
        )
        if experiment:
            layers = architecture(experiment)
            with st.popover(
                f"{parameters(layers):,} parameters", icon=":material/hub:", width="stretch"
            ):
                plot(
                    network(layers),
                    key="network",
                    alt="The layers of the model, from input to output",
                )
            with st.popover("The fit call", icon=":material/code:", width="stretch"):
                st.code(fit_call(experiment), language="python")
        live.engine(lab())
    id = address.run(PAGE)
    if id:
        ghost = st.session_state.get(f"{PAGE}:ghost")
        former = lab().state(ghost) if ghost else None
        live.watch(lab(), id, partial(results, lab(), former=former.runs[:1] if former else ()))
    else:
        st.info(
            "Press **Train**: curves of loss and metric will grow here.", icon=":material/south:"
        )
