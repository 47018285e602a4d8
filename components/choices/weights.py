"""What rows count in the training loss, as widgets: a number for each class, or a rule."""

from collections.abc import Sequence
from typing import Any

import streamlit as st

import datasets
from components.choices.fields import at
from components.plain import plain
from datasets import Head
from training.choice import choice
from training.data_choice import without_labels
from training.spec import Experiment
from training.weights import NONE, balanced, classes, rules

HELP = (
    "A mistake on a row of this class counts so many times in the training loss. Validation, final "
    "numbers and plain metrics do not see it."
)


def weights(prefix: str, dataset: dict[str, Any], heads: Sequence[Head]) -> dict[str, Any]:
    """Draw them behind a button; returns what belongs into the field `fit`."""
    count = classes(heads)
    keys = [f"{prefix}.class_weight.{i}" for i in range(count)]
    for key in keys:
        st.session_state.setdefault(key, 1.0)
    offered, rule = [NONE, *rules(heads)], f"{prefix}.sample_weight"
    if st.session_state.get(rule) not in offered:
        st.session_state[rule] = NONE
    weighed = any(st.session_state[key] != 1 for key in keys) or st.session_state[rule] != NONE
    label = "Weights of rows: on" if weighed else "Weights of rows"
    with st.popover(label, icon=":material/balance:", width="stretch"):
        by_class = _classes(keys, dataset, heads) if keys else None
        by_rule = st.selectbox(
            "Sample weights",
            offered,
            at(offered, st.session_state[rule]),
            key=rule,
            help="A rule that gives each row a weight of its own. Inverse class frequency: every "
            "class counts the same in sum. Near the middle: rows far from the median target count "
            "less. Random half doubled: half of the rows, always the same, count twice.",
        )
    return {"class_weight": by_class, "sample_weight": by_rule}


def fill(prefix: str, experiment: Experiment) -> None:
    """Set the widgets to an experiment."""
    for i, weight in enumerate(experiment.fit.class_weight):
        st.session_state[f"{prefix}.class_weight.{i}"] = weight
    st.session_state[f"{prefix}.sample_weight"] = experiment.fit.sample_weight or NONE


def forget(prefix: str) -> None:
    """Every class counts once again: for other data."""
    for key in [k for k in st.session_state if str(k).startswith(f"{prefix}.class_weight.")]:
        del st.session_state[key]


def _classes(keys: Sequence[str], dataset: dict[str, Any], heads: Sequence[Head]) -> list[float]:
    columns, found = st.columns(2), []
    for i, (key, name) in enumerate(zip(keys, heads[0].names, strict=True)):
        with columns[i % 2]:
            now = st.session_state[key]
            label = plain(f"Class {name}")
            found.append(st.number_input(label, value=now, key=key, format="%g", help=HELP))
    with st.container(horizontal=True):
        for label, act, given, help_ in (
            ("Balanced", _balance, (keys, dataset), "The rarer a class, the more its rows count."),
            ("All 1", _once, (keys,), "Every row counts once."),
        ):
            # not under the prefix: what stands there is set when a link is opened
            st.button(label, key=f"{label}:{keys[0]}", help=help_, on_click=act, args=given)
    return found


def _balance(keys: Sequence[str], dataset: dict[str, Any]) -> None:
    try:
        chosen = choice(dataset, "dataset", "dataset")
        data = datasets.load(chosen.name, without_labels(chosen.full("dataset")))
    except ValueError:  # the data cannot be made: the page says why
        return
    for key, weight in zip(keys, balanced(data), strict=False):
        st.session_state[key] = weight


def _once(keys: Sequence[str]) -> None:
    for key in keys:
        st.session_state[key] = 1.0
