"""Own data: bring a table, see it, say what is predicted from what, and keep it."""

import streamlit as st

from components.own.bring import bring
from components.own.choose import choose
from components.own.keep import keep
from components.own.look import look
from components.own.shelf import shelf
from components.own.target import target

st.markdown(
    "Train on a table of your own. It is kept on this server's disk until somebody deletes it, "
    "and goes nowhere else."
)
brought = bring()
if brought:
    look(brought.reading)
    left, right = st.columns(2)
    with left:
        use = choose(brought.reading, brought.of)
    if use:
        with right:
            target(brought.reading, use)
        keep(brought, use)
st.markdown("**Saved on this server**")
shelf("table")
