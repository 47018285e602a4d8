"""What the variants of a run on show are called: as in the rows it was trained from."""

from collections.abc import Sequence

import streamlit as st

from training.design import Design
from training.spec import Experiment
from training.variant_labels import labels

GIVEN = "compare:names"


def remember(design: Design) -> None:
    """Keep the names that rows have now, and forget those that were emptied."""
    names = st.session_state.get(GIVEN, {}) | _labels(design)
    st.session_state[GIVEN] = {variant: label for variant, label in names.items() if label}


def names_of(experiments: Sequence[Experiment], design: Design | None = None) -> list[str]:
    """A name for each experiment, equal for those that differ in seed only."""
    given = _labels(design) if design else st.session_state.get(GIVEN, {})
    return labels(experiments, given)


def _labels(design: Design) -> dict[Experiment, str]:
    """By variant, the name of its row; "" where it has none."""
    variants = design.comparison.experiments[:: design.seeds]
    pairs = zip(variants, design.rows, strict=True)
    return {variant.with_seed(0): row.label for variant, row in pairs}
