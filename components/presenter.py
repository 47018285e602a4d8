"""Showing a page to a class: large type, and parts hidden or locked by the address.

`?present=true` is large and hides a lesson's code, next steps and sources; `?hide=prediction,code`
hides parts by name; `?lock=true` keeps everybody from changing what an experiment is given. The
part `setup` is menus and table of Playground, Compare and Surfaces, which then show what the
address says.
"""

import streamlit as st

PARTS = ("prediction", "controls", "code", "next", "sources", "setup")
HIDDEN = {"code", "next", "sources"}  # while presenting
FACTOR = 1.375  # times the usual size of type
# all sizes of a page follow the first one, except those in charts; less room is left above
LARGE = f"""<style>
html {{ font-size: {16 * FACTOR:g}px }}
.stMainBlockContainer {{ padding-top: 4.5rem }}
@media (min-width: 1200px) {{
    [data-testid="stSidebar"][data-collapsed="false"] {{ min-width: 25rem !important }}
}}
</style>"""
COLUMN = "<style>.stMainBlockContainer { max-width: 58rem }</style>"  # of a page in one column


def presenter(column: bool = False) -> None:
    """The switch, and what it does to the page, which may have a single column."""
    switch()
    enlarge()
    if column and presenting():
        st.html(COLUMN)


def switch() -> None:
    """The switch alone; locked pages have none."""
    if not locked():
        st.toggle(
            "Presenter",
            key="present",
            bind="query-params",
            help="Large type and fewer controls, for a projector.",
        )


def enlarge() -> None:
    """Large type while presenting."""
    if presenting():
        st.html(LARGE)


def presenting() -> bool:
    """Whether the page is shown to a class."""
    return bool(st.session_state.get("present", st.query_params.get("present") == "true"))


def locked() -> bool:
    """Whether the address keeps choices from being changed."""
    return st.query_params.get("lock") == "true"


def shows(part: str) -> bool:
    """Whether a part of the page, one of PARTS, is to be seen."""
    hidden = {name.strip() for name in st.query_params.get("hide", "").split(",")}
    return part not in hidden and not (presenting() and part in HIDDEN)
