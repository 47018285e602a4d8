"""Targets: validated with the design, timed in known histories, drawn where they belong."""

from dataclasses import replace
from math import inf, isnan, nan

import numpy as np
import pytest
from test_page_compare import run
from visits import spec

import datasets
from components.compare.target import (
    epoch_seconds,
    epochs_to,
    middle_of,
    seconds_to,
    steps_to,
    target_line,
)
from training.design import Design
from training.presets import PRESETS
from training.spec import Experiment
from training.states import RunState
from training.target import Target, baseline_target, stored_target, target_columns, target_of

ACCURACY = Target("val_accuracy", 0.9, lower=False)
LOSS = Target("val_loss", 0.2, lower=True)


def history(status: str = "finished", epochs: int = 3, **columns: list[float]) -> RunState:
    """A run whose columns have these values, one per epoch; `seconds` is added where it lacks."""
    made = run(Experiment.from_json(spec(batch_size=48)), epochs, status)
    names = (*(c for c in made.columns if c != "seconds"), *(["seconds"] * ("seconds" in columns)))
    rows = np.zeros((epochs, len(names)), "float32")
    for name, values in columns.items():
        rows[:, names.index(name)] = values
    return replace(made, columns=names, history=rows)


def test_a_target_is_reached_in_the_first_epoch_that_meets_it() -> None:
    assert epochs_to(history(val_accuracy=[0.5, 0.9, 0.8]), ACCURACY) == 2
    assert epochs_to(history(val_loss=[0.5, 0.21, 0.2]), LOSS) == 3


def test_a_miss_is_infinite_also_of_a_run_that_diverged() -> None:
    assert epochs_to(history(val_accuracy=[0.5, 0.6, 0.89]), ACCURACY) == inf
    wild = history("diverged", val_loss=[0.5, 0.4, nan])
    assert epochs_to(wild, LOSS) == inf
    assert epochs_to(history("diverged", val_loss=[0.1, 5, nan]), LOSS) == 1
    assert steps_to(wild, inf) == inf
    assert seconds_to(wild, inf) == inf


@pytest.mark.parametrize("status", ["running", "cancelled", "failed"])
def test_a_run_without_an_end_of_its_own_has_not_missed(status: str) -> None:
    assert isnan(epochs_to(history(status, val_accuracy=[0.5, 0.6, 0.7]), ACCURACY))
    assert epochs_to(history(status, val_accuracy=[0.5, 0.95, 0.7]), ACCURACY) == 2


def test_the_median_keeps_misses_and_what_is_open() -> None:
    assert middle_of([3, 5, inf]) == 5
    assert middle_of([3, inf, inf]) == inf
    assert middle_of([3, 5, 7, inf]) == 6
    assert middle_of([3, 5, inf, inf]) == inf
    assert middle_of([3, 5, nan]) == 5
    assert isnan(middle_of([3, nan, nan]))


def test_steps_count_the_smaller_last_batch() -> None:
    made = history()
    assert made.experiment.facts.train_rows == 640
    assert steps_to(made, 3) == 3 * 14


@pytest.mark.parametrize("name", [n for n in datasets.NAMES if n != "fashion_mnist"])
def test_the_training_rows_are_known_without_the_data(name: str) -> None:
    assert datasets.facts(name, {}).train_rows == len(datasets.load(name, {}).train.x)


def test_seconds_leave_out_what_prepares_the_graph() -> None:
    made = history(seconds=[nan, 1.0, 3.0])
    assert epoch_seconds(made) == 2
    assert seconds_to(made, 2) == 2 + 1
    assert seconds_to(made, 3) == 2 + 1 + 3
    assert isnan(epoch_seconds(history()))
    assert isnan(seconds_to(history(), 2))


def test_a_baseline_target_is_a_twentieth_short_of_the_best() -> None:
    assert baseline_target([0.8, 0.96, nan], lower=False) == pytest.approx(0.912)
    assert baseline_target([0.19, 0.4, inf], lower=True) == pytest.approx(0.2)
    assert baseline_target([-0.5, -0.95], lower=True) == pytest.approx(-0.9025)
    assert baseline_target([-0.95, -2], lower=False) == pytest.approx(-1)
    assert baseline_target([0.0], lower=True) == 0
    with pytest.raises(ValueError, match="No tuned baseline"):
        baseline_target([nan], lower=True)


