"""The compile check on the page: one line when all is well, else what is wrong, with repairs."""

from collections.abc import Callable

import streamlit as st

from components.plain import plain
from training.checker import Finding, Repair, check, held, worst
from training.spec import Experiment
from training.states import ComparisonState

ICONS = {
    "works": ":material/check_circle:",
    "raises": ":material/error:",
    "silently wrong": ":material/warning:",
}
COLOURS = {"works": "green", "raises": "red", "silently wrong": "orange"}


def verdict(experiment: Experiment, take: Callable[[Experiment], None]) -> None:
    """What the compile check says; a repair's button calls `take` with the mended experiment."""
    findings = check(experiment)
    said = worst(findings)
    remarks = [f.why.rstrip(".") for f in findings if f.severity == "works" and f.why]
    st.caption(_line(said, f"**Compile check: {said}.** {plain('. '.join(remarks))}"))
    for i, finding in enumerate(f for f in findings if f.severity != "works"):
        st.caption(_line(finding.severity, _says(finding)))
        with st.container(horizontal=True, gap="small"):
            if _buttons(i, finding, take):
                st.rerun()  # the menus, too, show what was mended


def outcome(state: ComparisonState) -> None:
    """The check held against what happened to the one run on show."""
    foretold, sentence = held(state.runs[0])
    if sentence:
        icon = ":material/task_alt:" if foretold else ":material/contrast:"
        st.caption(f"{icon} {plain(sentence)}")


def _buttons(i: int, finding: Finding, take: Callable[[Experiment], None]) -> bool:
    """Draw the repairs' buttons; returns whether one was pressed."""
    return any([_button(f"repair.{i}.{j}", r, take) for j, r in enumerate(finding.repairs)])


def _button(key: str, repair: Repair, take: Callable[[Experiment], None]) -> bool:
    icon = ":material/build:"
    return st.button(
        plain(repair.label), key=key, icon=icon, on_click=take, args=(repair.experiment,)
    )


def _says(finding: Finding) -> str:
    head, several, _ = finding.about.partition(": ")
    where = f"Output *{plain(head)}*: " if several else ""
    return f"{where}**{finding.severity}**: {plain(finding.why)}"


def _line(severity: str, text: str) -> str:
    return f":{COLOURS[severity]}[{ICONS[severity]}] {text}"
