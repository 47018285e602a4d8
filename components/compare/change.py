"""Changing a race on the page: a row gets another learning rate in mid-run, or is dropped."""

from collections.abc import Sequence

import streamlit as st

from components.choices.fields import as_whole, decades
from components.compare.aside import note_dropped
from components.plain import plain
from training.cells import parsed, shortest
from training.lab import Lab
from training.rates import FIRST, TAKEN
from training.scheduled import schedule_of
from training.states import ComparisonState, RunState

ROW, RATE, EPOCH = "compare:change.row", "compare:change.rate", "compare:change.epoch"
PLACE, SAID = "compare:change.place", "compare:change.said"
DONE = "compare:change.done"
ENDED = (
    "Nothing trains here any more, so that there is nothing to change. Edit the rows above and "
    "press **Train**: what is known already is not trained again."
)


def change(lab: Lab, state: ComparisonState, names: Sequence[str]) -> None:
    """A button that opens the fields while something trains; `names` has the row of each run."""
    if st.session_state.pop(DONE, False):
        st.rerun()  # the whole page: links and what stands beside the runs have changed
    if state.ended:
        st.popover("Change", icon=":material/tune:", disabled=True, help=ENDED)
        return
    rows: dict[str, list[RunState]] = {}
    for name, run in zip(names, state.runs, strict=True):
        rows.setdefault(name, []).append(run)
    with st.popover("Change", icon=":material/tune:"):
        own = rows[_row(list(rows))]
        _rate(own)
        shared = {"on_click": _act}
        digests = [run.digest for run in own]
        with st.container(horizontal=True):
            st.button(
                "Change the rate",
                key="compare:change.do",
                icon=":material/speed:",
                disabled=not st.session_state[RATE],
                args=(_change, lab, state.id, digests),
                **shared,
            )
            st.button(
                "Drop this row",
                key="compare:change.drop",
                icon=":material/delete:",
                disabled=len(rows) == 1,
                args=(_drop, lab, state.id, digests),
                **shared,
            )
        if said := st.session_state.get(SAID):
            st.error(plain(said), icon=":material/error:")


def _row(names: Sequence[str]) -> str:
    """The row that is to be changed. It keeps its place when a change gives it another name."""
    if st.session_state.get(ROW) not in names:
        place = st.session_state.get(PLACE, 0)
        st.session_state[ROW] = names[min(place, len(names) - 1)]
    name = st.selectbox("Row", names, key=ROW)
    st.session_state[PLACE] = names.index(name)
    return name


def _rate(own: Sequence[RunState]) -> None:
    """Fields for the rate and the epoch that it is to hold from."""
    first, ended = own[0], all(run.ended for run in own)
    if schedule_of(first.experiment.compile.optimizer):
        st.session_state[RATE] = None
        st.caption(TAKEN.capitalize())
        return
    now, typed = first.experiment.rate_at(first.epochs), st.session_state.get(RATE)
    st.selectbox(
        "New learning rate",
        [rate for rate in decades(typed) if rate == typed or rate != shortest(now)],
        index=None,
        key=RATE,
        placeholder=f"now {now:g}",
        accept_new_options=True,
        filter_mode="prefix",  # or typing 0.1 and Enter would find 0.001
        help="Pick one, or type any number. The row is trained anew from the start, to the same "
        "numbers up to the change: its curve stays and goes on from there.",
    )
    st.number_input(
        "From epoch",
        value=None,
        step=1.0,
        format="%g",
        key=EPOCH,
        placeholder=f"{FIRST} to {first.epochs}" if ended else "the next",
        help="Empty: the next one, while the row trains." if not ended else None,
    )


def _act(act: object, *args: object) -> None:
    """What a button does; a refusal is kept to be said."""
    st.session_state[SAID] = ""
    try:
        act(*args)
        st.session_state[DONE] = True
    except ValueError as error:
        st.session_state[SAID] = str(error)


def _change(lab: Lab, id: str, digests: Sequence[str]) -> None:
    typed, epoch = (st.session_state.get(key) for key in (RATE, EPOCH))
    if typed is None:  # the fields were gone already: all has ended meanwhile
        raise ValueError("The rate was not understood any more; choose it again.")
    lab.change_rate(id, digests, parsed(typed), as_whole(epoch))
    st.session_state[RATE] = st.session_state[EPOCH] = None


def _drop(lab: Lab, id: str, digests: Sequence[str]) -> None:
    lab.drop(id, digests)
    note_dropped(id)
