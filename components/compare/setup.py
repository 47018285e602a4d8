"""What Compare is set up to, in the session: loading a design, the presets, the menu of values."""

from collections.abc import Sequence

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from components import address, fresh, opening
from components.choices import fill, filled
from components.choices.fields import as_whole
from components.compare import aim, more
from components.compare.names import remember
from components.race import setup as race
from training.axes import Cells, axes, follow, varied
from training.cells import cells
from training.design import Design
from training.presets import PRESETS
from training.spec import Experiment
from training.variants import Row

PAGE = "compare"
ROWS, EDITION, TYPED = f"{PAGE}:rows", f"{PAGE}:edition", f"{PAGE}:typed"
AXIS, VALUES, COUNT, BASE = f"{PAGE}:axis", f"{PAGE}:values", f"{PAGE}:seeds", f"{PAGE}:base"
PRESET = f"{PAGE}:preset"
OPEN, CLOSING, LOADED = f"{PAGE}:open", f"{PAGE}:closing", f"{PAGE}:loaded"
BY_HAND = "by hand"


def start() -> None:
    """When the page is opened: the session's last design, the link's, its run's, or a preset's."""
    if LOADED in st.session_state:
        _load(st.session_state[LOADED])  # a click came before the page was drawn
    elif not filled(PAGE):
        load(_first())


def unseen() -> Design:
    """The same where no widget is drawn that would keep it."""
    design = _first()
    remember(design)
    race.load(design.race)
    return design


def _first() -> Design:
    first = opening.linked(PAGE) or next(iter(PRESETS.values())).design().to_json()
    return address.setup(PAGE, first, Design.from_json)


def fold() -> DeltaGenerator:
    """What the set-up is drawn in: it can be folded away, as it is when something trains."""
    if st.session_state.pop(CLOSING, False):
        st.session_state[OPEN] = False
    label = "Set-up: presets, rows, seeds, target"
    look = {"icon": ":material/tune:", "type": "compact"}
    return st.expander(label, expanded=True, key=OPEN, on_change="rerun", **look)


def close() -> None:
    """Draw the page anew with the set-up folded away, so that results come into view."""
    st.session_state[CLOSING] = True
    st.rerun()


def load(design: Design) -> None:
    """Set every widget of the page to a design, and again until they were drawn."""
    st.session_state[LOADED] = design
    fill(PAGE, design.base)
    remember(design)
    _load(design)


def drawn() -> None:
    """Call it when the widgets of the page have been drawn."""
    st.session_state.pop(LOADED, None)


def _load(design: Design) -> None:
    show([cells(row) for row in design.rows])
    st.session_state[AXIS] = varied(st.session_state[ROWS]) or BY_HAND
    st.session_state[COUNT] = design.seeds
    race.load(design.race)
    more.load(design)
    st.session_state[BASE] = design.base
    aim.take(design.target)


def design(base: Experiment, rows: Sequence[Row]) -> Design:
    """What the widgets say; ValueError says what to mend."""
    now = st.session_state
    return Design.of(base, rows, as_whole(now[COUNT]), fresh.get(more.SPLITS), more.chosen())


def show(rows: Sequence[Cells]) -> None:
    """Put rows into the table in place of those there."""
    st.session_state[ROWS] = st.session_state[TYPED] = list(rows)
    st.session_state[EDITION] = st.session_state.get(EDITION, 0) + 1


def presets() -> None:
    """A button for each preset, and what to look at in the one that was taken last."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        for name, preset in PRESETS.items():
            st.button(
                preset.label,
                key=f"{PAGE}:preset.{name}",
                icon=":material/bolt:",
                help=f"{preset.sentence} Sets everything up; then press Train.",
                on_click=_take,
                args=(name,),
            )
    chosen = PRESETS.get(st.session_state.get(PRESET, ""))
    if chosen:
        st.caption(chosen.sentence)


def _take(name: str) -> None:
    load(PRESETS[name].design())
    st.session_state[PRESET] = name


def menu(base: Experiment) -> None:
    """What to vary, its values, and how many seeds; call it after the table has been drawn."""
    offered = axes(base)
    st.session_state[BASE] = base
    if st.session_state.get(AXIS) not in offered:
        st.session_state[AXIS] = BY_HAND
    names = [*offered, BY_HAND]
    what, which, seeds, further = st.columns([1.3, 2.8, 0.9, 0.9], vertical_alignment="bottom")
    with what:
        name = st.selectbox(
            "Vary",
            names,
            key=AXIS,
            format_func=lambda n: offered[n].label if n in offered else "Rows by hand",
            on_change=_vary,
            help="Fills the table with one row for each value. Every cell can be edited then.",
        )
    with which:
        if name in offered:
            typed = [str(row[name]) for row in st.session_state[TYPED] if row.get(name)]
            st.session_state[VALUES] = list(dict.fromkeys(typed))
            words = offered[name].words(base)
            st.multiselect(
                "Values",
                list(dict.fromkeys([*offered[name].options(base), *typed])),
                key=VALUES,
                on_change=_follow,
                format_func=lambda value: words.get(value, value),
                accept_new_options=offered[name].free,
                filter_mode="prefix" if offered[name].free else "fuzzy",
                help="A row for each." + (" Others can be typed." if offered[name].free else ""),
                placeholder="none yet",
            )
        else:
            st.caption("Edit the table: each row is a variant, its cells what it changes.")
    with seeds:
        st.number_input(
            "Seeds",
            step=1.0,
            format="%g",
            key=COUNT,
            help="Each row is trained with as many seeds: other initial weights and another batch "
            "order, the same for all rows. It shows how much is luck.",
        )
    with further:
        more.more(base)


def _vary() -> None:
    name, base = (st.session_state.get(key) for key in (AXIS, BASE))
    if base and name in axes(base) and LOADED not in st.session_state:
        show([{name: value} for value in axes(base)[name].first(base)])


def _follow() -> None:
    typed, name, chosen = (st.session_state.get(key) for key in (TYPED, AXIS, VALUES))
    known = typed is not None and name and chosen is not None
    if known and LOADED not in st.session_state:
        values = list(dict.fromkeys(str(value).strip() for value in chosen))
        show(follow(typed, name, [value for value in values if value]))
