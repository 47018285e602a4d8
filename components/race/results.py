"""What a fair race shows: how rates were tuned, how ranks changed, and the runs of a mode."""

from collections.abc import Mapping, Sequence
from math import isfinite

import streamlit as st

from components.compare.rates import widths
from components.compare.results import results
from components.figures.sensitivity import sensitivity
from components.figures.slope import slope_chart
from components.plain import plain
from components.plot import plot
from components.race.budget import budget
from components.race.modes import DEFAULTS, MODES, SHARED, TUNED, row_names, shown
from components.race.ranking import correlation, in_words, ranking
from components.results import metric_columns
from components.sweep import Sweep, sweeps
from training.design import Design
from training.direction import direction
from training.lab import Lab
from training.race import defaults, tuned, tuning
from training.spec import Experiment
from training.states import ComparisonState, RunState

Named = Mapping[Experiment, str]  # variant of a trial -> its row
MODE, RATE, RULER = "race:mode", "race:rate", "race:ruler"
UNFAIR = (
    "One rate for all is unfair: whoever picks the rate picks the winner. Move the slider and see. "
    "These are the grid's own runs, with the seeds of the grid."
)
STOPPED = ":material/stop: This race was stopped while it tuned. Press **Fair race** to go on."
AIM = "95 % of what the best tuned SGD or Adam reached in the grid, before the tuned rows ran"


def race(lab: Lab, state: ComparisonState, design: Design) -> None:
    """Everything about a race, whether it still tunes, runs or has ended."""
    column, names = _ruler(design), row_names(design)
    named = {e.variant: names[i] for (i, _), e in design.trials.items()}
    swept = sweeps(*_those(state, tuning(design), named), column)
    stopped = state.ended and not design.race.chosen
    if stopped:
        st.markdown(STOPPED)
    elif not design.race.chosen:
        rates = len(design.race.rates)
        st.markdown(
            f":material/tune: Tuning: each row tries {rates} learning rates with seed "
            f"{design.base.seed}. Then the best of each runs with {design.seeds} other seeds."
        )
    _summary(state, design, swept, column, named)
    mode, rate = _mode(design)
    part = shown(state, design, mode, rate)
    if mode == SHARED:
        st.caption(UNFAIR)
    if part.state.runs:
        results(lab, part.state, part.names, part.title)
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


def _those(
    state: ComparisonState, wanted: Sequence[Experiment], named: Named
) -> tuple[list[RunState], list[str]]:
    """The wanted runs as far as there are any, and the row of each."""
    asked = set(wanted)
    runs = [run for run in state.runs if run.experiment in asked]
    return runs, [named[run.experiment.variant] for run in runs]


def _summary(
    state: ComparisonState, design: Design, swept: Sequence[Sweep], column: str, named: Named
) -> None:
    """The grid as a chart, and beside it what tuning did to the ranks."""
    names = list(dict.fromkeys(named.values()))
    lower = direction(state.runs[0].experiment, column) != "higher"
    chosen = dict(zip(names, design.race.chosen, strict=True)) if design.race.chosen else {}
    left, right = st.columns([3, 2])
    with left:
        if swept:
            figure = sensitivity(swept, column, design.base.epochs, chosen)
            alt = f"Validation {column} of {', '.join(names)} against the learning rate"
            plot(figure, key="race.sensitivity", alt=alt)
            n = f"n = {design.race.seeds} seed{'s' * (design.race.seeds > 1)} a rate. "
            st.caption(f"Rings: the rates that were chosen. {n}{widths(swept, lower)}")
    if not chosen or not state.ended:
        return
    before, after = (
        ranking(*_those(state, wanted, named), column, lower)
        for wanted in (defaults(design), tuned(design))
    )
    with right:
        figure = slope_chart(before.values, after.values, (DEFAULTS, TUNED), lower)
        plot(figure, key="race.slope", alt="Ranks at Keras's defaults and tuned")
        value = correlation(before, after)
        if isfinite(value):
            st.caption(
                f"Rank correlation (Spearman) of the two: {value:.2f}, {in_words(value)}. Ranks "
                "follow interquartile means; the verdict below says which differences are sure."
            )
    _edges(chosen, design.race.rates)
    st.dataframe(
        budget(design, names, swept, before, after, lower),
        hide_index=True,
        height="content",
        column_config={
            "Good rates (decades)": st.column_config.NumberColumn(
                format="%.1f",
                help="Around the best rate, how many powers of ten stay within 10 % of it.",
            )
        },
        alt="A row per row of the race: rates, trials and results at defaults and tuned",
    )
    st.caption(
        f"Rates were chosen by the validation loss after the last epoch with seed "
        f"{design.base.seed}; the numbers are those of {design.seeds} other seeds. The test rows "
        "had no say. Trials are the runs that choosing the rate took." + _aim(design)
    )


def _aim(design: Design) -> str:
    if not design.target:
        return ""
    how = AIM if design.race.aimed else "set before the race"
    return f" Times are taken to {plain(design.target.text)}, {how}."


def _edges(chosen: Mapping[str, float | None], rates: Sequence[float]) -> None:
    """Say of which rows the grid may have missed the best rate."""
    for rate, side in ((rates[0], "lowest"), (rates[-1], "highest")):
        rows = [plain(name) for name, own in chosen.items() if own == rate]
        if rows:
            st.warning(
                f"Best at the grid's {side} rate, {rate:g}: {', '.join(rows)}. A better one may "
                "lie beyond. Widen the grid and race again.",
                icon=":material/warning:",
            )
