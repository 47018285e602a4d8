"""The compile check of all rows of a comparison, before they are trained and after."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace

import streamlit as st

from components.plain import plain
from training.checker import ABOUT, Finding, check, held, worst
from training.design import Design
from training.mending import Mend, mends
from training.spec import Experiment
from training.states import RunState

MEND = "compare:mend"
SIGNS = {
    "works": ":orange[:material/info:",
    "raises": ":red[:material/error:",
    "silently wrong": ":orange[:material/warning:",
}


def before(experiments: Sequence[Experiment], names: Sequence[str]) -> list[str]:
    """A line of Markdown for each thing that is wrong, with the rows it is wrong in.

    One line that says so when nothing is. Seeds of a row are checked once on each data set.
    """
    return _lines(_found(experiments, names), names)


def checked(design: Design, names: Sequence[str], take: Callable[[Design], None]) -> None:
    """The same lines on the page, each above buttons that mend it; these call `take`."""
    found = _found(design.comparison.experiments, names)
    offered = _mends(design, list(found)) or [[]]  # the line that all is well needs none
    lines: list[str] = []
    for i, (line, own) in enumerate(zip(_lines(found, names), offered, strict=True)):
        lines.append(line)
        if not own:
            continue
        st.caption("  \n".join(lines))
        lines = []
        with st.container(horizontal=True, gap="small"):
            for j, mend in enumerate(own):
                st.button(
                    plain(mend.label),
                    key=f"{MEND}.{i}.{j}",
                    icon=":material/build:",
                    on_click=take,
                    args=(mend.design,),
                    help="Changes the rows or the set-up on the left.",
                )
    if lines:
        st.caption("  \n".join(lines))


def _found(experiments: Sequence[Experiment], names: Sequence[str]) -> dict[Finding, list[str]]:
    """What is to be said, without repairs, and the rows that it is said of."""
    said: dict[Finding, dict[str, None]] = {}
    pairs = zip(names, (e.variant for e in experiments), strict=True)
    for name, experiment in dict.fromkeys(pairs):
        for found in check(experiment):
            spoken = found.about.endswith("loss") or found.about in ABOUT
            if found.severity != "works" or (found.why and spoken):
                said.setdefault(replace(found, repairs=()), {})[name] = None
    return {finding: list(who) for finding, who in said.items()}


def _mends(design: Design, found: Sequence[Finding]) -> list[list[Mend]]:
    """By finding, how it can be mended; kept, because a page asks again at every click."""
    asked = (design.to_json(), list(found))
    kept: tuple[object, list[list[Mend]]] | None = st.session_state.get(MEND)
    if not kept or kept[0] != asked:
        kept = (asked, [mends(design, finding) for finding in found])
        st.session_state[MEND] = kept
    return kept[1]


def _lines(found: Mapping[Finding, Collection[str]], names: Sequence[str]) -> list[str]:
    rows = list(dict.fromkeys(names))
    if not found:
        return [f":green[:material/check_circle:] Compile check: works in {_all(rows)}."]
    return [_line(finding, who, rows) for finding, who in found.items()]


def _line(finding: Finding, who: Collection[str], rows: Sequence[str]) -> str:
    how = "" if finding.severity == "works" and finding.about in ABOUT else f" {finding.severity}"
    about = f"{plain(_rows(who, rows))}, {plain(finding.about)}{how}"
    return f"{SIGNS[finding.severity]} {about}: {plain(finding.why)}]"


def after(runs: Sequence[RunState], names: Sequence[str]) -> str:
    """What the check had said, held against what happened to the rows; "" until all have ended."""
    if not all(run.ended for run in runs):
        return ""
    known = [(name, run, held(run)) for name, run in zip(names, runs, strict=True)]
    missed = {f"{name}: {sentence}": None for name, _, (right, sentence) in known if not right}
    if missed:
        return " ".join(missed)
    if not any(sentence for _, _, (_, sentence) in known):
        return ""
    if any(worst(check(run.experiment.variant)) != "works" for run in runs):
        return "All rows ended as the compile check foretold."
    return "All rows ended as the compile check foretold: without an error."


def _all(rows: Sequence[str]) -> str:
    return "the one row" if len(rows) == 1 else f"all {len(rows)} rows"


def _rows(who: Collection[str], rows: Sequence[str]) -> str:
    return _all(rows) if len(who) == len(rows) > 1 else ", ".join(who)
