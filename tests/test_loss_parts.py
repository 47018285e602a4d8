"""What a loss is made of: weights of outputs, the sum of the total, penalties."""

from typing import Any

import numpy as np
import pytest
from reference import assert_same, experiment, fit, stack
from streamlit.testing.v1 import AppTest
from test_page_compare import run
from visits import Quiet, address, visit

import datasets
from components.charts import charts
from components.compare.curves import notes
from components.figures.parts import BOTH
from datasets.row_weights import row_weights
from training.code import compile_call
from training.diagnosis.chance import chance
from training.differences import losses
from training.spec import Comparison, Experiment
from training.total import total

LOSSES = {"kind": "BinaryCrossentropy", "amount": "MeanSquaredError"}
METRICS: dict[str, list] = {"kind": [], "amount": []}
L2 = {"name": "mlp", "params": {"hidden": [5], "l2": 0.01}}


def two(weights: Any = None, model: Any = None, **more: Any) -> Experiment:
    compiled = {"loss_weights": weights}
    return experiment("two_output", "Adam", LOSSES, METRICS, model, compiled, **more)


def test_weights_that_are_all_one_are_left_out() -> None:
    assert two({"kind": 1, "amount": 1.0}).digest == two().digest == two({"kind": 1}).digest
    assert two({"kind": 0.5}).compile.to_json()["loss_weights"] == {"kind": 0.5, "amount": 1.0}
    assert Experiment.from_json(two({"kind": 0.5}).to_json()) == two({"kind": 0.5})


