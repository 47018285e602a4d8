"""What a server has one of, and what a browser session has one of."""

import secrets
from contextlib import suppress

import streamlit as st

from training.lab import Lab


@st.cache_resource(show_spinner=False)
def _lab() -> Lab:
    made = Lab()
    made.start()
    return made


def warm_up() -> None:
    """Start the Lab before the first visit; a visitor hears of what is wrong with it."""
    with suppress(ValueError):
        _lab()


def lab() -> Lab:
    """The server's Lab; where results cannot be kept it says so and ends the page."""
    try:
        return _lab()
    except ValueError as error:
        st.error(f"Nothing can be trained or shown: {error}", icon=":material/database_off:")
        st.stop()


def owner() -> str:
    """This browser session's name in the queue."""
    return st.session_state.setdefault("owner", secrets.token_urlsafe(6))
