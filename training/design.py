"""What a comparison is made of: a base experiment, rows of changes, and seeds."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from training.choice import Choice, choice
from training.lineup import comparison
from training.race import Race, opening, trials
from training.spec import MOST_EXPERIMENTS, SEED, Comparison, Experiment
from training.target import Target, target_of
from training.variants import Row

NEEDED = {"base", "rows", "seeds"}
OPTIONAL = {"vary_split", "datasets", "race", "target"}


@dataclass(frozen=True)
class Design:
    """What Compare is set up to: every row with every seed, seeds counted up from the base's.

    With `vary_split` each seed also has a split of the data of its own, counted up alike.
    `datasets` are further ones beside the base's, on which every row is trained too.
    In a fair race the base's seed is the one that rates are tuned on, and the others follow it.
    """

    base: Experiment
    rows: tuple[Row, ...]
    seeds: int
    vary_split: bool = False
    datasets: tuple[Choice, ...] = ()
    race: Race | None = None
    target: Target | None = None

    def to_json(self) -> dict[str, Any]:
        """{"base": an experiment, "rows": [changes], "seeds": n}, and what else it has."""
        rows = [row.to_json() for row in self.rows]
        made: dict[str, Any] = {"base": self.base.to_json(), "rows": rows, "seeds": self.seeds}
        if self.vary_split:
            made["vary_split"] = True
        if self.datasets:
            made["datasets"] = [dataset.to_json() for dataset in self.datasets]
        if self.race:
            made["race"] = self.race.to_json()
        if self.target:
            made["target"] = self.target.to_json()
        return made

    @classmethod
    def from_json(cls, spec: Any) -> "Design":
        """Validate everything; ValueError names the row, the field, the value and the remedy."""
        if not isinstance(spec, Mapping) or not NEEDED <= set(spec) <= NEEDED | OPTIONAL:
            raise ValueError("A comparison is set up by an object with base, rows and seeds.")
        for name in ("rows", "datasets"):
            if not isinstance(spec.get(name, []), list):
                raise ValueError(f"{name} is {spec[name]!r}; it must be a list of {name}.")
        vary = spec.get("vary_split", False)
        if not isinstance(vary, bool):
            raise ValueError(f"vary_split is {vary!r}; it must be true or false.")
        rows = tuple(Row.from_json(r, f"Row {i}") for i, r in enumerate(spec["rows"], start=1))
        further = enumerate(spec.get("datasets", []))
        datasets = [choice(d, "dataset", f"datasets[{i}]") for i, d in further]
        made = cls.of(Experiment.from_json(spec["base"]), rows, spec["seeds"], vary, datasets)
        made = made.raced(Race.from_json(spec["race"])) if "race" in spec else made
        return made.aimed_at(spec.get("target"))

    @classmethod
    def of(
        cls,
        base: Experiment,
        rows: Sequence[Row],
        seeds: int,
        vary_split: bool = False,
        datasets: Sequence[Choice] = (),
    ) -> "Design":
        """A design that can be trained; ValueError says what to mend."""
        comparison(base, rows, seeds, vary_split, datasets)
        return cls(base, tuple(rows), seeds, vary_split, tuple(datasets))

    def changed(self, base: Experiment, rows: Sequence[Row]) -> "Design":
        """The same with another base or other rows, and with its target where that still fits.

        ValueError says what to mend.
        """
        made = Design.of(base, rows, self.seeds, self.vary_split, self.datasets)
        with suppress(ValueError):
            return made.aimed_at(self.target.to_json() if self.target else None)
        return made

    def raced(self, race: Race) -> "Design":
        """The same as a fair race; ValueError says what to mend."""
        if self.datasets:
            raise ValueError("A fair race is run on one data set; remove the others first.")
        made = replace(self, race=race)
        _ = made.comparison
        return made

    def aimed_at(self, target: Any) -> "Design":
        """The same with a target, from its JSON or None; ValueError says what to mend in it."""
        return replace(self, target=target_of(target, self.comparison.experiments))

    @cached_property
    def comparison(self) -> Comparison:
        """All that is to be trained: a row with all its seeds, then the next row; by data set.

        Of a fair race, all that can be trained before rates are chosen.
        """
        if self.race:
            return _opening(self)
        return comparison(self.base, self.rows, self.seeds, self.vary_split, self.datasets)

    @cached_property
    def trials(self) -> Mapping[tuple[int, float], Experiment]:
        """Of a fair race, (row, rate) -> the row with this rate and the base's seed."""
        return trials(self.base, self.rows, self.race.rates)


def _opening(design: Design) -> Comparison:
    """The first runs of a race; ValueError where all of it is more than one comparison takes."""
    rows, last = len(design.rows), max(design.seeds, design.race.seeds - 1)
    if max(design.base.seed, design.base.split) + last > SEED[1]:
        raise ValueError(f"seed: {design.base.seed} leaves no room for a race; take a smaller one.")
    runs = rows * (len(design.race.rates) * design.race.seeds + 2 * design.seeds)
    if runs > MOST_EXPERIMENTS:
        raise ValueError(
            f"This race takes up to {runs} runs, and {MOST_EXPERIMENTS} are the most; "
            "take fewer learning rates, fewer seeds or fewer rows."
        )
    return Comparison(tuple(opening(design)))
