"""A comparison on several data sets on the page: their profile, and one of them at a time."""

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from components.compare.profile_view import profile_view
from training.problems import Problem, problems
from training.states import ComparisonState, overall

SHOWN, FOUND = "compare:problem", "compare:problems"


def one_problem(
    state: ComparisonState, names: Sequence[str]
) -> tuple[ComparisonState, Sequence[str]]:
    """The runs and names of the data set that is chosen; all of them where there is only one."""
    found = _problems(state)
    if not found:
        return state, names
    profile_view(state, names, found)
    labels = [one.name for one in found]
    if st.session_state.get(SHOWN) not in labels:
        st.session_state[SHOWN] = labels[0]
    label = st.segmented_control("Data set", labels, key=SHOWN, required=True)
    at = labels.index(label or labels[0])
    return _part(state, found[at], at), [names[i] for i in found[at].places]


def _problems(state: ComparisonState) -> tuple[Problem, ...]:
    """Found once for a comparison: the page asks again at every tick."""
    asked = tuple(run.digest for run in state.runs)  # rows may be dropped meanwhile
    kept: tuple[object, tuple[Problem, ...]] | None = st.session_state.get(FOUND)
    if kept and kept[0] == asked:
        return kept[1]
    made = problems([run.experiment for run in state.runs])
    st.session_state[FOUND] = (asked, made)
    return made


def _part(state: ComparisonState, problem: Problem, at: int) -> ComparisonState:
    """The state of one data set's runs.

    It has a version of its own, so that what is kept by version is drawn anew for another one.
    """
    runs = tuple(state.runs[i] for i in problem.places)
    status = overall([run.status for run in runs])
    return replace(state, runs=runs, status=status, version=100 * state.version + at)
