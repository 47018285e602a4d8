"""Whether a run from elsewhere means the same as those of a comparison, so that both can be held
against each other: the same data, split, loss and number of epochs.
"""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass

from training.data_choice import undivided, without_labels
from training.spec import Experiment

DATA, SPLIT, LOSS, EPOCHS = "data set", "split of the data", "loss or L2 term", "number of epochs"


@dataclass(frozen=True)
class Likeness:
    """What the runs of a comparison were trained on, for what, and how long."""

    data: frozenset[Hashable]
    splits: frozenset[int]
    shares: frozenset[float]  # of rows that validate
    losses: frozenset[Hashable]
    epochs: frozenset[int]

    def broken_by(self, e: Experiment) -> str:
        """What an experiment has that none of the comparison's runs has; "" where it is like them.

        A comparison whose seeds have splits of their own takes any split.
        """
        if _data(e) not in self.data:
            return DATA
        other = len(self.splits) == 1 and e.split not in self.splits
        if other or e.facts.validation not in self.shares:
            return SPLIT
        if _loss(e) not in self.losses:
            return LOSS
        return EPOCHS if e.epochs not in self.epochs else ""


def likeness(own: Iterable[Experiment]) -> Likeness:
    """The likeness that the experiments of a comparison ask for."""
    own = list(own)
    return Likeness(
        frozenset(map(_data, own)),
        frozenset(e.split for e in own),
        frozenset(e.facts.validation for e in own),
        frozenset(map(_loss, own)),
        frozenset(e.epochs for e in own),
    )


def _data(e: Experiment) -> Hashable:
    """Name and arguments, but for those of the split."""
    made = without_labels(undivided(e.dataset).full("dataset"))
    return e.dataset.name, *made.items()


def _loss(e: Experiment) -> Hashable:
    """The losses as they count in the total, their arguments, and the L2 term of the model."""
    losses = (tuple(loss.full("loss").items()) for _, loss in e.compile.losses)
    return e.compile.loss_name, *losses, e.model.full("model").get("l2", 0.0)
