"""The line-up of a comparison: every row with every seed on every data set."""

from collections.abc import Iterator, Sequence

from training.catalog import check
from training.choice import Choice
from training.data_choice import resplit
from training.problems import MOST, on
from training.spec import MOST_EXPERIMENTS, SEED, Comparison, Experiment
from training.variants import Row, title, variant

ROWS = (2, 12)
SEEDS = (1, 20)


def comparison(
    base: Experiment,
    rows: Sequence[Row],
    seeds: int,
    vary_split: bool = False,
    datasets: Sequence[Choice] = (),
) -> Comparison:
    """Each row with seeds base.seed, base.seed + 1, ...; ValueError says what to mend."""
    _counted(rows)
    check.whole(seeds, *SEEDS, "seeds")
    _fewer(len(rows), seeds, 1 + len(datasets))
    bases = [base, *(on(base, dataset) for dataset in datasets)]
    _different_data(bases)
    firsts = [e.seed for e in bases] + [e.split for e in bases if vary_split]
    if max(firsts) + seeds - 1 > SEED[1]:
        raise ValueError(
            f"seed: {max(firsts)} leaves no room for {seeds} seeds; take a smaller one."
        )
    made = [[variant(b, row, number) for number, row in enumerate(rows, start=1)] for b in bases]
    _all_different(rows, made[0])
    every = (e for own in made for row in own for e in _seeds(row, seeds, vary_split))
    return Comparison(tuple(every))


def _seeds(first: Experiment, seeds: int, vary_split: bool) -> Iterator[Experiment]:
    for i in range(seeds):
        again = first.with_seed(first.seed + i)
        yield again.with_split(first.split + i) if vary_split else again


def _counted(rows: Sequence[Row]) -> None:
    low, high = ROWS
    if len(rows) < low:
        raise ValueError(
            f"A comparison needs {low} to {high} rows, and there {_are(len(rows))}; add a row, "
            "or train a single experiment in the Playground."
        )
    if len(rows) > high:
        raise ValueError(
            f"A comparison takes {low} to {high} rows, and there are {len(rows)}; "
            f"delete {len(rows) - high}, more curves than that cannot be told apart."
        )


def _fewer(rows: int, seeds: int, datasets: int) -> None:
    """ValueError for more data sets or runs than a comparison takes."""
    if datasets > MOST:
        raise ValueError(f"{datasets} data sets are too many; a comparison takes 1 to {MOST}.")
    if (runs := rows * seeds * datasets) > MOST_EXPERIMENTS:
        raise ValueError(
            f"{rows} rows, {seeds} seeds and {datasets} data sets are {runs} runs, and a "
            f"comparison takes at most {MOST_EXPERIMENTS}; take fewer of one of them."
        )


def _different_data(bases: Sequence[Experiment]) -> None:
    """ValueError for a data set that is there twice."""
    chosen = [resplit(e.dataset, 0) for e in bases]
    for dataset in chosen:
        if chosen.count(dataset) > 1:
            raise ValueError(f"The data set {dataset.name} is there twice; take each once.")


def _all_different(rows: Sequence[Row], made: Sequence[Experiment]) -> None:
    """ValueError for two rows of the same name or the same experiment."""
    names: dict[str, int] = {}
    seen: dict[Experiment, int] = {}
    for number, (row, experiment) in enumerate(zip(rows, made, strict=True), start=1):
        if row.label in names:
            raise ValueError(
                f"Rows {names[row.label]} and {number} are both called {row.label!r}; "
                "rename one, or empty its name to have it made from what differs."
            )
        if row.label:
            names[row.label] = number
        if experiment in seen:
            first = seen[experiment]
            raise ValueError(
                f"{title(rows[first - 1].label, first)} and {title(row.label, number)} are "
                "the same experiment; change something in one of them, or delete it."
            )
        seen[experiment] = number


def _are(count: int) -> str:
    return {0: "are none", 1: "is 1"}.get(count, f"are {count}")
