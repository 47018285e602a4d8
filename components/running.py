"""Work of seconds that a page asks of a worker: its button, how far it is, how to end it."""

import json
from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from components.plain import plain
from components.session import lab, owner
from components.trouble import HEARD, attempt, heard, told
from training.subjects import Subject

TICK = 0.3  # seconds
WAITS = "Waiting for a free training process …"
MOST_KEPT = 16  # results of one key that a session holds
MOST_ASKED = 200  # errands whose ids a session knows
ASKED = "running:asked"


def result(
    subject: Subject,
    key: str,
    label: str,
    *,
    again: str = "",
    closed: str = "",
    read: Callable[[bytes], Any] = json.loads,
) -> Any | None:
    """A button that has it done, and what came of it; None until then.

    Each subject has a result of its own under a key. again: the button's label once there is one,
    unless it is the same with "again". closed: why the button cannot be pressed yet, and then
    nothing is shown of an earlier run. read: makes something of the bytes that came.
    """
    place = place_of(subject, key)
    found = None if closed else st.session_state.get(place)
    if found is None and not closed and place in asked():
        with told():
            _follow(key, place, subject, asked()[place], read)
        return None
    now = label if found is None else again or f"{label} again"
    _button(place, subject, now, closed, first=found is None)
    heard()
    return found


def asked() -> Mapping[str, str]:
    """By place the id of each errand that this session asked for and did not take back."""
    return st.session_state.get(ASKED, {})


def take_up(errands: Mapping[str, str]) -> None:
    """Go on with errands of an earlier session: what runs is followed, what has ended is shown."""
    st.session_state[ASKED] = {**errands, **asked()}


def start(subject: Subject, key: str) -> None:
    """Ask for it as if its button had been pressed; for a callback."""
    _start(place_of(subject, key), subject)


def place_of(subject: Subject, key: str) -> str:
    """Where the session keeps the result."""
    return f"{key}:{json.dumps(subject.to_json(), sort_keys=True)}"


def _button(place: str, subject: Subject, label: str, closed: str, first: bool) -> None:
    st.button(
        label,
        key=f"{place}:run",
        icon=":material/play_arrow:",
        type="primary" if first else "secondary",
        on_click=_start,
        args=(place, subject),
        disabled=bool(closed),
        help=closed or None,
    )


def _start(place: str, subject: Subject) -> None:
    try:
        id = lab().demonstrate(subject, owner())
    except ValueError as error:  # too much waits, or the store cannot be written
        st.session_state[HEARD] = str(error)
        return
    _forget(place)
    newest = [*asked().items(), (place, id)][-MOST_ASKED:]
    st.session_state[ASKED] = dict(newest)


def _forget(place: str) -> None:
    """Neither the errand nor its result is known any more."""
    st.session_state[ASKED] = {one: id for one, id in asked().items() if one != place}
    st.session_state.pop(place, None)


def _follow(key: str, place: str, subject: Subject, id: str, read: Callable[[bytes], Any]) -> None:
    """How far it is, again and again, until it has ended."""

    def tick() -> None:
        with told():
            now = lab().demonstration(id)
            if now is None:
                _forget(place)
                st.rerun()
            if now.status == "finished":
                _keep(key, place, read(now.blob))
                st.rerun()
            if now.status == "failed":
                st.error(plain(now.error or "It could not be run."), icon=":material/error:")
                _button(place, subject, "Try again", "", first=True)
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


def _keep(key: str, place: str, found: Any) -> None:
    """Hold a result, and let go of the oldest of its key."""
    st.session_state[place] = found
    kept = st.session_state.setdefault(f"{key}:kept", [])
    kept[:] = [*(one for one in kept if one != place), place]
    while len(kept) > MOST_KEPT:
        st.session_state.pop(kept.pop(0), None)


def _cancel(place: str, id: str) -> None:
    lab().withdraw(id)
    _forget(place)
