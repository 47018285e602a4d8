"""The editor of a row's formula: a loss or an optimizer of one's own, written into its cells."""

import json
from collections.abc import Sequence
from typing import Any

import streamlit as st

from components.choices.fields import state
from components.choices.formula import editor
from components.compare.setup import PAGE, show
from components.plain import plain
from training.axes import Cells
from training.catalog import entry
from training.formula.letters import tidy
from training.row_formula import NAMES, begun, chosen, formula_of, kinds, written
from training.spec import Experiment

ROW, KIND, SEEN = f"{PAGE}:formula.row", f"{PAGE}:formula.kind", f"{PAGE}:formula.seen"
WIDE = 640  # pixels
LABEL = "A row's optimizer or loss as a formula"
LABELS = {"optimizer": "Optimizer", "loss": "Loss"}


def formulas(base: Experiment, rows: Sequence[Cells]) -> None:
    """Folded away at first. What is written there goes into the row's cells at once."""
    if not rows:
        return
    folded = st.expander(LABEL, icon=":material/function:", type="compact")
    with folded, st.container(width=WIDE):
        _open(base, rows)


def _open(base: Experiment, rows: Sequence[Cells]) -> None:
    names = [_called(row, number) for number, row in enumerate(rows, start=1)]
    if st.session_state.get(ROW) not in range(len(rows)):
        st.session_state[ROW] = 0
    left, right = st.columns([3, 2], vertical_alignment="bottom")
    with left:
        at = st.selectbox("Row", range(len(rows)), key=ROW, format_func=lambda i: names[i])
    with right:
        offered = kinds(base)
        if st.session_state.get(KIND) not in offered:
            st.session_state[KIND] = offered[0]
        kind = st.segmented_control(
            "What",
            offered,
            key=KIND,
            required=True,
            format_func=LABELS.get,
            label_visibility="collapsed",
        )
    try:
        found = formula_of(base, rows[at], kind, at + 1)
        if found is None:
            _begin(base, rows, at, kind)
        else:
            _edit(base, rows, at, kind, found)
    except ValueError as error:  # said below the rows, too
        st.caption(f":red[:material/error: {plain(str(error))}]")


def _begin(base: Experiment, rows: Sequence[Cells], at: int, kind: str) -> None:
    what = "rule" if kind == "optimizer" else "formula"
    st.caption(f"This row has {plain(chosen(base, rows[at], kind))}, which Keras has ready.")
    st.button(
        f"A {what} of one's own in its place",
        key=f"{PAGE}:formula.begin",
        icon=":material/edit:",
        on_click=lambda: _put(rows, at, begun(base, rows[at], kind, at + 1)),
    )


def _edit(
    base: Experiment, rows: Sequence[Cells], at: int, kind: str, found: dict[str, Any]
) -> None:
    """The editor; what is changed in it is written, what is changed in the table is taken over."""
    entered, prefix = entry(kind, NAMES[kind]), f"{PAGE}:formula.{kind}"
    _seed(prefix, kind, (at, kind, _said(found)), found)
    new = editor(entered, prefix, without=("learning_rate",))
    now = found | new
    if _said(now) != _said(found):
        st.session_state[SEEN] = json.dumps((at, kind, _said(now)))
        _put(rows, at, written(base, rows[at], kind, new, at + 1))
        st.rerun()


def _seed(prefix: str, kind: str, seen: tuple[int, str, Any], found: dict[str, Any]) -> None:
    """Set the editor to a row's formula, unless it is what was written in it."""
    text = json.dumps(seen)
    if st.session_state.get(SEEN) == text and f"{prefix}.formula" in st.session_state:
        return
    st.session_state[SEEN] = text
    for argument in entry(kind, NAMES[kind]).arguments:
        if not argument.advanced and argument.name != "learning_rate":
            value = state(argument, found[argument.name])
            st.session_state[f"{prefix}.{argument.name}"] = value


def _said(arguments: dict[str, Any]) -> dict[str, Any]:
    """Arguments as they are compared: a formula by its lines."""
    return arguments | {"formula": tidy(arguments["formula"])}


def _put(rows: Sequence[Cells], at: int, row: Cells) -> None:
    show([row if i == at else own for i, own in enumerate(rows)])


def _called(row: Cells, number: int) -> str:
    """A row as the menu calls it: by its name, else by what it changes."""
    changed = ", ".join(str(text) for name, text in row.items() if text and name != "label")
    said = row.get("label") or changed or "as the set-up"
    return f"{number}: {said if len(said) <= 40 else f'{said[:37]}...'}"
