"""What to know of the runs on show beside the rows that are set up above them."""

import streamlit as st

from components.compare.names import names_of
from components.plain import plain
from training.design import Design
from training.states import ComparisonState

DROPPED = "compare:aside.dropped"  # comparisons from which this session dropped rows
CHANGED = "Shown are the rows above with changes that were made in mid-run."
OTHER = "Shown is another comparison than the rows above. Press **Train** for those."
TRAIN = "**Train** starts the rows as they stand above."


def note_dropped(id: str) -> None:
    """Remember that a row was dropped from a comparison here."""
    st.session_state[DROPPED] = {id, *st.session_state.get(DROPPED, ())}


def aside(design: Design | None, state: ComparisonState) -> str:
    """In what the comparison differs from the rows that are set up; usually nothing."""
    if not design:
        return ""
    wanted = design.comparison.experiments
    if [e.digest for e in wanted] == [run.digest for run in state.runs]:
        return ""
    shown = {run.experiment.unchanged.digest for run in state.runs}
    changed = any(run.experiment.rates for run in state.runs)
    known = shown <= {e.digest for e in wanted}
    missing = _without_runs(design, shown) if known and len(shown) < len(wanted) else []
    if not known or not (changed or missing):
        return OTHER
    said = [CHANGED] if changed else []
    said += [_missing(missing, state.id)] if missing else []
    return " ".join([*said, TRAIN])


def _without_runs(design: Design, shown: set[str]) -> list[str]:
    """Names of rows of which no run is on show."""
    wanted = design.comparison.experiments
    names = names_of(wanted, design)
    there = {name for name, e in zip(names, wanted, strict=True) if e.digest in shown}
    return [name for name in dict.fromkeys(names) if name not in there]


def _missing(rows: list[str], id: str) -> str:
    """Where rows are that are set up and not on show."""
    names, was = plain(", ".join(rows)), "was" if len(rows) == 1 else "were"
    if id in st.session_state.get(DROPPED, ()):
        return f"Dropped here: {names}."
    return f"Not among the runs on show: {names}, which {was} added above, or dropped from them."
