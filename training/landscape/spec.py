"""Which landscape is asked for: of which runs, in which plane, of which rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from training.catalog import check
from training.choice import fields_of
from training.layers import architecture
from training.spec import SEED, Experiment

MOST_LANES = 8
SIDE = (5, 61)  # places along each side
PARTS = ("train", "validation")
PLANES = ("paths", "random")
FIELDS = ("experiments", "part", "plane", "side", "lane", "seed")


@dataclass(frozen=True)
class Landscape:
    """Runs that share data, layers and loss, and the plane in which their loss is looked at.

    plane: "paths" holds most of the ways of all runs (PCA); "random" has two random directions
    around the end of one run. lane: that run; its running averages, such as those of batch
    normalisation, are taken everywhere in the plane. seed: of the directions.
    """

    experiments: tuple[Experiment, ...]
    part: str = "train"
    plane: str = "paths"
    side: int = 25
    lane: int = 0
    seed: int = 0
    kind: ClassVar[str] = "landscape"  # of the errand that surveys it

    @property
    def alike(self) -> frozenset:
        """Equal for what a worker can do without tracing a new graph, or nearly so."""
        return frozenset().union(*(e.alike for e in self.experiments))

    def to_json(self) -> dict[str, Any]:
        """Everything, as JSON has it."""
        rest = {name: getattr(self, name) for name in FIELDS[1:]}
        return {"experiments": [e.to_json() for e in self.experiments], **rest}

    @classmethod
    def from_json(cls, spec: Any) -> "Landscape":
        """Validate; ValueError says in a sentence what is wrong and what would be right."""
        fields = fields_of(spec, "the landscape", FIELDS)
        experiments = _experiments(fields["experiments"])
        side = check.whole(fields["side"], *SIDE, "side")
        if side % 2 == 0:
            raise ValueError(
                f"side: {side} is even; give an odd number, so that there is a middle."
            )
        return cls(
            experiments,
            check.one_of(fields["part"], PARTS, "part"),
            check.one_of(fields["plane"], PLANES, "plane"),
            side,
            check.whole(fields["lane"], 0, len(experiments) - 1, "lane"),
            check.whole(fields["seed"], *SEED, "seed"),
        )


def alike(experiments: Sequence[Experiment]) -> list[list[int]]:
    """Positions of experiments by what a landscape needs them to share, in order of appearance."""
    groups: dict[object, list[int]] = {}
    for position, e in enumerate(experiments):
        made = e.compile
        key = (e.dataset, architecture(e), made.losses, made.loss_weights)
        groups.setdefault(key, []).append(position)
    return list(groups.values())


def _experiments(spec: Any) -> tuple[Experiment, ...]:
    if not isinstance(spec, list) or not 1 <= len(spec) <= MOST_LANES:
        raise ValueError(f"experiments must be a list of 1 to {MOST_LANES} runs.")
    made = tuple(Experiment.from_json(e, f"experiment {i}: ") for i, e in enumerate(spec))
    if len(alike(made)) > 1:
        raise ValueError(
            "These runs differ in data, layers or loss, so no one landscape is theirs; take runs "
            "that differ in optimizer, learning rate, batch size or seed only."
        )
    return made
