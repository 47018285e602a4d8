"""What is saved on this server: each file with its use, and the way to open or delete it."""

import streamlit as st

import datasets
from components.gallery import described
from components.own.keep import open_
from components.plain import plain
from datasets import own
from datasets.own.saved import Saved

STAYS = (
    "The rows are gone for good, for everybody on this server. What was trained on them stays, "
    "with the names of columns and classes; nothing new can be trained on them."
)


def shelf(entry: str) -> None:
    """Draw a line for every file of this kind."""
    files = [saved for saved in own.listed() if saved.entry == entry]
    if not files:
        st.caption("Nothing yet.")
    for saved in files:
        with st.container(border=True):
            _line(saved)


def _line(saved: Saved) -> None:
    st.markdown(f"**{plain(saved.title)}**")
    st.caption(_told(saved))
    with st.container(horizontal=True):
        if st.button("Playground", key=f"own:play.{saved.digest}", icon=":material/science:"):
            open_(saved, "play")
        icon = ":material/compare_arrows:"
        if st.button("Compare", key=f"own:compare.{saved.digest}", icon=icon):
            open_(saved, "compare")
        st.download_button(
            "Download",
            own.present(saved.digest).read_bytes,
            saved.file,
            "text/csv",
            key=f"own:download.{saved.digest}",
            icon=":material/download:",
            on_click="ignore",
            help="As exported scripts read it: UTF-8, commas, decimal points.",
        )
        with st.popover("Delete", icon=":material/delete:"):
            st.markdown(STAYS)
            st.button(
                "Delete for good",
                key=f"own:delete.{saved.digest}",
                on_click=_delete,
                args=(saved.digest,),
            )


def _delete(digest: str) -> None:
    datasets.delete(digest)
    st.cache_data.clear()  # tables that were read for looking at them


def _told(saved: Saved) -> str:
    """What the data set is, or what is wrong with how it was used."""
    try:
        known = datasets.facts(saved.entry, {"digest": saved.digest, **saved.use})
    except ValueError as error:
        return plain(str(error))
    if saved.entry == "drawn":
        return described(known)
    return f"Predicts {plain(saved.use['target'])}: {described(known)}"
