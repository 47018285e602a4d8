"""The lanes of a race: a menu with its arguments for each optimizer that takes part."""

from collections.abc import Sequence
from typing import Any

import streamlit as st

from components.choices import schedule
from components.choices.fields import state
from components.choices.fill import fill_optimizer
from components.choices.menu import menu
from training.catalog import ENTRIES, entry
from training.choice import Choice
from training.surface.surfaces import Surface, suits

LANES = "race:lanes"  # numbers of those there are, in their order
MOST = 6
NEXT = ("SGD", "Adam", "RMSprop", "Adagrad", "Nadam", "Lion", "AdamW", "Adamax")


def load(optimizers: Sequence[Choice]) -> None:
    """Have a lane for each of these."""
    for key in [k for k in st.session_state if str(k).startswith("race.lane.")]:
        del st.session_state[key]
    st.session_state[LANES] = list(range(len(optimizers)))
    for number, optimizer in enumerate(optimizers):
        fill_optimizer(_prefix(number), optimizer)


def lanes(steps: int, surface: Surface | None) -> list[dict[str, Any]]:
    """Draw them; returns the choices' JSON. steps: of the race; surface: a built-in one."""
    there: list[int] = st.session_state[LANES]
    chosen = []
    for number in there:
        with st.container(border=True):
            chosen.append(_lane(number, steps, surface))
    st.button(
        "Add a lane",
        icon=":material/add:",
        disabled=len(there) >= MOST,
        help=f"Up to {MOST} optimizers race.",
        on_click=_add,
        args=(surface,),
        key="race:add",
    )
    return chosen


def suit(surface: Surface) -> None:
    """Give every lane a learning rate that suits a surface, and new keys as `fresh` does."""
    now = st.session_state
    there: list[int] = now[LANES]
    now[LANES] = [max(there) + 1 + place for place in range(len(there))]
    for old, number in zip(there, now[LANES], strict=True):
        before, after = f"{_prefix(old)}.", f"{_prefix(number)}."
        for key in [str(k) for k in now if str(k).startswith(before)]:
            now[after + key.removeprefix(before)] = now[key]
        _rate(number, now[f"{after}optimizer"], surface)


def _lane(number: int, steps: int, surface: Surface | None) -> dict[str, Any]:
    prefix = _prefix(number)
    key, names = f"{prefix}.optimizer", list(ENTRIES["optimizer"])
    st.session_state.setdefault(key, "Adam")
    without = ("learning_rate",) if schedule.scheduled(prefix) else ()
    changed = {"on_change": _changed, "args": (number, surface)}
    made = menu("Optimizer", names, "optimizer", key, without=without, **changed)
    with st.container(horizontal=True, vertical_alignment="center"):
        label = "Learning rate over time" if without else "Constant learning rate"
        with st.popover(label, icon=":material/timeline:"):
            made = schedule.learning_rate(prefix, made, steps)
        st.button(
            "",
            icon=":material/delete:",
            key=f"race:drop.{number}",
            help="Take this lane out",
            disabled=len(st.session_state[LANES]) < 2,
            on_click=_drop,
            args=(number,),
        )
    return made


def _add(surface: Surface | None) -> None:
    there: list[int] = st.session_state.get(LANES, [])
    number = max(there, default=-1) + 1
    taken = {st.session_state.get(f"{_prefix(n)}.optimizer") for n in there}
    name = next((n for n in NEXT if n not in taken), "Adam")
    st.session_state[LANES] = [*there, number]
    st.session_state[f"{_prefix(number)}.optimizer"] = name
    if surface:
        _rate(number, name, surface)


def _changed(number: int, surface: Surface | None) -> None:
    """Another optimizer begins with a rate that suits it: Keras's default would hardly move it."""
    name = st.session_state.get(f"{_prefix(number)}.optimizer")
    if surface and name:
        _rate(number, name, surface)


def _drop(number: int) -> None:
    st.session_state[LANES] = [n for n in st.session_state.get(LANES, []) if n != number]


def _rate(number: int, name: str, surface: Surface) -> None:
    argument = entry("optimizer", name).argument("learning_rate")
    key = f"{_prefix(number)}.optimizer.{name}.learning_rate"
    st.session_state[key] = state(argument, suits(surface, name))
    st.session_state[f"{_prefix(number)}.schedule"] = schedule.CONSTANT


def _prefix(number: int) -> str:
    return f"race.lane.{number}"
