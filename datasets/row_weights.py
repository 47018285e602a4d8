"""How much each training row counts in the loss, by rules that give the same weights every time."""

import numpy as np

RULES: dict[str, tuple[str, ...]] = {  # by name, the tasks that have it
    "inverse class frequency": ("binary", "multiclass"),
    "near the middle": ("regression",),
    "random half doubled": ("binary", "multiclass", "multilabel", "regression"),
}


def row_weights(y: np.ndarray, rule: str) -> np.ndarray:
    """A weight for each row, float32 (rows,); complete in itself, so that a script can contain it.

    y: classes int (rows,), or numbers (rows, 1).
    "inverse class frequency": every class counts the same in sum, the mean weight is 1.
    "near the middle": rows count less the farther their target is from the median, by the weight
    function of Cauchy, 1 / (1 + (distance / median distance)^2); the mean weight is 1.
    "random half doubled": half of the rows, the same for everyone, count twice.
    """
    rows = len(y)
    if rule == "inverse class frequency":
        _, classes, counts = np.unique(np.ravel(y), return_inverse=True, return_counts=True)
        weights = rows / (len(counts) * counts[classes])
    elif rule == "near the middle":
        numbers = np.reshape(y, (rows, -1))[:, 0]
        distance = np.abs(numbers - np.median(numbers))
        weights = 1 / (1 + (distance / (np.median(distance) or 1.0)) ** 2)
        weights = weights / weights.mean()
    else:
        weights = np.ones(rows)
        weights[np.random.default_rng(0).permutation(rows)[: rows // 2]] = 2
    return weights.astype("float32")
