"""Compile Lab: the pages and nothing else."""

from pathlib import Path

import streamlit as st

from components import presenter
from components.learn.contents import CONTENTS, MENUS, path
from components.session import lab

# A Material symbol would be fetched from Google's servers for the browser's tab.
ICON = Path(__file__).parent / "components" / "icon.svg"

st.set_page_config(page_title="Compile Lab", page_icon=ICON)
play = [
    st.Page(
        "pages/play/playground.py", title="Playground", icon=":material/science:", default=True
    ),
    st.Page("pages/play/compare.py", title="Compare", icon=":material/compare_arrows:"),
    st.Page("pages/play/race.py", title="Surfaces", icon=":material/terrain:"),
    st.Page("pages/play/history.py", title="History", icon=":material/history:"),
]
data = [
    st.Page("pages/play/gallery.py", title="Data sets", icon=":material/scatter_plot:"),
    st.Page("pages/play/own.py", title="Own data", icon=":material/upload_file:"),
    st.Page("pages/play/draw.py", title="Draw data", icon=":material/brush:"),
]
lesson = {
    menu: [st.Page(path(one.slug), title=one.title) for s in sections for one in CONTENTS[s]]
    for menu, sections in MENUS.items()
}
page = st.navigation({"": play, "Data": data, **lesson}, position="top")
# a lesson's page says itself how wide it is; of two sayings browsers may drop one
if page in play + data:
    st.set_page_config(layout="wide")
    presenter.enlarge()
lab()  # workers warm up while the learner chooses
page.run()
