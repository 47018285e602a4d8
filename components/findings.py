"""Findings about runs on the page: what is wrong, why it is said, and a button to try a remedy."""

from collections.abc import Callable, Sequence

import streamlit as st

from components.plain import plain
from training.diagnosis import Finding, Kind, Remedy

ICONS: dict[Kind, str] = {
    "diverged": ":material/trending_up:",
    "dead": ":material/flash_off:",
    "oscillating": ":material/vital_signs:",
    "frozen": ":material/mode_cool:",
    "crawling": ":material/speed:",
    "stuck": ":material/trending_flat:",
    "overfitting": ":material/call_split:",
    "improving": ":material/trending_down:",
}
QUIET = ("healthy", "short")
WHOLE = " in all rows"


def findings(
    found: Sequence[tuple[str, Sequence[Finding]]],
    page: str,
    act: Callable[[int, Remedy], None] | None,
) -> None:
    """A line for each finding, those without trouble together in the last one.

    What is to be tried in all rows at once has one button, at the first row that it is for.

    found: by row, its name ("" for a single run) and findings; page: prefix of the buttons' keys;
    act: called with a row's position and the remedy; None where nothing can be changed.
    """
    quiet: dict[str, list[str]] = {}
    offered: set[str] = set()
    for position, (name, its) in enumerate(found):
        for finding in its:
            if finding.kind in QUIET:
                quiet.setdefault(finding.sentence, []).append(name)
                continue
            text, button = st.columns([7, 3], vertical_alignment="center", gap="small")
            with text:
                _said(name, finding)
            label = _label(finding.remedy, name) if finding.remedy and act else ""
            if label and label not in offered:
                if label.endswith(WHOLE):
                    offered.add(label)
                with button:
                    _button(label, f"{page}:try.{position}.{finding.kind}", act, position, finding)
    for sentence, names in quiet.items():
        who = plain(f": {', '.join(names)}") if any(names) else ""
        st.caption(f":material/check: {sentence}{who}")


def _label(remedy: Remedy, row: str) -> str:
    return f"Try {remedy.label}{WHOLE if row and remedy.field == 'epochs' else ''}"


def _said(name: str, finding: Finding) -> None:
    who = f"**{plain(name)}**: " if name else ""
    with st.container(gap=None):
        st.markdown(f"{ICONS[finding.kind]} {who}{plain(finding.sentence)}")
        st.caption(plain(finding.evidence))


def _button(
    label: str, key: str, act: Callable[[int, Remedy], None], position: int, finding: Finding
) -> None:
    pressed = st.button(
        label,
        key=key,
        icon=":material/play_arrow:",
        width="stretch",
        on_click=act,
        args=(position, finding.remedy),
        help="Changes the set-up and trains it at once.",
    )
    if pressed:
        st.rerun()  # the whole page: the set-up beside this part has changed
