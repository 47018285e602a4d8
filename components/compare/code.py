"""The code of every variant, what they share shown once, and a plain Keras script of all."""

from collections.abc import Callable, Sequence

import streamlit as st

from components.plain import plain
from training.code import compile_call, model_code
from training.export import script
from training.fit_code import fit_call
from training.layers import architecture
from training.spec import Comparison, Experiment

PIECES: dict[str, Callable[[Experiment], str]] = {
    "The model": lambda e: model_code(architecture(e)),
    "The compile call": lambda e: compile_call(e.compile),
    "The fit call": fit_call,
}


def code(comparison: Comparison, names: Sequence[str]) -> None:
    """A button that opens the code: first what differs, by variant, then what all share."""
    with st.popover("Code", icon=":material/code:"):
        first = dict(zip(reversed(names), reversed(comparison.experiments), strict=True))
        first = {name: first[name] for name in dict.fromkeys(names)}
        texts = {what: {n: write(e) for n, e in first.items()} for what, write in PIECES.items()}
        differ = [what for what, own in texts.items() if len(set(own.values())) > 1]
        for name in first:
            if differ:
                st.markdown(f"**{plain(name)}**")
            for what in differ:
                st.code(texts[what][name], language="python")
        for what in (what for what in texts if what not in differ):
            st.markdown(f"{what} of all rows")
            st.code(next(iter(texts[what].values())), language="python")
        st.download_button(
            "Plain Keras script of all runs",
            lambda: script(comparison),
            file_name="comparison.py",
            mime="text/x-python",
            icon=":material/download:",
            on_click="ignore",
            help="Trains the same runs without Compile Lab and prints their history as CSV.",
        )
