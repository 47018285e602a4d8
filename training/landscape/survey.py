"""What was found of a landscape: the loss over a plane, and the runs' paths in it."""

import io
from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np


@dataclass(frozen=True, eq=False)
class Track:
    """One run in the plane: k recorded epochs, the first one 0, the last one its end."""

    epochs: np.ndarray  # int32 (k,)
    places: np.ndarray  # float32 (k, 2), the nearest ones in the plane
    off: np.ndarray  # float32 (k,), how far the weights lie off it
    losses: np.ndarray  # float32 (k,), of the weights themselves
    shadows: np.ndarray  # float32 (k,), of the weights at these places in the plane


@dataclass(frozen=True, eq=False)
class Survey:
    """The loss at all places of a grid, and the tracks in the order of the runs."""

    across: np.ndarray  # float32 (side,)
    up: np.ndarray  # float32 (side,)
    losses: np.ndarray  # float32 (side, side), a row for each of `up`; NaN where it is none
    shares: np.ndarray  # float32 (2,), of the variance of all recorded weights, by direction
    tracks: tuple[Track, ...]


MAP = ("across", "up", "losses", "shares")
TRACK = tuple(field.name for field in fields(Track))


def packed(survey: Survey) -> bytes:
    """All of it, compressed."""
    arrays = {name: getattr(survey, name) for name in MAP}
    for i, track in enumerate(survey.tracks):
        arrays |= {f"{name}.{i}": getattr(track, name) for name in TRACK}
    file = io.BytesIO()
    np.savez_compressed(file, **arrays)
    return file.getvalue()


def unpacked(blob: bytes) -> Survey:
    """What `packed` made."""
    with np.load(io.BytesIO(blob), allow_pickle=False) as file:
        count = sum(name.startswith("epochs.") for name in file.files)
        return Survey(
            **{name: file[name] for name in MAP},
            tracks=tuple(_track(file, i) for i in range(count)),
        )


def _track(file: Sequence, number: int) -> Track:
    return Track(**{name: file[f"{name}.{number}"] for name in TRACK})
