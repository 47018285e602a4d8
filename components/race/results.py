"""What a fair race shows: how rates were tuned, how ranks changed, and the runs of a mode."""

import streamlit as st

from components.charts import Chart
from components.compare.results import results
from components.plain import plain
from components.plot import plot
from components.race.budget import DECADES
from components.race.modes import MODES, SHARED, TUNED, shown
from components.race.summary import UNFAIR, OnShow, Summary, summary
from components.results import metric_columns
from training.design import Design
from training.direction import direction
from training.lab import Lab
from training.states import ComparisonState

MODE, RATE, RULER = "race:mode", "race:rate", "race:ruler"
MOVE = "Move the slider and see."
STOPPED = ":material/stop: This race was stopped while it tuned. Press **Fair race** to go on."


def race(lab: Lab, state: ComparisonState, design: Design) -> None:
    """Everything about a race, whether it still tunes, runs or has ended."""
    found = summary(state, design, _ruler(design))
    stopped = state.ended and not design.race.chosen
    if stopped:
        st.markdown(STOPPED)
    elif not design.race.chosen:
        rates = len(design.race.rates)
        st.markdown(
            f":material/tune: Tuning: each row tries {rates} learning rates with seed "
            f"{design.base.seed}. Then the best of each runs with {design.seeds} other seeds."
        )
    _tuning(found)
    mode, rate = _mode(design)
    part = shown(state, design, mode, rate)
    if mode == SHARED:
        st.caption(f"{UNFAIR} {MOVE}")
    if part.state.runs:
        results(lab, part.state, part.names, OnShow(found, mode, part.title))
    elif not stopped:
        st.caption("These runs begin when the rates are chosen.")


def _ruler(design: Design) -> str:
    """The column that rows are ranked by: a metric where losses of different kinds are raced."""
    experiments = [design.trials[i, design.race.rates[0]] for i in range(len(design.rows))]
    one_loss = len({e.compile.losses for e in experiments}) == 1
    metrics = [c for c in metric_columns(experiments) if direction(experiments[0], c)]
    options = [*(["loss"] if one_loss else []), *metrics] or ["loss"]
    if len(options) == 1:
        return options[0]
    return st.segmented_control(
        "Rows are ranked by validation",
        options,
        default=options[0],
        key=RULER,
        required=True,
        format_func=lambda name: name.replace("_", " "),
    )


def _mode(design: Design) -> tuple[str, float]:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        mode = st.segmented_control(
            "Learning rates",
            MODES,
            default=TUNED,
            key=MODE,
            required=True,
            help="Whose runs the curves, pictures, numbers and files below are.",
        )
        rates = design.race.rates
        rate = rates[len(rates) // 2]
        if mode == SHARED:
            rate = st.select_slider(
                "Rate for all", rates, value=rate, key=RATE, format_func=lambda r: f"{r:g}"
            )
    return mode, rate


def _tuning(found: Summary) -> None:
    """The grid as a chart, and beside it what tuning did to the ranks; below it what it took."""
    left, right = st.columns([3, 2])
    with left:
        _chart(found.grid_chart(), found.grid_words())
    table = found.budget()
    if table is None:
        return
    with right:
        _chart(found.rank_chart(), found.rank_words())
    for sentence in found.edges():
        st.warning(plain(sentence), icon=":material/warning:")
    st.dataframe(
        table,
        hide_index=True,
        height="content",
        column_config={
            DECADES: st.column_config.NumberColumn(
                format="%.1f",
                help="Around the best rate, how many powers of ten stay within 10 % of it.",
            )
        },
        alt="A row per row of the race: rates, trials and results at defaults and tuned",
    )
    st.caption(plain(found.method()))


def _chart(chart: Chart | None, words: str) -> None:
    """A chart and what is to be known of it, where there is one."""
    if chart:
        plot(chart.figure, key=chart.key, alt=chart.alt)
    if words:
        st.caption(plain(words))
