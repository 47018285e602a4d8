"""The links that bring others to what is on show."""

from contextlib import suppress
from urllib.parse import urlsplit

import streamlit as st

from components import opening
from components.plain import plain
from training.lab import Lab
from training.schema import StoreError

OWN = ("localhost", "127.0.0.1", "::1")


def share(lab: Lab, id: str) -> None:
    """A button with a short link to a run or a comparison, and one that sets it up anew."""
    state = None
    with suppress(StoreError):  # said where the run should stand
        state = lab.state(id)
    if state is None:
        return
    with st.popover("Share", icon=":material/share:"):
        short = opening.short_address(state)
        st.markdown("**Show it**, running or finished, to anyone who reaches this server:")
        st.code(short, language=None, wrap_lines=True)
        if urlsplit(short).hostname in OWN:
            st.caption(
                f"`{urlsplit(short).hostname}` is this computer only: for others put its name or "
                "number in your network there."
            )
        if found := opening.setup_address(state):
            again, remark = found
            server = again.split("?")[0].removesuffix("compare").rstrip("/")
            st.markdown(
                "**Set it up anew**, to be trained by whoever opens it. Another server does so "
                f"too, with its address in the place of `{server}`:"
            )
            st.code(again, language=None, wrap_lines=True)
            if remark:
                st.caption(plain(remark))
