"""The curves of a comparison on the page, with what has to be known to read them."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import streamlit as st

from components.charts import Chart, charts, only_medians, sent
from components.compare.drawn import Drawn, drawn
from components.compare.target import NOT_TOGETHER, trained_together
from components.panels import Spans, all_spans, panels
from components.plot import plot
from components.results import output_losses
from training.spec import Experiment
from training.states import ComparisonState, RunState
from training.target import stored_target

DRAWN, SPANS = "compare:drawn", "compare:spans"
LIVE = 48  # medians that are sent at every tick, all charts together
TOTALS = (
    "Outputs count differently in the total loss of some rows, so each total has its own chart; "
    "the outputs' own losses, before weights, are the rulers that all rows share."
)
SCALED = (
    "The loss has another weight in some rows, so each has its own chart; a metric is the ruler "
    "that they share."
)
WEIGHTED = (
    "Rows of the data count differently in training, from variant to variant. Validation rows are "
    "not weighted: their loss asks how well the scores fit the data as it is, so weights may cost "
    "some of it. What they buy is another balance of recall and precision, as a moved threshold "
    "does: move it in Inside a run, Predictions."
)
SECONDS = (
    "Seconds: the rows of a comparison train together in one graph, so each run is given its share "
    "of that time; a busy computer takes longer. The first epoch, which also prepares the graph, "
    "counts like the second."
)


def curves(
    state: ComparisonState,
    names: Sequence[str],
    title: str = "",
    whole: ComparisonState | None = None,
) -> str:
    """Switches, charts and what to know of them; returns the first metric drawn, or "".

    title: written behind the name of what each chart shows. whole: in a replay the comparison with
    all its epochs, whose range of values the charts have from the first one on.
    """
    experiments = [run.experiment for run in state.runs]
    rows = len(set(names))
    chosen = drawn(experiments, rows, state.id.split(" ")[-1])  # the same in all modes of a race
    apart = chosen.axes.across == "seconds" and not trained_together(state.runs)
    if apart:
        chosen = replace(chosen, axes=replace(chosen.axes, across="epochs"))
    medians = only_medians(state, len(chosen.parts))
    shown = _affordable(chosen, rows) if medians else chosen
    replay = whole is not None and whole is not state
    spans = _spans(whole, names, shown, medians) if replay else {}
    _charts(state, names, shown, medians, title, spans, whole.runs if replay else ())
    refused = [f"The curves stay over the epochs. {NOT_TOGETHER}"] if apart else []
    for note in [*refused, *_remarks(state, chosen, shown, medians), *notes(experiments)]:
        st.caption(note)
    return chosen.metrics[0] if chosen.metrics else ""


def _affordable(chosen: Drawn, variants: int) -> Drawn:
    """What can be sent at every tick: with many rows not every metric."""
    most = max(1, LIVE // (variants * len(chosen.parts)) - 1)
    return replace(chosen, metrics=chosen.metrics[:most])


def _spans(whole: ComparisonState, names: Sequence[str], shown: Drawn, medians: bool) -> Spans:
    """The ranges of all its charts; kept, because a replay asks again with every picture."""
    key = (whole.id, whole.version, tuple(names), shown, medians)
    kept: tuple[object, Spans] | None = st.session_state.get(SPANS)
    if kept and kept[0] == key:
        return kept[1]
    axes, log = sent(shown.axes, medians), shown.log_y
    apart = shown.apart and len(shown.parts) > 1
    made = panels(whole.runs, names, shown.metrics, shown.parts, log, log, apart, axes)
    found = all_spans(made, shown.same_scale)
    st.session_state[SPANS] = (key, found)
    return found


def _charts(
    state: ComparisonState,
    names: Sequence[str],
    shown: Drawn,
    medians: bool,
    title: str,
    spans: Spans,
    whole: Sequence[RunState],
) -> None:
    """The charts two by two, or one by one if they are large; built anew only after a change."""
    lengths = tuple(len(run.history) for run in state.runs)
    key = (state.id, state.version, lengths, tuple(names), shown, medians, title, spans)
    kept: tuple[object, list[Chart]] | None = st.session_state.get(DRAWN)
    if not kept or kept[0] != key:
        kept = (
            key,
            charts(
                state.runs,
                names,
                shown.metrics,
                shown.parts,
                shown.log_y,
                medians,
                axes=shown.axes,
                log_errors=shown.log_y,
                apart=shown.apart and len(shown.parts) > 1,
                same_scale=shown.same_scale,
                title=title,
                target=stored_target(state.plan, state.runs[0].experiment),
                spans=spans,
                whole=whole,
            ),
        )
        st.session_state[DRAWN] = kept
    made = kept[1]
    across = 1 if shown.axes.zoom > 1 else 2
    for row in (made[i : i + across] for i in range(0, len(made), across)):
        for column, chart in zip(st.columns(across), row, strict=False):
            with column:
                plot(chart.figure, key=f"compare.{chart.key}", alt=chart.alt)


def _remarks(state: ComparisonState, chosen: Drawn, shown: Drawn, medians: bool) -> list[str]:
    """What the charts themselves do not say."""
    said = []
    if not any(metrics for run in state.runs for _, metrics in run.experiment.compile.measured):
        said.append("No metric was chosen: the models train all the same, nobody measures them.")
    if len({run.experiment.fit.row_weights for run in state.runs}) > 1:
        said.append(WEIGHTED)
    said += _sum(state, shown.metrics)
    if medians:
        said.append("Medians over the seeds; each seed's own curve is drawn when all have ended.")
    if shown.metrics != chosen.metrics:
        said.append("With so many rows the other metrics are drawn when all have ended.")
    if chosen.axes.across == "seconds":
        said.append(SECONDS)
        if any(_untimed(run) for run in state.runs):
            said.append("Some runs are older than the measuring of time, and are not drawn.")
    return said


def _sum(state: ComparisonState, drawn: Sequence[str]) -> list[str]:
    """What outputs' own losses are in the total, where such a loss is drawn."""
    experiments = [run.experiment for run in state.runs]
    own = output_losses(experiments)
    if not {*own} & {*drawn}:
        return []
    weights = {e.compile.loss_weights for e in experiments}
    times = {f"{head}_loss": f"{weight:g} × " for head, weight in next(iter(weights))}
    added = " + ".join(f"{times.get(name, '')}{name}" for name in own)
    penalised = any(e.model.full("model").get("l2") for e in experiments)
    end = f": {added}" if len(weights) == 1 else ", with the weights that each row has"
    return [
        f"{' and '.join(own)} are the outputs' own losses, before weights. The loss is their "
        f"weighted sum{end}{', and the L2 term' * penalised}."
    ]


def _untimed(run: RunState) -> bool:
    """Whether a run has epochs of which no seconds are known."""
    return len(run.history) > 1 and np.isnan(run.history[1, run.columns.index("seconds")])


def notes(experiments: Sequence[Experiment]) -> list[str]:
    """What has to be known to read the losses rightly."""
    said = []
    one_kind = len({e.compile.losses for e in experiments}) == 1
    if len({e.compile.loss_weights for e in experiments}) > 1 and one_kind:
        said.append(TOTALS if output_losses(experiments) else SCALED)
    elif len({e.compile.loss_name for e in experiments}) > 1:
        said.append(
            "Losses of different kinds measure in different units, so each kind has its own chart; "
            "a metric is the ruler that they share."
        )
    elif not one_kind:
        said.append(
            "The loss has other arguments in some rows: equal values need not mean the same."
        )
    if len({e.model.full("model").get("l2") for e in experiments}) > 1:
        said.append("The loss includes the L2 term, which differs: compare rows by a metric.")
    return said
