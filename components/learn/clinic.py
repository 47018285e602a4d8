"""The parts of the clinic's page: all patients at a glance, then one, its exception, its repair."""

from collections import Counter
from collections.abc import Mapping

import streamlit as st

from components import presenter
from components.learn.difference import difference
from components.learn.figures import bars
from components.learn.patients import PATIENTS
from components.learn.tables import table
from components.plain import plain
from training.demo import part

LONG = 1000  # characters, from which on the end of a message stands before it
Found = Mapping[str, str]  # type, message, line and call of an exception


def overview(all_: Mapping[str, Found]) -> None:
    """By which call each mistake was noticed."""
    counts = Counter(found["call"] for found in all_.values())
    bars(
        "Which call raised the exception",
        {f"by {call}": count for call, count in counts.most_common()},
        up="mistakes",
        key="clinic.calls",
        alt="; ".join(f"{call}: {count}" for call, count in counts.most_common()),
    )
    rows = {PATIENTS[name].title: [found["call"], found["type"]] for name, found in all_.items()}
    with st.expander("Every mistake, and what raised its exception", icon=":material/list:"):
        table(("mistake", "raised by", "type"), rows)


def share(all_: Mapping[str, Found], call: str) -> float:
    """The share of mistakes that this call noticed."""
    return sum(found["call"] == call for found in all_.values()) / len(all_)


def chosen() -> str:
    """The patient that is looked at; the address holds its title."""
    if not presenter.shows("controls"):
        titles = {patient.title: name for name, patient in PATIENTS.items()}
        return titles.get(st.query_params.get("mistake", ""), next(iter(PATIENTS)))
    return st.selectbox(
        "Mistake",
        list(PATIENTS),
        key="mistake",
        bind="query-params",
        disabled=presenter.locked(),
        format_func=lambda name: PATIENTS[name].title,
    )


def program(name: str) -> None:
    """The program with the mistake."""
    st.code(part("clinic.broken", name), language="python")


def raised(found: Found) -> None:
    """The exception as Keras wrote it, and the line that raised it."""
    st.markdown(f"**{plain(found['type'])}**, raised by `{found['line']}`")
    message = found["message"]
    long = len(message) > LONG
    if long:
        st.markdown(f"> {plain(_end(message))}")
    st.code(message, language=None, wrap_lines=True, height=260 if long else None)


def change(name: str) -> None:
    """The lines that the repair takes out and puts in."""
    difference(part("clinic.broken", name), part("clinic.repaired", name))


def numbers(found: Mapping[str, float]) -> str:
    """What the repaired program wrote down."""
    return ", ".join(f"{name} {value:.4g}" for name, value in found.items())


def _end(message: str) -> str:
    """The last line of a message that says something."""
    lines = [line.strip() for line in message.splitlines() if line.strip()]
    return next(line for line in reversed(lines) if "[[{{node" not in line and line[:2] != "[O")
