"""What the graph brought, as numbers of a history: losses, and metrics that Keras measures."""

from dataclasses import dataclass, field

import numpy as np

from training.arrangement import Arrangement
from training.program import Program
from training.rulers import ruler
from training.spec import Choice


@dataclass(frozen=True)
class Ruling:
    """One metric of some lanes: where it is measured and which column it fills."""

    choice: Choice
    head: int
    form: str
    weighted: bool = False  # rows count as they do in the training loss
    lanes: dict[int, int] = field(default_factory=dict)  # lane -> first column among the metrics


class Reading:
    """Reads losses and metrics of every lane."""

    def __init__(self, arrangement: Arrangement) -> None:
        self.arrangement = arrangement
        self.experiments, self.lanes = arrangement.experiments, arrangement.lanes
        self.heads = arrangement.heads
        self.row_weights = arrangement.row_weights()
        self.rulings = self._rulings()

    def _rulings(self) -> list[Ruling]:
        """Every metric once, with the lanes that listed it."""
        found: dict[tuple, Ruling] = {}
        for position, e in enumerate(self.experiments):
            at = 0
            for h, ((_, listed), names) in enumerate(
                zip(e.compile.measured, e.metric_columns, strict=True)
            ):
                plain = len(e.compile.metrics[h][1])
                for i, (metric, own) in enumerate(zip(listed, names, strict=True)):
                    form = self.arrangement.forms[position][h]
                    key = (metric, h, form, i >= plain and e.fit.weighted)
                    ruling = found.setdefault((*key, at), Ruling(*key))
                    ruling.lanes[self.arrangement.place[position]] = at
                    at += len(own)
        return list(found.values())

    def rows(
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
            group = self.arrangement.group_of(lanes[0])
            own, h = np.asarray(y[group][ruling.head]), ruling.head
            rows, weights = order[:, lanes], None
            if ruling.weighted:
                by_lane = np.stack([self.row_weights[lane] for lane in lanes])
                weights = by_lane[np.arange(len(lanes))[:, None], rows]
            train = self._measure(ruling, own[rows], seen[h][:, lanes], batch_size, weights)
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

    def _measure(
        self,
        ruling: Ruling,
        y: np.ndarray,
        p: np.ndarray,
        batch_size: int,
        weights: np.ndarray | None = None,
    ) -> np.ndarray:
        """Results (epochs, lanes, values) of y and scores p, both (epochs, lanes, rows, ...).

        weights: of the rows, (epochs, lanes, rows); as in Keras, only training rows have any.
        """
        sample = str(y.dtype), y.shape[3:]
        measure = ruler(
            ruling.choice, sample, p.shape[3:], self.arrangement.layers.scoring(ruling.head)
        )
        sets = [a.reshape(-1, *a.shape[2:]) for a in (y, p, weights) if a is not None]
        flat = measure(*sets, batch_size=batch_size)
        return flat.reshape(*p.shape[:2], -1)

    def finals(
        self, program: Program, diverged: dict[int, int]
    ) -> list[dict[str, dict[str, float]] | None]:
        """What `evaluate` says of every part, by experiment; None for a diverged lane."""
        found: list[dict[str, dict[str, float]]] = [{} for _ in self.lanes]
        batch_size = self.experiments[0].batch_size
        for name in ("train", "validation", "test"):
            part = getattr(self.arrangement.data, name)
            y = self.arrangement.targets(part)
            scores, loss, heads, _ = program.score(part.x, y, batch_size)
            seen = [np.asarray(p)[None] for p in scores]
            metrics: dict[int, dict[int, np.ndarray]] = {i: {} for i in range(len(self.lanes))}
            for ruling in self.rulings:
                lanes = sorted(ruling.lanes)
                own = np.asarray(y[self.arrangement.group_of(lanes[0])][ruling.head])
                shown = np.broadcast_to(own, (1, len(lanes), *own.shape))
                values = self._measure(ruling, shown, seen[ruling.head][:, lanes], batch_size)
                for i, lane in enumerate(lanes):
                    metrics[lane][ruling.lanes[lane]] = values[0, i]
            for lane, position in enumerate(self.lanes):
                names = self.experiments[position].columns
                values = [loss[lane], *(heads[lane] if len(self.heads) > 1 else ())]
                values += [v for at in sorted(metrics[lane]) for v in metrics[lane][at]]
                found[lane][name] = dict(zip(names, map(float, values), strict=False))
        return self.arrangement.by_position(
            [None if i in diverged else f for i, f in enumerate(found)]
        )
