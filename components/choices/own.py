"""Own data in the menus: offered where an experiment has it, and named after its file."""

from typing import Any

import streamlit as st

import datasets
from components.plain import plain
from datasets import own
from training.catalog import ENTRIES, entry
from training.catalog.datasets import DATASETS
from training.choice import choice
from training.data_choice import facts

TASKS = {"binary": "two classes", "multiclass": "classes", "regression": "a number"}


def offered(prefix: str) -> list[str]:
    """Names of data sets: those of the catalog, and own ones that were brought here."""
    brought = [name for name in own.OWN if st.session_state.get(_key(prefix, name, "digest"))]
    return [*DATASETS, *brought]


def label(prefix: str, name: str) -> str:
    """What a menu shows for a data set."""
    if name not in own.OWN:
        return entry("dataset", name).label
    return title(st.session_state.get(_key(prefix, name, "digest"), ""), name)


def title(digest: str, name: str) -> str:
    """The name of an own file, as a menu shows it."""
    found = entry("dataset", name).label
    try:
        return f"{found}: {own.described(digest).title}"
    except ValueError:
        return found


def told(dataset: dict[str, Any]) -> None:
    """What an own table is used for, and how to change that."""
    if dataset["name"] != "table":
        return
    params = dataset["params"]
    count = len(params["features"])
    columns = "1 column" if count == 1 else f"{count} columns"
    task = TASKS.get(params["task"], "")
    st.caption(f"{plain(params['target'])} ({task}) from {columns}. **Own data** changes that.")


def facts_of(dataset: dict[str, Any]) -> datasets.Facts:
    """Facts as far as the arguments are right: else those of the defaults, or of any data set."""
    try:
        return facts(choice(dataset, "dataset", "dataset"))
    except ValueError:  # shown when the whole spec is judged
        return datasets.facts("moons" if dataset["name"] in own.OWN else dataset["name"], {})


def chosen(prefix: str) -> dict[str, Any]:
    """The data set whose name is in the menu; own ones with the arguments that they came with."""
    name = st.session_state[f"{prefix}.dataset"]
    if name not in own.OWN:
        return {"name": name, "params": {}}
    arguments = [a for a in ENTRIES["dataset"][name].arguments if a.elsewhere]
    found = {a.name: st.session_state.get(_key(prefix, name, a.name), a.default) for a in arguments}
    return {"name": name, "params": found}


def _key(prefix: str, name: str, argument: str) -> str:
    return f"{prefix}.dataset.{name}.{argument}"
