"""Race: optimizers step over a surface, all from one place, and everybody sees how they differ."""

import streamlit as st

from components import address, running
from components.surfaces import setup
from components.surfaces.code import code
from components.surfaces.scene import Scene, first
from components.surfaces.show import KEY, show
from training.surface.paths import unpacked

PAGE = "race"

st.set_page_config(initial_sidebar_state=370)  # pixels, closed on a narrow screen

st.markdown(
    "A loss is a surface over the weights. Here there are two weights, x and y, so all of it can "
    "be seen: real Keras optimizers start at one place and follow its gradients down."
)
if setup.SURFACE not in st.session_state:
    setup.load(address.setup(PAGE, first(), Scene.from_json))
scene = setup.choose()
if scene:
    address.keep(PAGE, scene.to_json())
    with st.container(horizontal=True, vertical_alignment="center"):
        paths = running.result(scene.race, KEY, "Race", again="Race again", read=unpacked)
        code(scene.race)
    show(scene, paths)
