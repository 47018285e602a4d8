"""How rows rank at Keras's defaults and tuned, and how much the one says of the other."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf, isfinite

from scipy.stats import rankdata, spearmanr

from components.compare.intervals import middle
from components.sweep import last
from training.states import RunState

WORDS = (
    (0.8, "much the same order"),
    (0.3, "partly the same order"),
    (-0.3, "the one says nothing of the other"),
    (-1.1, "rather the opposite order"),
)


@dataclass(frozen=True)
class Ranking:
    """values: by row, the interquartile mean over seeds; infinite where a seed has no number.

    ranks: 1 is best; rows with equal values share the mean of their ranks.
    """

    values: dict[str, float]
    ranks: dict[str, float]


def ranking(runs: Sequence[RunState], rows: Sequence[str], column: str, lower: bool) -> Ranking:
    """Rank rows by a validation column after the last epoch; `rows` has the row of each run."""
    found: dict[str, list[float]] = {}
    for run, row in zip(runs, rows, strict=True):
        found.setdefault(row, []).append(last(run, f"val_{column}"))
    worst = inf if lower else -inf
    values = {
        row: middle(tuple(own)).value if all(map(isfinite, own)) else worst
        for row, own in found.items()
    }
    order = rankdata([v if lower else -v for v in values.values()])
    return Ranking(values, dict(zip(values, map(float, order), strict=True)))


def correlation(one: Ranking, other: Ranking) -> float:
    """Spearman's rank correlation of the rows that both have, -1 to 1; NaN below three rows,
    and where all rank alike.
    """
    rows = [row for row in one.ranks if row in other.ranks]
    first, second = [one.ranks[row] for row in rows], [other.ranks[row] for row in rows]
    if len(rows) < 3 or len(set(first)) == 1 or len(set(second)) == 1:
        return float("nan")
    return float(spearmanr(first, second).statistic)


def in_words(value: float) -> str:
    """What a rank correlation means."""
    return next(words for least, words in WORDS if value >= least)
