"""Planes in the space of weights: the one that holds most of some paths, and random ones."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

ROOM = 0.18  # of what paths span, left free around them
REACH = 1.0  # of random directions, which are as long as the weights themselves


@dataclass(frozen=True, eq=False)
class Plane:
    """All weights `origin + a * directions[0] + b * directions[1]`.

    origin: float64 (parameters,); directions: float64 (2, parameters). shares: which part of the
    paths' variance lies along each direction; it is only meant where these are at right angles.
    """

    origin: np.ndarray
    directions: np.ndarray
    shares: tuple[float, float]

    def weights(self, places: np.ndarray) -> np.ndarray:
        """Weights at places (n, 2), float32 (n, parameters)."""
        return (self.origin + np.asarray(places, "float64") @ self.directions).astype("float32")

    def places(self, weights: np.ndarray) -> np.ndarray:
        """The nearest places in the plane to weights (n, parameters), float64 (n, 2)."""
        away = np.asarray(weights, "float64") - self.origin
        return np.linalg.lstsq(self.directions.T, away.T, rcond=None)[0].T

    def off(self, weights: np.ndarray) -> np.ndarray:
        """How far weights (n, parameters) lie off the plane, float64 (n,)."""
        away = np.asarray(weights, "float64") - self.origin
        return np.linalg.norm(away - self.places(weights) @ self.directions, axis=1)


def of_paths(paths: Sequence[np.ndarray]) -> Plane:
    """The plane of the first two principal components of all points; paths are (k, parameters)."""
    points = np.concatenate(paths).astype("float64")
    origin = points.mean(0)
    _, sizes, directions = np.linalg.svd(points - origin, full_matrices=False)
    along = sizes**2 / max(float((sizes**2).sum()), np.finfo("float64").tiny)
    return Plane(origin, directions[:2], (float(along[0]), float(along[1])))


def random_around(
    end: np.ndarray, shapes: Sequence[tuple[int, ...]], seed: int, paths: Sequence[np.ndarray]
) -> Plane:
    """Two random directions around weights (parameters,), each filter as long as in the weights.

    As Li et al. 2018 do it (arXiv:1712.09913): what goes into one unit, or makes one channel, is a
    filter; biases and what normalisation learns stay as they are.
    """
    random = np.random.default_rng(seed)
    ends = np.cumsum([int(np.prod(shape)) for shape in shapes])[:-1]
    parts = np.split(end.astype("float64"), ends)
    drawn = [
        np.concatenate(
            [_filters(random, own.reshape(s)).ravel() for own, s in zip(parts, shapes, strict=True)]
        )
        for _ in range(2)
    ]
    plane = Plane(end.astype("float64"), np.stack(drawn), (0.0, 0.0))
    points = np.concatenate(paths)
    total = float(((points - points.mean(0)) ** 2).sum())
    inside = plane.places(points) @ plane.directions
    return Plane(plane.origin, plane.directions, _shares(inside, plane, total))


def grid(places: np.ndarray, side: int, random: bool) -> tuple[np.ndarray, np.ndarray]:
    """Where to look, along both directions, float64 (side,): around the paths' places (n, 2)."""
    if random:
        return (np.linspace(-REACH, REACH, side),) * 2
    low, high = places.min(0), places.max(0)
    # paths along a line still need a plane around them
    room = np.maximum(ROOM * (high - low), 0.05 * (high - low).max() or 1.0)
    across, up = (np.linspace(a - r, b + r, side) for a, b, r in zip(low, high, room, strict=True))
    return across, up


def _filters(random: np.random.Generator, weights: np.ndarray) -> np.ndarray:
    if weights.ndim < 2:
        return np.zeros(weights.shape)
    drawn = random.normal(size=weights.shape)
    axes = tuple(range(weights.ndim - 1))  # the last axis counts the units
    long = np.sqrt((weights**2).sum(axes, keepdims=True))
    return drawn * long / np.sqrt((drawn**2).sum(axes, keepdims=True))


def _shares(inside: np.ndarray, plane: Plane, total: float) -> tuple[float, float]:
    """The variance along each of two directions that are nearly at right angles."""
    long = np.linalg.norm(plane.directions, axis=1, keepdims=True)
    unit = plane.directions / np.where(long > 0, long, 1.0)
    spread = ((inside - inside.mean(0)) @ unit.T) ** 2
    first, second = (spread.sum(0) / (total or 1.0)).tolist()
    return first, second
