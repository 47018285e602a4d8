"""Take it home: what was trained as files, each made when it is asked for."""

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

import streamlit as st

from components import opening
from components.history.downloads import csv_text, script_text
from components.plain import plain
from components.race.summary import OnShow
from components.report.page import report
from training.notebook import notebook
from training.results_file import to_json
from training.spec import Comparison
from training.states import ComparisonState

ADDRESS = "take-home:address"  # the last answer: the page asks again at every switch


class Offer(NamedTuple):
    """A file that can be had; `make` writes it."""

    label: str
    file: str
    mime: str
    icon: str
    help: str
    make: Callable[[], str]


def take_home(
    state: ComparisonState, names: Sequence[str], remark: str = "", race: OnShow | None = None
) -> None:
    """The downloads of everything on show, once all of it has ended; of a race, what it is of."""
    st.markdown("**Take it home**")
    if not state.ended:
        st.caption("Downloads of numbers, code and report come here when all runs have ended.")
        return
    with st.container(horizontal=True):
        for offer in offers(state, names, remark, _address(state), race):
            st.download_button(
                offer.label,
                offer.make,
                offer.file,
                offer.mime,
                icon=f":material/{offer.icon}:",
                on_click="ignore",
                help=offer.help,
                key=f"take-home.{offer.label}",
            )
    if race:
        st.caption(plain(_of_race(race)))


def _of_race(race: OnShow) -> str:
    """Of which runs of a race the files are."""
    said = f"Files are of the runs on show: {race.title}. The report has the tuning too"
    if not race.race.state.ended:
        return f"{said}, as far as it has come."
    return f"{said}, and “All runs” is of every mode and of the grid."


def offers(
    state: ComparisonState,
    names: Sequence[str],
    remark: str,
    address: str | None,
    race: OnShow | None = None,
) -> list[Offer]:
    """All files; a report names `address` as the link that trains it anew, and the remark."""
    trained = Comparison(tuple(run.experiment for run in state.runs))
    stem = re.sub(r"[^\w-]+", "-", f"compile-lab-{state.id}")
    made = [
        Offer(
            "CSV",
            f"{stem}.csv",
            "text/csv",
            "table",
            "Loss and metrics of every epoch and run.",
            lambda: csv_text([state]),
        ),
        Offer(
            "JSON",
            f"{stem}.json",
            "application/json",
            "data_object",
            "All runs with specs, histories, final numbers and proof; others can drop it into "
            "their chart.",
            lambda: to_json(state.runs),
        ),
        Offer(
            "Script",
            f"{stem}.py",
            "text/x-python",
            "code",
            "Plain Keras, nothing of Compile Lab: run alone it gives the same numbers.",
            lambda: script_text([state]),
        ),
        Offer(
            "Notebook",
            f"{stem}.ipynb",
            "application/x-ipynb+json",
            "menu_book",
            "The same code for Jupyter, with the curves at its end.",
            lambda: notebook(trained, names),
        ),
        Offer(
            "Report",
            f"{stem}.html",
            "text/html",
            "lab_profile",
            "One page that opens offline: curves, proof, verdict, numbers, settings.",
            lambda: report(state, names, remark, address, race),
        ),
    ]
    return [*made, _all_runs(race.race.state)] if race and race.race.state.ended else made


def _all_runs(state: ComparisonState) -> Offer:
    """Everything that a race trained, whatever mode is on show."""
    return Offer(
        "All runs",
        f"compile-lab-race-{state.id}.json",
        "application/json",
        "database",
        f"JSON of all {len(state.runs)} runs of the race: the grid, Keras defaults and tuned.",
        lambda: to_json(state.runs),
    )


def _address(state: ComparisonState) -> str | None:
    asked = state.id, state.version
    kept: tuple[object, str | None] | None = st.session_state.get(ADDRESS)
    if not kept or kept[0] != asked:
        found = opening.setup_address(state)
        kept = st.session_state[ADDRESS] = (asked, found[0] if found else None)
    return kept[1]
