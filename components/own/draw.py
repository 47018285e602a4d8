"""The canvas with its brush: strokes come in as points, and can be undone or edited as a table."""

import pandas as pd
import streamlit as st

from components import tab
from components.figures.canvas import canvas
from components.own.strokes import CLASSES, MOST, Drawing, points_of, text_of, within
from components.plot import brushed

DRAWING, VERSION = "draw:drawing", "draw:version"
KEEPER = "draw:keeper"
OPEN, MOVED = "draw:open", "draw:moved"  # whether the table is; what became of its last edit
CANVAS, BRUSH, COUNT, SPREAD = "draw:canvas", "draw:brush", "draw:count", "draw:spread"


def drawing() -> Drawing:
    """The points of this session so far."""
    return st.session_state.get(DRAWING, Drawing())


def board() -> None:
    """Draw canvas, brush and table."""
    left, right = st.columns([3, 2])
    with right:
        _brush()
    with left:
        now = drawing()
        figure = canvas(now.points)
        words = f"{len(now.points)} drawn points; click or brush to add some, or edit the table"
        brushed(figure, key=CANVAS, alt=words, on_stroke=_stroke)
    with right:
        _steps()
        _table()


def keep() -> None:
    """Have the browser keep the points, and take those that it kept before a reload."""
    text, fresh = text_of(drawing().points), DRAWING not in st.session_state
    tab.keep("drawing", text, fresh=fresh, key=KEEPER, restore=_restore)


def _restore() -> None:
    _set(Drawing(points_of(tab.kept(KEEPER))))


def _brush() -> None:
    st.segmented_control(
        "Class of the brush", CLASSES, default=CLASSES[0], key=BRUSH, required=True
    )
    st.slider(
        "Points for each click",
        1,
        30,
        5,
        key=COUNT,
        help="Or for each spot on a stroke's way.",
    )
    st.slider(
        "Spread",
        0.0,
        2.0,
        0.4,
        0.05,
        key=SPREAD,
        help="The noise: standard deviation of the points around where the brush was.",
    )


def _steps() -> None:
    now = drawing()
    with st.container(horizontal=True):
        st.button("Undo", icon=":material/undo:", disabled=not now.past, on_click=_undo)
        st.button("Clear", icon=":material/delete:", disabled=not now.points, on_click=_clear)
    counts = [sum(name == one for _, _, name in now.points) for one in CLASSES]
    told = ", ".join(f"{n} of {one}" for one, n in zip(CLASSES, counts, strict=True) if n)
    unsaved = (
        "This tab of the browser keeps them until it is closed; save them to keep them longer."
    )
    full = f" Up to {MOST:,} can be drawn." if len(now.points) == MOST else ""
    st.caption(f"{len(now.points):,} points: {told}.{full} {unsaved}" if told else "No points yet.")


def _table() -> None:
    """The points as a table; a row counts once it is complete."""
    now = drawing()
    # with a key and on_change the page knows whether it is open, and leaves it so after a step
    look = {"icon": ":material/table:", "key": OPEN, "on_change": "rerun"}
    with st.expander("Edit as a table", **look):
        if said := st.session_state.get(MOVED):
            st.warning(said, icon=":material/warning:")
        frame = pd.DataFrame(list(now.points), columns=["x1", "x2", "class"])
        number = {"format": "%.3f"}  # with limits the browser would change numbers without a word
        edited = st.data_editor(
            frame.astype({"x1": "float64", "x2": "float64", "class": "object"}),
            num_rows="dynamic",
            hide_index=True,
            height=260,
            # edits are counted from the table that was given: a new table is a new editor
            key=f"draw:table.{st.session_state.setdefault(VERSION, 0)}",
            column_config={
                "x1": st.column_config.NumberColumn(**number),
                "x2": st.column_config.NumberColumn(**number),
                "class": st.column_config.SelectboxColumn(options=list(CLASSES)),
            },
        )
    whole = edited.dropna()
    rows, said = within([(float(x), float(y), str(c)) for x, y, c in whole.to_numpy().tolist()])
    if (rows != now.points and len(whole) == len(edited)) or said:
        _set(now.drawn(rows), said)
        st.rerun()


def _stroke() -> None:
    sent = (st.session_state.get(CANVAS) or {}).get("stroke") or []
    brush, count, spread = (st.session_state.get(key) for key in (BRUSH, COUNT, SPREAD))
    if brush and count and spread is not None:
        _set(drawing().stroke(sent, brush, count, spread))


def _undo() -> None:
    _set(drawing().undone())


def _clear() -> None:
    _set(drawing().drawn(()))


def _set(new: Drawing, said: str = "") -> None:
    st.session_state[DRAWING] = new
    st.session_state[MOVED] = said
    st.session_state[VERSION] = st.session_state.get(VERSION, 0) + 1
