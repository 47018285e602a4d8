"""Trains all experiments of a stack together and hands over what happened, chunk by chunk."""

import hashlib
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from training import build
from training.arrangement import Arrangement
from training.clock import timed
from training.epoch import rows_of, steps_of
from training.layers import Architecture
from training.looking import Looking
from training.program import program
from training.reading import Reading
from training.row_order import Orders, order_of
from training.schedule import Schedule
from training.spec import Experiment
from training.view import view
from training.watch import Watch

CHUNK_SECONDS = 0.2  # how long one call into the graph should take
CHUNK_ELEMENTS = 16_000_000  # scores and weights that one chunk may bring back


@dataclass
class Chunk:
    """What some epochs brought; lists go by lane, in the order of the experiments.

    rows: float32 (epochs of this chunk, columns), columns = experiment.columns + EXTRA; a lane that
        diverged, or that its callbacks ended, has no rows after that epoch.
    frames: epoch -> float16 (points, outputs), predictions on the view; epoch 0 is the start.
    finals: at the end {"train": {"loss": ...}, "validation": ..., "test": ...}, as `evaluate` says.
    diverged: the epoch in which the loss stopped being finite.
    over: whether nothing more will come.
    """

    epochs: int
    rows: list[np.ndarray]
    frames: list[dict[int, np.ndarray]]
    finals: list[dict[str, dict[str, float]] | None]
    diverged: list[int | None]
    over: bool = False


