"""Performance profiles: how near to the best each row comes, over several data sets.

After E. Dolan and J. Moré, "Benchmarking optimization software with performance profiles", 2002
(https://arxiv.org/abs/cs/0102001); integrated up to a factor of 4 as in the scores of AlgoPerf
(https://arxiv.org/abs/2306.07179). An average rank would hide how far apart the rows are.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import inf

import numpy as np
from scipy.stats import trim_mean

from components.compare.intervals import LEVEL, RESAMPLES, TRIMMED, Estimate

FARTHEST = 4.0  # the largest factor that is looked at

Seeds = tuple[float, ...]  # a number per seed, infinite where it diverged; lower is better


@dataclass(frozen=True)
class Profile:
    """One row, problem by problem: its number, and that number over the best row's.

    area: under the profile from 1 to FARTHEST, 1 for a row that is best on every problem; its
    interval is over seeds.
    """

    values: tuple[float, ...]
    ratios: tuple[float, ...]
    area: Estimate


def share(ratios: Sequence[float], factor: float) -> float:
    """Fraction of problems on which a row is within `factor` of the best, 0 to 1."""
    return sum(ratio <= factor for ratio in ratios) / len(ratios)


def area(ratios: Sequence[float]) -> float:
    """Mean of `share` over factors from 1 to FARTHEST, 0 to 1."""
    return float(np.mean(_within(np.array(ratios))))


def profiles(rows: Mapping[str, Sequence[Seeds]], floors: Sequence[float]) -> dict[str, Profile]:
    """Profiles of rows, by name; `rows` has the numbers of every seed, problem by problem.

    A number below its problem's floor counts as the floor, since nothing can be divided by 0.
    """
    made = _profiles(tuple(tuple(own) for own in rows.values()), tuple(floors))
    return dict(zip(rows, made, strict=True))


@lru_cache(maxsize=64)
def _profiles(rows: tuple[tuple[Seeds, ...], ...], floors: tuple[float, ...]) -> list[Profile]:
    limits = np.array(floors)
    middles = np.array([[_middle(np.array(seeds)) for seeds in own] for own in rows])
    ratios = _ratios(middles, limits)
    random = np.random.default_rng(0)
    drawn = np.array([[_resampled(np.array(seeds), random) for seeds in own] for own in rows])
    spread = _within(_ratios(drawn, limits[:, None])).mean(1)  # (rows, resamples)
    tail = (1 - LEVEL) / 2
    low, high = np.quantile(spread, [tail, 1 - tail], axis=1)
    return [
        Profile(
            tuple(map(float, middles[i])),
            tuple(map(float, ratios[i])),
            Estimate(area(ratios[i]), float(low[i]), float(high[i])),
        )
        for i in range(len(rows))
    ]


def _middle(seeds: np.ndarray) -> np.ndarray:
    """Interquartile mean along the last axis; infinite if what is left has a diverged seed."""
    return trim_mean(seeds, TRIMMED, axis=-1)


def _resampled(seeds: np.ndarray, random: np.random.Generator) -> np.ndarray:
    """Interquartile means of bootstrap samples, (RESAMPLES,)."""
    return _middle(seeds[random.integers(len(seeds), size=(RESAMPLES, len(seeds)))])


def _ratios(middles: np.ndarray, floors: np.ndarray) -> np.ndarray:
    """Each number over the smallest of all rows, which come along the first axis."""
    held = np.maximum(middles, floors)
    best = held.min(0)
    return np.where(np.isfinite(held), held / np.where(np.isfinite(best), best, 1.0), inf)


def _within(ratios: np.ndarray) -> np.ndarray:
    """The part of 1 to FARTHEST that lies beyond each ratio, 0 to 1."""
    return np.clip((FARTHEST - ratios) / (FARTHEST - 1), 0, 1)
