"""Draw data: points of two to four classes by click, brush or table, kept as a data set."""

import streamlit as st

from components.own.draw import board, keep
from components.own.keep_drawing import keep_drawing
from components.own.shelf import shelf

st.markdown(
    "Click into the plane, or press and brush: points of the chosen class appear there. A network "
    "then learns to tell the classes apart, and shows where it draws the line."
)
board()
keep_drawing()
st.markdown("**Drawings saved on this server**")
shelf("drawn")
keep()