class Stack:
    """Experiments that share data, layers, batch size and epochs, and how many rows these have,
    trained as lanes of one graph.

    Raises what Keras raises when a choice is wrong, here or with the first chunk.
    """

    def __init__(self, experiments: Sequence[Experiment]) -> None:
        self.arrangement = arranged = Arrangement(experiments)
        self.experiments, self.lanes = arranged.experiments, arranged.lanes
        self.layers, self.data = arranged.layers, arranged.data
        self.watched = arranged.watched
        self.program = program(self.layers, arranged.groups)
        self.by_row = arranged.weights_by_group()
        self.seen = rows_of(self.experiments[0])  # training rows of an epoch
        own = [self.experiments[p] for p in self.lanes]
        self.orders = Orders(own, len(self.data.train.x), self.seen)
        self.reading = Reading(self.arrangement)
        self.looking = Looking(self.program, view(self.data).x, self.watched, len(self.lanes))
        self.proofs = self._proofs()
        self.rates = Schedule(own, steps_of(self.experiments[0]))
        self.until = self.experiments[0].epochs  # the last epoch that the next chunk may train

    def _proofs(self) -> list[dict[str, str]]:
        """Hashes a learner can compare: same data, initial weights and batch order."""
        parts = (self.data.train, self.data.validation, self.data.test)
        data = _hash(*(a for part in parts for a in (part.x, *part.y.values())))
        orders = {key: _hash(rows) for key, rows in self.orders.first().items()}
        weights = {seed: _hash(initial(self.layers, seed)[0]) for seed, _ in orders}
        return [
            {"data": data, "weights": weights[e.seed], "order": orders[order_of(e)]}
            for e in self.experiments
        ]

    def _start(self) -> None:
        begin = [initial(self.layers, self.experiments[p].seed) for p in self.lanes]
        state = [np.stack(parts) for parts in zip(*(s for _, s in begin), strict=True)]
        weights = self.arrangement.loss_weights()
        self.program.start(np.stack([row for row, _ in begin]), state, self.rates.at(1), weights)

    def chunks(self, ends: Sequence[int] = ()) -> Iterator[Chunk]:
        """Train, some epochs an item, one up to each of `ends`; not asking for more is a pause."""
        self._start()
        epochs, batch_size = self.experiments[0].epochs, self.experiments[0].batch_size
        train, validation = self.data.train, self.data.validation
        y, y_val = self.arrangement.targets(train), self.arrangement.targets(validation)
        of_lane, keep = self.orders.of_lane, self.looking.epochs(epochs)
        diverged: dict[int, int] = {}
        ended: dict[int, int] = {}  # those that diverged, and those that callbacks ended
        watch = Watch(self.program, [self.experiments[p] for p in self.lanes])
        done, size, frames = 0, 1, self.looking.now(dict.fromkeys(self.watched, 0))
        while done < epochs and len(ended) < len(self.lanes):
            last = min(self.until, self.rates.until(done + 1))
            stops = [end - done for end in (last, *ends) if end > done]
            size = 1 if watch else min(size, self._most_epochs(), *stops)
            self.rates.change(self.program.lanes, done + 1, size)
            order = self.orders.next(size)
            began = time.perf_counter()
            brought = self.program.train(
                train.x,
                y,
                order,
                of_lane,
                batch_size,
                validation.x,
                y_val,
                self.watched,
                self.by_row,
            )
            rows = self.reading.rows(brought, y, y_val, order[:, of_lane], batch_size)
            rows = timed(rows, time.perf_counter() - began, first=not done)
            for lane, table in enumerate(rows):
                finite = np.isfinite(table[:, self._loss_columns(lane)]).all(1)
                if lane not in diverged and not finite.all():
                    diverged[lane] = done + int(finite.argmin()) + 1
            new = self.looking.during(brought, done, keep)
            frames = [a if i in ended else a | new[i] for i, a in enumerate(frames)]
            stopped = watch.after(done + size, rows, ended | diverged)
            for lane in stopped:  # comes at the end, with the weights that it ends with
                frames[lane].pop(done + size, None)
            ended |= diverged | stopped
            self.rates.lower(watch.rates())
            last = done + size == epochs or len(ended) == len(self.lanes)
            if last:
                self.program.finish()
                watch.end()
                whole = {i: ended.get(i, epochs) for i in range(len(self.lanes))}
                ending = self.looking.now({i: e for i, e in whole.items() if i not in diverged})
                frames = [a | b for a, b in zip(frames, ending, strict=True)]
            yield Chunk(
                done + size,
                self.arrangement.by_position(
                    [
                        table[: max(0, ended.get(lane, epochs) - done)]
                        for lane, table in enumerate(rows)
                    ]
                ),
                self.arrangement.by_position(frames),
                self.reading.finals(self.program, diverged) if last else [None] * len(self.lanes),
                self.arrangement.by_position(
                    [diverged.get(lane) for lane in range(len(self.lanes))]
                ),
                last,
            )
            took = (time.perf_counter() - began) / size
            frames, done = [{} for _ in self.lanes], done + size
            # the first call also traces: its time says nothing of the next one's
            size = 4 if done == 1 else max(1, min(4 * size, round(CHUNK_SECONDS / took)))

    def _most_epochs(self) -> int:
        outputs = sum(v.shape[1] for v in self.program.model.outputs)
        seen = self.seen + len(self.data.validation.x)
        weights = len(self.watched) * self.program.size
        return max(1, CHUNK_ELEMENTS // (len(self.lanes) * seen * outputs + weights))

    def _loss_columns(self, lane: int) -> list[int]:
        names = self.experiments[self.lanes[lane]].columns
        return [names.index("loss"), names.index("val_loss")]


@lru_cache(maxsize=64)
def initial(layers: Architecture, seed: int) -> tuple[np.ndarray, list[np.ndarray]]:
    """Initial weights as one row, float32 (parameters,), and the non-trainable variables."""
    made = build.model(layers, seed)
    row = np.concatenate([np.ravel(v) for v in made.trainable_variables])
    return row, [v.numpy() for v in made.non_trainable_variables]


def _hash(*arrays: np.ndarray) -> str:
    """12 hex digits that change when any array does."""
    made = hashlib.sha256()
    for array in arrays:
        made.update(np.ascontiguousarray(array).tobytes())
    return made.hexdigest()[:12]
