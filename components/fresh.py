"""Widgets whose value a page sets, though a browser may send back what they said before.

It does so with the next picture of an animation, before it has heard of the new value, and of a
field behind a button that was opened once and closed. Then the page would take the old value for a
choice. So a value that is set anew gets a new key.
"""

from typing import Any

import streamlit as st

EDITIONS = "fresh:editions"


def key(name: str) -> str:
    """The key of the widget, or of all that begin so, of that name now."""
    edition = st.session_state.get(EDITIONS, {}).get(name, 0)
    return f"{name}.{edition}" if edition else name


def renew(name: str) -> str:
    """A new key for it."""
    editions = st.session_state.get(EDITIONS, {})
    st.session_state[EDITIONS] = editions | {name: editions.get(name, 0) + 1}
    return key(name)


def outdated(prefix: str) -> bool:
    """Whether keys that begin so are of a page whose widgets got other keys since."""
    page = prefix.partition(".")[0]
    edition = st.session_state.get(EDITIONS, {}).get(page, 0)
    return bool(edition) and prefix != key(page)


def put(name: str, value: Any) -> None:
    """Set the widget of that name."""
    now = key(name)
    st.session_state[renew(name) if now in st.session_state else now] = value


def get(name: str) -> Any:
    """What it says."""
    return st.session_state[key(name)]
