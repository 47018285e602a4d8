"""Going to another page with something to show there, and the link that does the same."""

from contextlib import suppress
from typing import Any, NoReturn
from urllib.parse import urlencode, urljoin

import streamlit as st

from components import link, session
from components.address import RUN, SETUP
from training.design import Design
from training.mid_run import scheduled, with_changes
from training.presets import PRESETS
from training.race import again
from training.redesign import design_of
from training.schema import StoreError
from training.spec import Experiment
from training.states import ComparisonState

SCHEDULED = "Learning rates that were changed in mid-run are in it as a schedule, step by step."
LEFT_OUT = "It leaves out learning rates that were changed in mid-run, which its rows cannot say:"
ONE_LEFT = "Only one row is left, which is set up in the Playground, with its first seed."
PAGES = {"play": "pages/play/playground.py", "compare": "pages/play/compare.py"}
PATHS = {"play": "", "compare": "compare"}


def playground(setup: dict[str, Any], run: str | None = None) -> NoReturn:
    """Leave for the Playground with this set-up and this run, or none, on show."""
    _show("play", setup, run)


def variants(base: Experiment) -> NoReturn:
    """Leave for Compare with variants of this experiment, ready to train."""
    rows = next(iter(PRESETS.values())).spec["rows"]
    design({"base": base.to_json(), "rows": rows, "seeds": 5})


def design(setup: dict[str, Any]) -> NoReturn:
    """Leave for Compare with this design, ready to train."""
    _show("compare", setup, None)


def comparison(state: ComparisonState) -> NoReturn:
    """Leave for the page that shows a comparison: the Playground if it is one run, else Compare."""
    page, setup = _place(state)
    _show(page, setup, state.id)


def landscape(id: str) -> NoReturn:
    """Leave for the loss landscape of a comparison's runs."""
    for key in [k for k in st.session_state if str(k).startswith(("land.", "land:"))]:
        del st.session_state[key]  # what was chosen for other runs
    st.session_state["landscape:run"] = id
    st.session_state["race:view"] = "run"
    st.switch_page("pages/play/race.py", query_params={RUN: id})


def address_of(state: ComparisonState) -> str:
    """The link under which anyone on this server finds a comparison, with its set-up."""
    page, setup = _place(state)
    return _url(page, _query(setup, state.id))


def short_address(state: ComparisonState) -> str:
    """The shortest link under which anyone on this server finds a comparison."""
    return _url("play" if len(state.runs) == 1 else "compare", {RUN: state.id})


def setup_address(state: ComparisonState) -> tuple[str, str] | None:
    """The link that sets the page up to train what is shown, and what is to be known of it.

    Behind the address of another server it does so there. None where rows cannot say what differs.
    """
    page, setup = _place(state)
    said = ""
    if page == "play" or setup is None:
        first = state.runs[0].experiment
        if len({run.experiment.variant for run in state.runs}) > 1:
            return None
        said = ONE_LEFT if page != "play" else ""
        with suppress(ValueError):
            setup, page = scheduled(first).to_json(), "play"
    else:
        shown = [run.experiment for run in state.runs]
        design, lacking = with_changes(Design.from_json(setup), shown)
        setup = design.to_json()
        said = f"{LEFT_OUT} {', '.join(lacking)}." if lacking else ""
    if any(run.experiment.rates for run in state.runs) and not said.startswith(LEFT_OUT):
        said = f"{SCHEDULED} {said}".rstrip()
    return (_url(page, _query(setup, None)), said) if setup else None


def linked(page: str) -> dict[str, Any] | None:
    """The set-up of the run in the address, for a page that is opened with nothing else."""
    id = st.query_params.get(RUN)
    state = None
    with suppress(StoreError):  # the page says so itself where the run should stand
        state = session.lab().state(id) if id else None
    if not state:
        return None
    return state.runs[0].experiment.to_json() if page == "play" else _design(state)


def _place(state: ComparisonState) -> tuple[str, dict[str, Any] | None]:
    """The page for it, and the set-up to show there, None where rows cannot say what differs."""
    if len(state.runs) == 1:
        return "play", state.runs[0].experiment.to_json()
    return "compare", _design(state)


def _design(state: ComparisonState) -> dict[str, Any] | None:
    """What it was set up from, with the names of its rows, or else what its runs tell of it."""
    with suppress(ValueError):  # there is none, or another version's
        return again(Design.from_json(state.plan)).to_json()
    design = design_of([run.experiment for run in state.runs])
    return design.to_json() if design else None


def _url(page: str, query: dict[str, str]) -> str:
    here = st.context.url or "/"
    return f"{urljoin(here, './')}{PATHS[page]}?{urlencode(query)}"


def _show(page: str, setup: dict[str, Any] | None, run: str | None) -> NoReturn:
    if setup is not None:
        for key in [k for k in st.session_state if str(k).startswith(f"{page}.")]:
            del st.session_state[key]  # widgets of the former set-up
        st.session_state[f"{page}:setup"] = setup
    st.session_state[f"{page}:run"] = run
    for what in ("ghost", "preset"):  # they belong to what was on show before
        st.session_state.pop(f"{page}:{what}", None)
    st.switch_page(PAGES[page], query_params=_query(setup, run))


def _query(setup: dict[str, Any] | None, run: str | None) -> dict[str, str]:
    query = {SETUP: link.pack(setup)} if setup is not None else {}
    return query | ({RUN: run} if run else {})
