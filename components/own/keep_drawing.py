"""A drawing gets a name, is saved and opened where it can be trained on."""

import streamlit as st

from components.own.draw import drawing
from components.own.keep import open_
from components.own.strokes import table_of
from components.plain import plain
from datasets import own
from datasets.table import Reading

TITLE = "draw:title"


def keep_drawing() -> None:
    """The name and the buttons, or what is still to be drawn."""
    try:
        found = table_of(drawing())
    except ValueError as error:
        st.caption(f":material/info: {plain(str(error))}")
        return
    with st.container(horizontal=True, vertical_alignment="bottom"):
        title = st.text_input("Name", "my drawing", key=TITLE, max_chars=60)
        save = st.button("Save", icon=":material/save:", key="draw:keep")
        play = st.button("Save and open in Playground", icon=":material/science:", type="primary")
        compare = st.button("Save and open in Compare", icon=":material/compare_arrows:")
    if save or play or compare:
        _keep(found, title, "play" if play else "compare" if compare else "")


def _keep(found: Reading, title: str, page: str) -> None:
    try:
        saved = own.save(found, title or "my drawing", "drawn")
        own.facts("drawn", {"digest": saved.digest})
    except ValueError as error:
        st.error(plain(str(error)), icon=":material/error:")
        return
    if page:
        open_(saved, page)
    st.toast(f"{plain(saved.title)} is saved.", icon=":material/save:")
