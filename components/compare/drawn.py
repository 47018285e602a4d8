"""What is drawn of a comparison and how, as chosen in the row above its charts."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import streamlit as st

from components.figures.axes import Across, Axes
from components.figures.parts import BOTH, Part
from components.figures.smooth import LEVELS
from components.results import metric_columns, output_losses
from training.spec import Experiment

PARTS: dict[str, tuple[Part, ...]] = {
    "train and validation": BOTH,
    "train": ("train",),
    "validation": ("validation",),
}
ACROSS: tuple[Across, ...] = ("epochs", "steps", "examples", "seconds")
MOST_METRICS = 4
MANY = 4  # rows
WIDE, LARGE = 1.2, 1.5  # times text and lines of the usual size
KEPT = "compare:drawn.kept"  # a widget's own state is lost while another page is shown


@dataclass(frozen=True)
class Drawn:
    """Which curves, over what, on which scales."""

    parts: tuple[Part, ...]
    metrics: tuple[str, ...]
    axes: Axes
    log_y: bool
    apart: bool
    same_scale: bool


def drawn(experiments: Sequence[Experiment], rows: int, of: str = "") -> Drawn:
    """Draw the row of switches, seldom used ones behind a button; returns what they say.

    rows: how many are drawn; among MANY, a curve is found in a large chart only.
    of: names the comparison, which is the only one that a choice of no metric is for.
    """
    with st.container(horizontal=True, vertical_alignment="center"):
        parts = _one_of("Curves of", list(PARTS))
        metrics = _metrics(*_offered(experiments), of)
        across = st.selectbox(
            "Along the x axis",
            ACROSS,
            ACROSS.index(_kept("across", "epochs")),
            key="compare:across",
            width=124,
            label_visibility="collapsed",
            help="What runs along the x axis: epochs, steps (updates of the weights), examples "
            "seen, or seconds of training",
        )
        with st.popover("Axes", icon=":material/tune:"):
            log_x = _switch("Logarithmic x axis", "log_x", False)
            log_y = _switch("Logarithmic losses and errors", "log_y", False)
            same = _switch("Same y scale in charts of the same unit", "same", True)
            apart = _switch("A chart each for train and validation", "apart", False)
            many = rows >= MANY
            wide = _switch("Large charts, one in a row", f"wide{'.many' * many}", many)
            large = _switch("Large, for a projector", "large", False)
            smoothing = _one_of("Smoothing", list(LEVELS), "visible")
    _keep(across=across)
    axes = Axes(across, log_x, LEVELS[smoothing], zoom=LARGE if large else WIDE if wide else 1.0)
    return Drawn(PARTS[parts], metrics, axes, log_y, apart, same)


def _offered(experiments: Sequence[Experiment]) -> tuple[list[str], list[str]]:
    """What can be drawn beside the loss, and what is at first.

    Where outputs count differently by row, their own losses are what rows can be compared by; where
    training rows do, no one metric says what that is good for.
    """
    metrics, losses = metric_columns(experiments), output_losses(experiments)
    if len({e.fit.row_weights for e in experiments}) > 1:
        return [*metrics, *losses], metrics[:MOST_METRICS]
    if losses and len({e.compile.loss_weights for e in experiments}) > 1:
        return [*losses, *metrics], losses[:MOST_METRICS]
    return [*metrics, *losses], metrics[:1]


def _metrics(offered: list[str], first: list[str], of: str) -> tuple[str, ...]:
    if not offered:
        return ()
    key = "compare:metrics"
    former = st.session_state.get(key, _kept(key, first))
    known = [name for name in former if name in offered]
    if not known and (former or _kept(f"{key}.of", of) != of):
        known = first  # what was drawn is of another comparison
    if known != st.session_state.get(key):
        st.session_state[key] = known
    chosen = st.multiselect(
        "Metrics",
        offered,
        known,
        key=key,
        max_selections=MOST_METRICS,
        placeholder="no metric",
        width=280,
        label_visibility="collapsed",
        help="What is drawn beside the loss, a chart for each: metrics, and of several outputs "
        "each one's own loss",
    )
    _keep(**{key: chosen, f"{key}.of": of})
    return tuple(chosen)


def _switch(label: str, name: str, start: bool) -> bool:
    on = st.toggle(label, _kept(name, start), key=f"compare:{name}")
    _keep(**{name: on})
    return on


def _one_of(label: str, options: list[str], visible: str = "collapsed") -> str:
    chosen = st.segmented_control(
        label,
        options,
        default=_kept(label, options[0]),
        key=f"compare:{label}",
        required=True,
        label_visibility=visible,
    )
    _keep(**{label: chosen})
    return chosen


def _kept(name: str, otherwise: Any) -> Any:
    return st.session_state.setdefault(KEPT, {}).get(name, otherwise)


def _keep(**chosen: Any) -> None:
    st.session_state.setdefault(KEPT, {}).update(chosen)
