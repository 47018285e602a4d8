"""The curves of a comparison on the page, with the switches that say what is drawn."""

from collections.abc import Sequence

import streamlit as st

from components.charts import Chart, charts, only_medians
from components.compare.target import target_line
from components.figures.parts import BOTH, Part
from components.plot import plot
from components.results import metric_columns
from training.spec import Experiment
from training.states import ComparisonState
from training.target import Target, stored_target

PARTS: dict[str, tuple[Part, ...]] = {
    "train and validation": BOTH,
    "train": ("train",),
    "validation": ("validation",),
}
DRAWN = "compare:drawn"


def curves(state: ComparisonState, names: Sequence[str], title: str = "") -> str:
    """Switches, charts and what to know of them; returns the metric that is drawn, or "".

    title: written behind the name of what each chart shows.
    """
    experiments = [run.experiment for run in state.runs]
    metrics = metric_columns(experiments)
    with st.container(horizontal=True, vertical_alignment="center"):
        parts = _switch("Curves of", list(PARTS))
        axis = _switch("Loss axis", ["linear loss axis", "log"])
        metric = ""
        if metrics:
            metric = st.selectbox(
                "Metric",
                metrics,
                key="compare:metric",
                width=260,
                label_visibility="collapsed",
                help="The metric that is drawn",
            )
    _charts(state, names, metric, PARTS[parts], axis == "log", title)
    for note in notes(experiments):
        st.caption(note)
    return metric


def _switch(label: str, options: list[str]) -> str:
    return st.segmented_control(
        label,
        options,
        default=options[0],
        key=f"compare:{label}",
        required=True,
        label_visibility="collapsed",
    )


def _charts(
    state: ComparisonState,
    names: Sequence[str],
    metric: str,
    parts: Sequence[Part],
    log_y: bool,
    title: str,
) -> None:
    """The charts two by two, built anew only when something changed."""
    key = (state.id, state.version, tuple(names), metric, tuple(parts), log_y)
    kept: tuple[object, list[Chart]] | None = st.session_state.get(DRAWN)
    medians = only_medians(state, len(parts))
    if kept and kept[0] == key:
        made = kept[1]
    else:
        made = charts(state.runs, names, metric, parts, log_y, medians)
        if "validation" in parts:
            target = stored_target(state.plan, state.runs[0].experiment)
            made = [_aimed(chart, target, metric, log_y) for chart in made]
        for chart in made if title else ():
            named = chart.figure["layout"]["title"]
            named["text"] = named["text"].replace("<br>", f", {title}<br>", 1)
    st.session_state[DRAWN] = (key, made)
    for pair in (made[i : i + 2] for i in range(0, len(made), 2)):
        for column, chart in zip(st.columns(2), pair, strict=False):
            with column:
                plot(chart.figure, key=f"compare.{chart.key}", alt=chart.alt)
    if not metric:
        st.caption("No metric was chosen: the models train all the same, nobody measures them.")
    if medians:
        st.caption("Medians over the seeds; each seed's own curve is drawn when all have ended.")


def _aimed(chart: Chart, target: Target | None, metric: str, log_y: bool) -> Chart:
    loss = chart.key != "metric"
    line = target_line(target, "loss" if loss else metric, log_y and loss)
    layout = chart.figure["layout"]
    merged = {what: [*layout.get(what, ()), *line[what]] for what in line}
    return chart._replace(figure=chart.figure | {"layout": layout | merged})


def notes(experiments: Sequence[Experiment]) -> list[str]:
    """What has to be known to read the losses rightly."""
    said = []
    kinds = {e.compile.losses for e in experiments}
    if len({tuple(loss.name for _, loss in losses) for losses in kinds}) > 1:
        said.append(
            "Losses of different kinds measure in different units, so each kind has its own chart; "
            "a metric is the ruler that they share."
        )
    elif len(kinds) > 1:
        said.append(
            "The loss has other arguments in some rows: equal values need not mean the same."
        )
    if len({e.model.full("model").get("l2") for e in experiments}) > 1:
        said.append("The loss includes the L2 term, which differs: compare rows by a metric.")
    return said
