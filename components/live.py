"""Watching a comparison: a fragment that ticks while it trains, with progress and controls."""

import time
from collections.abc import Callable, Sequence

import streamlit as st

from components.plain import plain
from components.progress import progress
from components.trouble import attempt, heard, told
from training.explain import explain
from training.lab import Lab
from training.spec import Experiment
from training.states import ComparisonState

TICK, SLOW_TICK = 0.5, 1.0  # seconds
SOON = 10.0  # seconds after which a slower tick will do: who watches that long need not hurry
STOPPING, LOOK = 0.8, 0.05  # seconds: a click on Stop waits at most so long, looking so often
UNREADY = {"starting": ":material/hourglass_top:", "down": ":material/error:"}
Names = Callable[[Sequence[Experiment]], Sequence[str]]


def watch(
    lab: Lab,
    id: str,
    draw: Callable[[ComparisonState], None],
    names: Names | None = None,
    beside: Callable[[ComparisonState], None] | None = None,
    pulse: Callable[[], float | None] = lambda: None,
) -> None:
    """Progress, buttons and `draw(state)`, again and again until everything has ended.

    `names` gives each of several runs its name in sentences, by default its number; `beside`
    draws more buttons. `pulse` says every how many seconds to draw what has ended, or None.
    """
    with told():
        state = lab.state(id)
        if state is None:
            st.info(
                "This run is not in the store: it was deleted, or its link is wrong. "
                "Press Train for what is chosen now."
            )
            return
        live = not state.ended
        fast = time.time() - state.created < SOON

        def tick() -> None:
            with told():
                now = lab.state(id)
                if now is None:
                    st.rerun()
                bar(lab, now, names, beside)
                draw(now)
                if not live and not now.ended:
                    st.rerun()  # a change made it go on: with the timer again
                if live and (now.ended or (fast and time.time() - now.created > SOON)):
                    st.rerun()  # without the timer, or with the slower one

        every = TICK if fast else SLOW_TICK
        st.fragment(tick, run_every=every if live else pulse())()


def bar(
    lab: Lab,
    state: ComparisonState,
    names: Names | None = None,
    beside: Callable[[ComparisonState], None] | None = None,
) -> None:
    """How far it is, with Pause, One epoch and Stop while there is something to stop."""
    waits = not state.ended and not any(run.epochs_done for run in state.runs)
    at = progress(state, time.time(), loading=waits and lab.ready().status == "starting")
    with st.container(horizontal=True, vertical_alignment="center"):
        st.progress(at.share, at.text)
        if state.status == "paused":
            label, icon, act = "Resume", ":material/play_arrow:", lab.resume
        else:
            label, icon, act = "Pause", ":material/pause:", lab.pause
        shared = {"on_click": attempt, "disabled": state.ended}
        st.button(label, icon=icon, key="pause", args=(act, state.id), **shared)
        st.button(
            "One epoch",
            icon=":material/skip_next:",
            key="step",
            help="While paused: train one more epoch, and pause again.",
            on_click=attempt,
            args=(lab.step, state.id),
            disabled=state.status != "paused",
        )
        st.button("Stop", icon=":material/stop:", key="stop", args=(_stop, lab, state.id), **shared)
        if beside:
            beside(state)
    heard()
    problems(state, names)


def _stop(lab: Lab, id: str) -> None:
    """Cancel, and give it a moment to end, so that the page says so at once."""
    lab.cancel(id)
    deadline = time.monotonic() + STOPPING
    while (state := lab.state(id)) and not state.ended and time.monotonic() < deadline:
        time.sleep(LOOK)


def problems(state: ComparisonState, names: Names | None = None) -> None:
    """What Keras or the machine said of runs that did not train, each sentence once, explained."""
    called = names([run.experiment for run in state.runs]) if names else ()
    said: dict[tuple[str, str | None], list[int]] = {}
    for i, run in enumerate(state.runs):
        if run.error:
            said.setdefault((run.error, run.error_type), []).append(i)
    for (error, kind), which in said.items():
        who = plain(_who(which, called)) if len(state.runs) > 1 else ""
        if kind is None or state.runs[which[0]].status == "interrupted":
            st.error(f"{who}{plain(error)}", icon=":material/error:")
            continue
        reasons = " ".join(explain(state.runs[which[0]].experiment))
        st.error(f"{who}Keras refused this choice. {reasons}", icon=":material/error:")
        st.code(f"{kind}: {error}", language=None, wrap_lines=True)


def _who(which: Sequence[int], called: Sequence[str]) -> str:
    if called:
        return ", ".join(dict.fromkeys(called[i] for i in which)) + ": "
    return f"{'Runs' if len(which) > 1 else 'Run'} {', '.join(str(i + 1) for i in which)}: "


def engine(lab: Lab) -> None:
    """A line about the workers while they are not ready."""
    with told():
        if lab.ready().status in UNREADY:
            st.fragment(lambda: _engine(lab), run_every=1.0)()


def _engine(lab: Lab) -> None:
    with told():
        state = lab.ready()
        if state.status not in UNREADY:
            st.rerun()
        st.caption(f"{UNREADY[state.status]} {plain(state.message)}")
