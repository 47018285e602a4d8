"""The losses: every number Keras can make small that fits these tasks.

Traits:
- "batchwise": the value of a batch is not the mean of its rows' own values.
"""

from training.catalog.entry import Argument, Entry, Task

LOGITS = Argument(
    "from_logits",
    "bool",
    False,
    "The last layer is linear and gives raw scores; the loss does the squashing.",
)
SMOOTHING = Argument(
    "label_smoothing",
    "float",
    0.0,
    "Moves the targets this much away from certainty, so that being over-sure costs.",
    0.0,
    1.0,
)
GAMMA = Argument(
    "gamma", "float", 2.0, "How strongly rows already right are ignored; 0 ignores none.", 0.0, 10.0
)
ROWS = Argument(
    "axis",
    "choice",
    None,
    "None scores the whole batch as one, -1 scores each row by itself and takes the mean.",
    options=(None, -1),
    optional=True,
    advanced=True,
)

LEFT_OUT = {
    "Loss": "Base class to write one's own loss from; it has no formula of its own.",
    "Circle": "Learns distances between embeddings, not labels; no data set here asks for that.",
    "CTC": "Aligns sequences of different lengths (speech, handwriting); no data set here has any.",
}

# An argument of one loss only is written with its class.
LEFT_OUT_ARGUMENTS = {
    "reduction": "Others multiply the loss by the batch size, or give no single number.",
    "name": "A label; changes no number.",
    "dtype": "All runs compute in float32, so that they can be compared.",
    "axis": "Outputs have one axis of classes, the last, which is the default.",
}


def _loss(
    name: str,
    label: str,
    sentence: str,
    formula: str,
    source: str,
    tasks: tuple[Task, ...],
    needs: str,
    *arguments: Argument,
    traits: frozenset[str] = frozenset(),
) -> Entry:
    return Entry(name, "loss", label, sentence, formula, source, arguments, tasks, needs, traits)


PROBABILITIES = "https://keras.io/api/losses/probabilistic_losses"
NUMBERS = "https://keras.io/api/losses/regression_losses"
HINGES = "https://keras.io/api/losses/hinge_losses"
CLASSES: tuple[Task, ...] = ("binary", "multiclass", "multilabel")
ANY: tuple[Task, ...] = (*CLASSES, "regression")
ONE_HOT = "One-hot labels and a softmax layer with one unit per class."