@pytest.mark.parametrize(
    ("weights", "sentence"),
    [
        ({"kind": -1}, "compile.loss_weights.kind: -1 is too small"),
        ({"kin": 1}, "'kin', which is no output; they are kind and amount"),
        ({"kind": 0, "amount": 0}, "is 0 for every output"),
        ([1, 2], "must be an object with kind, amount"),
    ],
)
def test_wrong_weights_are_named(weights: Any, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        two(weights)


def one(weight: Any = None, optimizer: Any = "Adam", model: Any = None, **more: Any) -> Experiment:
    compiled = {"loss_weights": weight}
    return experiment("moons", optimizer, "BinaryCrossentropy", (), model, compiled, **more)


def test_the_loss_of_an_only_output_is_multiplied_by_a_number() -> None:
    made = one(10)
    assert made.compile.to_json()["loss_weights"] == 10.0
    assert Experiment.from_json(made.to_json()) == made
    assert one(1).digest == one().digest
    assert "loss_weights=10.0," in compile_call(made.compile)
    for weight, sentence in (
        ({"class": 2}, "with one output it must be a number"),
        (0, "is 0, so there is nothing to learn"),
        (-1, "compile.loss_weights: -1 is too small"),
    ):
        with pytest.raises(ValueError, match=sentence):
            one(weight)


def test_a_weighted_loss_of_an_only_output_is_what_keras_makes_of_it() -> None:
    """Beside lanes without a weight; plain SGD moves as with so many times the rate."""
    slow, fast = ({"name": "SGD", "params": {"learning_rate": rate}} for rate in (0.01, 0.1))
    experiments = [one(10, slow), one(None, fast), one(3, "Lamb", L2), one(None, "Adam", L2)]
    for group in (experiments[:2], experiments[2:]):
        found = stack(group)
        for e, ours in zip(group, found, strict=True):
            assert_same(ours, fit(e), e.canonical)
            row = {name: float(v[-1]) for name, v in (ours.history | ours.extra).items()}
            assert total(e, row).exact
        if group == experiments[:2]:
            ten, plain = (run.history["loss"] for run in found)
            np.testing.assert_allclose(ten, 10 * plain, rtol=1e-4)


def test_an_only_outputs_weight_is_chosen_and_survives_the_link(quiet: Quiet) -> None:
    app = visit()
    app.slider(key="play.class.weight").set_value(3.0).run()
    assert "loss_weights=3.0," in app.code[0].value
    assert visited(app).slider(key="play.class.weight").value == 3.0


def test_the_compile_call_shows_the_weights() -> None:
    assert "loss_weights" not in compile_call(two().compile)
    called = compile_call(two({"kind": 0.5, "amount": 2}).compile)
    assert 'loss_weights={\n        "kind": 0.5,\n        "amount": 2.0,\n    }' in called


@pytest.mark.parametrize("batch_size", [12, 40])
def test_the_sum_of_the_last_epoch_is_its_loss_where_batches_are_alike(batch_size: int) -> None:
    """96 training rows and 24 for validation are whole batches of 12, and not of 40."""
    e = two({"kind": 0.5, "amount": 2}, L2, batch_size=batch_size)
    (found,) = stack([e])
    row = {name: float(v[-1]) for name, v in (found.history | found.extra).items()}
    for part in ("", "val_"):
        made = total(e, row, part)
        assert made.penalty > 0
        assert f"0.5 × {row[f'{part}kind_loss']:.4g} + 2 × " in made.said
        assert f" + penalty {made.penalty:.4g} = {made.sum:.4g}" in made.said
        if batch_size == 12:
            assert made.sum == pytest.approx(row[f"{part}loss"], rel=1e-5)
            assert made.exact
    assert total(e, row).exact == (batch_size == 12)


def test_only_a_model_with_regularizers_has_a_penalty() -> None:
    e = experiment("moons", "SGD", "Hinge", (), L2)
    (found,) = stack([e])
    assert (found.extra["penalty"] > 0).all()
    assert (found.extra["penalty"] < found.history["loss"]).all()
    (bare,) = stack([experiment("moons", "SGD", "Hinge")])
    np.testing.assert_array_equal(bare.extra["penalty"], 0)
    np.testing.assert_array_equal(bare.extra["val_penalty"], 0)


def test_sliders_weigh_the_outputs_and_survive_the_link(quiet: Quiet) -> None:
    app = visit()
    assert not [s for s in app.slider if s.label.startswith("Loss weight of")]
    app.selectbox(key="play.dataset").set_value("two_output").run()
    app.slider(key="play.amount.weight").set_value(0.3).run()
    assert '"amount": 0.3' in app.code[0].value
    again = visited(app)
    assert again.slider(key="play.amount.weight").value == 0.3
    assert again.slider(key="play.kind.weight").value == 1.0


def visited(app: AppTest) -> AppTest:
    """Another visitor, at the address where this one is."""
    return visit(setup=address(app, "setup"))


def test_weighted_losses_of_several_outputs_are_drawn_and_held_apart() -> None:
    runs = [run(two(weights)) for weights in (None, {"kind": 0.5, "amount": 2})]
    drawn = charts(runs, ["A", "B"], "", BOTH, False)
    half = "0.5 × Binary cross-entropy + 2 × Mean squared error"
    assert [chart.alt.count(half) for chart in drawn] == [0, 1]
    assert "count differently in the total loss" in notes([r.experiment for r in runs])[0]
    own = charts(runs, ["A", "B"], ["kind_loss", "amount_loss"], BOTH, True, log_errors=True)[2:]
    assert [chart.alt.split(" over")[0] for chart in own] == [
        *("loss of kind of A, B", "loss of amount of A, B")
    ]
    assert len(losses(Comparison(tuple(r.experiment for r in runs)))) == 2


def test_a_guess_costs_what_its_losses_count() -> None:
    single = [chance(two(w)).loss for w in ({"kind": 1, "amount": 0}, {"kind": 0, "amount": 1})]
    assert chance(two({"kind": 0.5, "amount": 2})).loss == pytest.approx(
        0.5 * single[0] + 2 * single[1]
    )
    hinge = experiment("moons", loss="Hinge", fit={"class_weight": [50, 50]})
    assert chance(hinge).loss is None  # no formula gives it


def test_a_guess_costs_what_its_rows_count() -> None:
    def cost(loss: str, dataset: str, **fit: Any) -> tuple[float, np.ndarray]:
        e = experiment(dataset, loss=loss, fit=fit)
        (y,) = datasets.load(e.dataset.name, e.data_params).train.y.values()
        return chance(e).loss, y

    found, labels = cost("BinaryCrossentropy", "moons", class_weight=[1, 3])
    counts = np.array([1.0, 3.0])[labels]
    share = np.average(labels, weights=counts)
    entropy = -share * np.log(share) - (1 - share) * np.log(1 - share)
    assert found == pytest.approx(counts.mean() * entropy, rel=1e-5)
    for loss, miss in (("MeanSquaredError", np.square), ("MeanAbsoluteError", np.abs)):
        found, y = cost(loss, "linear", sample_weight="near the middle")
        counts, guesses = row_weights(y, "near the middle"), np.linspace(y.min(), y.max(), 999)
        best = min(np.mean(counts * miss(y.ravel() - guess)) for guess in guesses)
        assert found == pytest.approx(best, rel=1e-3)
