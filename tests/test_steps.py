"""Epochs of so many steps: trained as Keras trains them, counted, shown, chosen and refused."""

import ast
from typing import Any

import numpy as np
import pytest
from reference import assert_same, experiment, fit, stack
from visits import Quiet, address, visit

from components.compare.proof import proof
from components.compare.target import steps_to
from components.figures.axes import places
from components.figures.run import lines
from training.cells import cells, row
from training.differences import differences
from training.fit_code import fit_call
from training.plan import plan
from training.row_order import Orders
from training.spec import Comparison, Experiment
from training.states import RunState
from training.variant_labels import labels
from training.variants import Row, variant

ROWS, BATCH = 96, 40  # of the small experiments: a pass is 2.4 batches


def made(steps: Any = None, **more: Any) -> Experiment:
    fit = {"steps_per_epoch": steps} | more.pop("fit", {})
    return experiment("moons", "Adam", "BinaryCrossentropy", ["AUC", "accuracy"], fit=fit, **more)


WEIGHTED = {"sample_weight": "random half doubled"}, {"weighted_metrics": ["accuracy", "F1Score"]}
COSINE = {"name": "SGD", "params": {"learning_rate": {"name": "CosineDecay", "params": {}}}}
SHORTER = [
    made(2, fit={"shuffle": False} | WEIGHTED[0], compiled=WEIGHTED[1]),
    experiment(
        *("moons", COSINE, "BinaryCrossentropy"),
        fit={"steps_per_epoch": 2, "callbacks": ["EarlyStopping"]},
    ),
]
LONGER = [made(7, fit={"shuffle": False, "class_weight": [1, 5]}), made(7, seed=3)]


@pytest.mark.parametrize(
    "experiments",
    [SHORTER, pytest.param(LONGER, marks=pytest.mark.exhaustive)],
    ids=["shorter", "longer"],
)
def test_epochs_are_those_of_a_dataset_that_repeats(experiments: list[Experiment]) -> None:
    """Shorter and longer than a pass; weighted rows keep their weights, batchwise metrics too."""
    assert len(plan(experiments)) == 1
    for ours, e in zip(stack(experiments), experiments, strict=True):
        assert_same(ours, fit(e), e.canonical)


@pytest.mark.exhaustive
def test_several_outputs_report_means_over_their_steps() -> None:
    losses = {"kind": "BinaryCrossentropy", "amount": "MeanSquaredError"}
    metrics = {"kind": ["accuracy"], "amount": ["R2Score"]}
    e = experiment("two_output", "Adam", losses, metrics, fit={"steps_per_epoch": 3})
    assert_same(stack([e])[0], fit(e))


def test_a_stream_goes_on_from_epoch_to_epoch_and_loses_no_row() -> None:
    orders = Orders([made(2), made(2, fit={"shuffle": False})], ROWS, 2 * BATCH)
    drawn = np.concatenate([orders.next(2), orders.next(4)])
    assert drawn.shape == (6, 2, 2 * BATCH)
    for stream in drawn.swapaxes(0, 1).reshape(2, 5, ROWS):
        assert all(sorted(one_pass) == list(range(ROWS)) for one_pass in stream)
    # as many rows as a pass has are that pass
    whole, parts = Orders([made()], ROWS, ROWS), Orders([made()], ROWS, ROWS // 2)
    np.testing.assert_array_equal(whole.next(3).ravel(), parts.next(6).ravel())


def test_other_steps_are_another_stack() -> None:
    assert plan([made(2), made(3), made(2, seed=1), made()]) == [[0, 2], [1], [3]]


@pytest.mark.parametrize("usual", [None, 0, "all rows"])
def test_all_rows_once_is_not_written_down(usual: Any) -> None:
    assert (
        made(usual).digest
        == experiment("moons", "Adam", "BinaryCrossentropy", ["AUC", "accuracy"]).digest
    )
    assert made(5).to_json()["fit"] == {"steps_per_epoch": 5}
    assert Experiment.from_json(made(5).to_json()) == made(5)


@pytest.mark.parametrize(
    ("steps", "size", "sentence"),
    [
        (-1, 40, "fit.steps_per_epoch: -1 is too small; give one from 1 to 10000"),
        (10_001, 1, "is too large; give one from 1 to 10000"),
        (2.5, 40, "2.5 is not a whole number"),
        (False, 40, "False is not a whole number"),
        ("many", 40, "'many' is not a whole number"),
        (2000, 40, "80,000 rows an epoch, and up to 50,000 can be; take at most 1250 steps"),
    ],
)
def test_steps_that_cannot_be_are_named(steps: Any, size: int, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        made(steps, batch_size=size)


def test_the_call_on_the_page_repeats_the_rows() -> None:
    """Arrays would not do: Keras ends an epoch, and warns, where they run out."""
    called = fit_call(made(7, fit={"sample_weight": "random half doubled"}))
    ast.parse(called)
    assert "rows.shuffle(len(x_train)).repeat().batch(40)" in called
    assert "epochs=3, steps_per_epoch=7," in called
    assert 'x_train, y_train,\n    row_weights(t_train, "random half doubled"),' in called
    plain = fit_call(made(7, fit={"shuffle": False, "class_weight": [1, 5]}))
    ast.parse(plain)
    assert "    rows.repeat().batch(40)," in plain
    assert "class_weight={0: 1.0, 1: 5.0}," in plain


def run(e: Experiment) -> RunState:
    history = np.zeros((3, len(e.columns)), "float32")
    hashes = {"data": "d", "weights": "w", "order": "o"}
    return RunState(
        *(e, e.digest, "finished", 3, history, e.columns),
        *(None, None, None, None, hashes, None, None, None),
    )


def test_charts_and_tables_count_the_steps_that_were_made() -> None:
    one = run(made(7))
    line = lines([one], ["a"])[0]
    assert list(places(line, "steps").at(np.arange(3))) == [7, 14, 21]
    assert list(places(line, "examples").at(np.arange(3))) == [280, 560, 840]
    assert steps_to(one, 2) == 14


def test_rows_of_a_comparison_say_how_long_their_epochs_are() -> None:
    base = made()
    short = variant(base, row({"steps_per_epoch": "5"}))
    assert short.fit.steps_per_epoch == 5
    assert variant(short, row({"steps_per_epoch": "all rows"})) == base
    assert cells(Row("", {"steps_per_epoch": 5}))["steps_per_epoch"] == "5"
    with pytest.raises(ValueError, match=r"^Row 1: steps_per_epoch: 'few' is not a whole"):
        variant(base, row({"steps_per_epoch": "few"}), 1)
    assert labels([base, short]) == ["all rows per epoch", "steps per epoch 5"]
    assert differences(Comparison((base, short))) == "steps per epoch: all rows, 5"
    (why,) = proof([run(base), run(short)]).why
    assert "An epoch is all training rows once or 5 steps" in why


def test_the_menu_varies_steps_and_the_playground_sets_them(quiet: Quiet) -> None:
    app = visit()
    app.number_input(key="play.fit.steps_per_epoch").set_value(5).run()
    assert any("steps_per_epoch=5" in code.value for code in app.code)
    again = visit(setup=address(app, "setup"))
    assert again.number_input(key="play.fit.steps_per_epoch").value == 5
    again.number_input(key="play.fit.steps_per_epoch").set_value(0).run()
    assert not again.error
    assert "steps_per_epoch" not in "".join(code.value for code in again.code)
    again.number_input(key="play.fit.steps_per_epoch").set_value(4000).run()
    assert "take at most 1562 steps" in again.error[0].value
