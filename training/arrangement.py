"""Experiments as lanes of one graph: which lane is whose, and what neighbouring lanes share."""

from collections.abc import Sequence

import numpy as np
import tensorflow as tf

import datasets
from datasets.labels import encode
from training.lanes import without_rate
from training.layers import architecture, labels_form
from training.loss_weights import weight_of
from training.passes import ByRow, Group
from training.spec import Choice, Experiment
from training.weights import by_row


class Arrangement:
    """Where everything is. A position counts experiments as given, a lane as they are trained."""

    def __init__(self, experiments: Sequence[Experiment]) -> None:
        first = experiments[0]
        self.experiments = list(experiments)
        self.layers = architecture(first)
        self.data = datasets.load(first.dataset.name, first.data_params)
        self.heads = first.facts.heads
        self.forms = [tuple(labels_form(e, head) for head in self.heads) for e in self.experiments]
        self._arrange()
        self.watched = self._first_seeds()

    def _arrange(self) -> None:
        """Lanes side by side: first by losses, labels and weighing, then by optimizer."""
        keys = [
            (
                (e.compile.losses, forms, e.fit.weighted, _scaled(e)),
                without_rate(e.compile.optimizer),
            )
            for e, forms in zip(self.experiments, self.forms, strict=True)
        ]
        ranks = {key: i for i, key in enumerate(dict.fromkeys(keys))}
        losses = {own: i for i, (own, _) in reversed(list(enumerate(keys)))}
        self.lanes = sorted(range(len(keys)), key=lambda i: (losses[keys[i][0]], ranks[keys[i]]))
        self.place = {position: lane for lane, position in enumerate(self.lanes)}
        groups: dict[tuple, dict[Choice, int]] = {}
        for position in self.lanes:
            own, optimizer = keys[position]
            counts = groups.setdefault(own, {})
            counts[optimizer] = counts.get(optimizer, 0) + 1
        self.group_forms = [forms for _, forms, *_ in groups]
        self.groups = tuple(
            Group(
                tuple(choice for _, choice in losses),
                tuple(self._sample(h, form) for h, form in enumerate(forms)),
                tuple(counts.items()),
                weighted,
                scaled,
            )
            for (losses, forms, weighted, scaled), counts in groups.items()
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

    def targets(self, part: datasets.Split) -> tuple[tuple[tf.Tensor, ...], ...]:
        """Targets of a part by group of lanes and head."""
        return tuple(
            tuple(tf.constant(self._encode(h, form, part)) for h, form in enumerate(forms))
            for forms in self.group_forms
        )

    def loss_weights(self) -> np.ndarray:
        """What each output's loss counts in the total, float32 (lanes, outputs)."""
        lanes = [self.experiments[position].compile.loss_weights for position in self.lanes]
        return np.array([[weight_of(own, h.name) for h in self.heads] for own in lanes], "float32")

    def row_weights(self) -> list[np.ndarray | None]:
        """By lane, what each training row counts in the loss, float32 (rows,); None: once."""
        fits = [self.experiments[position].fit for position in self.lanes]
        made = {f: by_row(self.data, *f.row_weights) for f in set(fits)}
        return [made[fit] for fit in fits]

    def weights_by_group(self) -> ByRow:
        """The same for the graph: by loss group, float32 (lanes, rows) or nothing."""
        lanes, found = iter(self.row_weights()), []
        for group in self.groups:
            own = [next(lanes) for _ in range(group.count)]
            found.append((tf.constant(np.stack(own)),) if group.weighted else ())
        return tuple(found)

    def _first_seeds(self) -> list[int]:
        """Lanes that are looked at: the first seed of every variant."""
        seen: dict[Experiment, int] = {}
        for position, e in enumerate(self.experiments):
            seen.setdefault(e.variant, position)
        return sorted(self.place[position] for position in seen.values())

    def group_of(self, lane: int) -> int:
        """Index of the loss group that `lane` belongs to."""
        ends = np.cumsum([group.count for group in self.groups])
        return int(np.searchsorted(ends, lane, side="right"))

    def by_position(self, by_lane: list) -> list:
        """From the order of lanes to the order of the experiments."""
        return [by_lane[self.place[position]] for position in range(len(by_lane))]


def _scaled(experiment: Experiment) -> bool:
    """Whether an only output has a loss weight; of several outputs the graph always has them."""
    return len(experiment.facts.heads) == 1 and bool(experiment.compile.loss_weights)
