"""Trains all experiments of a stack together and hands over what happened, chunk by chunk."""

import hashlib
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np
import tensorflow as tf

import datasets
from datasets.labels import encode
from training import build
from training.lanes import without_rate
from training.layers import Architecture, architecture, labels_form
from training.passes import Group
from training.program import program
from training.rulers import ruler
from training.spec import Choice, Experiment
from training.view import view

CHUNK_SECONDS = 0.2  # how long one call into the graph should take
CHUNK_ELEMENTS = 16_000_000  # scores and weights that one chunk may bring back
LOOK_ELEMENTS = 400_000  # numbers of the view that a model looks at in one call
FRAMES = 60  # epochs whose predictions on the view are kept


@dataclass
class Chunk:
    """What some epochs brought; lists go by lane, in the order of the experiments.

    rows: float32 (epochs of this chunk, columns), columns = experiment.columns + EXTRA; a lane that
        diverged has no rows after the epoch of its divergence.
    frames: epoch -> float16 (points, outputs), predictions on the view; epoch 0 is the start.
    finals: at the end {"train": {"loss": ...}, "validation": ..., "test": ...}, as `evaluate` says.
    diverged: the epoch in which the loss stopped being finite.
    """

    epochs: int
    rows: list[np.ndarray]
    frames: list[dict[int, np.ndarray]]
    finals: list[dict[str, dict[str, float]] | None]
    diverged: list[int | None]


@dataclass(frozen=True)
class Ruling:
    """One metric of some lanes: where it is measured and which column it fills."""

    choice: Choice
    head: int
    form: str
    lanes: dict[int, int] = field(default_factory=dict)  # lane -> first column among the metrics


