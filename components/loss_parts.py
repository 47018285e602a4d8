"""What the loss of a run is made of: outputs and their weights, data loss and penalty."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import streamlit as st

from components.figures.curves import curves
from components.figures.loss_parts import parted, penalised
from components.figures.run import Line
from components.plain import plain
from components.plot import plot
from training.loss_notes import loss_notes
from training.loss_weights import weight_of
from training.states import RunState
from training.total import total

PARTS = {"": "Training", "val_": "Validation"}
UNEVEN = (
    "The last batch is smaller than the others. Keras reports each output's loss as the mean over "
    "batches and the total as the mean over rows, so these do not add up exactly; with a batch "
    "size that divides the rows they do."
)


def loss_parts(run: RunState, drawn: Sequence[Line], row: Mapping[str, float], log_y: bool) -> None:
    """Charts and the sum of the last epoch, whose numbers are `row`; nothing for a single loss."""
    losses = run.experiment.compile.losses
    several, penalty = len(losses) > 1, penalised(drawn[-1:])
    if several:
        _heads(run, drawn, log_y)
    if penalty:
        title = "Data loss and penalty"
        figure = curves(
            parted(drawn[-1]), "loss", epochs=drawn[-1].epochs, title=title, log_y=log_y
        )
        plot(figure, key="penalty", alt=f"Data loss and penalty over {drawn[-1].epochs} epochs")
    if row and (several or penalty):
        _arithmetic(run, row)
    for sentence in loss_notes(run.experiment):
        st.caption(plain(sentence))


def _heads(run: RunState, drawn: Sequence[Line], log_y: bool) -> None:
    """A chart for each output's own loss, before its weight."""
    losses, weights = run.experiment.compile.losses, run.experiment.compile.loss_weights
    for column, (head, loss) in zip(st.columns(len(losses)), losses, strict=True):
        lines = [replace(line, loss=loss.name) for line in drawn if line.loss == drawn[-1].loss]
        title = f"Loss of {head}, counts {weight_of(weights, head):g} ×"
        with column:
            figure = curves(
                lines, f"{head}_loss", epochs=drawn[-1].epochs, title=title, log_y=log_y
            )
            plot(figure, key=f"head.{head}", alt=f"Loss of {head} over {drawn[-1].epochs} epochs")


def _arithmetic(run: RunState, row: Mapping[str, float]) -> None:
    """The sum of the last epoch, written out."""
    sums = {name: total(run.experiment, row, part) for part, name in PARTS.items()}
    losses = run.experiment.compile.losses
    order = f" (weight × loss of {', then of '.join(h for h, _ in losses)})" * (len(losses) > 1)
    said = "  \n".join(f"{name}: {one.said}" for name, one in sums.items())
    st.markdown(f"**The loss of the last epoch as a sum**{plain(order)}  \n{said}")
    if not all(one.exact for one in sums.values()):
        reported = ", ".join(f"{name.lower()} {o.reported:.4g}" for name, o in sums.items())
        st.caption(f"Keras reported {reported}. {UNEVEN}")
