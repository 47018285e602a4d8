"""What a comparison rests on, on the page: the proof of equal starts, and the verdict."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from components.compare.curves import notes
from components.compare.intervals import LEVEL
from components.compare.proof import SHORT, proof
from components.compare.verdict import verdict
from components.plain import plain
from training.states import RunState

EVIDENCE = (
    f"Interquartile means over the seeds, with the interval that holds {LEVEL:.0%} of bootstrap "
    "samples. Rows whose intervals overlap are not ranked."
)


def proof_line(runs: Sequence[RunState], names: Sequence[str]) -> None:
    """What was equal in every row, with the hashes behind it."""
    found = proof(runs)
    if found is None:
        st.caption("The proof that all rows start alike comes with the first epoch.")
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(found.text, width="content")
        with st.popover("Hashes", icon=":material/fingerprint:"):
            st.caption(
                "Fingerprints of the arrays themselves: equal ones mean equal numbers, bit by bit."
            )
            hashes = [
                {"Variant": name, "Seed": run.experiment.seed}
                | {what: value[:SHORT] for what, value in run.proof.items()}
                for name, run in zip(names, runs, strict=True)
                if run.proof
            ]
            st.dataframe(pd.DataFrame(hashes), hide_index=True)
    for sentence in found.why:
        st.caption(sentence)


def verdict_line(runs: Sequence[RunState], names: Sequence[str], metric: str) -> None:
    """What the seeds support, of the loss where rows share one, and of the metric on show."""
    one_loss = not notes([run.experiment for run in runs])
    columns = [*(["loss"] if one_loss else []), *([metric] if metric else [])]
    found = [said for column in columns if (said := verdict(runs, names, column))]
    for said in found:
        icon = ":material/trophy:" if said.winner else ":material/balance:"
        st.markdown(f"{icon} {plain(said.text)}")
    if found:
        st.caption(EVIDENCE)
