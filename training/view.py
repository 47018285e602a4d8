"""Inputs on which a model is looked at while it trains: a grid, a line, or validation rows."""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from datasets import Data
from training.layers import output_units
from training.spec import Experiment

GRID = 48  # points along each side of the plane
LINE = 160  # points along the line
MARGIN = 0.08  # of the data's range, on each side


@dataclass(frozen=True)
class View:
    """Inputs to look at. x: float32 (points, *shape), standardised as the model sees them.

    "plane": every point of a grid, row by row from the lowest second feature; "line": along the
    only feature, to which a number belongs; "rows": the validation part. `axes` holds the
    coordinates of plane and line, standardised.
    """

    kind: Literal["plane", "line", "rows"]
    x: np.ndarray
    axes: tuple[np.ndarray, ...] = ()


def view(data: Data) -> View:
    """The view that suits the number of features."""
    features = data.train.x.shape[1:]
    if features == (1,) and data.facts.heads[0].task == "regression":
        (axis,) = _axes(data, LINE)
        return View("line", axis[:, None], (axis,))
    if features == (2,):
        across, up = _axes(data, GRID)
        points = np.stack(np.meshgrid(across, up), -1).reshape(-1, 2)
        return View("plane", points, (across, up))
    return View("rows", data.validation.x)


def head_slices(experiment: Experiment) -> dict[str, slice]:
    """Where each head's outputs stand in a frame's last axis."""
    slices, at = {}, 0
    for head in experiment.facts.heads:
        units = output_units(experiment, head)
        slices[head.name], at = slice(at, at + units), at + units
    return slices


def _axes(data: Data, points: int) -> tuple[np.ndarray, ...]:
    every = np.concatenate([data.train.x, data.validation.x, data.test.x])
    low, high = every.min(0), every.max(0)
    room = MARGIN * (high - low)
    return tuple(
        np.linspace(a, b, points, dtype="float32")
        for a, b in zip(low - room, high + room, strict=True)
    )
