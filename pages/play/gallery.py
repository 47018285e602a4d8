"""Data sets: every data set as a picture, with what it is good for."""

import streamlit as st

from components import opening
from components.choices import DEFAULT
from components.gallery import TASKS, card, of_task, suited

st.markdown(
    "Everything a model can learn from here. The pictures show rows of the training part; "
    "the Playground lets you change size, noise and seed."
)
task = st.pills(
    "What is to be predicted", list(TASKS), format_func=TASKS.get, key="task", bind="query-params"
)
grid = st.grid(4, min_column_width=270, border=True)
for found in of_task(task):
    with grid.cell():
        wanted = card(found)
    if wanted:
        opening.playground(suited(st.session_state.get("play:setup", DEFAULT), found.name))