def test_a_design_keeps_its_target_and_one_without_says_nothing() -> None:
    design = PRESETS["rates"].design()
    assert "target" not in design.to_json()
    aimed = design.aimed_at({"column": "val_accuracy", "value": 0.95})
    assert aimed.target == Target("val_accuracy", 0.95, lower=False)
    assert Design.from_json(aimed.to_json()) == aimed
    assert aimed.comparison == design.comparison
    stored = stored_target(aimed.to_json(), design.base)
    assert stored == aimed.target
    assert stored_target(None, design.base) is None
    assert stored_target(design.to_json(), design.base) is None


@pytest.mark.parametrize(
    ("target", "said"),
    [
        ({"column": "accuracy", "value": 0.9}, "take val_loss, val_accuracy"),
        ({"column": "val_auc", "value": 0.9}, "'val_auc'"),
        ({"column": "val_accuracy", "value": "high"}, "must be a number such as"),
        ({"column": "val_accuracy", "value": True}, "must be a number such as"),
        ({"column": "val_accuracy", "value": inf}, "must be a number such as"),
        ({"column": "val_accuracy", "value": 1.5}, "take a number above 0, up to 1"),
        ({"column": "val_accuracy", "value": -1}, "validation accuracy ≥ -1 cannot be missed"),
        ({"column": "val_accuracy", "value": 0}, "cannot be missed"),
        ({"column": "val_loss", "value": -0.1}, "cannot be reached; take a number from 0 up"),
        ({"column": "val_accuracy"}, "target lacks value"),
        (0.9, "must be an object"),
    ],
)
def test_a_bad_target_gets_a_sentence(target: object, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        Design.from_json(PRESETS["rates"].design().to_json() | {"target": target})


@pytest.mark.parametrize(
    ("name", "kind", "good", "bad"),
    [
        ("CosineSimilarity", "metric", (-0.5, 1), (-1, 1.5)),
        ("R2Score", "metric", (-3, 1), (1.1,)),
        ("MeanAbsoluteError", "metric", (0, 200), (-0.1,)),
        ("CosineSimilarity", "loss", (-1, 0.5), (1, -1.5)),
        ("Poisson", "loss", (-2, 3), ()),
    ],
)
def test_a_target_lies_where_a_metric_or_a_loss_can(
    name: str, kind: str, good: tuple, bad: tuple
) -> None:
    listed = {"loss": name, "metrics": []} if kind == "loss" else {"metrics": [name]}
    changed = {"loss": "MeanSquaredError"} | listed
    experiment = Experiment.from_json(spec(dataset="sine", **changed))
    column = experiment.columns[-1]
    for value in good:
        assert target_of({"column": column, "value": value}, [experiment]).value == value
    for value in bad:
        with pytest.raises(ValueError, match="cannot be"):
            target_of({"column": column, "value": value}, [experiment])


def test_losses_of_different_kinds_have_no_target_in_common() -> None:
    design = PRESETS["losses"].design()
    assert target_columns(design.comparison.experiments) == ["val_accuracy"]
    with pytest.raises(ValueError, match="different kinds have no target in common"):
        design.aimed_at({"column": "val_loss", "value": 0.1})


def test_a_metric_that_no_way_is_better_has_no_target() -> None:
    experiment = Experiment.from_json(spec(metrics=["TruePositives", "MeanAbsoluteError"]))
    assert target_columns([experiment]) == ["val_loss", "val_mean_absolute_error"]


def test_the_line_stands_at_the_number_on_either_axis() -> None:
    for log_y in (False, True):
        drawn = target_line(LOSS, "loss", log_y)
        assert drawn["shapes"][0]["y0"] == drawn["shapes"][0]["y1"] == 0.2
        (said,) = drawn["annotations"]
        assert said["text"] == "┄ target 0.2"
        assert (said["yref"], said["y"], said["yanchor"]) == ("paper", 1, "bottom"), "above curves"


def test_no_line_where_the_chart_shows_something_else() -> None:
    nothing = {"shapes": [], "annotations": []}
    assert target_line(LOSS, "accuracy", False) == nothing
    assert target_line(None, "loss", False) == nothing
    assert target_line(replace(LOSS, value=0.0), "loss", True) == nothing
