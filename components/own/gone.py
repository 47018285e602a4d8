"""Own data of an experiment that is not on this server any more, said where it would be trained."""

from collections.abc import Iterable

import streamlit as st

from components.plain import plain
from datasets import own
from training.spec import Experiment


def gone(experiments: Iterable[Experiment]) -> bool:
    """Whether nothing new can be trained because rows were deleted; then a warning says so."""
    digests = {e.dataset.params["digest"]: None for e in experiments if e.dataset.name in own.OWN}
    said = [sentence for digest in digests if (sentence := own.missing(digest))]
    for sentence in said:
        st.warning(plain(sentence), icon=":material/delete:")
    return bool(said)
