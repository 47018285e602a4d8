"""Charts of a run's norms: of the whole model from its history, by layer from recordings."""

import numpy as np
import streamlit as st

from components.figures.inside import over_epochs, slot_map
from components.plot import plot
from training.inside import Inside, positions
from training.states import RunState

MOST = 200  # points of a line


def whole(run: RunState) -> None:
    """Gradient, update and weights of the whole model, and how far a unit of gradient moved it."""
    every = max(1, len(run.history) // MOST)
    rows = run.history[::every]
    epochs = np.arange(1, len(run.history) + 1)[::every]
    found = dict(zip(run.columns, rows.T, strict=True))
    with np.errstate(divide="ignore", invalid="ignore"):
        effective = found["update_norm"] / found["gradient_norm"]
    sizes = {
        "gradient": found["gradient_norm"],
        "update": found["update_norm"],
        "weights": found["weight_norm"],
    }
    rates = {"learning rate": found["learning_rate"], "effective learning rate": effective}
    left, right = st.columns(2)
    with left:
        figure = over_epochs(epochs, sizes, title="Norms of the whole model", up="Euclidean norm")
        plot(figure, key="inside.sizes", alt="Norms of gradient, update and weights over epochs")
    with right:
        figure = over_epochs(epochs, rates, title="Learning rate", up="rate")
        plot(figure, key="inside.rates", alt="Learning rate and effective learning rate")
    st.caption(
        "Gradient and update are means over the steps of an epoch, weights are as at its end. "
        "The effective learning rate is update over gradient: how far a unit of gradient moved the "
        "weights. Plain SGD moves by its learning rate exactly; others by what they remember."
    )


def by_layer(inside: Inside) -> None:
    """Gradient norm and update-to-weight ratio of every weight tensor."""
    gradient = dict(zip(inside.tensors, inside.gradient.T, strict=True))
    ratio = dict(zip(inside.tensors, inside.ratio.T, strict=True))
    left, right = st.columns(2)
    with left:
        title = "Gradient norm by layer"
        figure = over_epochs(inside.epochs, gradient, title=title, up="Euclidean norm")
        plot(figure, key="inside.gradient", alt="Gradient norm of every weight tensor over epochs")
    with right:
        title = "Update-to-weight ratio by layer"
        figure = over_epochs(inside.epochs, ratio, title=title, up="update / weights")
        plot(figure, key="inside.ratio", alt="Update-to-weight ratio of every tensor over epochs")
    st.caption(
        "The gradient is that of the loss over all training rows after the epoch, without dropout. "
        "The ratio is how far the weights moved over one whole epoch, over their norm before it. "
        "Layers that lie orders of magnitude below the others hardly learn."
    )


def slots(inside: Inside) -> None:
    """A heat map of what the optimizer remembers of one tensor."""
    if not inside.slots:
        st.info("This optimizer keeps nothing beside the weights: plain SGD has no memory.")
        return
    left, right = st.columns(2)
    slot = left.selectbox("Slot", list(inside.slots), key="inside:slot")
    tensor = right.selectbox("Tensor", list(inside.slots[slot]), key="inside:tensor")
    values = inside.slots[slot][tensor]
    size = int(np.prod(inside.shapes[inside.tensors.index(tensor)]))
    whole = values.shape[1] == size
    at = positions(size) if len(positions(size)) == values.shape[1] else np.arange(values.shape[1])
    figure = slot_map(inside.epochs, values, title=f"{slot} of {tensor}", positions=at)
    plot(figure, key="inside.slots", alt=f"Heat map of {slot} of {tensor} over the epochs")
    shown = "all" if whole else f"{values.shape[1]} evenly spread"
    st.caption(
        f"Named as Keras's optimizer calls it; {shown} of {size} numbers of the tensor, row by row."
    )


def dead(inside: Inside) -> None:
    """Which share of ReLU units puts out nothing, layer by layer."""
    if not inside.dead:
        st.info("This model has no layer with ReLU, so no unit of it can die.")
        return
    named = {f"{name} ({inside.units[name]} units)": share for name, share in inside.dead.items()}
    figure = over_epochs(
        inside.epochs,
        named,
        title="Dead ReLU units",
        up="share of the layer",
        log_y=False,
        span=(-0.02, 1.03),
    )
    plot(figure, key="inside.dead", alt="Share of dead ReLU units of every layer over the epochs")
    st.caption(
        "A unit is dead when it puts out 0 for every training row: no gradient passes through it "
        "any more, so it cannot come back by itself. A smaller learning rate or leaky ReLU helps."
    )
