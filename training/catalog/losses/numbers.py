"""Losses that measure a distance, mostly for numbers to predict."""

from training.catalog.entry import Argument, Entry
from training.catalog.losses.loss import ANY, CLASSIFICATION, PROBABILITY_PAGE, loss

REGRESSION_PAGE = "https://keras.io/api/losses/regression_losses"

NUMBERS: tuple[Entry, ...] = (
    loss(
        "Poisson",
        "Poisson",
        "For counts: punishes by how unlikely the count is if the prediction is its mean.",
        r"\hat y - y \log \hat y",
        PROBABILITY_PAGE,
        ("regression",),
        "Numbers of 0 or more, best counts, and a softplus unit.",
    ),
    loss(
        "MeanSquaredError",
        "Mean squared error",
        "The square of the miss: one far miss costs more than many small ones.",
        r"(y - \hat y)^2",
        REGRESSION_PAGE,
        ANY,
        "Numbers and a linear unit; for classes 0/1 or one-hot labels with sigmoid or softmax.",
    ),
    loss(
        "MeanAbsoluteError",
        "Mean absolute error",
        "The size of the miss: outliers pull no harder than any other row.",
        r"|y - \hat y|",
        REGRESSION_PAGE,
        ANY,
        "Numbers and a linear unit; for classes 0/1 or one-hot labels with sigmoid or softmax.",
    ),
    loss(
        "MeanAbsolutePercentageError",
        "Mean absolute percentage error",
        "The miss in percent of the true number.",
        r"100\,\left|\frac{y - \hat y}{y}\right|",
        REGRESSION_PAGE,
        ("regression",),
        "Numbers far from 0 (it divides by them) and a linear unit.",
    ),
    loss(
        "MeanSquaredLogarithmicError",
        "Mean squared logarithmic error",
        "Squares the miss of the logarithms: counts ratios, not differences.",
        r"\left(\log(1+y) - \log(1+\hat y)\right)^2",
        REGRESSION_PAGE,
        ("regression",),
        "Numbers of 0 or more (it takes negative ones for 0) and a softplus unit.",
    ),
    loss(
        "Huber",
        "Huber",
        "Squared for small misses, straight for large ones, so outliers pull less.",
        r"\begin{cases}\tfrac12 (y-\hat y)^2 & |y-\hat y| \le \delta \\ "
        r"\delta\,|y-\hat y| - \tfrac12\delta^2 & \text{otherwise}\end{cases}",
        REGRESSION_PAGE,
        ANY,
        "Numbers and a linear unit; for classes 0/1 or one-hot labels with sigmoid or softmax.",
        Argument(
            "delta",
            "float",
            1.0,
            "The miss at which it turns from square to straight.",
            1e-3,
            1000.0,
            logarithmic=True,
        ),
    ),
    loss(
        "LogCosh",
        "Log-cosh",
        "A smooth cousin of Huber: squared near 0, straight far out.",
        r"\log\cosh(\hat y - y)",
        REGRESSION_PAGE,
        ANY,
        "Numbers and a linear unit; for classes 0/1 or one-hot labels with sigmoid or softmax.",
    ),
    loss(
        "CosineSimilarity",
        "Cosine similarity",
        "Compares the direction of two vectors and ignores their length; -1 is best.",
        r"-\frac{y \cdot \hat y}{\lVert y\rVert\,\lVert\hat y\rVert}",
        REGRESSION_PAGE,
        CLASSIFICATION,
        "Vectors: at least two units. With one unit only the sign is learned.",
    ),
)
