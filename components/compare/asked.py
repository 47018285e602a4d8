"""What Compare is asked to train: what its widgets say, or what the address does without them."""

from typing import NamedTuple

import streamlit as st

from components import address, presenter
from components.choices import choose
from components.choices.words import in_words_of_menus
from components.compare import setup
from components.compare.aim import aim
from components.compare.formulas import formulas
from components.compare.rows import rows_of, table
from training.design import Design
from training.spec import Experiment


class Asked(NamedTuple):
    """A design, or what is to be mended before there is one."""

    design: Design | None
    problem: str = ""


def asked() -> Asked:
    """Draw the set-up, unless the address hides it, and read it."""
    if not presenter.shows("setup"):
        return Asked(setup.unseen())
    setup.start()
    with st.sidebar:
        st.markdown("**What all rows share**")
        shared = choose(setup.PAGE)
        presenter.switch()
    try:
        base, problem = Experiment.from_json(shared), ""
    except ValueError as error:
        base, problem = None, in_words_of_menus(str(error))
    shown = base or st.session_state[setup.BASE]
    with setup.fold():
        setup.presets()
        menu = st.container()
        cells = table()
        with menu:
            # drawn in any case, or it would lose what was chosen in it
            setup.menu(shown)
            target = aim(shown)
        formulas(shown, cells)
    setup.drawn()
    if not base:
        return Asked(None, problem)
    try:
        return Asked(setup.design(base, rows_of(cells)).aimed_at(target))
    except ValueError as error:
        return Asked(None, str(error))


def mend(design: Design) -> None:
    """Set widgets and address to a design that the compile check offers."""
    setup.load(design)
    address.keep(setup.PAGE, design.to_json())
