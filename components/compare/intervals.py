"""How much a handful of seeds supports: interquartile means, their intervals, and odds.

After R. Agarwal et al., "Deep Reinforcement Learning at the Edge of the Statistical Precipice",
NeurIPS 2021 (https://arxiv.org/abs/2108.13264), which takes them for comparisons of few runs.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from scipy.stats import bootstrap, trim_mean

LEVEL = 0.95
RESAMPLES = 2000
TRIMMED = 0.25  # of the numbers, on each side


@dataclass(frozen=True)
class Estimate:
    """A number and the interval, of LEVEL, in which the bootstrap finds it."""

    value: float
    low: float
    high: float

    def overlaps(self, other: "Estimate") -> bool:
        """Whether the intervals have a number in common."""
        return self.low <= other.high and other.low <= self.high


@lru_cache(maxsize=1024)
def middle(values: tuple[float, ...]) -> Estimate:
    """Interquartile mean of a number per seed, all finite: of four, the mean of the inner two.

    A single number has no interval, so its ends are that number. ValueError without any.
    """
    if not values:
        raise ValueError("There is no number to take a mean of.")
    value = float(trim_mean(values, TRIMMED))
    if len(set(values)) == 1:
        return Estimate(value, value, value)
    found = bootstrap(
        (np.array(values),),
        lambda sample, axis: trim_mean(sample, TRIMMED, axis=axis),
        n_resamples=RESAMPLES,
        confidence_level=LEVEL,
        method="percentile",
        rng=np.random.default_rng(0),
    ).confidence_interval
    return Estimate(value, float(found.low), float(found.high))


def odds(better: Sequence[float], other: Sequence[float], lower: bool) -> float:
    """Probability of improvement: how often a seed of `better` beats one of `other`, 0 to 1.

    Over all pairs of seeds, ties count half; `lower` says that smaller numbers win.
    """
    difference = np.subtract.outer(np.array(better, "float64"), np.array(other, "float64"))
    wins = difference < 0 if lower else difference > 0
    return float(np.mean(wins + 0.5 * (difference == 0)))
