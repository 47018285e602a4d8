"""The learning rate of an optimizer: one number, or a schedule with its planned curve."""

from typing import Any

import numpy as np
import streamlit as st

from components.choices.fields import at, grid, rest, state, usual
from components.choices.fill import waiting
from components.choices.menu import about
from components.figures.plan import plan
from components.plot import plot
from training.catalog import ENTRIES, entry
from training.cells import parsed
from training.choice import choice
from training.planned_rates import MOST, planned_rates

CONSTANT, WARM_UP = "constant", "warm-up"
OFFERED = (CONSTANT, *ENTRIES["schedule"], WARM_UP)
NAMES = {CONSTANT: "One number", WARM_UP: "Warm-up alone"}
SHOWN = 3  # arguments that are always in sight
HELP = (
    "One number for all steps, or a schedule: a plan that gives every step its own. "
    "A step is one batch."
)


def scheduled(prefix: str) -> bool:
    """Whether a schedule is chosen, so that the optimizer's own field is not drawn."""
    return st.session_state.get(f"{prefix}.schedule", CONSTANT) != CONSTANT


def learning_rate(prefix: str, optimizer: dict[str, Any], steps: int) -> dict[str, Any]:
    """Menu and arguments of the schedule; returns the optimizer's JSON with it.

    steps: how many the run takes, for values to begin with and for the plan's curve.
    """
    key = f"{prefix}.schedule"
    st.session_state.setdefault(key, CONSTANT)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        name = st.selectbox(
            "Learning rate over time",
            OFFERED,
            at(OFFERED, st.session_state[key]),
            key=key,
            format_func=lambda name: NAMES.get(name) or entry("schedule", name).label,
            help=HELP,
            on_change=_begin,
            args=(prefix, optimizer["name"], steps),
        )
        if name == CONSTANT:
            return optimizer
        found, own = entry("schedule", name), f"{key}.{name}"
        params = rest(found, own, SHOWN)
        about(found)
    st.caption(found.sentence)
    chosen = {"name": name, "params": params | grid(usual(found, SHOWN), own)}
    _plan(key, chosen, steps)
    return optimizer | {"params": optimizer["params"] | {"learning_rate": chosen}}


def _begin(prefix: str, optimizer: str, steps: int) -> None:
    """Fill a schedule that was just chosen so that it spans the run, from the rate there was."""
    key = f"{prefix}.schedule"
    name = st.session_state.get(key, CONSTANT)
    if name == CONSTANT or waiting(prefix):
        return
    typed = st.session_state.get(f"{prefix}.optimizer.{optimizer}.learning_rate")
    usual_rate = entry("optimizer", optimizer).argument("learning_rate").default
    rate = parsed(typed) if isinstance(typed, str) else usual_rate
    rate = float(rate) if isinstance(rate, int | float) else usual_rate
    if name == WARM_UP:
        name = st.session_state[key] = "PolynomialDecay"
        begin = {"initial_learning_rate": 0.0, "end_learning_rate": rate}
        begin["decay_steps"] = max(1, steps // 10)
    else:
        begin = _spanning(name, rate, steps)
    for argument in entry("schedule", name).arguments:
        value = begin.get(argument.name, argument.default)
        st.session_state[f"{key}.{name}.{argument.name}"] = state(argument, value)


def _spanning(name: str, rate: float, steps: int) -> dict[str, Any]:
    """Arguments with which a schedule begins at `rate` and does its work within `steps`."""
    begin: dict[str, Any] = {"initial_learning_rate": rate}
    match name:
        case "ExponentialDecay" | "InverseTimeDecay":
            begin["decay_steps"] = max(1, steps // 5)
        case "CosineDecayRestarts":
            begin["first_decay_steps"] = max(1, steps // 7)  # then 2 and 4 times as long
        case "PiecewiseConstantDecay":
            half = max(1, steps // 2)
            begin["boundaries"] = [half, half + max(1, steps // 4)]
            begin["values"] = [rate, rate / 10, rate / 100]
        case "PolynomialDecay":
            begin |= {"decay_steps": max(1, steps), "end_learning_rate": rate / 100}
        case _:
            begin["decay_steps"] = max(1, steps)
    return begin


def _plan(key: str, chosen: dict[str, Any], steps: int) -> None:
    """The planned curve over the whole run; nothing while the arguments cannot be read."""
    try:
        schedule = choice(chosen, "schedule", "schedule")
    except ValueError:  # said where the whole spec is judged
        return
    shown = np.unique(np.linspace(0, max(1, steps) - 1, MOST).astype(int))
    rates = planned_rates(schedule, shown)
    if np.isfinite(rates).all():
        plot(plan(shown, rates), key=f"{key}:plan", alt=f"Planned learning rate of {steps:,} steps")
        st.caption(f"This run takes {steps:,} steps.")
