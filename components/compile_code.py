"""The compile call as code, with the classes that are formulas above it."""

import streamlit as st

from training.choice import Compile
from training.code import compile_call

TALLEST = 16  # lines, beyond which it scrolls: the curves stay near
HEIGHT = 390  # pixels


def compile_code(compiled: Compile) -> None:
    """Draw it; long code in a window of its own."""
    text = compile_call(compiled)
    long = text.count("\n") > TALLEST
    # lines of a class are long; a call has an argument in each, which are read better unbroken
    broken = "class " in text
    st.code(text, language="python", height=HEIGHT if long else "content", wrap_lines=broken)
