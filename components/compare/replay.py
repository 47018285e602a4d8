"""A race run again on the page: play button and scrubber move all results through the epochs."""

from dataclasses import replace

import streamlit as st

from training.states import ComparisonState, RunState

TICK = 0.5  # seconds between two pictures of a replay; a browser draws no faster
SPEEDS = (2, 6, 20, 60)  # epochs a second
ON, AT, SPEED = "replay:on", "replay:epoch", "replay:speed"
PLAYING, TIMED = "replay:playing", "replay:timed"


def pulse() -> float | None:
    """How often the results have to be drawn anew, in seconds; None while nothing plays."""
    playing = bool(st.session_state.get(PLAYING))
    st.session_state[TIMED] = playing
    return TICK if playing else None


def replayed(state: ComparisonState) -> ComparisonState:
    """The comparison as it was after the epoch that the scrubber shows; as it is without replay."""
    last = max((len(run.history) for run in state.runs), default=0)
    if not state.ended or last < 2:
        return state
    with st.container(horizontal=True, vertical_alignment="center"):
        on = st.toggle(
            "Replay",
            key=ON,
            on_change=_begin,
            help="Runs the race again: curves, pictures and numbers move through the epochs "
            "together, on their own or step by step.",
        )
        if not on:
            return state
        epoch = _controls(last)
    return at(state, epoch)


def at(state: ComparisonState, epoch: int) -> ComparisonState:
    """A comparison as it was when every run had trained `epoch` epochs, or as many as it has."""
    runs = tuple(_cut(run, epoch) for run in state.runs)
    return replace(state, status="running", runs=runs)


def _cut(run: RunState, epoch: int) -> RunState:
    done = min(epoch, len(run.history))
    blown = run.diverged is not None and run.diverged <= epoch
    return replace(
        run,
        history=run.history[:done],
        epochs_done=done,
        status="diverged" if blown else "running",
        diverged=run.diverged if blown else None,
        finals=None,
    )


def _controls(last: int) -> int:
    """Buttons, scrubber and speed; returns the epoch on show."""
    now = st.session_state
    now[AT] = min(now.get(AT, 1), last)
    if now.get(PLAYING) and now.get(TIMED):
        now[AT] = min(last, now[AT] + max(1, round(now.get(SPEED, SPEEDS[1]) * TICK)))
        now[PLAYING] = now[AT] < last
    playing = bool(now.get(PLAYING))
    icon, label = (":material/pause:", "Hold") if playing else (":material/play_arrow:", "Play")
    st.button(label, icon=icon, key="replay:play", on_click=_play, args=(not playing, last))
    for name, icon, to, end in (
        ("One epoch back", ":material/skip_previous:", now[AT] - 1, 1),
        ("One epoch on", ":material/skip_next:", now[AT] + 1, last),
    ):
        st.button(
            "",
            icon=icon,
            key=f"replay:{name}",
            help=name,
            disabled=now[AT] == end,
            on_click=_go,
            args=(to,),
        )
    epoch = st.slider("Epoch", 1, last, key=AT, label_visibility="collapsed", width=320)
    st.selectbox(
        "Epochs a second",
        SPEEDS,
        index=1,
        key=SPEED,
        width=150,
        format_func=lambda n: f"{n} epochs/s",
        label_visibility="collapsed",
    )
    if playing != bool(now.get(TIMED)):
        st.rerun()  # with the timer, or without it
    return epoch


def _begin() -> None:
    """From the first epoch, without playing yet."""
    st.session_state[AT] = 1
    st.session_state[PLAYING] = False


def _play(playing: bool, last: int) -> None:
    st.session_state[PLAYING] = playing
    if playing and st.session_state.get(AT) == last:
        st.session_state[AT] = 1


def _go(epoch: int) -> None:
    st.session_state[AT] = epoch
    st.session_state[PLAYING] = False
