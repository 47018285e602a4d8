"""Playground: choose one experiment, press Train, watch it learn."""

import streamlit as st

from components import address, live, opening, presenter
from components.check import outcome, verdict
from components.choices import DEFAULT, choose, fill, filled
from components.choices.words import in_words_of_menus
from components.compare.take_home import take_home
from components.compile_code import compile_code
from components.figures.gallery import thumbnail
from components.figures.network import network
from components.inside.section import look, lookable, opened
from components.own.gone import gone
from components.plain import plain
from components.plot import plot
from components.results import loaded, results
from components.session import lab, owner
from components.share import share
from components.trouble import told
from training.fit_code import fit_call
from training.layers import architecture, parameters
from training.spec import Comparison, Experiment
from training.states import ComparisonState

PAGE = "play"
WIDE = 520  # pixels, of the drawing of the layers
OTHER = "Press **Train** for the one chosen now."


def train(experiment: Experiment) -> None:
    """Submit an experiment; the run before stays as a ghost."""
    try:
        id = lab().submit(Comparison((experiment,)), owner())
    except ValueError as error:
        st.error(plain(str(error)), icon=":material/error:")
        return
    former = st.session_state.get(f"{PAGE}:run")
    if former and former != id:
        st.session_state[f"{PAGE}:ghost"] = former
    address.keep_run(PAGE, id)


def start() -> Experiment:
    """What the page opens with: the session's, the address's, or the default."""
    return address.setup(PAGE, opening.linked(PAGE) or DEFAULT, Experiment.from_json)


def mend(experiment: Experiment) -> None:
    """Set menus and address to an experiment that the compile check offers."""
    fill(PAGE, experiment)
    address.keep(PAGE, experiment.to_json())


def controls(experiment: Experiment | None, lost: bool) -> bool:
    """Train and what belongs to the experiment beside it; returns whether Train was pressed.

    lost: its data is not there any more.
    """
    look = {"type": "primary", "icon": ":material/play_arrow:", "width": "stretch"}
    pressed = st.button("Train", disabled=lost or not experiment, **look)
    if experiment:
        layers = architecture(experiment)
        left, right = st.columns(2)
        label = f"{parameters(layers):,} parameters"
        with left.popover(label, width="stretch"), st.container(width=WIDE):
            plot(network(layers), key="network", alt="The layers of the model, input to output")
        with right.popover("The fit call", width="stretch"):
            st.code(fit_call(experiment), language="python")
        icon = ":material/compare_arrows:"
        if st.button("Compare variants of it", icon=icon, width="stretch"):
            opening.variants(experiment)
    live.engine(lab())
    return pressed


def show(id: str, chosen: Experiment | None) -> None:
    """The run, with the one before it behind; says when it is another than what is chosen."""
    ghost = st.session_state.get(f"{PAGE}:ghost")
    former = None
    # always there, so that the charts below keep their place and are not made anew
    with st.container(), told():
        former = lab().state(ghost) if ghost else None
        shown = lab().state(id)
        if shown and shown.runs[0].experiment != chosen:
            st.caption(f"Shown is another experiment: {plain(shown.title)}. {OTHER}")
    share(lab(), id)

    def draw(state: ComparisonState) -> None:
        """All about the run on show, and a look inside once it has ended."""
        with st.container():
            outcome(state)
        results(lab(), state, former.runs[:1] if former else ())
        if lookable(state.runs[0]) and opened():
            look(lab(), state.runs[0])
        take_home(state, [run.experiment.compile.optimizer.name for run in state.runs])

    live.watch(lab(), id, draw)


def preview(experiment: Experiment | None) -> None:
    """What will be trained on what, until something is; the way to it where it can be."""
    where = "Choose in the left panel (on a phone: behind the arrows at the top) and press"
    if experiment:
        st.info(
            f"{where if presenter.shows('setup') else 'Press'} **Train**: "
            "curves of loss and metric will grow here.",
            icon=":material/south:",
        )
    if presenter.shows("setup"):
        label = "New to compiling? Begin with the lesson."
        st.page_link("pages/learn/compile.py", label=label, icon=":material/school:")
    if experiment:
        left, right = st.columns(2)
        with left:
            data = loaded(experiment)
            if data:
                plot(thumbnail(data), key="data", alt=f"Rows of {experiment.dataset.name}")
        with right:
            plot(network(architecture(experiment)), key="model", alt="The layers of the model")


# a fragment, so that Train need not draw all menus again before the curves
@st.fragment
def stage(experiment: Experiment | None, problem: str) -> None:
    """Everything beside the menus: code, Train, and the run."""
    # always there, so that what is below keeps its place
    with st.container():
        lost = gone([experiment] if experiment else [])
    panel, right = st.columns([3, 2])
    with panel:
        if experiment:
            address.keep(PAGE, experiment.to_json())
            compile_code(experiment.compile)
            if not lost:
                verdict(experiment, mend)
        else:
            st.error(plain(problem), icon=":material/error:")
    with right:
        pressed = controls(experiment, lost)
    if pressed and experiment:
        train(experiment)
    id = address.run(PAGE)
    if id:
        show(id, experiment)
    elif not lost:
        preview(experiment)


st.set_page_config(initial_sidebar_state=370)  # pixels, closed on a narrow screen
if presenter.shows("setup"):
    if not filled(PAGE):
        fill(PAGE, start())
    with st.sidebar:
        setup = choose(PAGE)
        presenter.switch()
else:
    setup = start().to_json()
experiment, problem = None, ""
try:
    experiment = Experiment.from_json(setup)
except ValueError as error:
    problem = in_words_of_menus(str(error))
stage(experiment, problem)
