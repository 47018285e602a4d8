"""How far one run has come: what workers send, the engine gathers and the store keeps."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from zlib import compress

import numpy as np

# A compressed prediction as it is sent and stored: shape, and float16 values in zlib.
Packed = tuple[tuple[int, ...], bytes]


@dataclass
class Progress:
    """One run. `frames` are those that the store does not have yet, by epoch."""

    rows: np.ndarray | None = None  # float32 (epochs so far, columns)
    frames: dict[int, Packed] = field(default_factory=dict)
    diverged: int | None = None  # epoch
    proof: Mapping[str, str] | None = None
    finals: Mapping[str, Mapping[str, float]] | None = None
    dead: Mapping[str, float] | None = None  # ReLU layer -> share of units that answer no row
    error: str | None = None
    error_type: str | None = None
    outcome: str | None = None  # finished, failed, interrupted or cancelled, once it has ended

    @property
    def epochs(self) -> int:
        """Epochs finished."""
        return 0 if self.rows is None else len(self.rows)

    def extend(self, start: int, rows: np.ndarray) -> None:
        """Add rows of the epochs after `start`; skips known ones, all at a gap."""
        new = rows[max(self.epochs - start, 0) :]
        if start > self.epochs or not len(new):
            return
        self.rows = new if self.rows is None else np.concatenate([self.rows, new])

    def since(self, start: int) -> dict[str, Any]:
        """What happened after epoch `start`, as plain values; takes the frames along."""
        new = np.empty((0, 0), np.float32) if self.rows is None else self.rows[start:]
        frames, self.frames = self.frames, {}
        return {
            "start": start,
            "shape": list(new.shape),
            "rows": np.ascontiguousarray(new, np.float32).tobytes(),
            "frames": [[epoch, list(shape), blob] for epoch, (shape, blob) in frames.items()],
            "diverged": self.diverged,
            "proof": dict(self.proof) if self.proof else None,
        }

    def receive(self, message: Mapping[str, Any]) -> None:
        """Take in what `since` made, in another process."""
        rows = np.frombuffer(message["rows"], np.float32).reshape(message["shape"])
        self.extend(message["start"], rows)
        self.frames |= {epoch: (tuple(shape), blob) for epoch, shape, blob in message["frames"]}
        self.diverged = message["diverged"]
        self.proof = message["proof"]


def packed(array: np.ndarray) -> Packed:
    """Predictions, compressed."""
    half = np.ascontiguousarray(array, np.float16)
    return half.shape, compress(half.tobytes(), 1)
