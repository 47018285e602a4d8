"""What a comparison shows while it trains and afterwards: proof, curves, pictures, numbers."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from components.charts import Chart, charts, only_medians
from components.compare.pictures import pictures
from components.compare.proof import SHORT, proof
from components.compare.table import SPREAD, table
from components.compare.verdict import verdict
from components.figures.parts import BOTH, Part
from components.history.downloads import csv_text
from components.plain import plain
from components.plot import plot
from components.results import metric_columns, numbers_title
from training.lab import Lab
from training.spec import Experiment
from training.states import ComparisonState, RunState

PARTS: dict[str, tuple[Part, ...]] = {
    "train and validation": BOTH,
    "train": ("train",),
    "validation": ("validation",),
}
DRAWN = "compare:drawn"
EVIDENCE = (
    "Interquartile means over the seeds, with the interval that holds 95 % of bootstrap samples. "
    "Rows whose intervals overlap are not ranked."
)


def results(lab: Lab, state: ComparisonState, names: Sequence[str]) -> None:
    """Everything about a comparison; `names` has the label of each run's variant."""
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
    _curves(state, names, metric, PARTS[parts], axis == "log")
    for note in notes(experiments):
        st.caption(note)
    _proof(state.runs, names)
    _verdict(state.runs, names, metric)
    pictures(lab, state, names)
    _numbers(state, names)


def _switch(label: str, options: list[str]) -> str:
    return st.segmented_control(
        label,
        options,
        default=options[0],
        key=f"compare:{label}",
        required=True,
        label_visibility="collapsed",
    )


def _proof(runs: Sequence[RunState], names: Sequence[str]) -> None:
    found = proof(runs)
    if found is None:
        st.caption("The proof that all rows start alike comes with the first epoch.")
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(found.text, width="content")
        with st.popover("Hashes", icon=":material/fingerprint:"):
            st.caption(
                "Fingerprints of the arrays themselves: equal ones mean equal numbers, bit by bit."
            )
            hashes = [
                {"Variant": name, "Seed": run.experiment.seed}
                | {what: value[:SHORT] for what, value in run.proof.items()}
                for name, run in zip(names, runs, strict=True)
                if run.proof
            ]
            st.dataframe(pd.DataFrame(hashes), hide_index=True)
    for sentence in found.why:
        st.caption(sentence)


def _verdict(runs: Sequence[RunState], names: Sequence[str], metric: str) -> None:
    """What the seeds support, of the loss where rows share one, and of the metric on show."""
    one_loss = not notes([run.experiment for run in runs])
    columns = [*(["loss"] if one_loss else []), *([metric] if metric else [])]
    found = [said for column in columns if (said := verdict(runs, names, column))]
    for said in found:
        icon = ":material/trophy:" if said.winner else ":material/balance:"
        st.markdown(f"{icon} {plain(said.text)}")
    if found:
        st.caption(EVIDENCE)


def _curves(
    state: ComparisonState, names: Sequence[str], metric: str, parts: Sequence[Part], log_y: bool
) -> None:
    """The charts two by two, built anew only when something changed."""
    key = (state.id, state.version, tuple(names), metric, tuple(parts), log_y)
    kept: tuple[object, list[Chart]] | None = st.session_state.get(DRAWN)
    medians = only_medians(state, len(parts))
    if kept and kept[0] == key:
        made = kept[1]
    else:
        made = charts(state.runs, names, metric, parts, log_y, medians)
    st.session_state[DRAWN] = (key, made)
    for pair in (made[i : i + 2] for i in range(0, len(made), 2)):
        for column, chart in zip(st.columns(2), pair, strict=False):
            with column:
                plot(chart.figure, key=f"compare.{chart.key}", alt=chart.alt)
    if not metric:
        st.caption("No metric was chosen: the models train all the same, nobody measures them.")
    if medians:
        st.caption("Medians over the seeds; each seed's own curve is drawn when all have ended.")


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


def _numbers(state: ComparisonState, names: Sequence[str]) -> None:
    frame = table(state.runs, names, final=state.ended)
    seeds = len({run.experiment.seed for run in state.runs})
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"**{numbers_title(state.runs)}**", width="content")
        if state.ended:
            st.download_button(
                "History as CSV",
                lambda: csv_text([state]),
                file_name="history.csv",
                mime="text/csv",
                icon=":material/download:",
                on_click="ignore",
            )
    st.dataframe(
        frame,
        hide_index=True,
        height="content",
        placeholder="-",
        column_config={name: _column(name) for name in frame.columns},
        alt="A row per variant with the numbers after the last epoch",
    )
    said = "A click on a column's head sorts. "
    if state.ended:
        said += "As `model.evaluate` says after the last epoch; a stopped run has no test numbers. "
    if seeds > 1:
        said += f"Mean over n of {seeds} seeds, {SPREAD} one standard deviation of them. "
    if any(run.diverged for run in state.runs):
        said += "Diverged runs have no numbers, so means leave them out: see the outcome. "
    st.caption(said)


def _column(name: str) -> object:
    if name in ("Variant", "Outcome", "Loss function"):
        return st.column_config.TextColumn(pinned=name == "Variant")
    if name in ("Epochs", "n"):
        return st.column_config.NumberColumn(format="%d", help=_HELP[name])
    if name.endswith(SPREAD):
        return st.column_config.NumberColumn(SPREAD, format="%.2g", width=80)
    return st.column_config.NumberColumn(format="%.4g")


_HELP = {"Epochs": "Mean over the seeds.", "n": "Runs that the means are taken over."}
