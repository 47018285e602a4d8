"""What is wrong with rows of a comparison that has ended, and what to try, in one click."""

from collections.abc import Sequence
from functools import partial

import streamlit as st

from components import address
from components.compare.setup import PAGE, load
from components.findings import findings
from components.plain import plain
from components.session import owner
from training.design import Design
from training.diagnosis import Finding, Remedy, diagnose, rivals
from training.diagnosis.trial import trial
from training.lab import Lab
from training.redesign import design_of
from training.states import ComparisonState

KEPT, TOLD = f"{PAGE}:diagnosed", f"{PAGE}:tried"
Found = list[tuple[str, list[Finding]]]


def diagnosis(lab: Lab, state: ComparisonState, names: Sequence[str]) -> None:
    """A line for each finding, once all runs have ended; before, what was tried last."""
    told: tuple[str, str] = st.session_state.get(TOLD, ("", ""))
    if told[0] == state.id:
        st.caption(f":material/healing: {plain(told[1])}")
    if not state.ended:
        return
    found = _found(state, names)
    if not any(its for _, its in found):
        return  # nothing was trained
    st.markdown("**Diagnosis**")
    design = _design(state)
    findings(found, PAGE, partial(_try, lab, state.id, design) if design else None)
    if len(state.runs) > len(found):
        st.caption("Rules of thumb; their numbers are medians over the seeds that show it.")


def _found(state: ComparisonState, names: Sequence[str]) -> Found:
    """By row its findings; kept, because a page asks again at every click."""
    key = (state.id, state.version, tuple(names))
    kept: tuple[object, Found] | None = st.session_state.get(KEPT)
    if kept and kept[0] == key:
        return kept[1]
    rows: dict[str, list] = {}
    for name, run in zip(names, state.runs, strict=True):
        rows.setdefault(name, []).append(run)
    named = zip(rows.items(), rivals(list(rows.values())), strict=True)
    found = [(name, diagnose(runs, rival)) for (name, runs), rival in named]
    st.session_state[KEPT] = (key, found)
    return found


def _design(state: ComparisonState) -> Design | None:
    """The design of what is on show, whatever the page is set up to."""
    shown = [run.experiment for run in state.runs]
    try:
        design = Design.from_json(state.plan)
        one = len(design.rows) * design.seeds  # of the data sets, where there are several
        if not design.race and len(shown) == one and {*shown} <= {*design.comparison.experiments}:
            return design
    except ValueError:
        pass  # set up in another way
    return design_of(shown)


def _try(lab: Lab, id: str, design: Design, position: int, remedy: Remedy) -> None:
    """Set the page up to the design with the remedy, and train it."""
    try:
        changed, said = trial(design, position, remedy)
        load(changed)
        new = lab.submit(changed.comparison, owner(), plan=changed.to_json())
        address.keep_run(PAGE, new)
        st.session_state[TOLD] = (new, said)
    except ValueError as error:
        st.session_state[TOLD] = (id, str(error))
