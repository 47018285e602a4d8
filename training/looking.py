"""What models predict on the view while they train: frames, for pictures of what was learnt."""

from collections.abc import Collection, Mapping, Sequence

import numpy as np
import tensorflow as tf

from training.program import Program

ELEMENTS = 400_000  # numbers of the view that a model looks at in one call
FRAMES = 60  # epochs that are kept of a lane at most
LOOKS = 720  # frames that are kept of all watched lanes: the more lanes, the fewer epochs

Frames = list[dict[int, np.ndarray]]  # by lane: epoch -> float16 (points, outputs)


class Looking:
    """Looks at watched lanes now and then, and at every lane when it has finished."""

    def __init__(self, program: Program, x: np.ndarray, watched: Sequence[int], lanes: int) -> None:
        """x: the view's inputs, float32 (points, *shape)."""
        self.program, self.x, self.watched, self.lanes = program, x, list(watched), lanes

    def epochs(self, epochs: int) -> set[int]:
        """Those after which watched lanes are looked at: evenly spaced, the last among them."""
        kept = max(1, min(epochs, FRAMES, LOOKS // len(self.watched)))
        return set(np.linspace(1, epochs, kept).round().astype(int).tolist()) | {epochs}

    def during(self, brought: dict, done: int, keep: Collection[int]) -> Frames:
        """Frames of the epochs in `keep` among those that a chunk brought after `done`."""
        kept = [e for e in range(len(brought["loss"])) if done + e + 1 in keep]
        if not kept:
            return [{} for _ in range(self.lanes)]
        flat = [
            tf.reshape(tf.gather(v, kept), (-1, *v.shape[2:]))
            for v in (brought["weights"], *brought["state"])
        ]
        which = [(done + e + 1, lane) for e in kept for lane in self.watched]
        return self._look(flat[0], flat[1:], which)

    def now(self, epochs: Mapping[int, int]) -> Frames:
        """What lanes predict as they are; `epochs` says of which lanes, and as which epoch."""
        lanes = list(epochs)
        if not lanes:
            return [{} for _ in range(self.lanes)]
        rows = tf.gather(self.program.rows(), lanes)
        state = [
            tf.gather(tf.concat(parts, 0), lanes) for parts in zip(*self.program.state, strict=True)
        ]
        return self._look(rows, state, [(epoch, lane) for lane, epoch in epochs.items()])

    def _look(
        self, rows: tf.Tensor, state: list[tf.Tensor], which: Sequence[tuple[int, int]]
    ) -> Frames:
        """Frames of weights `rows` (k, parameters); `which` = (epoch, lane) of each."""
        found: Frames = [{} for _ in range(self.lanes)]
        size = ELEMENTS // self.x[0].size
        parts = [
            np.concatenate(self.program.look(rows, state, self.x[first : first + size]), -1)
            for first in range(0, len(self.x), size)
        ]
        with np.errstate(over="ignore"):  # of lanes that diverge
            shown = np.concatenate(parts, 1).astype("float16")
        for (epoch, lane), frame in zip(which, shown, strict=True):
            found[lane][epoch] = frame
        return found
