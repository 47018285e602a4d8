"""Generated data sets: one function each, complete in itself, so that a script can contain it.

Random numbers come from `RandomState`, whose stream NumPy promises never to change.
"""

import numpy as np
from sklearn.datasets import make_blobs, make_circles, make_moons


def moons(samples: int, noise: float, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Two half moons. x: float64 (samples, 2), y: int64 (samples,) of 0 and 1."""
    return make_moons(n_samples=samples, noise=noise, random_state=seed)


def circles(samples: int, noise: float, factor: float, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """A circle in a circle. x: float64 (samples, 2), y: int64 (samples,), 1 is the inner one."""
    return make_circles(n_samples=samples, noise=noise, factor=factor, random_state=seed)


def spirals(samples: int, noise: float, turns: float, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Two spirals wound into each other. x: float64 (samples, 2), y: int64 (samples,)."""
    random = np.random.RandomState(seed)
    y = np.arange(samples, dtype="int64") % 2
    # The square root spreads the points evenly along the arm.
    radius = np.sqrt(random.uniform(0.01, 1.0, samples))
    angle = 2 * np.pi * turns * radius + np.pi * y
    x = np.stack([radius * np.cos(angle), radius * np.sin(angle)], axis=1)
    return x + noise * random.normal(size=(samples, 2)), y


def blobs(samples: int, noise: float, centers: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Round clouds with centers on a circle. x: float64 (samples, 2), y: int64 (samples,)."""
    angle = 2 * np.pi * np.arange(centers) / centers
    middles = 3 * np.stack([np.cos(angle), np.sin(angle)], axis=1)
    return make_blobs(n_samples=samples, centers=middles, cluster_std=noise, random_state=seed)


def xor(samples: int, noise: float, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Four quarters, opposite ones alike. x: float64 (samples, 2), y: int64 (samples,)."""
    random = np.random.RandomState(seed)
    x = random.uniform(-1, 1, (samples, 2))
    y = (x[:, 0] * x[:, 1] > 0).astype("int64")
    return x + noise * random.normal(size=(samples, 2)), y


def imbalanced(
    samples: int, noise: float, share: float, seed: int
) -> tuple[np.ndarray, np.ndarray]:
    """A big and a small cloud, `share` of the rows in the small one (1).

    x: float64 (samples, 2), y: int64 (samples,).
    """
    random = np.random.RandomState(seed)
    y = (np.arange(samples) < round(share * samples)).astype("int64")
    return 2.0 * y[:, None] + noise * random.normal(size=(samples, 2)), y


def linear(samples: int, noise: float, features: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """y = 1 + 2 x1 + x2 + 2/3 x3 + ... x: float64 (samples, features), y: float64 (samples,)."""
    random = np.random.RandomState(seed)
    x = random.uniform(-1, 1, (samples, features))
    y = 1 + (x * 2 / np.arange(1, features + 1)).sum(axis=1)
    return x, y + noise * random.normal(size=samples)


def sine(samples: int, noise: float, waves: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """y = sin(waves pi x), x from -1 to 1. x: float64 (samples, 1), y: float64 (samples,)."""
    random = np.random.RandomState(seed)
    x = random.uniform(-1, 1, (samples, 1))
    return x, np.sin(waves * np.pi * x[:, 0]) + noise * random.normal(size=samples)


def outliers(samples: int, noise: float, share: float, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """y = 1 + 2x, but `share` of the rows lie 3 to 6 too high.

    x: float64 (samples, 1), y: float64 (samples,).
    """
    random = np.random.RandomState(seed)
    x = random.uniform(-1, 1, (samples, 1))
    y = 1 + 2 * x[:, 0] + noise * random.normal(size=samples)
    wrong = round(share * samples)
    y[:wrong] += random.uniform(3, 6, wrong)
    return x, y


def multilabel(samples: int, noise: float, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Three overlapping circles, one label each.

    x: float64 (samples, 2), y: int64 (samples, 3) of 0 and 1.
    """
    random = np.random.RandomState(seed)
    x = random.uniform(-1, 1, (samples, 2))
    middles = np.array([[-0.3, -0.25], [0.3, -0.25], [0.0, 0.3]])
    distance = np.sqrt(((x[:, None, :] - middles) ** 2).sum(axis=2))
    return x + noise * random.normal(size=(samples, 2)), (distance < 0.6).astype("int64")


def two_output(samples: int, noise: float, seed: int) -> tuple[np.ndarray, dict[str, np.ndarray]]:
    """Half moons with two things to predict: the moon ("kind") and a distance ("amount").

    x: float64 (samples, 2); kind: int64 (samples,), amount: float64 (samples,).
    """
    random = np.random.RandomState(seed)
    x, kind = make_moons(n_samples=samples, noise=noise, random_state=random)
    distance = np.sqrt(((x - np.array([0.5, 0.25])) ** 2).sum(axis=1))
    return x, {"kind": kind, "amount": distance + noise * random.normal(size=samples)}
