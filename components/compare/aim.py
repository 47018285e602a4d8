"""The target of a comparison in the set-up: a number to reach, set before training."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from components import fresh
from components.plain import plain
from training.spec import Experiment
from training.target import PREFIX, Target, target_columns, target_of

COLUMN, VALUE = "compare:target.column", "compare:target.value"
NONE = "no target"
WHY = (
    "**No target** for **Train**. **Fair race** then sets its own: 95 % of what the best tuned SGD "
    "or Adam reaches."
)
BOTH = "for **Train** and **Fair race** alike"


def aim(base: Experiment) -> Mapping[str, Any] | None:
    """The fields, and what they say as JSON of a target; None without one."""
    offered = [NONE, *target_columns([base])]
    if st.session_state.get(fresh.key(COLUMN)) not in offered:
        st.session_state[fresh.key(COLUMN)] = NONE
    with st.container(horizontal=True, vertical_alignment="center"):
        with st.popover("Target", icon=":material/flag:"):
            column = st.selectbox(
                "Race to",
                offered,
                key=fresh.key(COLUMN),
                format_func=_called,
                help="The table then says after how many epochs each row reached it. Measured on "
                "the validation rows. Set it before you train: a target chosen afterwards favours "
                "whoever reached it.",
            )
            value = st.number_input(
                "Number to reach",
                value=None,
                key=fresh.key(VALUE),
                format="%g",
                placeholder="such as 0.95",
                disabled=column == NONE,
            )
        if column == NONE:
            st.caption(WHY)
        elif value is None:
            st.caption(f"Type the {_called(column)} to reach in **Target**.")
        else:
            return _judged(_json(column, value), base)
    return None


def _judged(target: Mapping[str, Any], base: Experiment) -> Mapping[str, Any] | None:
    """The target and a line that says it; None where it says nothing, and why."""
    try:
        st.caption(f"Target: {target_of(target, [base]).text}, {BOTH}.")
    except ValueError as error:
        st.caption(f":red[:material/error: {plain(str(error))} Until then there is no target.]")
        return None
    return target


def take(target: Target | None) -> None:
    """Put a design's target into the fields."""
    fresh.put(COLUMN, target.column if target else NONE)
    fresh.put(VALUE, target.value if target else None)


def _json(column: str, value: float) -> dict[str, Any]:
    return {"column": column, "value": value}


def _called(column: str) -> str:
    if column == NONE:
        return NONE
    return f"validation {column.removeprefix(PREFIX).replace('_', ' ')}"
