"""Verdicts on cases whose answer is known: seeds that support a winner, and seeds that do not."""

from dataclasses import replace

import numpy as np
import pytest
from test_page_compare import run
from visits import spec

from components.compare.intervals import middle, odds
from components.compare.verdict import direction, verdict
from training.spec import Experiment

METRICS = ["accuracy", "MeanAbsoluteError", "TruePositives"]


def base(optimizer: str = "SGD", seed: int = 0) -> Experiment:
    return Experiment.from_json(spec(optimizer=optimizer, metrics=METRICS, seed=seed))


def runs(rows: dict[str, list[float]], column: str = "loss") -> tuple[list, list[str]]:
    """Finished runs of optimizers, a number for each seed, and the row of each run."""
    made, names = [], []
    for name, values in rows.items():
        for seed, value in enumerate(values):
            ended = run(base(name, seed))
            finals = {part: numbers | {column: value} for part, numbers in ended.finals.items()}
            made.append(replace(ended, finals=finals))
            names.append(name)
    return made, names


def said(rows: dict[str, list[float]], column: str = "loss") -> str:
    found = verdict(*runs(rows, column), column)
    assert found is not None
    return found.text


def test_a_row_far_ahead_wins() -> None:
    rows = {"SGD": [0.6, 0.61, 0.59, 0.6, 0.62], "Adam": [0.1, 0.12, 0.11, 0.1, 0.09]}
    found = verdict(*runs(rows), "loss")
    assert found is not None
    assert found.winner == "Adam"
    assert "Adam is best with 0.103" in found.text
    assert "A seed of Adam beats one of SGD 100% of the time" in found.text


def test_of_a_metric_the_higher_number_wins() -> None:
    rows = {"SGD": [0.6, 0.61, 0.59, 0.6, 0.62], "Adam": [0.9, 0.92, 0.91, 0.9, 0.89]}
    found = verdict(*runs(rows, "accuracy"), "accuracy")
    assert found is not None
    assert found.winner == "Adam"


def test_rows_that_overlap_cannot_be_told_apart() -> None:
    rows = {
        "SGD": [0.6, 0.61, 0.59, 0.6, 0.62],
        "Adam": [0.10, 0.14, 0.08, 0.12, 0.11],
        "RMSprop": [0.11, 0.13, 0.09, 0.10, 0.12],
    }
    found = verdict(*runs(rows), "loss")
    assert found is not None
    assert not found.winner
    assert "Adam and RMSprop cannot be told apart with 5 seeds" in found.text.replace(
        "RMSprop and Adam", "Adam and RMSprop"
    )
    assert "SGD is behind" in found.text


def test_of_rows_that_overlap_it_says_how_often_the_first_beats_the_next_ones() -> None:
    near = {"Adam": [0.1, 0.2, 0.3, 0.4], "RMSprop": [0.15, 0.25, 0.35, 0.45]}
    assert ": a seed of Adam beats one of RMSprop 62% of the time." in said(near)
    far = {"Lion": [0.2, 0.3, 0.4, 0.5], "SGD": [0.3, 0.4, 0.5, 0.6]}
    many = said({**near, **far, "Ftrl": [0.35, 0.45, 0.55, 0.65]})
    assert "beats one of RMSprop 62%, one of Lion 72% and one of SGD 88% of the time." in many
    assert "one of Ftrl" not in many
    assert "beats one of Adam 50% of the time" in said({"SGD": [1.0] * 5, "Adam": [1.0] * 5})


def test_rows_behind_are_said_to_be_behind_the_best_one() -> None:
    rows = {
        "SGD": [0.6, 0.61, 0.59, 0.6, 0.62],
        "Lion": [0.3, 0.31, 0.29, 0.3, 0.32],
        "RMSprop": [0.12, 0.14, 0.10, 0.11, 0.13],
        "Adam": [0.10, 0.14, 0.08, 0.12, 0.11],
    }
    found = verdict(*runs(rows), "loss")
    assert found is not None
    assert "Adam and RMSprop cannot be told apart with 5 seeds" in found.text
    assert found.text.endswith("; Lion and SGD are behind Adam.")


