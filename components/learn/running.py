"""An experiment of a lesson: its button, how far it is, how to end it, and what it returned."""

import json
from typing import Any

import streamlit as st

from components.plain import plain
from components.session import lab, owner
from components.trouble import attempt, heard, told
from training.demo import Demo

TICK = 0.3  # seconds
WAITS = "Waiting for a free training process …"


def result(demo: Demo, key: str, label: str, ready: bool) -> dict[str, Any] | None:
    """A button that runs it, and what it returned; None until then.

    Each set of arguments has a result of its own. Until `ready` the button is closed, and nothing
    is shown of an earlier run.
    """
    place = f"{key}:{json.dumps(demo.to_json(), sort_keys=True)}"
    found = st.session_state.get(place) if ready else None
    if isinstance(found, dict):
        _button(place, demo, "Run it again", ready)
        return found
    if found is None:
        _button(place, demo, label, ready)
        heard()
        return None
    with told():
        _follow(place, demo, found)
    return None


def _button(place: str, demo: Demo, label: str, ready: bool) -> None:
    st.button(
        label,
        key=f"{place}:run",
        icon=":material/play_arrow:",
        type="primary" if label != "Run it again" else "secondary",
        on_click=attempt,
        args=(_start, place, demo),
        disabled=not ready,
        help=None if ready else "First commit to a prediction.",
    )


def _start(place: str, demo: Demo) -> None:
    st.session_state[place] = lab().demonstrate(demo, owner())


def _follow(place: str, demo: Demo, id: str) -> None:
    """How far it is, again and again, until it has ended."""

    def tick() -> None:
        with told():
            now = lab().demonstration(id)
            if now is None:
                st.session_state.pop(place, None)
                st.rerun()
            if now.status == "finished":
                st.session_state[place] = json.loads(now.blob)
                st.rerun()
            if now.status == "failed":
                st.error(plain(now.error or "It could not be run."), icon=":material/error:")
                _button(place, demo, "Try again", True)
                return
            with st.container(horizontal=True, vertical_alignment="center"):
                said = now.said or WAITS
                st.caption(f":material/hourglass_top: {plain(said)}")
                st.button(
                    "Cancel",
                    key=f"{place}:cancel",
                    icon=":material/stop:",
                    on_click=attempt,
                    args=(_cancel, place, id),
                )

    st.fragment(tick, run_every=TICK)()


def _cancel(place: str, id: str) -> None:
    lab().withdraw(id)
    st.session_state.pop(place, None)
