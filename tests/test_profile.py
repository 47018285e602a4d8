"""Performance profiles: numbers with known answers, their words, and their figure."""

from dataclasses import replace
from itertools import pairwise
from math import inf, nan

import pytest
from test_page_compare import comparison_state

from components.colours import channels
from components.compare.measure import SMALLEST, Measure, measures, numbers
from components.compare.profile import Profile, area, profiles, share
from components.compare.profile_view import steps
from components.compare.profile_words import reading, said
from components.figures.profile import profile
from training.design import Design
from training.presets import PRESETS
from training.problems import problems

FLOORS = (1e-6, 1e-6)


def one(*values: float) -> list[tuple[float, ...]]:
    """A row's number on each problem, the same for one seed."""
    return [(value,) for value in values]


def test_the_best_row_everywhere_is_at_one_from_the_start() -> None:
    made = profiles({"a": one(1, 10), "b": one(2, 30)}, FLOORS)
    assert made["a"].ratios == (1, 1)
    assert share(made["a"].ratios, 1) == 1
    assert made["a"].area.value == 1
    assert made["b"].ratios == (2, 3)
    assert [share(made["b"].ratios, t) for t in (1, 1.99, 2, 3)] == [0, 0, 0.5, 1]
    # 2 of 3 of the way is left after a factor 2, 1 of 3 after 3
    assert made["b"].area.value == pytest.approx((2 / 3 + 1 / 3) / 2)


def test_the_area_is_that_under_the_steps() -> None:
    ratios = (1.0, 1.7, 3.2, 9.0)
    points = steps(ratios)
    under = sum(y * (b - x) for (x, y), (b, _) in pairwise(points))
    assert area(ratios) == pytest.approx(under / 3)
    assert points[0] == (1, 0.25)
    assert points[-1] == (4, 0.75)


def test_equal_rows_are_both_the_best() -> None:
    made = profiles({"a": one(1, 1), "b": one(1, 2)}, FLOORS)
    assert share(made["a"].ratios, 1) == 1
    assert share(made["b"].ratios, 1) == 0.5


def test_a_diverged_row_is_never_near_and_spoils_no_other() -> None:
    made = profiles({"a": one(inf, 1), "b": one(3, inf), "c": one(inf, 2)}, FLOORS)
    assert made["a"].ratios == (inf, 1)
    assert made["b"].ratios == (1, inf)
    assert made["c"].ratios == (inf, 2)
    assert made["c"].area.value == pytest.approx(1 / 3)


def test_where_all_diverged_nobody_is_the_best() -> None:
    made = profiles({"a": one(inf, 1), "b": one(inf, 1)}, FLOORS)
    assert made["a"].ratios == made["b"].ratios == (inf, 1)


def test_one_diverged_seed_of_four_is_trimmed_and_two_are_not() -> None:
    rows = {"a": [(1.0, 3.0, 2.0, inf)] * 2, "b": [(1.0, 3.0, inf, inf)] * 2}
    made = profiles(rows, FLOORS)
    assert made["a"].values == (2.5, 2.5)
    assert made["b"].values == (inf, inf)


def test_nothing_is_divided_by_zero() -> None:
    made = profiles({"a": one(0.0, 1), "b": one(0.01, 1), "c": one(0.0, 1)}, (0.005, 1e-6))
    assert made["a"].ratios == made["c"].ratios == (1, 1)
    assert made["b"].ratios == (2, 1)


def test_the_interval_holds_the_area_and_is_a_point_for_one_seed() -> None:
    many = {"a": [(1.0, 1.2, 0.9, 1.1)] * 2, "b": [(1.3, 1.0, 2.0, 0.8)] * 2}
    for found in profiles(many, FLOORS).values():
        assert 0 <= found.area.low <= found.area.value <= found.area.high <= 1
    assert profiles(many, FLOORS)["b"].area.low < profiles(many, FLOORS)["b"].area.high
    alone = profiles({"a": one(1, 1), "b": one(2, 2)}, FLOORS)["b"].area
    assert alone.low == alone.value == alone.high


def clear() -> dict[str, Profile]:
    seeds = (1.0, 1.01, 0.99, 1.02)
    return profiles({"a": [seeds] * 2, "b": [tuple(3 * s for s in seeds)] * 2}, FLOORS)


