"""Compile Lab: the pages and nothing else."""

import streamlit as st

from components.session import lab

st.set_page_config(page_title="Compile Lab", page_icon=":material/science:", layout="wide")
page = st.navigation(
    [
        st.Page(
            "pages/play/playground.py", title="Playground", icon=":material/science:", default=True
        ),
        st.Page("pages/play/compare.py", title="Compare", icon=":material/compare_arrows:"),
        st.Page("pages/play/gallery.py", title="Data sets", icon=":material/scatter_plot:"),
        st.Page("pages/play/history.py", title="History", icon=":material/history:"),
    ],
    position="top",
)
lab()  # workers warm up while the learner chooses
page.run()
