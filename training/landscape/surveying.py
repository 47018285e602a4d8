"""Surveys the landscape of real runs: their walks, a plane, and the true loss all over it."""

from collections.abc import Callable

import numpy as np

from training.landscape import plane as planes
from training.landscape.losses import Losses
from training.landscape.plane import Plane
from training.landscape.spec import Landscape
from training.landscape.survey import Survey, Track
from training.landscape.walks import Walk, walks


def surveyed(asked: Landscape, say: Callable[[str], None]) -> Survey:
    """The survey. `say` hears how far it is, and may raise to end the work."""
    walked = walks(asked.experiments, say)
    own = walked[asked.lane]
    say("Looking for the plane")
    plane = _plane(asked, walked)
    places = [plane.places(walk.weights) for walk in walked]
    across, up = planes.grid(np.concatenate(places), asked.side, asked.plane == "random")
    nodes = np.stack(np.meshgrid(across, up), -1).reshape(-1, 2)
    losses = Losses(own, asked.part)

    def heard(done: int) -> None:
        say(f"Loss at {done} of {len(nodes)} places")

    found = losses.of(lambda part: plane.weights(nodes[part]), len(nodes), own.state, heard)
    tracks = [
        _track(walk, near, plane, losses, own.state)
        for walk, near in zip(walked, places, strict=True)
    ]
    return Survey(
        across.astype("float32"),
        up.astype("float32"),
        found.reshape(asked.side, asked.side),
        np.array(plane.shares, "float32"),
        tuple(tracks),
    )


def _plane(asked: Landscape, walked: list[Walk]) -> Plane:
    paths = [walk.weights for walk in walked]
    if asked.plane == "paths":
        return planes.of_paths(paths)
    own = walked[asked.lane]
    return planes.random_around(own.weights[-1], own.stack.program.shapes, asked.seed, paths)


def _track(
    walk: Walk, near: np.ndarray, plane: Plane, losses: Losses, state: list[np.ndarray]
) -> Track:
    count = len(walk.epochs)
    return Track(
        np.array(walk.epochs, "int32"),
        near.astype("float32"),
        plane.off(walk.weights).astype("float32"),
        losses.of(lambda part: walk.weights[part], count, walk.state),
        losses.of(lambda part: plane.weights(near[part]), count, state),
    )