def test_words_name_a_row_only_where_intervals_part() -> None:
    sentence, best = said(clear(), 5, 4)
    assert best == "a"
    assert "a keeps nearest to the best with 1.00" in sentence
    assert "these 5 data sets, not of others" in sentence
    level = {"a": [(1.0, 2.0, 3.0, 4.0)] * 2, "b": [(1.1, 2.1, 3.1, 3.9)] * 2}
    sentence, best = said(profiles(level, FLOORS), 5, 4)
    assert best == ""
    assert "cannot be told apart with 4 seeds" in sentence
    level["c"] = [(9.0, 9.1, 9.2, 9.1)] * 2
    assert "; c is behind a. It speaks" in said(profiles(level, FLOORS), 5, 4)[0]


def test_words_say_what_is_too_few() -> None:
    assert "2 data sets are few" in said(clear(), 2, 4)[0]
    sentence, best = said(clear(), 5, 3)
    assert (best, "3 seeds cannot tell" in sentence) == ("", True)
    assert "the 5 data sets" in reading(5, "validation loss")


def two(**changed: object) -> Design:
    spec = PRESETS["six"].design().to_json()
    return Design.from_json(spec | {"datasets": ["xor"], "seeds": 2} | changed)


def test_numbers_are_those_of_the_finished_models_by_row_and_data_set() -> None:
    state = comparison_state(two())
    runs = list(state.runs)
    for position, run in enumerate(runs):
        finals = {"validation": {"loss": float(position), "accuracy": 0.75}}
        runs[position] = replace(run, finals=finals)
    runs[1] = replace(runs[1], status="diverged", diverged=2, finals=None)
    runs[3] = replace(runs[3], status="cancelled", finals=None)
    names = [name for _ in range(2) for name in "abcd" for _ in range(2)]
    found = problems([run.experiment for run in runs])
    rows, lacking = numbers(runs, names, found, Measure("loss", error=False))
    assert lacking == ["b"]
    assert rows == {"a": [(0, inf), (8, 9)], "c": [(4, 5), (12, 13)], "d": [(6, 7), (14, 15)]}
    rows, _ = numbers(runs, names, found, Measure("accuracy", error=True))
    assert rows["c"] == [(0.25, 0.25)] * 2


def test_a_share_is_measured_by_its_error_down_to_half_a_row() -> None:
    state = comparison_state(two())
    loss, accuracy = measures(state.runs)
    assert (loss.column, loss.error, accuracy.column, accuracy.error) == (
        *("loss", False),
        *("accuracy", True),
    )
    assert "1 - accuracy" in accuracy.name
    assert loss.floor(state.runs[0].experiment) == SMALLEST
    assert accuracy.floor(state.runs[0].experiment) == 0.5 / 160  # of 1000 rows


def test_numbers_below_zero_and_losses_of_two_kinds_have_no_factor() -> None:
    state = comparison_state(two())
    below = {"validation": {"loss": -0.5, "accuracy": 0.5}}
    runs = [replace(state.runs[0], finals=below), *state.runs[1:]]
    assert [one.column for one in measures(runs)] == ["accuracy"]
    kinds = two(rows=[{"loss": "MeanSquaredError"}, {}])
    assert [one.column for one in measures(comparison_state(kinds).runs)] == ["accuracy"]


def test_a_run_without_numbers_is_missing_not_the_best() -> None:
    run = replace(comparison_state(two()).runs[0], finals=None, status="failed")
    assert str(Measure("loss", error=False).of(run)) == str(nan)


def test_the_figure_has_a_step_line_a_row_with_its_name_at_the_end() -> None:
    made = profiles({"SGD <b>": one(1, 8), "Adam": one(2, 1)}, FLOORS)
    points = {name: steps(found.ratios) for name, found in made.items()}
    figure = profile(points, channels(list(points)))
    first, second = figure["data"]
    assert first["name"] == "SGD &lt;b&gt;"
    assert first["line"]["shape"] == "hv"
    assert first["x"][0] == 1
    assert first["x"][-1] == second["x"][-1] == 4
    assert second["customdata"] == [0.5, 1, 1]
    assert first["y"] != first["customdata"]  # a hair apart
    assert abs(first["y"][0] - 0.5) < 0.01
    assert [a["text"] for a in figure["layout"]["annotations"]] == ["SGD &lt;b&gt;", "Adam"]
    colours = [trace["line"]["color"] for trace in figure["data"]]
    assert colours == [channels(list(points))[name].colour for name in points]
