"""Labels of every task in every form, for the tests of losses and metrics."""

import numpy as np

ROWS, CLASSES, LABELS = 24, 3, 4


def one_hot(numbers: np.ndarray, classes: int) -> np.ndarray:
    """Rows of zeros with a one at each number; float32 (rows, classes)."""
    return np.eye(classes, dtype="float32")[numbers]


def labels_of(task: str, form: str) -> np.ndarray:
    """Labels of a task in a form, shaped as the engine passes them; the same at every call."""
    rng = np.random.default_rng(1)
    if task == "regression":
        return rng.uniform(0.5, 3.0, (ROWS, 1)).astype("float32")
    if task == "multilabel":
        return np.r_[
            one_hot(np.arange(LABELS), LABELS), rng.integers(0, 2, (ROWS - LABELS, LABELS))
        ]
    classes = 2 if task == "binary" else CLASSES
    numbers = np.r_[np.arange(classes), rng.integers(0, classes, ROWS - classes)]
    match form:
        case "int":
            return numbers
        case "one-hot":
            return one_hot(numbers, classes)
        case "0/1":
            return numbers[:, None].astype("float32")
        case _:
            return 2.0 * numbers[:, None].astype("float32") - 1.0
