"""Callbacks as widgets: what may end a run early, or lower its learning rate on the way."""

from collections.abc import Sequence
from typing import Any

import streamlit as st

from components.choices.fields import at, grid
from training.catalog import ENTRIES, entry

HELP = "They look at the history after every epoch, and may act on it. None at all is usual."


def callbacks(prefix: str, columns: Sequence[str]) -> list[dict[str, Any]]:
    """Menu and arguments; `columns` are those that can be watched."""
    key = f"{prefix}.fit.callbacks"
    st.session_state.setdefault(key, [])
    chosen = st.multiselect(
        "Callbacks",
        list(ENTRIES["callback"]),
        st.session_state[key],
        key=key,
        format_func=lambda name: entry("callback", name).label,
        help=HELP,
        placeholder="none",
    )
    return [{"name": name, "params": _arguments(f"{key}.{name}", name, columns)} for name in chosen]


def watch_loss(prefix: str) -> None:
    """Every callback looks at the validation loss again: for other metrics."""
    for name in ENTRIES["callback"]:
        usual = entry("callback", name)
        for argument in ("monitor", "mode"):
            key = f"{prefix}.fit.callbacks.{name}.{argument}"
            if key in st.session_state:
                st.session_state[key] = usual.argument(argument).default


def _arguments(key: str, name: str, columns: Sequence[str]) -> dict[str, Any]:
    found = entry("callback", name)
    with st.popover(f"{found.label}: arguments", icon=":material/tune:", width="stretch"):
        st.caption(found.sentence)
        monitor = found.argument("monitor")
        own = f"{key}.monitor"
        st.session_state.setdefault(own, monitor.default)
        now = st.session_state[own]
        offered = [*columns, *([] if now in columns else [now])]
        watched = st.selectbox(
            "monitor",
            offered,
            at(offered, now),
            key=own,
            help=f"{monitor.sentence} Pick one, or type the name of another.",
            accept_new_options=True,
            filter_mode="prefix",
        )
        rest = [a for a in found.arguments if a.name != "monitor"]
        return {"monitor": watched} | grid(rest, key)
