"""Two functions of a demonstration, and the lines in which they differ."""

from difflib import unified_diff

import streamlit as st


def difference(before: str, after: str) -> None:
    """The lines that change takes out and puts in, below name and docstring."""
    texts = [text.splitlines()[2:] for text in (before, after)]
    lines = [*unified_diff(*texts, n=1, lineterm="")][2:]
    st.code("\n".join(line for line in lines if line[:2] != "@@"), language="diff", wrap_lines=True)
