"""A table, as it was chosen to be used, is saved and opened where it can be trained on."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

import datasets
from components import opening
from components.choices import DEFAULT
from components.gallery import described, suited
from components.own.bring import Brought
from components.plain import plain
from datasets.own import left_out
from datasets.own.recipe import facts_of
from datasets.own.saved import Saved
from datasets.own.shelf import remember, save, saved_of
from training.spec import Experiment


def keep(brought: Brought, use: Mapping[str, Any]) -> None:
    """Say what the data set will be, and the buttons that save it."""
    try:
        table = saved_of(brought.reading, brought.title)
        known = facts_of(table, use)
    except ValueError as error:
        st.error(plain(str(error)), icon=":material/error:")
        return
    inputs = ", ".join(map(plain, known.features[:12])) + (
        " ..." if len(known.features) > 12 else ""
    )
    told = f"{described(known)} ({inputs}), {known.train_rows:,} rows to train on."
    st.caption(f"{told} {plain(left_out.told(table, use))}")
    with st.container(horizontal=True):
        plain_save = st.button("Save", icon=":material/save:", key="own:keep")
        play = st.button("Save and open in Playground", icon=":material/science:", type="primary")
        compare = st.button("Save and open in Compare", icon=":material/compare_arrows:")
    if not (plain_save or play or compare):
        return
    if saved := _saved(brought, use):
        if play or compare:
            open_(saved, "play" if play else "compare")
        st.toast(f"{plain(saved.title)} is saved.", icon=":material/save:")


def open_(saved: Saved, page: str) -> None:
    """Leave for a page with this data set chosen."""
    dataset = {"name": saved.entry, "params": {"digest": saved.digest, **saved.use}}
    setup = suited(st.session_state.get("play:setup", DEFAULT), dataset)
    if page == "play":
        opening.playground(setup)
    opening.variants(Experiment.from_json(setup))


def _saved(brought: Brought, use: Mapping[str, Any]) -> Saved | None:
    """On the disk, once it has shown that it can be split."""
    try:
        saved = remember(save(brought.reading, brought.title), use)
        datasets.load("table", {"digest": saved.digest, **use})
    except ValueError as error:
        st.error(plain(str(error)), icon=":material/error:")
        return None
    return saved
