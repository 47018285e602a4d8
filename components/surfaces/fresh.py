"""Widgets whose value the page sets while something else on it moves by itself.

A browser that has not yet heard of the new value sends the old one along with the next picture of
an animation, and the page would take it for a choice. So a value that is set gets a new key.
"""

from typing import Any

import streamlit as st

EDITIONS = "race:editions"


def key(name: str) -> str:
    """The key of the widget of that name now."""
    return f"{name}.{st.session_state.get(EDITIONS, {}).get(name, 0)}"


def put(name: str, value: Any) -> None:
    """Set the widget of that name."""
    editions = st.session_state.get(EDITIONS, {})
    st.session_state[EDITIONS] = editions | {name: editions.get(name, 0) + 1}
    st.session_state[key(name)] = value


def get(name: str) -> Any:
    """What it says."""
    return st.session_state[key(name)]
