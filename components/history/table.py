"""The table of everything that was run, whose selection follows its rows."""

import time
from collections import Counter
from collections.abc import Collection, Sequence
from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from components.progress import EARLY, counted, progress, word
from training.catalog import entry
from training.endings import Ending
from training.lab import Lab
from training.states import ENDED, Summary

TALLEST = 330  # pixels; below it curves have to be seen
LONG = 54  # characters that fit into the column of titles
CONFIG: dict[str, Any] = {
    "when": st.column_config.DatetimeColumn("When", format="distance", width=120),
    "what": st.column_config.TextColumn("What", width="large"),
    "dataset": st.column_config.TextColumn("Data set"),
    "model": st.column_config.TextColumn("Model"),
    "runs": st.column_config.NumberColumn("Runs", width=60),
    "status": st.column_config.TextColumn("Status", width=170),
    "loss": st.column_config.NumberColumn(
        "Validation loss",
        format="%.4g",
        help="Of the finished model, as its final numbers say; before the end after the last "
        "epoch so far. Of several runs the lowest. Empty where losses of different kinds were "
        "compared, and where every run diverged.",
    ),
    "date": st.column_config.DatetimeColumn("Date", format="D MMM YYYY, HH:mm"),
}


def table(lab: Lab, rows: Sequence[Summary], key: str) -> list[str]:
    """Draw the rows; returns the ids of those that are selected, in the table's order."""
    ids = [row.id for row in rows]
    shown, chosen = f"{key}:shown", f"{key}:chosen"
    if st.session_state.get(shown) != ids or key not in st.session_state:
        kept = [i for i, id in enumerate(ids) if id in st.session_state.get(chosen, ())]
        st.session_state[key] = {"selection": {"rows": kept}}
        st.session_state[shown] = ids
        st.session_state[chosen] = [ids[i] for i in kept]
    st.dataframe(
        frame(lab, rows),
        key=key,
        hide_index=True,
        column_config=CONFIG,
        placeholder="",
        on_select=lambda: _choose(key),
        selection_mode="multi-row",
        height=min(36 * (len(rows) + 1), TALLEST),
        alt="Everything that was run, newest first",
    )
    return list(st.session_state[chosen])


def frame(lab: Lab, rows: Sequence[Summary]) -> pd.DataFrame:
    """One row each, with times in the browser's zone and losses as float64."""
    zone = st.context.timezone or "UTC"
    created = pd.to_datetime([r.created for r in rows], unit="s", utc=True).tz_convert(zone)
    ends = lab.endings([row.id for row in rows])
    return pd.DataFrame(
        {
            "when": created,
            "what": [what(row) for row in rows],
            "dataset": [_labels("dataset", row.dataset) for row in rows],
            "model": [_labels("model", row.model) for row in rows],
            "runs": [row.count for row in rows],
            "status": [_status(lab, row, ends.get(row.id, ())) for row in rows],
            "loss": np.array([_lowest(row, ends.get(row.id, ())) for row in rows], "float64"),
            "date": created,
        }
    )


def what(row: Summary) -> str:
    """Its title without the data set, and what differs where the title does not say it."""
    title = row.title.removeprefix(f"{row.dataset}, ")
    return title if row.differs in title else f"{title}: {row.differs}"


def in_full(rows: Sequence[Summary], chosen: Collection[str]) -> list[str]:
    """Of the selected rows what the table has no room for."""
    return [said for row in rows if row.id in chosen and len(said := what(row)) > LONG]


def ended(row: Summary) -> bool:
    """Whether nothing more will happen to it."""
    return set(row.statuses) <= ENDED


def _choose(key: str) -> None:
    """Remember which comparisons the selected positions stand for."""
    ids = st.session_state.get(f"{key}:shown", ())
    rows = (st.session_state.get(key) or {"selection": {"rows": []}})["selection"]["rows"]
    st.session_state[f"{key}:chosen"] = [ids[i] for i in sorted(rows) if i < len(ids)]


def _status(lab: Lab, row: Summary, ends: Sequence[Ending]) -> str:
    """In a word or two; only what trains has to be looked at more closely."""
    if "running" in row.statuses:
        state = lab.state(row.id)
        return progress(state, time.time()).text if state else "deleted"
    early = [end.early for end in ends if end.early]
    if early and row.count == 1:
        return f"{EARLY} at epoch {early[0]}"
    counts = Counter(row.statuses) + Counter({EARLY: len(early)})
    counts = counts - Counter({"finished": len(early)})
    return word(next(iter(counts))) if len(counts) == 1 else counted(dict(sorted(counts.items())))


def _lowest(row: Summary, ends: Sequence[Ending]) -> float:
    found = [end.loss for end in ends if np.isfinite(end.loss)]
    return min(found) if found and len(row.losses) == 1 else np.nan


def _labels(kind: str, names: str) -> str:
    """Catalog labels of "moons, circles"."""
    return ", ".join(_label(kind, name) for name in names.split(", "))


def _label(kind: str, name: str) -> str:
    try:
        return entry(kind, name).label
    except ValueError:  # stored by another version
        return name
