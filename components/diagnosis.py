"""What is wrong with the Playground's run once it has ended, and what to try, in one click."""

from functools import partial

import streamlit as st

from components import address
from components.choices import fill
from components.findings import findings
from components.plain import plain
from components.session import owner
from training.diagnosis import Finding, Remedy, diagnose
from training.lab import Lab
from training.spec import Comparison
from training.states import ComparisonState, RunState

PAGE = "play"
KEPT, TOLD = f"{PAGE}:diagnosed", f"{PAGE}:tried"


def diagnosis(lab: Lab, state: ComparisonState) -> None:
    """A line for each finding about the single run, once it has ended."""
    told: tuple[str, str] = st.session_state.get(TOLD, ("", ""))
    if told[0] == state.id:
        st.caption(f":material/healing: {plain(told[1])}")
    run = state.runs[0]
    if run.ended and (found := _found(run)):
        findings([("", found)], PAGE, partial(_try, lab, state.id, run))


def _found(run: RunState) -> list[Finding]:
    """Kept, because a page asks again at every click."""
    key = (run.digest, run.status, run.epochs_done)
    kept: tuple[object, list[Finding]] | None = st.session_state.get(KEPT)
    if not kept or kept[0] != key:
        kept = st.session_state[KEPT] = (key, diagnose([run]))
    return kept[1]


def _try(lab: Lab, id: str, run: RunState, position: int, remedy: Remedy) -> None:
    """Set the menus to the run with the remedy, and train it; the run before stays as a ghost."""
    try:
        changed = remedy.applied(run.experiment)
        fill(PAGE, changed)
        new = lab.submit(Comparison((changed,)), owner())
    except ValueError as error:
        st.session_state[TOLD] = (id, str(error))
        return
    st.session_state[f"{PAGE}:ghost"] = id
    address.keep_run(PAGE, new)
    said = f"Trained with {remedy.label}; the grey curves are those of the run before."
    st.session_state[TOLD] = (new, said)
