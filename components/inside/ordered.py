"""Things made of a run on demand: ordering them, waiting for them, and why they failed."""

import streamlit as st

from components.plain import plain
from components.session import owner
from components.trouble import told
from training.inside import Inside, unpacked
from training.lab import Lab
from training.orders import Kind
from training.states import RunState

TICK = 0.5  # seconds
KEPT = "inside:kept"
UNDER_WAY = {
    "queued": "Waiting for a free training process …",
    "running": "Training this run once more to make it; the numbers come out the same …",
}


def inside_of(lab: Lab, run: RunState) -> Inside | None:
    """The recordings of a run, ordered when they are not there; None while there are none yet."""
    kept: tuple[str, Inside] | None = st.session_state.get(KEPT)
    if kept and kept[0] == run.digest:
        return kept[1]
    blob = ordered(lab, run, "inside")
    if blob is None:
        return None
    made = unpacked(blob)
    st.session_state[KEPT] = (run.digest, made)
    return made


def ordered(lab: Lab, run: RunState, kind: Kind) -> bytes | None:
    """What was ordered, and orders it the first time; else it says on the page how that stands."""
    found = lab.errand(run.digest, kind)
    if found is None:
        if order(lab, run, kind):
            waiting(lab, run, kind)
        return None
    if found.status == "failed":
        st.error(plain(found.error or ""), icon=":material/error:")
        if st.button("Try again", icon=":material/refresh:", key=f"inside:again.{kind}"):
            order(lab, run, kind)
            st.rerun()
        return None
    if not found.ended:
        waiting(lab, run, kind)
    return found.blob


def order(lab: Lab, run: RunState, kind: Kind) -> bool:
    """Order it; False with a sentence on the page where that cannot be."""
    try:
        lab.order(run.experiment, kind, owner())
    except ValueError as error:
        st.error(plain(str(error)), icon=":material/error:")
        return False
    return True


def waiting(lab: Lab, run: RunState, kind: Kind) -> None:
    """A line that ticks until it has ended, and then draws the page anew."""

    def tick() -> None:
        with told():
            found = lab.errand(run.digest, kind)
            if found is None or found.ended:
                st.rerun()
            st.caption(f":material/hourglass_top: {UNDER_WAY[found.status]}")

    st.fragment(tick, run_every=TICK)()
