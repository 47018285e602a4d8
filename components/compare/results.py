"""What a comparison shows while it trains and afterwards: curves, proof, pictures, numbers."""

from collections.abc import Sequence

import streamlit as st

from components.compare.by_hand import by_hand
from components.compare.curves import curves
from components.compare.diagnosis import diagnosis
from components.compare.evidence import proof_line, verdict_line
from components.compare.guests import with_guests
from components.compare.inside import inside
from components.compare.numbers import numbers
from components.compare.pictures import pictures
from components.compare.problem import one_problem
from components.compare.rates import rates
from components.compare.replay import replayed
from components.compare.take_home import take_home
from components.compare.untrained import untrained
from components.plain import plain
from components.race.summary import OnShow
from training.lab import Lab
from training.states import ComparisonState


def results(
    lab: Lab, state: ComparisonState, names: Sequence[str], race: OnShow | None = None
) -> None:
    """Everything about a comparison; `names` has the label of each run's variant.

    race: where they are the runs of one mode of a race, what is on show of it.
    """
    own = {run.digest for run in state.runs}
    state, names, remark = with_guests(state, names)
    with st.container():  # always there, so that the charts below keep their place
        if remark:
            st.caption(plain(remark))
    everything = state, names
    state, names = one_problem(state, names)
    if said := untrained(state.runs):
        st.info(said, icon=":material/hide_source:")
        return
    whole = state
    state = replayed(state)
    metric = curves(state, names, race.title if race else "", whole)
    proof_line(state.runs, names)
    verdict_line(state.runs, names, metric)
    by_hand(state.runs, names)
    diagnosis(lab, state, names)
    rates(state.runs, metric, whole.runs)
    pictures(lab, state, names)
    numbers(state, names, metric, replay=state is not whole)
    inside(lab, whole, names, own)
    take_home(*everything, remark, race)
