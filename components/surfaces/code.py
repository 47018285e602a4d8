"""The race as plain Keras, to read and to take home."""

import streamlit as st

from training.surface.names import names
from training.surface.script import script
from training.surface.spec import SurfaceRace


def code(race: SurfaceRace) -> None:
    """A button that opens it."""
    with st.popover("Code", icon=":material/code:"):
        text = script(race, names(race.optimizers))
        st.caption("Plain Keras, complete in itself: it takes the same steps and prints them.")
        st.code(text, language="python", height=420)
        st.download_button(
            "Download",
            text,
            "surface_race.py",
            "text/x-python",
            icon=":material/download:",
            on_click="ignore",
        )
