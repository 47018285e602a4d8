"""What one experiment shows while it trains and afterwards: curves, picture, final numbers."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
import streamlit as st

import datasets
from components.diagnosis import diagnosis
from components.figures.curves import curves
from components.figures.lookup import picture
from components.figures.rate_curve import rate_curve
from components.figures.run import lines, reach
from components.loss_parts import loss_parts
from components.plain import plain
from components.plot import plot
from components.progress import number_of
from training.formula.flow import uses_rate
from training.lab import Lab
from training.monitored import stopped_early, stopping
from training.planned_rates import changing
from training.restored import pictured, restored
from training.spec import Experiment
from training.states import ComparisonState, RunState
from training.view import view


def results(lab: Lab, state: ComparisonState, former: Sequence[RunState] = ()) -> None:
    """Curves of the loss and of a metric side by side, then picture and numbers."""
    run = state.runs[0]
    if run.ended and not len(run.history) and not run.diverged:
        return  # the sentence above says why there is nothing to draw
    drawn = lines([run], [run.experiment.compile.optimizer.name], former)
    metrics = metric_columns([run.experiment])
    left, right = st.columns(2)
    with left:
        axis = st.segmented_control(
            "Loss axis", ["linear", "log"], default="linear", key="axis", required=True
        )
    with right:
        called = {name: f"{name} (weighted)" for name in weighted_columns(run.experiment)}
        column = (
            st.selectbox("Metric", metrics, key="metric", format_func=lambda n: called.get(n, n))
            if metrics
            else None
        )
    left, right = st.columns(2)
    (last,) = reach([run])
    epochs = number_of("epoch", last)
    with left:
        same = [line for line in drawn if line.loss == drawn[-1].loss]
        several = len(run.experiment.compile.losses) > 1
        figure = curves(
            same,
            "loss",
            epochs=last,
            title="total loss" if several else "",
            log_y=axis == "log",
        )
        plot(figure, key="loss", alt=f"Loss of train and validation rows over {epochs}")
    with right:
        if column:
            figure = curves(drawn, column, epochs=last)
            plot(figure, key="metric-curve", alt=f"{column} over {epochs}")
        else:
            st.info("No metric was chosen: the model trains all the same, nobody measures it.")
    loss_parts(run, drawn, last_finite(run), axis == "log")
    if changing(run.experiment):
        plot(rate_curve(run, drawn, last), key="rate-curve", alt=f"Learning rate over {epochs}")
    diagnosis(lab, state)
    left, right = st.columns(2)
    with left:
        pictures(lab, run)
    with right:
        numbers(run)


def metric_columns(experiments: Sequence[Experiment]) -> list[str]:
    """Columns that are metrics, without their val_ twins, in order of first appearance."""
    return list(
        dict.fromkeys(
            name
            for e in experiments
            for listed in e.metric_columns
            for names in listed
            for name in names
        )
    )


def weighted_columns(experiment: Experiment) -> list[str]:
    """Columns of weighted metrics, whose names alone say so only beside a plain one."""
    compiled = experiment.compile
    return [
        name
        for (_, plain), columns in zip(compiled.metrics, experiment.metric_columns, strict=True)
        for names in columns[len(plain) :]
        for name in names
        if "weighted_" not in name
    ]


def output_losses(experiments: Sequence[Experiment]) -> list[str]:
    """Columns of each output's own loss, before its weight; empty where there is one output."""
    several = [e.compile.losses for e in experiments if len(e.compile.losses) > 1]
    return list(dict.fromkeys(f"{head}_loss" for losses in several for head, _ in losses))


def pictures(lab: Lab, run: RunState) -> None:
    """What the model predicts, at the newest epoch or at the one the slider shows."""
    epochs = lab.frame_epochs(run.digest)
    if not epochs:
        return
    epoch = epochs[-1]
    if run.ended and len(epochs) > 1:
        epoch = st.select_slider("Epoch", epochs, value=epochs[-1], key=f"epoch.{run.digest[:12]}")
    frame = lab.frames(run.digest, [epoch]).get(epoch)  # None: deleted meanwhile
    data = loaded(run.experiment)
    if frame is None or data is None:
        return
    of = pictured(run, epoch)
    for head in data.facts.heads:
        label = 0
        if head.task == "multilabel":
            label = head.names.index(
                st.segmented_control("Label", head.names, default=head.names[0], required=True)
            )
        figure = picture(run.experiment, view(data), frame, data, head, label=label, epoch=of)
        plot(figure, key=f"picture.{head.name}", alt=f"Predictions of {head.name} at epoch {of}")


def loaded(experiment: Experiment) -> datasets.Data | None:
    """The arrays of an experiment's data set, or None with a sentence where they are missing."""
    try:
        return datasets.load(experiment.dataset.name, experiment.data_params)
    except ValueError as error:
        st.caption(plain(str(error)))
        return None


def numbers(run: RunState) -> None:
    """Final numbers on all three parts; the last epoch's while it trains and if it diverged."""
    st.markdown(f"**{numbers_title([run])}**")
    found = table(run)
    if found.notna().any(axis=None):
        st.dataframe(found, width="stretch", height="content")
    best, after = restored(run), "after the last epoch"
    if best:
        watched = stopping(run.experiment).full("callback")["monitor"]
        after = f"with the weights of epoch {best}, the best by {plain(watched)}"
    if run.finals:
        st.caption(f"As `model.evaluate` says {after}; the test rows were never looked at before.")
    if early := stopped_early(run):
        weights = f"the weights of epoch {best}" if best else "the last weights"
        st.caption(f"Stopped early at epoch {early} of {run.epochs}, with {weights}.")
    if run.diverged:
        rated = uses_rate(run.experiment.compile.optimizer)
        cure = "; a smaller learning rate is the usual cure" if rated else ""
        st.warning(
            f"Diverged at epoch {run.diverged}: the loss stopped being a number. "
            f"Numbers are those of the last epoch that had any{cure}.",
            icon=":material/trending_up:",
        )


def numbers_title(runs: Sequence[RunState]) -> str:
    """What the numbers of runs are: a finished model's, the last of a run, or not the last yet."""
    if not all(run.ended for run in runs):
        return "Numbers so far"
    return "Final numbers" if any(run.finals for run in runs) else "Last numbers"


def table(run: RunState) -> pd.DataFrame:
    """A row per quantity; columns are the parts of the data."""
    own = [c for c in run.experiment.columns if not c.startswith("val_")]
    if run.finals:
        parts: dict[str, Mapping[str, float]] = dict(run.finals)
    else:
        last = last_finite(run)
        parts = {"train": last, "validation": {c: last.get(f"val_{c}", np.nan) for c in own}}
    # one array and not a column of Python numbers each: this is drawn at every tick
    values = [[part.get(c, np.nan) for part in parts.values()] for c in own]
    return pd.DataFrame(np.round(values, 5), own, list(parts), "float64")


def last_finite(run: RunState) -> dict[str, float]:
    """Numbers of the last epoch that had any, by column."""
    rows = run.history[: run.diverged - 1] if run.diverged else run.history
    return dict(zip(run.columns, map(float, rows[-1]), strict=False)) if len(rows) else {}
