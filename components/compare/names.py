"""What the variants of a run on show are called: as in the rows it was trained from."""

from collections.abc import Sequence

import streamlit as st

from training.design import Design
from training.problems import on_first, problems
from training.spec import Experiment
from training.variant_labels import labels
from training.variants import variant

GIVEN = "compare:names"
KEPT = "compare:named"  # the last answer: a page asks again at every tick


def remember(design: Design) -> None:
    """Keep the names that rows have now, and forget those that were emptied."""
    names = st.session_state.get(GIVEN, {}) | _labels(design)
    st.session_state[GIVEN] = {variant: label for variant, label in names.items() if label}


def names_of(experiments: Sequence[Experiment], design: Design | None = None) -> list[str]:
    """A name for each experiment, equal for those of one row: of other seeds, and on other data."""
    if design:
        return labels(_rows(experiments), _labels(design))
    asked = (tuple(experiments), st.session_state.get(GIVEN, {}))
    kept: tuple[object, list[str]] | None = st.session_state.get(KEPT)
    if kept and kept[0] == asked:
        return kept[1]
    named = labels(_rows(experiments), asked[1])
    st.session_state[KEPT] = (asked, named)
    return named


def _rows(experiments: Sequence[Experiment]) -> Sequence[Experiment]:
    """The experiments, on one data set where all rows are trained on several."""
    return on_first(experiments) if problems(experiments) else experiments


def _labels(design: Design) -> dict[Experiment, str]:
    """By variant, the name of its row; "" where it has none."""
    return {variant(design.base, row).variant: row.label for row in design.rows}