class Stack:
    """Experiments that share data, layers, batch size and epochs, trained as lanes of one graph.

    Raises what Keras raises when a choice is wrong, here or with the first chunk.
    """

    def __init__(self, experiments: Sequence[Experiment]) -> None:
        first = experiments[0]
        self.experiments = list(experiments)
        self.layers = architecture(first)
        self.data = datasets.load(first.dataset.name, first.data_params)
        self.heads = first.facts.heads
        self.forms = [tuple(labels_form(e, head) for head in self.heads) for e in self.experiments]
        self._arrange()
        self.seeds = sorted({e.seed for e in self.experiments})
        self.orders = {seed: np.random.default_rng(seed) for seed in self.seeds}
        self.rulings = self._rulings()
        self.watched = self._first_seeds()
        self.view = view(self.data)
        self.proofs = self._proofs()

    def _arrange(self) -> None:
        """Lanes side by side: first by losses and labels, then by optimizer."""
        keys = [
            (e.compile.losses, forms, without_rate(e.compile.optimizer))
            for e, forms in zip(self.experiments, self.forms, strict=True)
        ]
        ranks = {key: i for i, key in enumerate(dict.fromkeys(keys))}
        losses = {key[:2]: i for i, key in reversed(list(enumerate(keys)))}
        self.lanes = sorted(range(len(keys)), key=lambda i: (losses[keys[i][:2]], ranks[keys[i]]))
        self.place = {position: lane for lane, position in enumerate(self.lanes)}
        groups: dict[tuple, dict[Choice, int]] = {}
        for position in self.lanes:
            counts = groups.setdefault(keys[position][:2], {})
            counts[keys[position][2]] = counts.get(keys[position][2], 0) + 1
        self.group_forms = [forms for _, forms in groups]
        self.program = program(
            self.layers,
            tuple(
                Group(
                    tuple(choice for _, choice in losses),
                    tuple(self._sample(h, form) for h, form in enumerate(forms)),
                    tuple(counts.items()),
                )
                for (losses, forms), counts in groups.items()
            ),
        )

    def _sample(self, head: int, form: str) -> tuple[str, tuple[int, ...]]:
        """dtype and shape of one encoded target."""
        one = self._encode(head, form, self.data.validation, slice(0, 1))
        return str(one.dtype), one.shape[1:]

    def _encode(
        self, head: int, form: str, part: datasets.Split, rows: slice = slice(None)
    ) -> np.ndarray:
        """A head's targets in a form; arrays as `encode` says."""
        found = self.heads[head]
        return encode(part.y[found.name][rows], found.task, found.units, form)

    def _targets(self, part: datasets.Split) -> tuple[tuple[tf.Tensor, ...], ...]:
        return tuple(
            tuple(tf.constant(self._encode(h, form, part)) for h, form in enumerate(forms))
            for forms in self.group_forms
        )

    def _rulings(self) -> list[Ruling]:
        """Every metric once, with the lanes that listed it."""
        found: dict[tuple, Ruling] = {}
        for position, e in enumerate(self.experiments):
            at = 0
            for h, ((_, listed), names) in enumerate(
                zip(e.compile.metrics, e.metric_columns, strict=True)
            ):
                for metric, own in zip(listed, names, strict=True):
                    form = self.forms[position][h]
                    ruling = found.setdefault((metric, h, form, at), Ruling(metric, h, form))
                    ruling.lanes[self.place[position]] = at
                    at += len(own)
        return list(found.values())

    def _first_seeds(self) -> list[int]:
        """Lanes that are looked at: the first seed of every variant."""
        seen: dict[Experiment, int] = {}
        for position, e in enumerate(self.experiments):
            seen.setdefault(e.with_seed(0), position)
        return sorted(self.place[position] for position in seen.values())

    def _proofs(self) -> list[dict[str, str]]:
        """Hashes a learner can compare: same data, initial weights and batch order."""
        parts = (self.data.train, self.data.validation, self.data.test)
        data = _hash(*(a for part in parts for a in (part.x, *part.y.values())))
        rows = len(self.data.train.x)
        orders = {seed: _hash(np.random.default_rng(seed).permutation(rows)) for seed in self.seeds}
        weights = {seed: _hash(initial(self.layers, seed)[0]) for seed in self.seeds}
        return [
            {"data": data, "weights": weights[e.seed], "order": orders[e.seed]}
            for e in self.experiments
        ]

    def _start(self) -> None:
        begin = [initial(self.layers, self.experiments[p].seed) for p in self.lanes]
        state = [np.stack(parts) for parts in zip(*(s for _, s in begin), strict=True)]
        rates = [
            self.experiments[p].compile.optimizer.full("optimizer")["learning_rate"]
            for p in self.lanes
        ]
        self.program.start(np.stack([row for row, _ in begin]), state, rates)

    def chunks(self) -> Iterator[Chunk]:
        """Train, a chunk of epochs for each item; not asking for the next one is a pause."""
        self._start()
        epochs, batch_size = self.experiments[0].epochs, self.experiments[0].batch_size
        train, validation = self.data.train, self.data.validation
        y, y_val = self._targets(train), self._targets(validation)
        seed_of_lane = np.array(
            [self.seeds.index(self.experiments[p].seed) for p in self.lanes], "int32"
        )
        keep = set(np.linspace(1, epochs, min(epochs, FRAMES)).round().astype(int).tolist())
        diverged: dict[int, int] = {}
        done, size, frames = 0, 1, self._frames_at_start()
        while done < epochs and len(diverged) < len(self.lanes):
            size = min(size, epochs - done, self._most_epochs())
            order = self._order(size)
            began = time.perf_counter()
            brought = self.program.train(
                train.x, y, order, seed_of_lane, batch_size, validation.x, y_val, self.watched
            )
            rows = self._rows(brought, y, y_val, order[:, seed_of_lane], batch_size)
            for lane, table in enumerate(rows):
                if (
                    lane not in diverged
                    and not np.isfinite(table[:, self._loss_columns(lane)]).all()
                ):
                    bad = ~np.isfinite(table[:, self._loss_columns(lane)]).all(1)
                    diverged[lane] = done + int(bad.argmax()) + 1
            new = self._frames(brought, done, keep)
            frames = [a | b for a, b in zip(frames, new, strict=True)]
            last = done + size == epochs or len(diverged) == len(self.lanes)
            if last:
                self.program.finish()
            yield Chunk(
                done + size,
                self._by_position(
                    [
                        table[: max(0, diverged.get(lane, epochs) - done)]
                        for lane, table in enumerate(rows)
                    ]
                ),
                self._by_position(frames),
                self._finals(diverged) if last else [None] * len(self.lanes),
                self._by_position([diverged.get(lane) for lane in range(len(self.lanes))]),
            )
            took = (time.perf_counter() - began) / size
            frames, done = [{} for _ in self.lanes], done + size
            # the first call also traces: its time says nothing of the next one's
            size = 4 if done == 1 else max(1, min(4 * size, round(CHUNK_SECONDS / took)))

    def _by_position(self, by_lane: list) -> list:
        """From the order of lanes to the order of the experiments."""
        return [by_lane[self.place[position]] for position in range(len(by_lane))]

    def _most_epochs(self) -> int:
        outputs = sum(v.shape[1] for v in self.program.model.outputs)
        seen = len(self.data.train.x) + len(self.data.validation.x)
        weights = len(self.watched) * self.program.size
        return max(1, CHUNK_ELEMENTS // (len(self.lanes) * seen * outputs + weights))

    def _order(self, epochs: int) -> np.ndarray:
        """int32 (epochs, seeds, rows): which rows every seed sees, in which order."""
        rows = len(self.data.train.x)
        return np.stack(
            [[rng.permutation(rows) for rng in self.orders.values()] for _ in range(epochs)]
        ).astype("int32")

    def _loss_columns(self, lane: int) -> list[int]:
        names = self.experiments[self.lanes[lane]].columns
        return [names.index("loss"), names.index("val_loss")]

    def _rows(
        self, brought: dict, y: tuple, y_val: tuple, order: np.ndarray, batch_size: int
    ) -> list[np.ndarray]:
        """History rows by lane, float32 (epochs, columns)."""
        part = {k: np.asarray(brought[k]) for k in ("loss", "val_loss", "norms")}
        several = len(self.heads) > 1
        heads = [np.asarray(brought[k]) for k in ("head_losses", "val_head_losses")]
        seen = [np.swapaxes(np.asarray(p), 1, 2) for p in brought["scores"]]
        val_seen = [np.asarray(p) for p in brought["val_scores"]]
        metrics: dict[int, dict[int, tuple[np.ndarray, np.ndarray]]] = {
            lane: {} for lane in range(len(self.lanes))
        }
        for ruling in self.rulings:
            lanes = sorted(ruling.lanes)
            group = self.group_forms_of(lanes[0])
            own, h = np.asarray(y[group][ruling.head]), ruling.head
            train = self._measure(ruling, own[order[:, lanes]], seen[h][:, lanes], batch_size)
            own = np.asarray(y_val[group][ruling.head])
            shown = np.broadcast_to(own, (*val_seen[h].shape[:1], len(lanes), *own.shape))
            val = self._measure(ruling, shown, val_seen[h][:, lanes], batch_size)
            for i, lane in enumerate(lanes):
                metrics[lane][ruling.lanes[lane]] = (train[:, i], val[:, i])
        return [
            np.column_stack(
                [
                    part["loss"][:, lane],
                    *(heads[0][:, lane].T if several else ()),
                    *(metrics[lane][at][0] for at in sorted(metrics[lane])),
                    part["val_loss"][:, lane],
                    *(heads[1][:, lane].T if several else ()),
                    *(metrics[lane][at][1] for at in sorted(metrics[lane])),
                    part["norms"][:, :, lane],
                ]
            ).astype("float32")
            for lane in range(len(self.lanes))
        ]

    def group_forms_of(self, lane: int) -> int:
        """Index of the loss group that `lane` belongs to."""
        ends = np.cumsum([group.count for group in self.program.groups])
        return int(np.searchsorted(ends, lane, side="right"))

    def _measure(self, ruling: Ruling, y: np.ndarray, p: np.ndarray, batch_size: int) -> np.ndarray:
        """Results (epochs, lanes, values) of y and scores p, both (epochs, lanes, rows, ...)."""
        sample = str(y.dtype), y.shape[3:]
        measure = ruler(ruling.choice, sample, p.shape[3:], self.layers.scoring(ruling.head))
        flat = measure(y.reshape(-1, *y.shape[2:]), p.reshape(-1, *p.shape[2:]), batch_size)
        return flat.reshape(*p.shape[:2], -1)

    def _frames_at_start(self) -> list[dict[int, np.ndarray]]:
        rows = tf.gather(self.program.rows(), self.watched)
        state = [
            tf.gather(tf.concat(parts, 0), self.watched)
            for parts in zip(*self.program.state, strict=True)
        ]
        return self._look(rows, state, [(0, i) for i in range(len(self.watched))])

    def _frames(self, brought: dict, done: int, keep: set[int]) -> list[dict[int, np.ndarray]]:
        kept = [e for e in range(len(brought["loss"])) if done + e + 1 in keep]
        if not kept:
            return [{} for _ in self.lanes]
        flat = [
            tf.reshape(tf.gather(v, kept), (-1, *v.shape[2:]))
            for v in (brought["weights"], *brought["state"])
        ]
        which = [(done + e + 1, i) for e in kept for i in range(len(self.watched))]
        return self._look(flat[0], flat[1:], which)

    def _look(
        self, rows: tf.Tensor, state: list[tf.Tensor], which: list[tuple[int, int]]
    ) -> list[dict[int, np.ndarray]]:
        """Frames by lane of `rows` (k, parameters); `which` = (epoch, watched lane) of each."""
        found: list[dict[int, np.ndarray]] = [{} for _ in self.lanes]
        x, size = self.view.x, LOOK_ELEMENTS // self.view.x[0].size
        parts = [
            np.concatenate(self.program.look(rows, state, x[first : first + size]), -1)
            for first in range(0, len(x), size)
        ]
        with np.errstate(over="ignore"):  # of lanes that diverge
            shown = np.concatenate(parts, 1).astype("float16")
        for (epoch, i), frame in zip(which, shown, strict=True):
            found[self.watched[i]][epoch] = frame
        return found

    def _finals(self, diverged: dict[int, int]) -> list[dict[str, dict[str, float]] | None]:
        """What `evaluate` says of every part, by experiment; None for a diverged lane."""
        found: list[dict[str, dict[str, float]]] = [{} for _ in self.lanes]
        batch_size = self.experiments[0].batch_size
        for name in ("train", "validation", "test"):
            part = getattr(self.data, name)
            y = self._targets(part)
            scores, loss, heads = self.program.score(part.x, y, batch_size)
            seen = [np.asarray(p)[None] for p in scores]
            metrics: dict[int, dict[int, np.ndarray]] = {i: {} for i in range(len(self.lanes))}
            for ruling in self.rulings:
                lanes = sorted(ruling.lanes)
                own = np.asarray(y[self.group_forms_of(lanes[0])][ruling.head])
                shown = np.broadcast_to(own, (1, len(lanes), *own.shape))
                values = self._measure(ruling, shown, seen[ruling.head][:, lanes], batch_size)
                for i, lane in enumerate(lanes):
                    metrics[lane][ruling.lanes[lane]] = values[0, i]
            for lane, position in enumerate(self.lanes):
                names = self.experiments[position].columns
                values = [loss[lane], *(heads[lane] if len(self.heads) > 1 else ())]
                values += [v for at in sorted(metrics[lane]) for v in metrics[lane][at]]
                found[lane][name] = dict(zip(names, map(float, values), strict=False))
        return self._by_position([None if i in diverged else f for i, f in enumerate(found)])


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
