"""Metrics of a binary decision at a threshold, by scikit-learn."""

from collections.abc import Sequence

import numpy as np
from sklearn.metrics import accuracy_score, precision_recall_fscore_support

NAMES = ("accuracy", "precision", "recall", "F1")


def measured(true: np.ndarray, scores: np.ndarray, threshold: float) -> dict[str, float]:
    """Accuracy, precision, recall and F1, as Keras's metrics give them with this threshold.

    true: 0 or 1 (rows,); scores: float (rows,). A score above the threshold means 1, one that
    equals it 0. Without any row to judge by, precision, recall and F1 are 0.
    """
    # float32, as Keras compares: 0.3 as a score and 0.3 as a threshold are the same number
    said = np.asarray(scores, "float32") > np.float32(threshold)
    precision, recall, f1, _ = precision_recall_fscore_support(
        true, said, average="binary", zero_division=0
    )
    values = (accuracy_score(true, said), precision, recall, f1)
    return dict(zip(NAMES, map(float, values), strict=True))


def over(
    true: np.ndarray, scores: np.ndarray, thresholds: Sequence[float]
) -> dict[str, np.ndarray]:
    """The same at many thresholds, each float (thresholds,)."""
    found = [measured(true, scores, threshold) for threshold in thresholds]
    return {name: np.array([one[name] for one in found]) for name in NAMES}
