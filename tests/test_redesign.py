"""What a comparison was trained from is found again from its runs."""

from dataclasses import replace
from typing import Any

import pytest
from visits import spec

from training.design import Design
from training.presets import PRESETS
from training.redesign import design_of
from training.spec import Comparison


@pytest.mark.parametrize("name", PRESETS)
def test_every_preset_is_found_again(name: str) -> None:
    """Presets lead to runs, and the runs to rows that give the same runs."""
    trained = PRESETS[name].design().comparison
    found = design_of(trained.experiments)
    assert found is not None
    assert found.comparison == trained
    assert Design.from_json(found.to_json()) == found


@pytest.mark.parametrize(
    ("rows", "changed"),
    [
        ([{"optimizer": "SGD"}, {"optimizer": "Adam"}], {"optimizer"}),
        ([{"learning_rate": 0.1}, {"learning_rate": 0.2}], {"learning_rate"}),
        ([{}, {"optimizer_arguments": {"beta_1": 0.5}}], {"optimizer_arguments"}),
        ([{"hidden": [4]}, {"hidden": [8, 8], "l2": 0.1}], {"hidden", "l2"}),
        ([{"batch_size": 8}, {"batch_size": 64}], {"batch_size"}),
        ([{"shuffle": False}, {"shuffle": True}], {"shuffle"}),
        ([{"steps_per_epoch": 5}, {"steps_per_epoch": "all rows"}], {"steps_per_epoch"}),
        ([{"class_weight": [1, 5]}, {"class_weight": []}], {"class_weight"}),
        ([{"sample_weight": "random half doubled"}, {}], {"sample_weight"}),
        (
            [{"callbacks": []}, {"callbacks": [{"name": "EarlyStopping", "params": {}}]}],
            {"callbacks"},
        ),
        ([{"loss": "Hinge"}, {"loss": "BinaryCrossentropy"}], {"loss"}),
        ([{"model": "mlp"}, {"model": "linear"}], {"model"}),
        ([{"model": "linear"}, {"model": "mlp"}], {"model"}),
    ],
)
def test_rows_say_only_what_differs(rows: list[dict[str, Any]], changed: set[str]) -> None:
    """The table of a reopened comparison is as empty as it can be."""
    trained = Design.from_json({"base": spec(), "rows": rows, "seeds": 3}).comparison
    found = design_of(trained.experiments)
    assert found is not None
    assert found.comparison == trained
    assert {name for row in found.rows for name in row.changes} == changed
    assert found.seeds == 3


@pytest.mark.parametrize("split", [0, 3])
@pytest.mark.parametrize("vary", [False, True])
def test_splits_are_found_again(split: int, vary: bool) -> None:
    """Whether seeds had splits of their own, and which split they started from."""
    start = spec(dataset={"name": "moons", "params": {"split": split}}, seed=4)
    rows = [{"optimizer": "SGD"}, {"optimizer": "Adam"}]
    made = {"base": start, "rows": rows, "seeds": 3, "vary_split": vary}
    trained = Design.from_json(made).comparison
    found = design_of(trained.experiments)
    assert found is not None
    assert found.comparison == trained
    assert found.vary_split is vary


def test_an_argument_of_the_base_can_be_taken_back() -> None:
    """Where the first row has momentum and the second has not, the second row says so."""
    sgd = {"name": "SGD", "params": {"learning_rate": 0.1, "momentum": 0.9}}
    plain = {"name": "SGD", "params": {"learning_rate": 0.1}}
    trained = Comparison.from_json([spec(optimizer=sgd), spec(optimizer=plain)])
    found = design_of(trained.experiments)
    assert found is not None
    assert found.comparison == trained


def test_loss_weights_of_outputs_are_found_again() -> None:
    losses = {"kind": "BinaryCrossentropy", "amount": "MeanSquaredError"}
    compiled = {"optimizer": "Adam", "loss": losses, "metrics": {"kind": [], "amount": []}}
    rows = [{"loss_weights": [1, 1]}, {"loss_weights": [1, 0.2]}]
    start = spec(dataset="two_output", compile=compiled)
    trained = Design.from_json({"base": start, "rows": rows, "seeds": 2}).comparison
    found = design_of(trained.experiments)
    assert found is not None
    assert found.comparison == trained
    assert [dict(row.changes) for row in found.rows] == rows


def test_fields_of_another_model_are_found() -> None:
    """A linear model first, then layers that are not the usual ones."""
    deep = {"name": "mlp", "params": {"hidden": [3, 3, 3]}}
    trained = Comparison.from_json([spec(model="linear"), spec(model=deep)])
    found = design_of(trained.experiments)
    assert found is not None
    assert found.comparison == trained


def test_what_rows_cannot_say_is_left_alone() -> None:
    """Two data sets, other epochs, or seeds with a gap are no design of Compare."""
    for other in (spec(dataset="circles"), spec(epochs=6), spec(metrics=[])):
        assert design_of(Comparison.from_json([spec(), other]).experiments) is None
    pairs = [spec(seed=s, batch_size=b) for b in (8, 16) for s in (0, 2)]
    assert design_of(Comparison.from_json(pairs).experiments) is None


def test_a_rate_changed_in_mid_run_leaves_the_rows_as_they_were() -> None:
    """No row can say it; reopened, the table has the rows that the race began with."""
    design = PRESETS["optimizers"].design()
    runs = list(design.comparison.experiments)
    changed = [replace(e, rates=((5, 0.5),)) for e in runs[-design.seeds :]]
    found = design_of([*runs[: -design.seeds], *changed])
    assert found is not None
    assert found.comparison == design.comparison
