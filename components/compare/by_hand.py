"""How far rules of one's own are from Keras's, as a line below the curves."""

from collections.abc import Sequence

import streamlit as st

from components.plain import plain
from training.formula.twins import twins
from training.states import RunState

ROUNDING = 1e-5  # of losses near 1: float32 has 7 digits, and training loses some of them


def by_hand(runs: Sequence[RunState], names: Sequence[str]) -> None:
    """A line for each rule written as a formula; nothing where there is none."""
    for twin in twins(runs, names):
        same = " That is no more than rounding." if twin.difference < ROUNDING else ""
        st.caption(
            f":material/compare_arrows: **{plain(twin.own)}** is nearest to "
            f"**{plain(twin.other)}**: their losses differ by at most {twin.difference:.1e} over "
            f"all epochs and seeds.{same}"
        )
