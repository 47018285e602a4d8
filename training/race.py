"""A fair race: every row tuned over the same learning rates on one seed, then run on others.

After the protocol of DeepOBS (https://deepobs.readthedocs.io) and the Tuning Playbook
(https://github.com/google-research/tuning_playbook): the optimizer is what is compared, so the
learning rate must be tuned for each, with the same number of trials.
"""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from math import isfinite, nan
from typing import TYPE_CHECKING, Any

from training.catalog import check, entry
from training.choice import as_json
from training.direction import direction
from training.scheduled import at_rate, need_rate
from training.spec import Experiment
from training.target import baseline_target, target_columns, target_of
from training.variants import Row, title, variant

if TYPE_CHECKING:
    from training.design import Design

RATES = (0.0001, 0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0)
MOST_RATES = 30
SEEDS = (1, 10)
BASELINES = ("SGD", "Adam")  # whose best sets the target, as in AlgoPerf the tuned baselines do


@dataclass(frozen=True)
class Race:
    """How rows are tuned.

    rates: the grid, ascending; seeds: how many it is trained with, of which the first decides and
    the others only show the spread; chosen: by row the best rate, None where none had a number;
    empty until the grid has ended; aimed: whether the target is the race's own, set by `baseline`.
    """

    rates: tuple[float, ...] = RATES
    seeds: int = 1
    chosen: tuple[float | None, ...] = ()
    aimed: bool = False

    def to_json(self) -> dict[str, Any]:
        """{"rates": [...], "seeds": n}, and once they are known "chosen" and "aimed"."""
        chosen = {"chosen": list(self.chosen), "aimed": self.aimed} if self.chosen else {}
        return {"rates": list(self.rates), "seeds": self.seeds} | chosen

    @classmethod
    def from_json(cls, spec: Any) -> "Race":
        """Validate the grid; ValueError says what to mend."""
        if not isinstance(spec, Mapping) or not set(spec) <= set(cls.__annotations__):
            raise ValueError("A race is set up by an object with rates and seeds.")
        seeds = check.whole(spec.get("seeds", 1), *SEEDS, "seeds of the grid")
        rates, chosen = grid(spec.get("rates", RATES)), spec.get("chosen", [])
        if not isinstance(chosen, list) or not {*chosen} <= {None, *rates}:
            raise ValueError("chosen must be a list of rates of the grid, one for each row.")
        return cls(rates, seeds, tuple(chosen), spec.get("aimed") is True)


def grid(rates: Any) -> tuple[float, ...]:
    """Learning rates as a grid: ascending, each once; ValueError says what to mend."""
    listed = list(rates) if isinstance(rates, Sequence) and not isinstance(rates, str) else None
    if not listed or not all(type(r) in (int, float) and isfinite(r) and r > 0 for r in listed):
        raise ValueError(
            "The grid must be a list of learning rates above 0, such as 0.001, 0.01, 0.1."
        )
    found = tuple(sorted({float(rate) for rate in listed}))
    if not 2 <= len(found) <= MOST_RATES:
        raise ValueError(
            f"The grid has {len(found)} learning rate{'s' * (len(found) != 1)}; "
            f"take 2 to {MOST_RATES}."
        )
    return found


def trials(base: Experiment, rows: Sequence[Row], rates: Sequence[float]) -> dict[Any, Experiment]:
    """(row, rate) -> the row with this rate and the base's seed, for `rates` and Keras's own.

    Of a schedule the rate is the highest that it names, and the whole plan goes with it. ValueError
    for rows that differ in nothing but the rate, and for a schedule of zeros.
    """
    found: dict[Any, Experiment] = {}
    seen: dict[Experiment, int] = {}
    for i, row in enumerate(rows):
        plain = variant(base, row, i + 1)
        optimizer = plain.compile.optimizer
        need_rate(optimizer, title(row.label, i + 1))
        for rate in (*rates, default_rate(plain)):
            changed = dict(row.changes) | {"learning_rate": as_json(at_rate(optimizer, rate))}
            found[i, rate] = variant(base, Row(row.label, changed), i + 1)
        j = seen.setdefault(found[i, rates[0]], i)
        if j != i:
            raise ValueError(
                f"{title(rows[j].label, j + 1)} and {title(row.label, i + 1)} differ in nothing "
                "but the learning rate, which the race tunes; delete one of them."
            )
    return found


