"""The set-up in the page's address, so that a link or a reload brings everything back."""

from collections.abc import Callable
from typing import Any

import streamlit as st

from components import link
from components.plain import plain

SETUP, RUN = "setup", "run"


def setup(page: str, default: Any, judge: Callable[[Any], Any]) -> Any:
    """The set-up to start from, judged: the link's, the session's last one, or the default.

    `judge` turns JSON into a value or raises ValueError, which is shown; then the default is taken.
    """
    kept = st.session_state.get(f"{page}:setup")
    linked = st.query_params.get(SETUP)
    try:
        if kept is None and linked:
            return judge(link.unpack(linked))
        return judge(kept or default)
    except ValueError as error:
        st.warning(plain(str(error)), icon=":material/link_off:")
        return judge(default)


def keep(page: str, setup: Any) -> None:
    """Remember a set-up in the session and in the address."""
    packed = link.pack(setup)
    st.session_state[f"{page}:setup"] = setup
    if st.query_params.get(SETUP) != packed:
        st.query_params[SETUP] = packed


def run(page: str) -> str | None:
    """The run on show: the session's, or the one in the address after a reload."""
    id = st.session_state.setdefault(f"{page}:run", st.query_params.get(RUN))
    keep_run(page, id)  # the address lost it when another page was shown
    return id


def keep_run(page: str, id: str | None) -> None:
    """Show another run, or none."""
    st.session_state[f"{page}:run"] = id
    if id is None:
        st.query_params.pop(RUN, None)
    elif st.query_params.get(RUN) != id:
        st.query_params[RUN] = id
