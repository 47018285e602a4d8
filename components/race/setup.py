"""The fair race's set-up: a button that starts it, and the grid of learning rates behind it."""

from contextlib import suppress
from typing import Any

import streamlit as st

from components import fresh, presenter
from components.plain import plain
from training.design import Design
from training.race import RATES, Race, grid

FIELDS = TYPED, SEEDS = "compare:race.rates", "compare:race.seeds"
KEPT = "compare:race.kept"
HELP = (
    "One click: every row is tuned over the same grid of learning rates with one seed, then run at "
    "its best rate and at Keras's default with the other seeds. What the rows and the set-up say "
    "of the learning rate is not used; of a schedule it is the highest rate that is tuned, and the "
    "others go along in proportion."
)


def load(race: Race | None) -> None:
    """Set the grid's fields to a race's; without one they stay as they are."""
    if race or KEPT not in st.session_state:
        if KEPT in st.session_state:
            for name in FIELDS:
                fresh.renew(name)
        race = race or Race()
        st.session_state[KEPT] = (", ".join(f"{rate:g}" for rate in race.rates), race.seeds)


def button(disabled: bool) -> bool:
    """The button, and the popover with the grid; returns whether it was pressed.

    What is wrong with the grid is said there, and as the help of the button.
    """
    wrong = _wrong(*_typed())
    look = {"icon": ":material/flag:", "help": plain(wrong) if wrong else HELP}
    pressed = st.button("Fair race", disabled=disabled or bool(wrong), **look)
    if presenter.shows("setup"):
        _fields(wrong)
    return pressed


def _fields(wrong: str) -> None:
    rates, seeds = st.session_state[KEPT]
    with st.popover("Grid", icon=":material/error:" if wrong else ":material/tune:"):
        # as defaults: a field that is seen late would not know what the session says
        rates = st.text_input(
            "Learning rates that every row tries",
            rates,
            key=fresh.key(TYPED),
            help=f"Numbers above 0, from small to large. The usual {len(RATES)} go up in steps of "
            "about three.",
        )
        seeds = st.number_input(
            "Seeds of the grid",
            value=None if seeds is None else float(seeds),
            step=1.0,
            format="%g",
            key=fresh.key(SEEDS),
            help="The rate is chosen with the first. More seeds draw a band around the "
            "sensitivity curves, and take as many times longer.",
        )
        if wrong:
            st.caption(f":red[:material/error: {plain(wrong)}]")
    st.session_state[KEPT] = (rates, seeds)


def _typed() -> tuple[str, Any]:
    """What the fields say, which are drawn below; before they were, what is kept."""
    kept = zip(FIELDS, st.session_state[KEPT], strict=True)
    rates, seeds = (st.session_state.get(fresh.key(name), value) for name, value in kept)
    return rates, seeds


def _wrong(rates: str, seeds: Any) -> str:
    """What is to be mended in the grid; "" where it is right."""
    try:
        _read(rates, seeds)
    except ValueError as error:
        return str(error)
    return ""


def raced(design: Design) -> Design:
    """The design as a race over the grid that the fields say; ValueError says what to mend."""
    return design.raced(_race())


def linked(design: Design) -> Design:
    """The design as a link keeps it: with the grid, where it can be raced and is not the usual."""
    with suppress(ValueError):
        race = _race()
        return design if race == Race() else design.raced(race)
    return design


def _race() -> Race:
    return _read(*st.session_state[KEPT])


def _read(rates: str, seeds: Any) -> Race:
    return Race.from_json({"rates": _numbers(rates), "seeds": seeds})


def _numbers(typed: str) -> tuple[float, ...]:
    try:
        return grid([float(text) for text in typed.replace(";", ",").split(",") if text.strip()])
    except ValueError as error:
        if "could not convert" not in str(error):
            raise
        raise ValueError(
            f"The grid is {typed!r}; write numbers with commas between them, "
            "such as 0.001, 0.01, 0.1."
        ) from None
