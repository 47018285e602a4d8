"""What the variants of a run on show are called: as in the rows it was trained from."""

from collections.abc import Sequence

import streamlit as st

from training.design import Design
from training.spec import Experiment
from training.variant_labels import labels

GIVEN = "compare:names"


def remember(design: Design) -> None:
    """Keep the names that somebody gave to rows, for as long as the session lasts."""
    st.session_state[GIVEN] = st.session_state.get(GIVEN, {}) | _given(design)


def names_of(experiments: Sequence[Experiment], design: Design | None = None) -> list[str]:
    """A name for each experiment, equal for those that differ in seed only."""
    given = _given(design) if design else st.session_state.get(GIVEN, {})
    return labels(experiments, given)


def _given(design: Design) -> dict[Experiment, str]:
    variants = design.comparison.experiments[:: design.seeds]
    pairs = zip(variants, design.rows, strict=True)
    return {variant.with_seed(0): row.label for variant, row in pairs if row.label}
