"""Smoothing of a noisy curve."""

from typing import Final

import numpy as np

LEVELS: Final = {"off": 0.0, "light": 0.6, "strong": 0.9}
NOTHING = 1e-7  # a weight that changes no pixel


def smoothed(values: np.ndarray, weight: float) -> np.ndarray:
    """Exponential moving average, float32 (epochs,); NaN where the curve has no number.

    Each epoch before counts `weight` times as much as the one after it, and the weights of all up
    to an epoch sum to one: the average of Kingma and Ba (2015, section 3, with the correction of
    its bias), which TensorBoard draws too. It looks back only, so a curve's past never changes.
    """
    if not weight or not len(values):
        return values
    finite = np.isfinite(values)
    kernel = weight ** np.arange(min(len(values), np.ceil(np.log(NOTHING) / np.log(weight))))
    total = np.convolve(np.where(finite, values, 0).astype("float64"), kernel)[: len(values)]
    weights = np.convolve(finite, kernel)[: len(values)]
    made = total / np.where(finite, weights, 1)
    return np.where(finite, made, np.nan).astype("float32")
