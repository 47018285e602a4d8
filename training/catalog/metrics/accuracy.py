"""Metrics that count right answers."""

from training.catalog.entry import Argument, Entry
from training.catalog.metrics.metric import CLASS_NUMBERS, ONE_HOT, ONE_OF, YES_NO, metric

BEST_K = Argument("k", "int", 5, "How many of the largest outputs may hold the true class.", 1, 512)

ACCURACY: tuple[Entry, ...] = (
    metric(
        "accuracy",
        "Accuracy",
        "The share of right answers: Keras takes BinaryAccuracy for one output unit, else "
        "SparseCategoricalAccuracy for integer labels and CategoricalAccuracy for one-hot ones.",
        r"\frac{\text{right}}{\text{all}}",
        "accuracy_metrics",
        ONE_OF,
        "Labels 0/1 with one unit, integers or one-hot with one unit per class.",
        "higher",
    ),
    metric(
        "BinaryAccuracy",
        "Binary accuracy",
        "The share of yes/no answers that are right.",
        r"\frac1n\sum [\,y = (p > t)\,]",
        "accuracy_metrics",
        YES_NO,
        "Labels 0/1 and probabilities.",
        "higher",
        Argument("threshold", "float", 0.5, "An output above this counts as yes.", -100.0, 100.0),
    ),
    metric(
        "CategoricalAccuracy",
        "Categorical accuracy",
        "The share of rows whose largest output is the true class, from one-hot labels.",
        r"\frac1n\sum [\arg\max_c y_c = \arg\max_c p_c]",
        "accuracy_metrics",
        ONE_OF,
        ONE_HOT,
        "higher",
    ),
    metric(
        "SparseCategoricalAccuracy",
        "Sparse categorical accuracy",
        "The share of rows whose largest output is the true class, from class numbers.",
        r"\frac1n\sum [\,y = \arg\max_c p_c]",
        "accuracy_metrics",
        ONE_OF,
        CLASS_NUMBERS,
        "higher",
    ),
    metric(
        "TopKCategoricalAccuracy",
        "Top-k categorical accuracy",
        "The share of rows whose true class is among the k largest outputs, from one-hot labels.",
        r"\frac1n\sum [\,p_y \text{ among the } k \text{ largest}]",
        "accuracy_metrics",
        ("multiclass",),
        ONE_HOT,
        "higher",
        BEST_K,
    ),
    metric(
        "SparseTopKCategoricalAccuracy",
        "Sparse top-k categorical accuracy",
        "The share of rows whose true class is among the k largest outputs, from class numbers.",
        r"\frac1n\sum [\,p_y \text{ among the } k \text{ largest}]",
        "accuracy_metrics",
        ("multiclass",),
        CLASS_NUMBERS,
        "higher",
        BEST_K,
    ),
)
