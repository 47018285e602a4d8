"""Small multiples: what the first seed of each variant predicts, side by side."""

from collections.abc import Sequence

import numpy as np
import streamlit as st

from components.figures.lookup import picture
from components.figures.multiples import small_multiples
from components.plain import chart_text, plain
from components.plot import plot
from components.results import loaded
from datasets import Data, Head
from training.lab import Lab
from training.restored import pictured
from training.states import ComparisonState, RunState
from training.view import view

POINTS = 80  # examples drawn in each picture
LIVE = 6  # pictures that are sent while they change; more would choke the browser


def pictures(lab: Lab, state: ComparisonState, names: Sequence[str]) -> None:
    """A picture of each variant at its newest epoch, or at the one that the slider shows."""
    first = _first_seeds(state.runs, names)
    if not state.ended and len(first) > LIVE:
        st.caption(f"{len(first)} pictures of what was learnt appear here when all have ended.")
        return
    epochs = {name: lab.frame_epochs(run.digest) for name, run in first.items()}
    done = max(run.epochs_done for run in state.runs)  # less than all of them in a replay
    every = sorted({epoch for kept in epochs.values() for epoch in kept if epoch <= done})
    if not every or len({run.experiment.dataset.name for run in first.values()}) > 1:
        return
    seed = state.runs[0].experiment.seed
    st.markdown(
        f"**What was learnt** (seed {seed})"
        if len(state.runs) > len(first)
        else "**What was learnt**"
    )
    with st.container(horizontal=True, vertical_alignment="bottom"):
        at = every[-1]
        if state.ended and len(every) > 1:
            at = st.select_slider(
                "Epoch", every, value=at, key=f"compare:epoch.{state.runs[0].digest[:12]}"
            )
        head, label = _looked_at(next(iter(first.values())))
    frames = _frames(lab, first, epochs, at)
    # once for each data set, or the sentence that one is missing would be there for each row
    every_data = {first[name].experiment.dataset: first[name].experiment for name in frames}
    data = {dataset: loaded(experiment) for dataset, experiment in every_data.items()}
    figures = [
        _figure(first[name], name, frame, epoch, found, head, label, at)
        for name, (epoch, frame) in frames.items()
        if (found := data[first[name].experiment.dataset])
    ]
    _side_by_side(figures, f"Predictions of {', '.join(frames)} at epoch {at}")
    missing = [name for name in first if name not in frames]
    if missing and state.ended:
        st.caption(f"No pictures were kept of {plain(', '.join(missing))}.")


def _first_seeds(runs: Sequence[RunState], names: Sequence[str]) -> dict[str, RunState]:
    found: dict[str, RunState] = {}
    for name, run in zip(names, runs, strict=True):
        found.setdefault(name, run)
    return found


def _looked_at(run: RunState) -> tuple[Head, int]:
    """The output, and of several labels the one, that the pictures are of."""
    heads = {head.name: head for head in run.experiment.facts.heads}
    name = next(iter(heads))
    if len(heads) > 1:
        name = st.segmented_control("Output", list(heads), default=name, required=True)
    head = heads[name]
    if head.task != "multilabel":
        return head, 0
    label = st.segmented_control("Label", head.names, default=head.names[0], required=True)
    return head, head.names.index(label)


def _frames(
    lab: Lab, first: dict[str, RunState], epochs: dict[str, list[int]], at: int
) -> dict[str, tuple[int, np.ndarray]]:
    """By variant, the last epoch up to `at` that was kept, and its predictions."""
    found = {}
    for name, run in first.items():
        until = [epoch for epoch in epochs[name] if epoch <= at]
        if until:
            for kept in lab.frames(run.digest, until[-1:]).items():  # none: deleted meanwhile
                found[name] = kept
    return found


def _figure(
    run: RunState,
    name: str,
    frame: np.ndarray,
    epoch: int,
    data: Data,
    head: Head,
    label: int,
    at: int,
) -> dict:
    of = pictured(run, epoch)
    title = chart_text(f"{name}, epoch {of}" if of != at else name)
    return picture(
        run.experiment, view(data), frame, data, head, label=label, title=title, points=POINTS
    )


def _side_by_side(figures: Sequence[dict], alt: str) -> None:
    """Rows of two groups each, which come below each other on a narrow screen."""
    across = 2 if len(figures) <= 8 else 3
    groups = [figures[i : i + across] for i in range(0, len(figures), across)]
    for i in range(0, len(groups), 2):
        for j, column in enumerate(st.columns(2)[: len(groups) - i], start=i):
            missing = across - len(groups[j])
            place = column.columns([len(groups[j]), missing])[0] if missing else column
            figure = small_multiples(groups[j], across)
            if missing and j:
                figure["layout"]["showlegend"] = False  # too narrow for it; others have it
            with place:
                plot(figure, key=f"pictures.{j}", alt=alt)
