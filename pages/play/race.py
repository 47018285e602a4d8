"""Race: optimizers step over a surface, drawn by formula or found under a real run."""

import streamlit as st

from components import address, presenter, running
from components.surfaces import run_setup, setup
from components.surfaces.code import code
from components.surfaces.landscape import KEY as SURVEYS
from components.surfaces.landscape import landscape
from components.surfaces.page_setup import PAGE, VIEWS, PageSetup, default
from components.surfaces.show import KEY, show
from components.trouble import told
from training.landscape import survey
from training.surface import paths

st.set_page_config(initial_sidebar_state=370)  # pixels, closed on a narrow screen
linked = address.setup(PAGE, default(), PageSetup.from_json)
if "race:view" in st.session_state:  # another page leads here
    st.session_state["race.view"] = st.session_state.pop("race:view")
st.session_state.setdefault("race.view", linked.view)
seen = presenter.shows("setup")
view = linked.view
if seen:
    view = st.segmented_control(
        "View",
        list(VIEWS),
        key="race.view",
        format_func=VIEWS.__getitem__,
        required=True,
        label_visibility="collapsed",
    )
if view == "surface":
    st.markdown(
        "A loss is a surface over the weights. Here there are two weights, x and y, so all of it "
        "can be seen: real Keras optimizers start at one place and follow its gradients down."
    )
    if setup.SURFACE not in st.session_state:
        setup.load(linked.scene)
    scene = setup.choose() if seen else setup.unseen(linked.scene)
    if scene:
        address.keep(PAGE, PageSetup(view, scene, linked.look).to_json())
        with st.container(horizontal=True, vertical_alignment="center"):
            found = running.result(scene.race, KEY, "Race", again="Race again", read=paths.unpacked)
            code(scene.race)
        show(scene, found)
else:
    st.markdown(
        "A real model has hundreds of weights or more; its loss can be seen only where a plane "
        "cuts through them. The runs are trained once more, with the same numbers, and the true "
        "loss is worked out all over a plane."
    )
    with told():
        chosen = run_setup.choose(linked.look)
        if chosen:
            address.keep(PAGE, PageSetup(view, linked.scene, chosen.look).to_json())
            asked, again = chosen.landscape, "Survey again"
            found = running.result(asked, SURVEYS, "Survey", again=again, read=survey.unpacked)
            if found:
                landscape(chosen, found)
