"""Real data sets that come with scikit-learn: one function each, complete in itself."""

import numpy as np
from sklearn.datasets import (
    load_breast_cancer,
    load_diabetes,
    load_digits,
    load_iris,
    load_wine,
)


def iris() -> tuple[np.ndarray, np.ndarray]:
    """Iris flowers in cm. x: float64 (150, 4), y: int64 (150,) of 0 to 2."""
    x, y = load_iris(return_X_y=True)
    return x, y.astype("int64")


def wine() -> tuple[np.ndarray, np.ndarray]:
    """Chemistry of wines. x: float64 (178, 13), y: int64 (178,) of 0 to 2."""
    x, y = load_wine(return_X_y=True)
    return x, y.astype("int64")


def breast_cancer() -> tuple[np.ndarray, np.ndarray]:
    """Cell nuclei of tumours. x: float64 (569, 30), y: int64 (569,), 1 is malignant."""
    x, y = load_breast_cancer(return_X_y=True)
    # scikit-learn has malignant as 0; as 1, recall counts the tumours that were found.
    return x, 1 - y.astype("int64")


def digits() -> tuple[np.ndarray, np.ndarray]:
    """Handwritten digits. x: float32 (1797, 8, 8, 1) from 0 to 1, y: int64 (1797,) of 0 to 9."""
    x, y = load_digits(return_X_y=True)
    return (x / 16).astype("float32").reshape(-1, 8, 8, 1), y.astype("int64")


def diabetes() -> tuple[np.ndarray, np.ndarray]:
    """Diabetes patients. x: float64 (442, 10), y: float64 (442,), progression in hundreds."""
    # scaled=False: scikit-learn's own scaling has already looked at the test rows.
    x, y = load_diabetes(return_X_y=True, scaled=False)
    return x, y / 100
