"""Watching a comparison: a fragment that ticks while it trains, with progress and controls."""

import time
from collections.abc import Callable

import streamlit as st

from components.progress import progress
from training.explain import explain
from training.lab import Lab
from training.states import ComparisonState

TICK = 0.5  # seconds


def watch(lab: Lab, id: str, draw: Callable[[ComparisonState], None]) -> None:
    """Progress, buttons and `draw(state)`, again twice a second until everything has ended."""
    state = lab.state(id)
    if state is None:
        st.info("This run is not in the store: it was deleted. Press Train to make it again.")
        return
    live = not state.ended

    def tick() -> None:
        now = lab.state(id)
        if now is None:
            st.rerun()
        bar(lab, now)
        draw(now)
        if live and now.ended:
            st.rerun()  # without the timer

    st.fragment(tick, run_every=TICK if live else None)()


def bar(lab: Lab, state: ComparisonState) -> None:
    """How far it is, with Pause and Stop while there is something to stop."""
    at = progress(state, time.time())
    with st.container(horizontal=True, vertical_alignment="center"):
        st.progress(at.share, at.text)
        if state.status == "paused":
            label, icon, act = "Resume", ":material/play_arrow:", lab.resume
        else:
            label, icon, act = "Pause", ":material/pause:", lab.pause
        shared = {"args": (state.id,), "disabled": state.ended}
        st.button(label, icon=icon, key="pause", on_click=act, **shared)
        st.button("Stop", icon=":material/stop:", key="stop", on_click=lab.cancel, **shared)
    problems(state)


def problems(state: ComparisonState) -> None:
    """What Keras or the machine said of runs that did not train, each sentence once, explained."""
    said: dict[tuple[str, str | None], list[int]] = {}
    for i, run in enumerate(state.runs):
        if run.error:
            said.setdefault((run.error, run.error_type), []).append(i)
    for (error, kind), which in said.items():
        who = "" if len(state.runs) == 1 else f"Runs {', '.join(str(i + 1) for i in which)}: "
        if kind is None or state.runs[which[0]].status == "interrupted":
            st.error(f"{who}{error}", icon=":material/error:")
            continue
        reasons = " ".join(explain(state.runs[which[0]].experiment))
        st.error(f"{who}Keras refused this choice. {reasons}", icon=":material/error:")
        st.code(f"{kind}: {error}", language=None, wrap_lines=True)


def engine(lab: Lab) -> None:
    """A line about the workers while they are not ready."""
    state = lab.ready()
    if state.status in ("starting", "down"):
        icon = ":material/hourglass_top:" if state.status == "starting" else ":material/error:"
        st.fragment(lambda: _engine(lab, icon), run_every=1.0)()


def _engine(lab: Lab, icon: str) -> None:
    state = lab.ready()
    st.caption(f"{icon} {state.message}")
    if state.status not in ("starting", "down"):
        st.rerun()