def default_rates(design: "Design") -> list[float]:
    """Keras's own learning rate for the optimizer of each row."""
    return [default_rate(variant(design.base, row)) for row in design.rows]


def default_rate(experiment: Experiment) -> float:
    """Keras's own learning rate for the experiment's optimizer."""
    return entry("optimizer", experiment.compile.optimizer.name).argument("learning_rate").default


def tuning(design: "Design") -> list[Experiment]:
    """Every row at every rate of the grid, with each of its seeds."""
    return [
        e
        for i in range(len(design.rows))
        for rate in design.race.rates
        for e in _seeded(design, i, rate, grid=True)
    ]


def shared(design: "Design", rate: float) -> list[Experiment]:
    """Every row at one rate of the grid, with each of the grid's seeds."""
    return [e for i in range(len(design.rows)) for e in _seeded(design, i, rate, grid=True)]


def defaults(design: "Design") -> list[Experiment]:
    """Every row at Keras's own rate, with the seeds that count."""
    rates = enumerate(default_rates(design))
    return [e for i, rate in rates for e in _seeded(design, i, rate)]


def tuned(design: "Design") -> list[Experiment]:
    """Every row at its chosen rate, with the seeds that count; rows without one are left out."""
    chosen = enumerate(design.race.chosen)
    return [e for i, rate in chosen if rate is not None for e in _seeded(design, i, rate)]


def opening(design: "Design") -> list[Experiment]:
    """All that can be trained before the rates are chosen."""
    return list(dict.fromkeys([*tuning(design), *defaults(design)]))


def choose(design: "Design", ended: Mapping[Experiment, Mapping[str, float]]) -> "Design":
    """The design with the best rate of each row: the lowest validation loss at the last epoch.

    ended: of the grid's runs on its first seed, the history's columns after the last epoch; empty
    or missing for a run without numbers. A race without a target gets what `baseline` says.
    """
    best: list[float | None] = []
    for i in range(len(design.rows)):
        found = {
            rate: ended.get(design.trials[i, rate], {}).get("val_loss", nan)
            for rate in design.race.rates
        }
        finite = [rate for rate, loss in found.items() if isfinite(loss)]
        best.append(min(finite, key=found.__getitem__, default=None))
    known = {"chosen": tuple(best), "aimed": not design.target}
    chosen = replace(design, race=replace(design.race, **known))
    return chosen if chosen.target else chosen.aimed_at(baseline(chosen, ended))


def again(design: "Design") -> "Design":
    """A race as it was set up, before it chose rates and a target."""
    if not design.race:
        return design
    target = None if design.race.aimed else design.target
    return replace(design, race=Race(design.race.rates, design.race.seeds), target=target)


def baseline(
    design: "Design", ended: Mapping[Experiment, Mapping[str, float]]
) -> dict[str, Any] | None:
    """A target as JSON: what the best of the tuned SGD and Adam rows reaches, nearly.

    In the first metric of which more is better, else in the loss; None where none has a number.
    """
    columns = target_columns(design.comparison.experiments)
    shares = [c for c in columns if direction(design.base, c.removeprefix("val_")) == "higher"]
    column = (shares or columns or [""])[0]
    values = [
        ended.get(e, {}).get(column, nan)
        for i, rate in enumerate(design.race.chosen)
        if rate is not None and (e := design.trials[i, rate]).compile.optimizer.name in BASELINES
    ]
    with suppress(ValueError):  # no numbers, or an accuracy of 0
        target = {"column": column, "value": baseline_target(values, column not in shares)}
        target_of(target, design.comparison.experiments)
        return target
    return None


def _seeded(design: "Design", row: int, rate: float, grid: bool = False) -> list[Experiment]:
    """A row at a rate, with the grid's seeds, or with those that count, after the first."""
    first, count = (0, design.race.seeds) if grid else (1, design.seeds)
    at = design.trials[row, rate]
    seeded = [(i, at.with_seed(at.seed + i)) for i in range(first, first + count)]
    return [e.with_split(at.split + i) if design.vary_split else e for i, e in seeded]
