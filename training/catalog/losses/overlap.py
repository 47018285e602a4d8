"""Losses that measure how far predicted and true ones overlap."""

from training.catalog.entry import Argument, Entry
from training.catalog.losses.loss import CLASSIFICATION, loss

AXIS = Argument(
    "axis",
    "choice",
    None,
    "None scores the whole batch as one, -1 scores each row by itself and takes the mean.",
    options=(None, -1),
    optional=True,
    advanced=True,
)

OVERLAP: tuple[Entry, ...] = (
    loss(
        "Dice",
        "Dice",
        "One minus the overlap of predicted and true ones, over the whole batch.",
        r"1 - \frac{2\sum y\,p}{\sum y + \sum p}",
        "https://keras.io/api/losses/segmentation_losses",
        CLASSIFICATION,
        "Labels 0/1 with sigmoid, or one-hot with softmax.",
        AXIS,
        traits=frozenset({"batchwise"}),
    ),
    loss(
        "Tversky",
        "Tversky",
        "Dice that can weigh the two kinds of mistakes differently.",
        r"1 - \frac{\sum y\,p}{\sum y\,p + \alpha \sum y\,(1-p) + \beta \sum (1-y)\,p}",
        "Salehi et al. 2017, arXiv:1706.05721",
        CLASSIFICATION,
        "Labels 0/1 with sigmoid, or one-hot with softmax.",
        # Keras's docstring names alpha and beta the other way round than its code computes.
        Argument("alpha", "float", 0.5, "Weight of the ones that were missed.", 0.0, 10.0),
        Argument("beta", "float", 0.5, "Weight of the zeros that were called one.", 0.0, 10.0),
        AXIS,
        traits=frozenset({"batchwise"}),
    ),
)
