"""Results from other people's files on the chart: dropped in, said to be so, removed again."""

from collections.abc import Collection, Mapping, Sequence
from itertools import chain, count
from typing import NamedTuple

import streamlit as st

from components.plain import plain
from training.joining import MOST_ROWS, Joined, joined
from training.problems import problems
from training.results_file import MOST_BYTES, MOST_RUNS, from_json
from training.spec import Experiment
from training.states import ComparisonState, RunState
from training.variant_labels import labels
from training.versions import versions

FILES = "compare:guests"  # by file name, its runs
EDITION, PROBLEMS = "compare:guests.edition", "compare:guests.problems"
NAMED = "compare:guests.named"
MARK = " (dropped in)"
SEVERAL = "Runs of files are not joined to a comparison on several data sets."
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
    found = joined(state, [run for runs in files.values() for run in runs])
    asked = (tuple(run.experiment for run in found.state.runs), tuple(names))
    kept: tuple[object, list[str]] | None = st.session_state.get(NAMED)
    if not kept or kept[0] != asked:
        own = [run.experiment for run in state.runs]
        kept = st.session_state[NAMED] = (asked, names_with(found, own, names))
    return Shown(found.state, kept[1], remark(found, len(files)))


def names_with(found: Joined, own: Sequence[Experiment], names: Sequence[str]) -> list[str]:
    """Rows keep their names; rows of guests only are called by what differs, and marked."""
    experiments = [run.experiment for run in found.state.runs]
    given = {e.variant: name for e, name in zip(own, names, strict=True)}
    for e, label in zip(experiments, labels(experiments), strict=True):
        if e.variant not in given:
            name, number = label + MARK, 2
            while name in given.values():
                name = f"{label} {number}{MARK}"
                number += 1
            given[e.variant] = name
    return [given[e.variant] for e in experiments]


def remark(found: Joined, files: int) -> str:
    """Where the guests come from, and what of them is not drawn."""
    said = []
    if found.guests:
        said.append(
            f"{len(found.guests)} of these {_runs(len(found.state.runs))} "
            f"{'comes' if len(found.guests) == 1 else 'come'} from {_files(files)}: their numbers "
            f"were computed elsewhere{_with({run.versions for run in found.guests})}."
        )
    if found.doubled:
        were, go = ("was", "counts") if found.doubled == 1 else ("were", "count")
        said.append(f"{_runs(found.doubled)} of the files {were} here already and {go} once.")
    if found.unfinished:
        said.append(f"{_runs(found.unfinished)} in them ended without a result: left out.")
    if found.beyond:
        said.append(f"{_runs(found.beyond)} would make more than {MOST_ROWS} rows: left out.")
    return " ".join(said)


def _with(theirs: set[str]) -> str:
    """The versions that computed them, where they are others than here."""
    others = sorted(theirs - {versions()})
    return f", some with {' and with '.join(others)} instead of {versions()}" if others else ""


def drop_in() -> None:
    """A button behind which files are dropped, and removed again."""
    files: dict[str, list[RunState]] = st.session_state.setdefault(FILES, {})
    with st.popover("Drop in results", icon=":material/group_add:"):
        st.markdown(
            "JSON files from **Take it home**, of this server or another, join the chart: other "
            "seeds of a row go there, anything else is a row of its own. Only you see them, until "
            "this browser session ends."
        )
        st.file_uploader(
            "Results as JSON",
            "json",
            accept_multiple_files=True,
            key=_uploader(),
            on_change=_take,
            max_upload_size=MOST_BYTES // 1_000_000,
        )
        with st.container(horizontal=True, gap="small"):
            for name, runs in files.items():
                st.button(
                    plain(f"{name}: {_runs(len(runs))}"),
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
    files, problems = st.session_state[FILES], []
    for file in st.session_state[_uploader()]:
        try:
            runs = from_json(file.getvalue())
            room = MOST_RUNS - sum(map(len, files.values()))
            if len(runs) > room:
                raise ValueError(f"{len(runs)} more runs are too many, there is room for {room}.")
            files[_another(file.name, files)] = runs
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
        st.session_state[FILES].pop(name, None)
    st.session_state[PROBLEMS] = []


def _runs(number: int) -> str:
    return "1 run" if number == 1 else f"{number} runs"


def _files(number: int) -> str:
    return "a file" if number == 1 else f"{number} files"
