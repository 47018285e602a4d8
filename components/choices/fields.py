"""One widget per argument of the catalog, and the way between its state and a JSON value."""

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from training.axes import DECADES
from training.catalog import Argument, Entry
from training.cells import parsed, shortest

OFF = "off"


def state(argument: Argument, value: Any) -> Any:
    """The widget state that shows a JSON value."""
    if argument.kind in ("ints", "floats"):
        return "" if value is None else ", ".join(map(shortest, value))
    if argument.logarithmic:
        return OFF if value is None else shortest(value)
    if argument.kind == "texts":
        return list(value)
    if argument.kind == "float":
        return None if value is None else float(value)
    return value


def value(argument: Argument, shown: Any) -> Any:
    """The JSON value of a widget's state; what cannot be read stays as typed, for the validator."""
    if argument.kind in ("ints", "floats"):
        items = [parsed(item.strip()) for item in (shown or "").split(",") if item.strip()]
        return None if not items and argument.optional else items
    if argument.logarithmic:
        return None if shown in (OFF, None) and argument.optional else parsed(shown)
    return as_whole(shown) if argument.kind == "int" else shown


def as_whole(number: Any) -> Any:
    """A number without a fraction as an int; what is none stays as typed, for the validator."""
    return int(number) if isinstance(number, float) and number.is_integer() else number


def field(argument: Argument, key: str, empty: str | None = None) -> Any:
    """Draw the widget of an argument whose state is seeded; returns its JSON value.

    empty: what is read in a field for a number while nothing is typed, if not the argument's own.
    """
    label, help_ = argument.name.replace("_", " "), argument.sentence
    # Given as the default too: a slow browser draws the default before the state arrives, and may
    # send it back as if it had been chosen.
    now = st.session_state[key]
    nothing = empty or (argument.empty if argument.optional else None)
    if argument.kind in ("ints", "floats"):
        shown: Any = st.text_input(
            label, now, key=key, help=f"{help_} Numbers with commas between."
        )
    elif argument.logarithmic:
        off = [OFF] if argument.optional else []
        options = off + decades(None if now == OFF else now)
        shown = st.selectbox(
            label,
            options,
            at(options, now),
            key=key,
            help=f"{help_} Pick one, or type any number.",
            accept_new_options=True,
            filter_mode="prefix",  # or typing 0.1 and Enter would find 0.001
        )
    elif argument.kind == "bool":
        shown = st.toggle(label, bool(now), key=key, help=help_)
    elif argument.kind == "choice":
        shown = st.selectbox(
            label, argument.options, at(argument.options, now), key=key, help=help_
        )
    # without bounds: a browser keeps a number outside of them to itself, and no validator could
    # say what is wrong with it; a whole number as a float, or it would make 2.5 a 2 and 1e9 a 1;
    # the default of an optional one is nothing, or whoever empties it would get the number back
    elif argument.kind == "int":
        typed = None if now is None or argument.optional else float(now)
        shown = st.number_input(
            label,
            value=typed,
            key=key,
            help=help_,
            step=1.0,
            format="%g",
            placeholder=nothing,
        )
    else:
        shown = st.number_input(
            label,
            value=None if argument.optional else now,
            key=key,
            help=help_,
            format="%g",
            step=_step(argument),
            placeholder=nothing,
        )
    return value(argument, shown)


def decades(typed: str | None) -> list[str]:
    """What a menu of a number that counts in powers of ten offers, ascending.

    With what was `typed` last, or the browser would take the first of all when it is typed again.
    """
    return sorted({*DECADES, typed or DECADES[0]}, key=_order)


def at(options: Sequence[Any], shown: Any) -> int:
    """The position of a menu's state among its options; the first if it is none of them."""
    return list(options).index(shown) if shown in options else 0


def usual(entry: Entry, shown: int) -> list[Argument]:
    """The arguments that are always in sight."""
    often = [a for a in entry.arguments if not a.advanced]
    return often if "formula" in entry.traits else often[:shown]


def rest(entry: Entry, prefix: str, shown: int) -> dict[str, Any]:
    """All other arguments behind a button, which counts those that were changed."""
    arguments = [a for a in entry.arguments if a not in usual(entry, shown)]
    if all(argument.elsewhere for argument in arguments):
        return grid(arguments, prefix)
    changed = sum(
        st.session_state.get(f"{prefix}.{a.name}", state(a, a.default)) != state(a, a.default)
        for a in arguments
        if not a.elsewhere
    )
    label = f":material/tune: {changed}" if changed else ":material/tune:"
    with st.popover(label, help=f"More arguments of {entry.label}"):
        return grid(arguments, prefix)


def grid(
    arguments: Sequence[Argument], prefix: str, empty: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """Arguments in two columns; returns their JSON values. `empty` as in `field`, by name."""
    values = {}
    for argument in arguments:
        if argument.elsewhere:
            shown = st.session_state.get(f"{prefix}.{argument.name}", argument.default)
            values[argument.name] = list(shown) if argument.kind == "texts" else shown
    arguments = [argument for argument in arguments if not argument.elsewhere]
    if not arguments:
        return values
    columns = st.columns(2) if len(arguments) > 1 else [st.container()]
    for i, argument in enumerate(arguments):
        key = f"{prefix}.{argument.name}"
        st.session_state.setdefault(key, state(argument, argument.default))
        with columns[i % len(columns)]:
            values[argument.name] = field(argument, key, (empty or {}).get(argument.name))
    return values


def _order(text: str) -> float:
    number = parsed(text)
    return number if isinstance(number, int | float) else 0.0


def _step(argument: Argument) -> float:
    wide = (argument.high or 1.0) - (argument.low or 0.0)
    return 0.05 if wide <= 1 else 0.1 if wide <= 10 else 1.0
