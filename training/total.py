"""The arithmetic of a total loss: which terms it is the sum of, read from a history."""

from collections.abc import Mapping
from dataclasses import dataclass

from training.loss_weights import weight_of
from training.spec import Experiment

ROUNDING = 1e-4  # of the total; histories are kept in single precision


@dataclass(frozen=True)
class Term:
    """One loss, and what it is multiplied by."""

    name: str  # of the output; "" of an only one
    weight: float
    value: float


@dataclass(frozen=True)
class Total:
    """Terms and penalty, and the loss that Keras reported for them."""

    terms: tuple[Term, ...]
    penalty: float
    reported: float

    @property
    def sum(self) -> float:
        """What the terms add up to."""
        return sum(term.weight * term.value for term in self.terms) + self.penalty

    @property
    def exact(self) -> bool:
        """Whether the sum is the reported loss, but for rounding."""
        return abs(self.sum - self.reported) <= ROUNDING * max(1e-3, abs(self.reported))

    @property
    def said(self) -> str:
        """The sum written out, such as "0.5 × 0.31 + 2 × 0.12 + penalty 0.01 = 0.405"."""
        times = len(self.terms) > 1 or self.terms[0].weight != 1
        shown = [f"{t.weight:g} × {t.value:.4g}" if times else f"{t.value:.4g}" for t in self.terms]
        shown += [f"penalty {self.penalty:.4g}"] if self.penalty else []
        return f"{' + '.join(shown)} = {self.sum:.4g}"


def total(experiment: Experiment, row: Mapping[str, float], part: str = "") -> Total:
    """The total of an epoch. row: numbers by column; `part` is "" or "val_".

    With several outputs Keras reports each one's loss as the mean over batches, and the total as
    the mean over rows: they add up where all batches are of one size. A penalty that an old run
    did not keep counts as 0.
    """
    reported = row[f"{part}loss"]
    penalty = row.get(f"{part}penalty", 0.0)
    penalty = 0.0 if penalty != penalty else penalty
    heads = [head for head, _ in experiment.compile.losses]
    weights = experiment.compile.loss_weights
    if len(heads) == 1:
        weight = weight_of(weights, heads[0])
        return Total((Term("", weight, (reported - penalty) / weight),), penalty, reported)
    terms = [Term(h, weight_of(weights, h), row[f"{part}{h}_loss"]) for h in heads]
    return Total(tuple(terms), penalty, reported)
