"""Results from other people's files on the chart: dropped in, said to be so, removed again."""

from collections.abc import Collection, Mapping, Sequence
from itertools import chain, count
from typing import NamedTuple

import streamlit as st

from components.compare.guest_names import names_with
from components.compare.guest_words import remark, runs
from components.plain import plain
from training.joining import joined
from training.problems import problems
from training.results_file import MOST_BYTES, MOST_RUNS, from_json
from training.states import ComparisonState, RunState

FILES = "compare:guests"  # by file name, its runs
EDITION, PROBLEMS = "compare:guests.edition", "compare:guests.problems"
NAMED = "compare:guests.named"
SEVERAL = "Runs of files are not joined to a comparison on several data sets."
Named = tuple[list[str], dict[str, str]]
LONGEST = 300  # characters of what is wrong with a file


class Shown(NamedTuple):
    """What is drawn, the name of each run's row, and what has to be said of it."""

    state: ComparisonState
    names: Sequence[str]
    remark: str


def with_guests(state: ComparisonState, names: Sequence[str]) -> Shown:
    """The comparison and the runs that were dropped in; rows of these only are marked."""
    files: Mapping[str, list[RunState]] = st.session_state.get(FILES, {})
    if not files:
        return Shown(state, names, "")
    if problems([run.experiment for run in state.runs]):
        return Shown(state, names, SEVERAL)
    found = joined(state, [run for its in files.values() for run in its])
    whose = _files_by_run(files)
    asked = (tuple(run.experiment for run in found.state.runs), tuple(names), tuple(files))
    kept: tuple[object, Named] | None = st.session_state.get(NAMED)
    if not kept or kept[0] != asked:
        own = [run.experiment for run in state.runs]
        kept = st.session_state[NAMED] = (asked, names_with(found, own, names, whose))
    named, whole = kept[1]
    came = {whose[run.experiment.canonical] for run in found.guests}
    return Shown(found.state, named, remark(found, len(came), whole))


def _files_by_run(files: Mapping[str, Sequence[RunState]]) -> dict[str, str]:
    """By canonical experiment, the first file that has it."""
    found: dict[str, str] = {}
    for name, its in files.items():
        for run in its:
            found.setdefault(run.experiment.canonical, name)
    return found


def drop_in() -> None:
    """A button behind which files are dropped, and removed again."""
    files: dict[str, list[RunState]] = st.session_state.setdefault(FILES, {})
    with st.popover("Drop in results", icon=":material/group_add:"):
        st.markdown(
            "JSON files from **Take it home**, of this server or another, join the chart: other "
            "seeds of a row go there, another optimizer, model or batch size is a row of its own. "
            "Runs with other data, another split, loss or number of epochs are left out: their "
            "numbers would mean something else. Only you see them, until this browser session "
            "ends."
        )
        st.file_uploader(
            f"Results as JSON, up to {MOST_BYTES // 1_000_000} MB each",
            "json",
            accept_multiple_files=True,
            key=_uploader(),
            on_change=_take,
            max_upload_size=MOST_BYTES // 1_000_000,
        )
        with st.container(horizontal=True, gap="small"):
            for name, its in files.items():
                st.button(
                    plain(f"{name}: {runs(len(its))}"),
                    icon=":material/close:",
                    help="Remove them from the chart",
                    key=f"compare:guests.remove.{name}",
                    on_click=_remove,
                    args=([name],),
                )
            if len(files) > 1:
                st.button("Remove all", key="compare:guests.none", on_click=_remove, args=(files,))


def refused() -> None:
    """What was wrong with files of the last drop, a sentence for each."""
    for problem in st.session_state.get(PROBLEMS, ()):
        st.error(plain(problem), icon=":material/error:")


def _uploader() -> str:
    """Its key, another one after every drop, so that it is empty again."""
    return f"compare:guests.files.{st.session_state.get(EDITION, 0)}"


def _take() -> None:
    files, problems = st.session_state.setdefault(FILES, {}), []
    for file in st.session_state.get(_uploader(), ()):
        try:
            given = from_json(file.getvalue())
            room = MOST_RUNS - sum(map(len, files.values()))
            if len(given) > room:
                raise ValueError(f"{len(given)} more runs are too many, there is room for {room}.")
            files[_another(file.name, files)] = given
        except ValueError as error:
            problems.append(f"{file.name}: {str(error)[:LONGEST]}")
    st.session_state[PROBLEMS] = problems
    st.session_state[EDITION] = st.session_state.get(EDITION, 0) + 1


def _another(name: str, taken: Collection[str]) -> str:
    """The name, or one with a number: from thirty laptops come thirty files of one name."""
    numbered = (f"{name} ({number})" for number in count(2))
    return next(n for n in chain([name], numbered) if n not in taken)


def _remove(names: Sequence[str]) -> None:
    for name in list(names):
        st.session_state.get(FILES, {}).pop(name, None)
    st.session_state[PROBLEMS] = []
