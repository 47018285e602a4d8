"""A data set as a card: its picture, what is in it, and the way into the Playground."""

import copy
from dataclasses import replace
from typing import Any

import streamlit as st

import datasets
from components.choices import menus
from components.figures.gallery import thumbnail
from components.plot import plot
from datasets import Facts, Head
from training.catalog import Entry, entry
from training.catalog.usual import USUAL_LOSS
from training.choice import choice
from training.data_choice import facts as facts_of
from training.monitored import watching_still
from training.spec import Experiment

TASKS = {
    "binary": "Two classes",
    "multiclass": "Several classes",
    "multilabel": "Several labels",
    "regression": "A number",
}


def card(found: Entry) -> bool:
    """Draw a data set of the catalog; whether its button was pressed."""
    facts = datasets.facts(found.name, {})
    st.markdown(f"**{found.label}**")
    try:
        plot(_thumbnail(found.name), key=f"thumbnail.{found.name}", alt=f"Rows of {found.label}")
    except ValueError as error:
        st.info(str(error), icon=":material/cloud_download:")
    pressed = st.button(
        "Use in Playground",
        key=f"use.{found.name}",
        icon=":material/science:",
        width="stretch",
    )
    st.markdown(found.sentence)
    st.caption(f"{described(facts)}  \n{found.needs}  \n{found.source}")
    return pressed


def described(facts: Facts) -> str:
    """What to predict and the size in a line, such as "2 classes · 1,000 rows · 2 features"."""
    if len(facts.shape) == 3:
        size = f"pictures of {facts.shape[0]} x {facts.shape[1]}"
    else:
        size = _count(len(facts.features), "feature")
    outcomes = " and ".join(map(_outcome, facts.heads))
    return f"{outcomes[0].upper()}{outcomes[1:]} · {facts.rows:,} rows · {size}"


def suited(setup: dict[str, Any], dataset: str | dict[str, Any]) -> dict[str, Any]:
    """A set-up of the Playground with another data set, and what must change with it.

    Model, losses and metrics stay as they are where the task stays the same. Raises ValueError
    when `setup` is no set-up.

    dataset: a name, or the JSON of a data set with its arguments.
    """
    before = Experiment.from_json(setup)
    wanted = choice(dataset, "dataset", "dataset")
    facts = facts_of(wanted)
    heads = facts.heads
    losses, metrics = {}, {}
    for position, head in enumerate(heads):
        old = before.facts.heads[position] if position < len(before.facts.heads) else None
        losses[head.name] = USUAL_LOSS[head.task]
        metrics[head.name] = menus.DEFAULT_METRICS[head.task]
        loss, measured = menus.carried(old, head)
        if loss:
            losses[head.name] = before.compile.losses[position][1].to_json()
        if measured:
            metrics[head.name] = [m.to_json() for m in before.compile.metrics[position][1]]
    several = len(heads) > 1
    first = heads[0].name
    made = copy.deepcopy(setup)
    made["dataset"] = wanted.to_json()
    for weights in ("loss_weights", "weighted_metrics"):  # of outputs that may not be there
        made["compile"].pop(weights, None)
    fit = made.setdefault("fit", {})
    for weights in ("class_weight", "sample_weight"):
        fit.pop(weights, None)
    fit.pop("callbacks", None)
    made["compile"]["loss"] = losses if several else losses[first]
    made["compile"]["metrics"] = metrics if several else metrics[first]
    model = menus.suited_model(before.model.name, facts)
    if model != before.model.name:
        made["model"] = {"name": model, "params": {}}
    bare = Experiment.from_json(made)
    watched = replace(bare, fit=replace(bare.fit, callbacks=before.fit.callbacks))
    return watching_still(watched).to_json()


def of_task(task: str | None) -> list[Entry]:
    """Data sets of a task, or all of them, as the catalog orders them."""
    every = [entry("dataset", name) for name in datasets.NAMES]
    return [found for found in every if task is None or task in found.tasks]


@st.cache_data(show_spinner="Drawing its rows")
def _thumbnail(name: str) -> dict[str, Any]:
    return thumbnail(datasets.load(name, {}))


def _outcome(head: Head) -> str:
    match head.task:
        case "regression":
            return "a number" if head.units == 1 else f"{head.units} numbers"
        case "multilabel":
            return _count(head.units, "label")
    return f"{len(head.names)} classes"


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
