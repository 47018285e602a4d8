"""A scrubber with a play button: moves what is drawn through its steps, by itself or by hand."""

from collections.abc import Sequence

import streamlit as st

TICK = 0.5  # seconds between two pictures that play
EPOCHS = (2, 6, 20, 60)  # a second, where the steps are epochs


def pulse(prefix: str, tick: float = TICK) -> float | None:
    """How often what it moves has to be drawn anew, in seconds; None while nothing plays."""
    playing = bool(st.session_state.get(f"{prefix}:playing"))
    st.session_state[f"{prefix}:timed"] = playing
    return tick if playing else None


def begin(prefix: str, unit: str, first: int, playing: bool = False) -> None:
    """Go to the first step."""
    st.session_state[f"{prefix}:{unit}"] = first
    st.session_state[f"{prefix}:playing"] = playing


def coarse(prefix: str, unit: str, last: int, speed: int, tick: float = TICK) -> int:
    """The step on show for what takes long to draw: while it plays every third picture's.

    speed: in steps a second where none was chosen yet.
    """
    now = st.session_state
    at = now.get(f"{prefix}:{unit}", 0)
    if not now.get(f"{prefix}:playing") or at == last:
        return at
    return at - at % max(1, round(3 * tick * now.get(f"{prefix}:speed", speed)))


def scrubber(
    prefix: str,
    unit: str,
    first: int,
    last: int,
    speeds: Sequence[int],
    usual: int = 1,
    tick: float = TICK,
) -> int:
    """Buttons, slider and speed; returns the step on show.

    unit: what a step is called; speeds: in steps a second, of which `usual` is taken at first;
    tick: as for `pulse`, which the fragment that draws this has to ask.
    """
    at, speed, timed = f"{prefix}:{unit}", f"{prefix}:speed", f"{prefix}:timed"
    now, play = st.session_state, f"{prefix}:playing"
    now[at] = max(first, min(now.get(at, first), last))
    if now.get(play) and now.get(timed):
        now[at] = min(last, now[at] + max(1, round(now.get(speed, speeds[usual]) * tick)))
        now[play] = now[at] < last
    playing = bool(now.get(play))
    icon, label = (":material/pause:", "Hold") if playing else (":material/play_arrow:", "Play")
    again = first if now[at] == last else now[at]
    go = {"on_click": _go, "args": (prefix, unit, again, not playing)}
    st.button(label, icon=icon, key=f"{prefix}:play", **go)
    for name, icon, to, end in (
        (f"One {unit} back", ":material/skip_previous:", now[at] - 1, first),
        (f"One {unit} on", ":material/skip_next:", now[at] + 1, last),
    ):
        st.button(
            "",
            icon=icon,
            key=f"{prefix}:{name}",
            help=name,
            disabled=now[at] == end,
            on_click=_go,
            args=(prefix, unit, to, False),
        )
    shown = st.slider(
        unit.capitalize(), first, last, key=at, label_visibility="collapsed", width=320
    )
    st.selectbox(
        f"{unit.capitalize()}s a second",
        speeds,
        index=usual,
        key=speed,
        width=150,
        format_func=lambda n: f"{n} {unit}s/s",
        label_visibility="collapsed",
    )
    if playing != bool(now.get(timed)):
        st.rerun()  # with the timer, or without it
    return shown


def _go(prefix: str, unit: str, to: int, playing: bool) -> None:
    st.session_state[f"{prefix}:{unit}"] = to
    st.session_state[f"{prefix}:playing"] = playing