def test_equal_numbers_have_no_winner() -> None:
    found = verdict(*runs({"SGD": [1.0] * 5, "Adam": [1.0] * 5}, "accuracy"), "accuracy")
    assert found is not None
    assert not found.winner
    assert "cannot be told apart" in found.text


def test_few_seeds_have_no_winner_however_far_apart() -> None:
    assert "one seed cannot tell" in said({"SGD": [0.6], "Adam": [0.1]})
    three = said({"SGD": [0.6, 0.61, 0.62], "Adam": [0.1, 0.11, 0.12]})
    assert "Adam was ahead in all 3 seeds, which are too few to be sure" in three
    assert "3 seeds cannot tell" in said({"SGD": [0.1, 0.61, 0.62], "Adam": [0.1, 0.11, 0.62]})


@pytest.mark.parametrize("seeds", [4, 5, 10])
def test_rows_that_differ_by_luck_alone_rarely_have_a_winner(seeds: int) -> None:
    """At most one time in twenty, as an interval of 95 % lets expect."""
    random = np.random.default_rng(seeds)
    won = 0
    for _ in range(100):
        one, other = random.normal(size=(2, seeds))
        won += not middle(tuple(one)).overlaps(middle(tuple(other)))
    assert won <= 5


def test_a_row_that_diverged_is_said_and_not_ranked() -> None:
    made, names = runs({"SGD": [0.6] * 5, "Adam": [0.1] * 5, "RMSprop": [0.01] * 5})
    wild = [i for i, name in enumerate(names) if name == "RMSprop"][:2]
    for i in wild:
        made[i] = replace(made[i], status="diverged", diverged=3, finals=None)
    found = verdict(made, names, "loss")
    assert found is not None
    assert found.winner == "Adam"
    assert "RMSprop is left out: 2 of 5 seeds diverged" in found.text


def test_a_stopped_row_is_said_and_not_ranked() -> None:
    made, names = runs({"SGD": [0.6] * 5, "Adam": [0.1] * 5, "RMSprop": [0.01] * 5})
    made[-1] = replace(made[-1], status="cancelled", finals=None)
    found = verdict(made, names, "loss")
    assert found is not None
    assert "RMSprop is left out: not all its seeds have finished" in found.text


def test_nothing_is_said_before_the_end_or_without_a_direction() -> None:
    made, names = runs({"SGD": [0.6] * 5, "Adam": [0.1] * 5})
    assert verdict(made, names, "true_positives") is None
    assert verdict(made[:5], names[:5], "loss") is None
    made[0] = replace(made[0], status="running", finals=None)
    assert verdict(made, names, "loss") is None


def test_directions_are_those_of_the_catalog() -> None:
    experiment = base()
    assert direction(experiment, "loss") == "lower"
    assert direction(experiment, "accuracy") == "higher"
    assert direction(experiment, "mean_absolute_error") == "lower"
    assert direction(experiment, "true_positives") == ""


def test_the_interquartile_mean_leaves_out_a_quarter_on_each_side() -> None:
    found = middle((0.0, 1.0, 2.0, 100.0))
    assert found.value == pytest.approx(1.5)
    assert found.low <= found.value <= found.high
    assert middle((3.0,)).low == middle((3.0,)).high == 3.0
    with pytest.raises(ValueError, match="no number"):
        middle(())


def test_odds_count_all_pairs_and_ties_half() -> None:
    assert odds([1, 2], [3, 4], lower=True) == 1
    assert odds([1, 2], [3, 4], lower=False) == 0
    assert odds([1, 3], [1, 3], lower=True) == 0.5
    assert odds([1, 1], [1, 2], lower=True) == 0.75