_ENTRIES = (
    _loss(
        "BinaryCrossentropy",
        "Binary cross-entropy",
        "Punishes a yes/no probability by how surprised it is at the truth.",
        r"-\,y \log p - (1-y)\log(1-p)",
        PROBABILITIES,
        CLASSES,
        "Labels 0/1 and a sigmoid unit per question.",
        LOGITS,
        SMOOTHING,
    ),
    _loss(
        "BinaryFocalCrossentropy",
        "Binary focal cross-entropy",
        "Binary cross-entropy that looks mostly at rows it still gets wrong.",
        r"-\,y\,(1-p)^\gamma \log p - (1-y)\,p^\gamma \log(1-p)",
        "Lin et al. 2017, arXiv:1708.02002",
        CLASSES,
        "Labels 0/1 and a sigmoid unit per question; helps when one class is rare.",
        Argument(
            "apply_class_balancing",
            "bool",
            False,
            "Weighs ones by alpha and zeros by 1 - alpha.",
        ),
        Argument(
            "alpha",
            "float",
            0.25,
            "Weight of the ones; counts only with apply_class_balancing.",
            0.0,
            1.0,
        ),
        GAMMA,
        LOGITS,
        SMOOTHING,
    ),
    _loss(
        "CategoricalCrossentropy",
        "Categorical cross-entropy",
        "Punishes by how small a probability the true class got.",
        r"-\sum_c y_c \log p_c",
        PROBABILITIES,
        ("binary", "multiclass"),
        ONE_HOT,
        LOGITS,
        SMOOTHING,
    ),
    _loss(
        "SparseCategoricalCrossentropy",
        "Sparse categorical cross-entropy",
        "The same number as categorical cross-entropy, from class numbers instead of one-hot rows.",
        r"-\log p_y",
        PROBABILITIES,
        ("binary", "multiclass"),
        "Integer labels 0, 1, 2, ... and a softmax layer with one unit per class.",
        LOGITS,
        Argument(
            "ignore_class",
            "int",
            None,
            "Rows of this class do not count.",
            0,
            1000,
            optional=True,
            advanced=True,
        ),
    ),
    _loss(
        "CategoricalFocalCrossentropy",
        "Categorical focal cross-entropy",
        "Categorical cross-entropy that looks mostly at rows it still gets wrong.",
        r"-\,\alpha \sum_c y_c\,(1-p_c)^\gamma \log p_c",
        "Lin et al. 2017, arXiv:1708.02002",
        ("binary", "multiclass"),
        ONE_HOT,
        Argument("alpha", "float", 0.25, "A factor on the whole loss.", 0.0, 100.0),
        GAMMA,
        LOGITS,
        SMOOTHING,
    ),
    _loss(
        "CategoricalGeneralizedCrossEntropy",
        "Generalized cross-entropy",
        "Lies between cross-entropy and absolute error, so wrong labels pull less.",
        r"\frac{1 - p_y^{\,q}}{q}",
        "Zhang and Sabuncu 2018, arXiv:1805.07836",
        ("binary", "multiclass"),
        "Integer labels (in spite of its name) and a softmax layer with one unit per class.",
        Argument(
            "q",
            "float",
            0.5,
            "Near 0 it is cross-entropy, near 1 absolute error.",
            0.01,
            0.99,
        ),
    ),
    _loss(
        "CategoricalHinge",
        "Categorical hinge",
        "Wants the true class's score to beat every other by a margin of 1, and then is content.",
        r"\max\left(0,\; 1 + \max_c\,(1-y_c)\,\hat y_c - \sum_c y_c\,\hat y_c\right)",
        HINGES,
        ("binary", "multiclass"),
        "One-hot labels and a linear layer with one unit per class.",
    ),
    _loss(
        "Hinge",
        "Hinge",
        "Wants the score on the right side of zero by a margin of 1, and then is content.",
        r"\max(0,\; 1 - y\,\hat y), \qquad y \in \{-1, 1\}",
        HINGES,
        CLASSES,
        "Labels -1/1 (Keras converts 0/1) and a tanh or linear unit.",
    ),
    _loss(
        "SquaredHinge",
        "Squared hinge",
        "Hinge squared: far on the wrong side costs much more.",
        r"\max(0,\; 1 - y\,\hat y)^2, \qquad y \in \{-1, 1\}",
        HINGES,
        CLASSES,
        "Labels -1/1 (Keras converts 0/1) and a tanh or linear unit.",
    ),
    _loss(
        "KLDivergence",
        "Kullback-Leibler divergence",
        "How far the predicted distribution over classes is from the true one.",
        r"\sum_c y_c \log \frac{y_c}{p_c}",
        PROBABILITIES,
        ("binary", "multiclass"),
        ONE_HOT,
    ),
    _loss(
        "Poisson",
        "Poisson",
        "For counts: punishes by how unlikely the count is if the prediction is its mean.",
        r"\hat y - y \log \hat y",
        PROBABILITIES,
        ("regression",),
        "Numbers of 0 or more, best counts, and a softplus unit.",
    ),
    _loss(
        "MeanSquaredError",
        "Mean squared error",
        "The square of the miss: one far miss costs more than many small ones.",
        r"(y - \hat y)^2",
        NUMBERS,
        ANY,
        "Numbers and a linear unit; for classes 0/1 or one-hot labels with sigmoid or softmax.",
    ),
    _loss(
        "MeanAbsoluteError",
        "Mean absolute error",
        "The size of the miss: outliers pull no harder than any other row.",
        r"|y - \hat y|",
        NUMBERS,
        ANY,
        "Numbers and a linear unit; for classes 0/1 or one-hot labels with sigmoid or softmax.",
    ),
    _loss(
        "MeanAbsolutePercentageError",
        "Mean absolute percentage error",
        "The miss in percent of the true number.",
        r"100\,\left|\frac{y - \hat y}{y}\right|",
        NUMBERS,
        ("regression",),
        "Numbers far from 0 (it divides by them) and a linear unit.",
    ),
    _loss(
        "MeanSquaredLogarithmicError",
        "Mean squared logarithmic error",
        "Squares the miss of the logarithms: counts ratios, not differences.",
        r"\left(\log(1+y) - \log(1+\hat y)\right)^2",
        NUMBERS,
        ("regression",),
        "Numbers of 0 or more (it takes negative ones for 0) and a softplus unit.",
    ),
    _loss(
        "Huber",
        "Huber",
        "Squared for small misses, straight for large ones, so outliers pull less.",
        r"\begin{cases}\tfrac12 (y-\hat y)^2 & |y-\hat y| \le \delta \\ "
        r"\delta\,|y-\hat y| - \tfrac12\delta^2 & \text{otherwise}\end{cases}",
        NUMBERS,
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
    _loss(
        "LogCosh",
        "Log-cosh",
        "A smooth cousin of Huber: squared near 0, straight far out.",
        r"\log\cosh(\hat y - y)",
        NUMBERS,
        ANY,
        "Numbers and a linear unit; for classes 0/1 or one-hot labels with sigmoid or softmax.",
    ),
    _loss(
        "CosineSimilarity",
        "Cosine similarity",
        "Compares the direction of two vectors and ignores their length; -1 is best.",
        r"-\frac{y \cdot \hat y}{\lVert y\rVert\,\lVert\hat y\rVert}",
        NUMBERS,
        CLASSES,
        "Vectors: at least two units. With one unit only the sign is learned.",
    ),
    _loss(
        "Dice",
        "Dice",
        "One minus the overlap of predicted and true ones, over the whole batch.",
        r"1 - \frac{2\sum y\,p}{\sum y + \sum p}",
        "https://keras.io/api/losses/segmentation_losses",
        CLASSES,
        "Labels 0/1 with sigmoid, or one-hot with softmax.",
        ROWS,
        traits=frozenset({"batchwise"}),
    ),
    _loss(
        "Tversky",
        "Tversky",
        "Dice that can weigh the two kinds of mistakes differently.",
        r"1 - \frac{\sum y\,p}{\sum y\,p + \alpha \sum y\,(1-p) + \beta \sum (1-y)\,p}",
        "Salehi et al. 2017, arXiv:1706.05721",
        CLASSES,
        "Labels 0/1 with sigmoid, or one-hot with softmax.",
        # Keras's docstring names alpha and beta the other way round than its code computes.
        Argument("alpha", "float", 0.5, "Weight of the ones that were missed.", 0.0, 10.0),
        Argument("beta", "float", 0.5, "Weight of the zeros that were called one.", 0.0, 10.0),
        ROWS,
        traits=frozenset({"batchwise"}),
    ),
)

LOSSES: dict[str, Entry] = {made.name: made for made in _ENTRIES}
