"""What was recorded inside one run: norms and optimizer slots by weight tensor, dead units, scores.

Written by training.recording on a worker; read here without TensorFlow.
"""

import io
import json
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

MOST_SAMPLED = 64  # weights of one tensor whose slots are kept


@dataclass(frozen=True, eq=False)
class Inside:
    """Recordings at R epochs of T trainable tensors, in the order of the model's own.

    Norms are Euclidean, float32 (R, T). A tensor is called as `layer/weight`, the layer as Keras
    calls it in a new session.
    """

    epochs: np.ndarray  # int32 (R,), from 1, ascending
    tensors: tuple[str, ...]
    shapes: tuple[tuple[int, ...], ...]
    weight: np.ndarray  # of the weights at the end of the epoch
    gradient: np.ndarray  # of the loss's gradient over all training rows, dropout off
    update: np.ndarray  # of the change of the weights over this one epoch
    before: np.ndarray  # of the weights at the beginning of the epoch
    # name as Keras's attribute -> tensor -> float32 (R, at most MOST_SAMPLED): all numbers of a
    # small tensor, of a large one those at `positions`
    slots: Mapping[str, Mapping[str, np.ndarray]] = field(default_factory=dict)
    # layer with ReLU -> float32 (R,), share of units that put out 0 for every training row
    dead: Mapping[str, np.ndarray] = field(default_factory=dict)
    units: Mapping[str, int] = field(default_factory=dict)  # units of these layers
    # float32 (validation rows, outputs of all heads), what the trained model predicts
    predictions: np.ndarray = field(default_factory=lambda: np.empty((0, 0), "float32"))

    @property
    def ratio(self) -> np.ndarray:
        """Update-to-weight ratio, (R, T): change over the epoch over weights before; NaN at 0/0."""
        with np.errstate(divide="ignore", invalid="ignore"):
            found = self.update / self.before
        return np.where(np.isfinite(found), found, np.nan)

    def packed(self) -> bytes:
        """All of it, compressed."""
        arrays = {name: getattr(self, name) for name in ARRAYS}
        header = {
            "tensors": self.tensors,
            "shapes": self.shapes,
            "units": dict(self.units),
            "dead": list(self.dead),
            "slots": {slot: list(kept) for slot, kept in self.slots.items()},
        }
        arrays |= {f"dead{i}": share for i, share in enumerate(self.dead.values())}
        for s, kept in enumerate(self.slots.values()):
            arrays |= {f"slot{s}.{i}": values for i, values in enumerate(kept.values())}
        file = io.BytesIO()
        np.savez_compressed(file, header=np.array(json.dumps(header)), **arrays)
        return file.getvalue()


ARRAYS = ("epochs", "weight", "gradient", "update", "before", "predictions")


def unpacked(blob: bytes) -> Inside:
    """What `packed` made."""
    with np.load(io.BytesIO(blob), allow_pickle=False) as file:
        header = json.loads(str(file["header"]))
        return Inside(
            tensors=tuple(header["tensors"]),
            shapes=tuple(tuple(shape) for shape in header["shapes"]),
            units=header["units"],
            dead={name: file[f"dead{i}"] for i, name in enumerate(header["dead"])},
            slots={
                slot: {name: file[f"slot{s}.{i}"] for i, name in enumerate(names)}
                for s, (slot, names) in enumerate(header["slots"].items())
            },
            **{name: file[name] for name in ARRAYS},
        )


def positions(size: int) -> np.ndarray:
    """Which of a tensor's numbers are kept, flat: all up to MOST_SAMPLED, else evenly spread."""
    return np.linspace(0, size - 1, min(size, MOST_SAMPLED)).round().astype("int32")
