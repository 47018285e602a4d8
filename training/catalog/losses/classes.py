"""Losses for classes: cross-entropies, hinges and divergence."""

from training.catalog.entry import Argument, Entry
from training.catalog.losses.loss import CLASSIFICATION, PROBABILITY_PAGE, loss

GAMMA = Argument(
    "gamma", "float", 2.0, "How strongly rows already right are ignored; 0 ignores none.", 0.0, 10.0
)
LOGITS = Argument(
    "from_logits",
    "bool",
    False,
    "The last layer is linear and gives raw scores; the loss does the squashing. It adds nothing "
    "to the loss: the numbers are those of a sigmoid or softmax layer, but for rounding.",
)
SMOOTHING = Argument(
    "label_smoothing",
    "float",
    0.0,
    "Moves the targets this much away from certainty, so that being over-sure costs. It adds a "
    "floor to the loss that no model comes below: the entropy of the moved targets.",
    0.0,
    1.0,
)
ONE_HOT = "One-hot labels and a softmax layer with one unit per class."
HINGE_PAGE = "https://keras.io/api/losses/hinge_losses"

CLASSES: tuple[Entry, ...] = (
    loss(
        "BinaryCrossentropy",
        "Binary cross-entropy",
        "Punishes a yes/no probability by how surprised it is at the truth.",
        r"-\,y \log p - (1-y)\log(1-p)",
        PROBABILITY_PAGE,
        CLASSIFICATION,
        "Labels 0/1 and a sigmoid unit per question.",
        LOGITS,
        SMOOTHING,
    ),
    loss(
        "BinaryFocalCrossentropy",
        "Binary focal cross-entropy",
        "Binary cross-entropy that looks mostly at rows it still gets wrong.",
        r"-\,y\,(1-p)^\gamma \log p - (1-y)\,p^\gamma \log(1-p)",
        "Lin et al. 2017, arXiv:1708.02002",
        CLASSIFICATION,
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
    loss(
        "CategoricalCrossentropy",
        "Categorical cross-entropy",
        "Punishes by how small a probability the true class got.",
        r"-\sum_c y_c \log p_c",
        PROBABILITY_PAGE,
        ("binary", "multiclass"),
        ONE_HOT,
        LOGITS,
        SMOOTHING,
    ),
    loss(
        "SparseCategoricalCrossentropy",
        "Sparse categorical cross-entropy",
        "The same number as categorical cross-entropy, from class numbers instead of one-hot rows.",
        r"-\log p_y",
        PROBABILITY_PAGE,
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
    loss(
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
    loss(
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
    loss(
        "CategoricalHinge",
        "Categorical hinge",
        "Wants the true class's score to beat every other by a margin of 1, and then is content.",
        r"\max\left(0,\; 1 + \max_c\,(1-y_c)\,\hat y_c - \sum_c y_c\,\hat y_c\right)",
        HINGE_PAGE,
        ("binary", "multiclass"),
        "One-hot labels and a linear layer with one unit per class.",
    ),
    loss(
        "Hinge",
        "Hinge",
        "Wants the score on the right side of zero by a margin of 1, and then is content.",
        r"\max(0,\; 1 - y\,\hat y), \qquad y \in \{-1, 1\}",
        HINGE_PAGE,
        CLASSIFICATION,
        "Labels -1/1 (Keras converts 0/1) and a tanh or linear unit.",
    ),
    loss(
        "SquaredHinge",
        "Squared hinge",
        "Hinge squared: far on the wrong side costs much more.",
        r"\max(0,\; 1 - y\,\hat y)^2, \qquad y \in \{-1, 1\}",
        HINGE_PAGE,
        CLASSIFICATION,
        "Labels -1/1 (Keras converts 0/1) and a tanh or linear unit.",
    ),
    loss(
        "KLDivergence",
        "Kullback-Leibler divergence",
        "How far the predicted distribution over classes is from the true one.",
        r"\sum_c y_c \log \frac{y_c}{p_c}",
        PROBABILITY_PAGE,
        ("binary", "multiclass"),
        ONE_HOT,
    ),
)
