"""Records what happens inside a run, while it is trained once more by the very same engine."""

from collections.abc import Callable

import numpy as np

from training.inside import Inside, positions
from training.probe import PIECE, Probe
from training.slots import slots
from training.spec import Experiment
from training.stack import Stack, initial

MOST = 60  # epochs at which is recorded


def recording(experiment: Experiment, listen: Callable[[], None]) -> bytes:
    """An `Inside`, packed. `listen` is called now and then, and may raise to end the work."""
    return record(experiment, listen)[0].packed()


def record(
    experiment: Experiment, listen: Callable[[], None] = lambda: None
) -> tuple[Inside, np.ndarray]:
    """What was recorded, and the history it belongs to, as a run's: float32 (epochs, columns).

    Weights and slots are read between epochs and nothing is changed, so this history is that of the
    run itself, bit by bit. After the last epoch optimizers that average put the averages in place
    of the weights; the last recording is of these.
    """
    stack = Stack([experiment])
    recorder = Recorder(stack)
    count = min(experiment.epochs, MOST)
    wanted = set(np.linspace(1, experiment.epochs, count).round().astype(int).tolist())
    rows = []
    for chunk in stack.chunks(sorted(wanted | {epoch - 1 for epoch in wanted})):
        listen()
        rows.append(chunk.rows[0])
        if chunk.epochs in wanted and chunk.diverged[0] is None:
            recorder.look(chunk.epochs)
        recorder.row = stack.program.rows().numpy()[0]
    predictions = recorder.predictions() if chunk.diverged[0] is None else np.empty((0, 0))
    return recorder.inside(predictions.astype("float32")), np.concatenate(rows)


class Recorder:
    """What was recorded so far. `row` are the weights when the chunk under way began."""

    def __init__(self, stack: Stack) -> None:
        self.stack = stack
        self.probe = Probe(stack)
        self.tensors, self.shapes = self.probe.tensors(), stack.program.shapes
        self.ends = np.cumsum([int(np.prod(shape)) for shape in self.shapes])[:-1]
        self.row = initial(stack.layers, stack.experiments[0].seed)[0]
        self.epochs: list[int] = []
        self.norms: dict[str, list[list[float]]] = {
            name: [] for name in ("weight", "gradient", "update", "before")
        }
        self.slots: dict[str, dict[str, list[np.ndarray]]] = {}
        self.dead: dict[str, list[np.ndarray]] = {}

    def look(self, epoch: int) -> None:
        """Record the end of an epoch; `row` is its beginning."""
        self.probe.load()
        after = self.stack.program.rows().numpy()[0]
        measured = {
            "weight": np.split(after, self.ends),
            "gradient": self.probe.gradients(),
            "update": np.split(after - self.row, self.ends),
            "before": np.split(self.row, self.ends),
        }
        for name, parts in measured.items():
            self.norms[name].append([float(np.linalg.norm(part)) for part in parts])
        for slot, kept in slots(self.stack.program.lanes[0][0], self.shapes).items():
            for tensor, values in zip(self.tensors, kept, strict=True):
                if values is not None:
                    own = self.slots.setdefault(slot, {}).setdefault(tensor, [])
                    own.append(values.ravel()[positions(values.size)])
        for layer, units in self.probe.dead().items():
            self.dead.setdefault(layer, []).append(units)
        self.epochs.append(epoch)

    def predictions(self) -> np.ndarray:
        """What the model as it is now says of the validation rows, float32 (rows, outputs)."""
        program, x = self.stack.program, self.stack.data.validation.x
        state = [kept.value() for kept in program.state[0]]
        size = max(1, PIECE // x[0].size)
        parts = [
            np.concatenate(program.look(program.rows(), state, x[first : first + size]), -1)[0]
            for first in range(0, len(x), size)
        ]
        return np.concatenate(parts)

    def inside(self, predictions: np.ndarray) -> Inside:
        """All of it."""
        shape = (-1, len(self.tensors))
        return Inside(
            epochs=np.array(self.epochs, "int32"),
            tensors=self.tensors,
            shapes=tuple(self.shapes),
            slots={
                slot: {name: np.array(values, "float32") for name, values in kept.items()}
                for slot, kept in self.slots.items()
            },
            dead={n: np.array([u.mean() for u in own], "float32") for n, own in self.dead.items()},
            units={name: len(own[0]) for name, own in self.dead.items()},
            predictions=predictions,
            **{k: np.array(v, "float32").reshape(shape) for k, v in self.norms.items()},
        )
