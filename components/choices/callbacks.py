"""Callbacks as widgets: what may end a run early, or lower its learning rate on the way."""

from collections.abc import Sequence
from typing import Any

import streamlit as st

from components.choices.fields import at, grid
from training.catalog import ENTRIES, column, entry

HELP = "They look at the history after every epoch, and may act on it. None at all is usual."


def callbacks(prefix: str, metrics: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Menu and arguments; `metrics` are those of the only output, empty where there are several."""
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
    return [{"name": name, "params": _arguments(f"{key}.{name}", name, metrics)} for name in chosen]


def _arguments(key: str, name: str, metrics: Sequence[dict[str, Any]]) -> dict[str, Any]:
    found = entry("callback", name)
    with st.popover(f"{found.label}: arguments", icon=":material/tune:", width="stretch"):
        st.caption(found.sentence)
        monitor = found.argument("monitor")
        own = f"{key}.monitor"
        st.session_state.setdefault(own, monitor.default)
        names = ["loss", *(column(metric["name"]) for metric in metrics)]
        offered = [f"val_{n}" for n in names] + names
        offered += [st.session_state[own]] * (st.session_state[own] not in offered)
        watched = st.selectbox(
            "monitor",
            offered,
            at(offered, st.session_state[own]),
            key=own,
            help=f"{monitor.sentence} Pick one, or type the name of another.",
            accept_new_options=True,
            filter_mode="prefix",
        )
        rest = [a for a in found.arguments if a.name != "monitor"]
        return {"monitor": watched} | grid(rest, key)
