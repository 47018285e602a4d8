"""What of a table is predicted, as what, from what, and what becomes of gaps."""

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from components.plain import plain
from datasets.own.guess import features, guess, passed_over, task, tasks, usable
from datasets.own.parameters import MISSING
from datasets.own.unfit import unfit
from datasets.table import Reading
from datasets.table.columns import Column

TASKS = {"binary": "two classes", "multiclass": "several classes", "regression": "a number"}
GAPS = {
    "drop": "Leave out rows with gaps",
    "fill": "Fill: median, or the most frequent category",
    "category": "A category of their own",
}
HELP = (
    "Rows without the target are always left out. Median and most frequent category are those of "
    "the training part, as are the mean and the deviation that numbers are standardised by. A "
    "category of their own: a number with gaps is filled too, and gets a column that tells of them."
)
OF = "own:of"
BY_HAND = "own:by hand"  # column -> whether it was taken or left out in the menu of features
KEYS = {name: f"own:{name}" for name in ("target", "features", "task", "missing")}


def choose(reading: Reading, of: str) -> dict[str, Any] | None:
    """Draw the menus, at first as guessed; returns the data set's arguments, or None.

    None when the column that is to be predicted cannot be, which is said.

    of: names the table, so that another one is guessed anew.
    """
    columns = reading.columns
    if not any(map(tasks, columns)):
        st.error(
            "No column of this file can be predicted: it needs numbers, or 2 to 50 classes.",
            icon=":material/error:",
        )
        return None
    if st.session_state.get(OF) != of or KEYS["target"] not in st.session_state:
        _start(guess(columns), of)
    by_name = {column.name: column for column in columns}
    left, right = st.columns(2)
    with left:
        target = st.selectbox(
            "Predict", list(by_name), key=KEYS["target"], on_change=_follow, args=(by_name,)
        )
    with right:
        what = _task(by_name[target])
    _remark(columns, by_name[target])
    offered = usable(columns, target)
    kept = [name for name in st.session_state.get(KEYS["features"], ()) if name in offered]
    st.session_state[KEYS["features"]] = kept
    chosen = st.multiselect(
        "From",
        offered,
        key=KEYS["features"],
        on_change=_remember,
        args=(offered,),
        help="Numbers are standardised. Each category becomes an input of 0 and 1.",
    )
    if not what:
        return None
    return {"target": target, "features": chosen, "task": what, "missing": _gaps(columns, chosen)}


def _task(target: Column) -> str | None:
    """The menu of tasks, None where there is none to choose."""
    possible = tasks(target)
    if not possible:
        return None
    if st.session_state.get(KEYS["task"]) not in possible:
        st.session_state[KEYS["task"]] = task(target)
    return st.segmented_control(
        "As", possible, key=KEYS["task"], format_func=TASKS.get, required=True
    )


def _remark(columns: Sequence[Column], target: Column) -> None:
    """Why the target cannot be predicted, or why a likelier one is not what was guessed."""
    if why := unfit(target):
        st.error(plain(why), icon=":material/error:")
        return
    if target.name == guess(columns)["target"] and (why := passed_over(columns)):
        st.caption(f":material/info: Not predicted: {plain(why)}.")


def _gaps(columns: Sequence[Column], chosen: Sequence[str]) -> str:
    count = sum(column.missing for column in columns if column.name in chosen)
    if not count:
        return "drop"
    st.session_state.setdefault(KEYS["missing"], "fill")
    return st.selectbox(
        f"{count:,} missing values", MISSING, key=KEYS["missing"], format_func=GAPS.get, help=HELP
    )


def _start(guessed: Mapping[str, Any], of: str) -> None:
    st.session_state[OF] = of
    st.session_state[BY_HAND] = {}
    for name, key in KEYS.items():
        st.session_state[key] = guessed[name]


def _remember(offered: Sequence[str]) -> None:
    """What was chosen by hand stays so, also after its column was the target for a while."""
    chosen = st.session_state.get(KEYS["features"], ())
    st.session_state[BY_HAND] |= {name: name in chosen for name in offered}


def _follow(by_name: Mapping[str, Column]) -> None:
    """Another target: its task is guessed anew, and the former target is an input again."""
    target = st.session_state.get(KEYS["target"])
    if target not in by_name:
        return
    st.session_state[KEYS["task"]] = task(by_name[target])
    columns, by_hand = tuple(by_name.values()), st.session_state.get(BY_HAND, {})
    guessed = features([c for c in columns if by_hand.get(c.name, True)], target)
    kept = [name for name in usable(columns, target) if by_hand.get(name, name in guessed)]
    st.session_state[KEYS["features"]] = kept or features(columns, target)
