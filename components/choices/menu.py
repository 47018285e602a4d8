"""A menu of catalog entries, with the sentence, formula and arguments of the chosen one."""

from collections.abc import Callable, Collection, Sequence
from typing import Any

import streamlit as st

from components.choices.fields import at, grid, rest, usual
from components.choices.formula import editor
from training.catalog import Argument, Entry, entry

MARK = " (does not fit)"


def menu(
    label: str,
    names: Sequence[str],
    kind: str,
    key: str,
    reasons: dict[str, str] | None = None,
    shown: int = 2,
    without: Collection[str] = (),
    labels: Callable[[str], str] | None = None,
    **more: Any,
) -> dict[str, Any]:
    """Draw it; returns the choice's JSON.

    `shown` arguments are always in sight, but for those `without`.
    labels: what the menu shows for a name, if not the catalog's label.
    """
    if key in st.session_state:
        state = st.session_state[key]
        if (meant := named(kind, names, state)) != state:
            st.session_state[key] = meant
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        name = st.selectbox(
            label,
            names,
            at(names, st.session_state.get(key)),
            key=key,
            format_func=labels or (lambda name: marked(entry(kind, name), reasons or {})),
            **more,
        )
        found = entry(kind, name)
        params = rest(found, f"{key}.{name}", shown)
        about(found)
    st.caption(found.sentence)
    if reasons and reasons[name]:
        st.caption(f":orange[:material/warning: {reasons[name]}]")
    params |= arguments(found, usual(found, shown), f"{key}.{name}", without)
    return {"name": name, "params": params}


def about(found: Entry) -> None:
    """A button that opens the formula, where there is one."""
    if not found.formula:
        return
    with st.popover(":material/function:", help=f"The formula of {found.label}"):
        st.markdown(found.sentence)
        st.latex(found.formula)
        st.caption(f"Source: {found.source}")
        if found.needs:
            st.caption(f"Needs: {found.needs}")


def arguments(
    found: Entry, listed: Sequence[Argument], prefix: str, without: Collection[str] = ()
) -> dict[str, Any]:
    """Widgets of some arguments, or the editor of a formula; returns their JSON values."""
    if "formula" in found.traits:
        return editor(found, prefix, without)
    return grid([argument for argument in listed if argument.name not in without], prefix)


def marked(found: Entry, reasons: dict[str, str]) -> str:
    """An entry's label, marked where there is a reason against it."""
    return f"{found.label}{MARK}" if reasons.get(found.name) else found.label


def named(kind: str, names: Sequence[str], state: Any) -> Any:
    """The entry that a menu's state means: a browser may still say the label that it had before."""
    labels = {entry(kind, name).label: name for name in names}
    return labels.get(str(state).removesuffix(MARK), state) if state not in names else state
