"""The parts of the museum's page: which exhibit, its program, its numbers, what a cure changes."""

import math
from collections.abc import Mapping
from typing import Any

import streamlit as st

from components import presenter
from components.learn import Lesson, answers
from components.learn.difference import difference
from components.learn.exhibits import EXHIBITS, Exhibit, Mark
from components.learn.figures import lines
from components.plain import plain
from training.demo import part

PARTS = {"seen": "What `fit` shows", "truth": "What is true"}


def chosen() -> Exhibit:
    """The exhibit that is looked at; the address holds it."""
    if not presenter.shows("controls"):
        return EXHIBITS.get(st.query_params.get("part", ""), EXHIBITS["P1"])
    name = st.pills(
        "Exhibit",
        list(EXHIBITS),
        default=next(iter(EXHIBITS)),
        required=True,
        key="part",
        bind="query-params",
        disabled=presenter.locked(),
    )
    done = [one for one in EXHIBITS if f"museum.{one}" in answers.given()]
    if done:
        st.caption(f"You have looked at {', '.join(done)}.")
    return EXHIBITS[name]


def program(exhibit: Exhibit) -> None:
    """The data and the program as it was found."""
    st.code(f"{_part(exhibit, 'data')}\n\n\n{_part(exhibit, 'found')}", language="python")


def change(exhibit: Exhibit) -> None:
    """The lines that the cure takes out and puts in."""
    difference(_part(exhibit, "found"), _part(exhibit, "cured"))


def numbers(*runs: Mapping[str, Any]) -> None:
    """A table of what was seen and what is true, a column for each run: as found, then cured."""
    heads = ("as found", "cured")[: len(runs)]
    rows = [f"| | {' | '.join(heads)} |", f"|--|{'--:|' * len(runs)}"]
    for where, title in PARTS.items():
        rows.append(f"| **{title}** |{' |' * len(runs)}")
        names = dict.fromkeys(name for run in runs for name in run[where])
        for name in names:
            cells = [said(run[where][name]) if name in run[where] else "" for run in runs]
            rows.append(f"| {plain(name)} | {' | '.join(map(plain, cells))} |")
    st.markdown("\n".join(rows))


def curves(exhibit: Exhibit, *runs: Mapping[str, Any]) -> None:
    """The loss of each run, and a metric of note, in a chart of its own: kinds may differ."""
    titled = zip(("as found", "cured"), runs, strict=False)
    drawn = [(title, run) for title, run in titled if any(map(math.isfinite, run["curve"]))]
    places = st.columns(len(drawn)) if len(drawn) > 1 else [st.container()]
    for place, (title, run) in zip(places, drawn, strict=False):
        beside = run.get("beside", {})
        with place:
            lines(
                " and ".join(["Loss", *beside]) + f", {title}",
                {"loss": run["curve"], **beside},
                across="epoch",
                up="" if beside else "loss",
                key=f"museum.{exhibit.name}.{title}.{len(runs)}",
                alt=f"The loss by epoch, {title}: {said([run['curve'][0], run['curve'][-1]])}.",
            )


def proofs(page: Lesson, marks: tuple[Mark, ...], run: Mapping[str, Any]) -> None:
    """Each number that shows it, with the mark that it must pass."""
    for mark in marks:
        first = mark.name.split()[0]  # which may be Keras's name of a metric
        name = mark.name if "_" in first else mark.name[0].upper() + mark.name[1:]
        page.proof(name, said(mark.value(run)), mark.passed(run), str(mark))


def leave(exhibit: Exhibit) -> None:
    """How many faults have been spotted so far, and the way to the next exhibit."""
    given = [answers.given().get(f"museum.{name}") for name in EXHIBITS]
    tried = [answer for answer in given if answer and answer.seen]
    right = sum(answer.right for answer in tried)
    st.caption(f"Spotted so far: {right} of {len(tried)}; there are {len(EXHIBITS)} exhibits.")
    names = list(EXHIBITS)
    following = names[(names.index(exhibit.name) + 1) % len(names)]
    if not presenter.locked():
        st.button(
            f"Next exhibit: {following}",
            key="museum.next",
            icon=":material/arrow_forward:",
            on_click=st.session_state.update,
            args=({"part": following},),
        )


def said(value: Any) -> str:
    """A number as it is read, two as a span, and text as it is."""
    if isinstance(value, list):
        return " to ".join(map(said, value))
    if isinstance(value, str):
        return value
    if math.isnan(value):
        return "NaN"
    return f"{value:,.0f}" if abs(value) >= 10_000 else f"{value:.4g}"


def _part(exhibit: Exhibit, function: str) -> str:
    return part(f"museum.{exhibit.demo}", function)
