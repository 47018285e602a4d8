"""The editor of a formula: examples, the text, the numbers it uses, and where it is wrong."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

import streamlit as st

from components.choices.fields import grid, state
from components.plain import plain
from training.catalog import Argument, Entry, defaults
from training.formula.checking import validate
from training.formula.grammar import GRAMMARS
from training.formula.letters import tidy
from training.formula.presets import PRESETS, Preset
from training.formula.reading import read
from training.formula.tree import FormulaError

TALL = 118  # pixels: four lines
HELP = {
    False: "Assignments such as `a = {} - {}`, and the value in the last line.",
    True: "Assignments; one of them changes `weight`. A name that is read before it is set is "
    "remembered from step to step, and is 0 at first.",
}


def editor(found: Entry, prefix: str, without: Collection[str] = ()) -> dict[str, Any]:
    """Draw it; returns the arguments that are not behind a button, as JSON values.

    without: those that are chosen elsewhere.
    """
    shown = {a.name: a for a in found.arguments if not a.advanced and a.name not in without}
    for name, argument in shown.items():
        st.session_state.setdefault(f"{prefix}.{name}", state(argument, argument.default))
    beside = GRAMMARS[found.kind].numbers
    values = grid([a for a in shown.values() if a.name not in ("formula", *beside)], prefix)
    key = f"{prefix}.formula"
    _examples(found.kind, prefix)
    text = st.text_area(
        "Formula", st.session_state[key], key=key, height=TALL, help=told(found.kind)
    )
    used = _used(text, found.kind)
    values |= {"formula": text} | _numbers([a for n, a in shown.items() if n in used], prefix)
    mark_error(text, found.kind, defaults(found) | values)
    return values


def _numbers(arguments: Sequence[Argument], prefix: str) -> dict[str, Any]:
    """Sliders for shares, fields for other numbers."""
    shares = [a for a in arguments if (a.low, a.high) == (0.0, 1.0)]
    values = grid([a for a in arguments if a not in shares], prefix)
    for argument in shares:
        key = f"{prefix}.{argument.name}"
        values[argument.name] = st.slider(
            argument.name, 0.0, 1.0, st.session_state[key], key=key, help=argument.sentence
        )
    return values


def _examples(kind: str, prefix: str) -> None:
    """A menu of formulas to start from; it shows the one that is there, if it is one."""
    labels = {preset.label: preset for preset in PRESETS[kind]}
    now = tidy(st.session_state[f"{prefix}.formula"])
    key = f"{prefix}.formula.example"
    st.session_state[key] = next((n for n, p in labels.items() if p.text == now), None)
    st.selectbox(
        "Start from",
        list(labels),
        None,
        key=key,
        placeholder="an example, in place of what is there",
        on_change=_take,
        args=(prefix, key, labels),
    )
    if st.session_state[key]:
        st.caption(labels[st.session_state[key]].sentence)


def _take(prefix: str, key: str, labels: Mapping[str, Preset]) -> None:
    preset = labels.get(st.session_state.get(key))
    if preset:
        st.session_state[f"{prefix}.formula"] = preset.text
        for name, number in preset.numbers.items():
            st.session_state[f"{prefix}.{name}"] = number


def _used(text: str, kind: str) -> set[str]:
    """The numbers beside a formula that it reads; all while it cannot be read."""
    numbers = GRAMMARS[kind].numbers
    try:
        formula = read(text, kind)
    except FormulaError:
        return {name for name in numbers if name in text}
    return {name for name in numbers if formula.reads(name)}


def mark_error(text: str, kind: str, numbers: Mapping[str, Any]) -> None:
    """The line with the error, if there is one, marked, and what is wrong with it."""
    try:
        validate(read(text, kind), kind, numbers)
    except FormulaError as error:
        line = tidy(text).split("\n")[error.place.line - 1]
        st.code(f"{line}\n{' ' * (error.place.column - 1)}^", language=None)
        st.caption(f":red[:material/error: {plain(str(error))}]")


def told(kind: str) -> str:
    """What may be written in a formula of this kind."""
    grammar = GRAMMARS[kind]
    how = HELP[grammar.rule].format(*grammar.given)
    return (
        f"{how}\n\nGiven: {_listed(grammar.known)}.\n\nFunctions: "
        f"{_listed(grammar.functions)}; signs `+ - * / **` and comparisons."
        + (" mean, sum, max and min go over the last axis." if "mean" in grammar.functions else "")
    )


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)
