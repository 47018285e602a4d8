"""How the numbers of the table are written, and how a best one is marked."""

from collections.abc import Callable, Mapping

import numpy as np
import pandas as pd
import streamlit as st
from pandas.io.formats.style import Styler

from components.compare.shown import CURVE
from components.compare.sparkline import Sparklines
from components.compare.table import SPREAD, STATE

STAR = "★"
APART = "†"  # behind seconds of rows that trained in several graphs
SECONDS = ("seconds per epoch", "seconds to target")
MARK = "font-weight: bold; background-color: #1a7f3722"
TEXTS = ("Variant", "Outcome", "Loss function")
WHOLE = ("Epochs", "n")
WIDTHS = {"Epochs": 70, "n": 50, "diverged": 80}
HELP = {
    "Epochs": "Mean over the seeds.",
    "n": "Runs that the means are taken over.",
    "diverged": "Share of the seeds whose loss stopped being a number.",
    "best epoch": "Median over the seeds.",
    "seconds per epoch": "A run's equal share of the time that all in its graph took together, "
    f"without the first epoch, which prepares the graph. Median over the seeds. {APART} says that "
    "rows did not train together, so that none is faster or slower by it.",
    STATE: "What the optimizer remembers beside each weight: 0 for plain SGD, 4 for one number.",
    "epochs to target": "First epoch that reaches it. Median over the seeds, a miss is infinite.",
    "steps to target": "Updates of the weights in that many epochs.",
    "seconds to target": "Of a run's equal share of the time that all runs in its graph took. "
    f"{APART} says that rows did not train together: not comparable.",
    CURVE: "Validation, median over the seeds.",
}


def styled(frame: pd.DataFrame, best: Mapping[str, str], together: bool = True) -> Styler:
    """The frame with its numbers written out and the best ones marked; it still sorts by number.

    together: whether its seconds can be held against each other; else they get a mark.
    """
    texts: dict[str, Callable[[float], str]] = {}
    for name in frame.columns:
        if name not in (*TEXTS, CURVE):
            texts[name] = _writer(name, f" {APART}" * (name in SECONDS and not together))
    made = frame.style.format(texts, na_rep="-")
    for name in set(best) & set(frame.columns):
        at = frame.index[frame["Variant"] == best[name]]
        write = texts[name]
        made = made.format(lambda v, w=write: f"{w(v)} {STAR}", subset=(at, [name]), na_rep="-")
        made = made.map(lambda _: MARK, subset=(at, [name]))
    return made


def _writer(name: str, mark: str) -> Callable[[float], str]:
    """How a column's numbers are written, `mark` behind; what a target's miss took is "∞"."""
    how = "{:.4g}"
    if name == "diverged":
        how = "{:.0%}"
    elif name in WHOLE or name == "steps to target":
        how = "{:,.0f}"
    elif name.endswith(SPREAD):
        how = "{:.2g}"
    return lambda value: "∞" if np.isinf(value) else how.format(value) + mark


def column_config(frame: pd.DataFrame, lines: Sparklines, written: bool) -> dict[str, object]:
    """How `st.dataframe` shows each column; `written` leaves the numbers to `styled`."""
    return {name: _config(name, lines, written) for name in frame.columns}


def _config(name: str, lines: Sparklines, written: bool) -> object:
    said = HELP.get(name)
    if name in TEXTS:
        return st.column_config.TextColumn(pinned=name == "Variant")
    if name == CURVE:
        return st.column_config.LineChartColumn(
            lines.of.replace("_", " "), help=said, width=90, y_min=lines.low, y_max=lines.high
        )
    if name.startswith("area, "):
        said = "Mean over the epochs trained: small for a row that came down early, and stayed."
    how = "%d" if name in WHOLE else "percent" if name == "diverged" else "%.4g"
    if name.endswith(SPREAD):
        how, said = "%.2g", "One standard deviation over the seeds."
        return st.column_config.NumberColumn(
            SPREAD, format=None if written else how, help=said, width=64
        )
    width = WIDTHS.get(name)
    return st.column_config.NumberColumn(format=None if written else how, help=said, width=width)
