"""Compare: several variants of one experiment, trained together on the same data and seeds."""

import streamlit as st

from components import address, live
from components.compare import setup
from components.compare.aside import aside
from components.compare.asked import asked, mend
from components.compare.change import change
from components.compare.checked import after, checked
from components.compare.code import code
from components.compare.guests import drop_in, refused
from components.compare.more import summary
from components.compare.names import names_of, remember
from components.compare.replay import pulse
from components.compare.results import results
from components.own.gone import gone
from components.plain import plain
from components.race import setup as race_setup
from components.race.modes import race_of
from components.race.results import race
from components.session import lab, owner
from components.share import share
from training.states import ComparisonState

PAGE = setup.PAGE

st.set_page_config(initial_sidebar_state=370)  # pixels, closed on a narrow screen
top = st.container()  # always there, so that what is below keeps its place
design, problem = asked()
with top:
    lost = gone(design.comparison.experiments if design else ())

with st.container(horizontal=True, vertical_alignment="center"):
    look = {"type": "primary", "icon": ":material/play_arrow:"}
    pressed = st.button("Train", disabled=lost or not design, **look)
    raced = race_setup.button(disabled=lost or not design)
    if design:
        address.keep(PAGE, race_setup.linked(design).to_json())
        trained = design.comparison.experiments
        code(design.comparison, names_of(trained, design))
        st.caption(summary(design))
    live.engine(lab())
if problem:
    st.error(plain(problem), icon=":material/error:")
if (pressed or raced) and design:
    remember(design)
    try:
        planned = race_setup.raced(design) if raced else design
        address.keep_run(PAGE, lab().submit(planned.comparison, owner(), plan=planned.to_json()))
        setup.close()
    except ValueError as error:
        st.error(plain(str(error)), icon=":material/error:")
if design and not lost:
    checked(design, names_of(trained, design), mend)

id = address.run(PAGE)
if id:
    with st.container(horizontal=True):
        share(lab(), id)
        drop_in()
    refused()

    def draw(state: ComparisonState) -> None:
        """All about the comparison on show."""
        if planned := race_of(state):
            race(lab(), state, planned)
            return
        # always there, so that the charts below keep their place
        with st.container():
            if said := aside(design, state):
                st.caption(said)
        names = names_of(tuple(run.experiment for run in state.runs))
        with st.container():
            if said := after(state.runs, names):
                st.caption(plain(said))
        results(lab(), state, names)

    def beside(state: ComparisonState) -> None:
        """Changing a row of it."""
        if not race_of(state):
            change(lab(), state, names_of(tuple(run.experiment for run in state.runs)))

    live.watch(lab(), id, draw, names_of, beside, pulse)
elif design and not lost:
    st.info(
        "Press **Train**: the curves of all rows will grow here together.", icon=":material/south:"
    )
