"""Weights of classes and rows: what is accepted, shown, chosen in the menus, and what it does."""

import ast
from typing import Any

import keras
import numpy as np
import pytest
from reference import experiment, stack
from sklearn.utils.class_weight import compute_class_weight
from streamlit.testing.v1 import AppTest
from visits import Quiet, address, visit

import datasets
from datasets import Head
from datasets.row_weights import RULES, row_weights
from training.cells import cells, row
from training.code import compile_call
from training.design import Design
from training.fit_code import fit_call
from training.loss_notes import loss_notes
from training.presets import PRESETS
from training.smoothing import floor
from training.spec import Choice, Comparison, Experiment
from training.variants import Row, variant
from training.weights import balanced
from training.weights_code import MEANING

CLASSES = "SparseCategoricalCrossentropy"
TWO = {"kind": "BinaryCrossentropy", "amount": "MeanSquaredError"}


def weighed(data: str = "moons", loss: Any = "BinaryCrossentropy", **fit: Any) -> Experiment:
    return experiment(
        data, "Adam", loss, {"kind": [], "amount": []} if loss is TWO else (), fit=fit
    )


def test_weights_that_change_nothing_are_left_out() -> None:
    plain = experiment("moons", "Adam", "BinaryCrossentropy")
    for fit in ({"class_weight": [1, 1.0]}, {"class_weight": None}, {"sample_weight": "none"}):
        assert weighed(**fit).digest == plain.digest
    bare = experiment("moons", "Adam", "BinaryCrossentropy", compiled={"weighted_metrics": []})
    assert bare.digest == plain.digest
    made = weighed(class_weight=[1, 9])
    assert made.to_json()["fit"] == {"class_weight": [1.0, 9.0]}
    assert Experiment.from_json(made.to_json()) == made
    assert hash(made) == hash(Experiment.from_json(made.to_json()))


@pytest.mark.parametrize(
    ("data", "loss", "fit", "sentence"),
    [
        ("moons", "Hinge", {"class_weight": [1]}, r"must be a list of 2 numbers, by class"),
        ("moons", "Hinge", {"class_weight": {"0": 1}}, r"must be a list of 2 numbers"),
        ("moons", "Hinge", {"class_weight": [1, -1]}, r"class_weight\[1\]: -1 is too small"),
        ("moons", "Hinge", {"class_weight": [0, 0]}, "0 for every class"),
        ("sine", "Huber", {"class_weight": [1, 2]}, "the target is a number, not a class"),
        ("multilabel", "Hinge", {"class_weight": [1, 2]}, "several labels a row, not a class"),
        ("two_output", TWO, {"class_weight": [1, 2]}, "one output only, and this one has 2"),
        ("two_output", TWO, {"sample_weight": "near the middle"}, "not for this target"),
        ("moons", "Hinge", {"sample_weight": "near the middle"}, "not for this target"),
        ("sine", "Huber", {"sample_weight": "inverse class frequency"}, "not for this target"),
        ("moons", "Hinge", {"sample_weight": "double"}, "must be 'none', 'inverse class"),
        (
            "moons",
            "Hinge",
            {"class_weight": [1, 2], "sample_weight": "random half doubled"},
            "Keras takes one of them",
        ),
    ],
)
def test_wrong_weights_are_named(data: str, loss: Any, fit: dict, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        weighed(data, loss, **fit)


def test_balanced_weights_are_those_of_scikit_learn() -> None:
    data = datasets.load("imbalanced", {})
    y = data.train.y["class"]
    wanted = compute_class_weight("balanced", classes=np.unique(y), y=y)
    np.testing.assert_allclose(balanced(data), wanted, rtol=1e-3)
    np.testing.assert_allclose(row_weights(y, "inverse class frequency"), wanted[y], rtol=1e-6)


def test_rules_give_the_same_weights_every_time() -> None:
    y = np.array([[0.0], [1.0], [2.0], [50.0], [1.5]])
    near = row_weights(y, "near the middle")
    assert near.argmin() == 3
    assert near.argmax() == 4
    assert near.mean() == pytest.approx(1)
    half = row_weights(np.zeros(11), "random half doubled")
    assert sorted(half) == [1.0] * 6 + [2.0] * 5
    np.testing.assert_array_equal(half, row_weights(np.ones(11), "random half doubled"))
    assert np.isfinite(row_weights(np.zeros((4, 1)), "near the middle")).all()


def test_balanced_weights_and_inverse_frequency_train_the_same() -> None:
    """Two ways to say one thing, but for the digits that are shown."""
    data = datasets.load("moons", {"samples": 150})
    by_class = weighed(class_weight=balanced(data))
    by_rule = weighed(sample_weight="inverse class frequency")
    first, second = stack([by_class, by_rule])
    np.testing.assert_allclose(first.history["loss"], second.history["loss"], rtol=1e-3)


@pytest.mark.parametrize(("form", "labels"), [("-1/1", "-1: 2.0, 1: 3.0"), ("int", "0: 2.0, 1:")])
def test_the_fit_call_names_classes_as_the_loss_reads_them(form: str, labels: str) -> None:
    data = {"name": "moons", "params": {"labels": form}}
    called = fit_call(weighed(data, "MeanSquaredError", class_weight=[2, 3]))
    ast.parse(called)
    assert f"class_weight={{{labels}" in called


def test_the_calls_show_rules_and_weighted_metrics() -> None:
    one = experiment(
        "two_output",
        loss=TWO,
        metrics={"kind": ["AUC", "accuracy"], "amount": []},
        compiled={"weighted_metrics": {"kind": ["AUC", "accuracy", "Recall"], "amount": []}},
        fit={"sample_weight": "random half doubled"},
    )
    assert 'sample_weight=row_weights(t_train["kind"], "random half doubled"),' in fit_call(one)
    for name in ("row_weights", "t_train"):  # neither is Keras's: it is said what they are
        assert f"# {name}: " in fit_call(one)
        assert f"# {name}: " not in fit_call(experiment("moons"))
    assert set(MEANING) == set(RULES)
    called = compile_call(one.compile)
    ast.parse(called)
    (weighted,) = [line for line in called.split("    weighted_metrics=") if "Recall" in line]
    assert 'keras.metrics.AUC(name="auc"),' in weighted
    assert '"accuracy",' in weighted
    assert "keras.metrics.Recall()," in weighted
    assert {"kind_weighted_auc", "kind_weighted_accuracy", "kind_recall"} <= set(one.columns)


def test_a_row_of_a_comparison_weighs_classes() -> None:
    typed = row({"class_weight": "1, 9.5", "sample_weight": "none"})
    assert typed == Row("", {"class_weight": [1, 9.5], "sample_weight": "none"})
    assert cells(typed)["class_weight"] == "1, 9.5"
    base = weighed(class_weight=[2, 3])
    assert variant(base, typed).fit.class_weight == (1.0, 9.5)
    assert variant(base, Row("", {"class_weight": [1, 1]})).fit.class_weight == ()
    with pytest.raises(ValueError, match=r"^Row 1: class_weight is \[1\]"):
        variant(base, Row("", {"class_weight": [1]}), 1)


def test_the_preset_balances_and_lifts_recall_at_the_cost_of_precision() -> None:
    spec = PRESETS["weights"].spec
    design = Design.from_json(dict(spec) | {"seeds": 2})
    weights = design.rows[1].changes["class_weight"]
    assert weights == balanced(datasets.load("imbalanced", {}))
    found = stack(design.comparison.experiments)
    plain, even = (
        {
            name: np.mean([run.finals["validation"][name] for run in found[at : at + 2]])
            for name in ("recall", "precision", "auc")
        }
        for at in (0, 2)
    )
    assert even["recall"] > plain["recall"] + 0.1
    assert even["precision"] < plain["precision"]
    assert abs(even["auc"] - plain["auc"]) < 0.1


@pytest.mark.parametrize(
    ("loss", "said", "head"),
    [
        ("BinaryCrossentropy", [[0.05], [0.95]], Head("k", "binary", 1, ("a", "b"))),
        (
            "CategoricalCrossentropy",
            [[0.9 + 0.1 / 3, 0.1 / 3, 0.1 / 3]],
            Head("k", "multiclass", 3, ("a", "b", "c")),
        ),
    ],
)
def test_the_floor_of_label_smoothing_is_kerass_loss_of_the_perfect_answer(
    loss: str, said: list, head: Head
) -> None:
    choice = Choice(loss, {"label_smoothing": 0.1})
    given = np.array(said, "float32")
    true = np.round(given)
    reached = float(getattr(keras.losses, loss)(label_smoothing=0.1)(true, given))
    assert floor(choice, head) == pytest.approx(reached, rel=1e-4)
    for other in (given * 0.9 + 0.05, np.clip(true, 0.01, 0.99).astype("float32")):
        worse = float(getattr(keras.losses, loss)(label_smoothing=0.1)(true, other))
        assert worse > reached
    assert floor(Choice(loss), head) is None


def test_what_adds_to_a_loss_is_said() -> None:
    plain = experiment("moons", "Adam", "BinaryCrossentropy")
    assert loss_notes(plain) == []
    smooth = {"name": "BinaryCrossentropy", "params": {"label_smoothing": 0.2}}
    model = {"name": "mlp", "params": {"dropout": 0.3}}
    made = experiment("moons", "Adam", smooth, (), model, fit={"class_weight": [1, 2]})
    weights, smoothing, dropout = loss_notes(made)
    assert "does not weigh validation rows" in weights
    assert "Label smoothing 0.2 alone puts 0.3251 into BinaryCrossentropy" in smoothing
    assert "measured with dropout on" in dropout


def test_fields_for_classes_a_button_that_balances_and_a_link(quiet: Quiet) -> None:
    app = visit()
    app.selectbox(key="play.dataset").set_value("imbalanced").run()
    app.button(key="Balanced:play.class_weight.0").click().run()
    assert [n.value for n in _fields(app)] == [0.5263, 10.0]
    app.multiselect(key="play.class.weighted").set_value(["Recall"]).run()
    again = visit(setup=address(app, "setup"))
    assert [n.value for n in _fields(again)] == [0.5263, 10.0]
    assert "weighted_metrics=[keras.metrics.Recall()]" in again.code[0].value
    again.button(key="All 1:play.class_weight.0").click().run()
    assert "class_weight" not in "".join(c.value for c in again.code)
    again.selectbox(key="play.dataset").set_value("sine").run()
    assert not _fields(again)
    assert again.selectbox(key="play.sample_weight").options == [
        *("none", "near the middle", "random half doubled")
    ]
    assert not again.error


def _fields(app: AppTest) -> list[Any]:
    return [n for n in app.number_input if str(n.key).startswith("play.class_weight.")]


def test_other_data_take_weights_of_their_own(quiet: Quiet) -> None:
    """Weights of two classes do not stand in the way of a data set with three."""
    app = visit()
    app.number_input(key="play.class_weight.1").set_value(4.0).run()
    app.selectbox(key="play.dataset").set_value("iris").run()
    assert [n.value for n in _fields(app)] == [1.0, 1.0, 1.0]
    assert not app.error


def test_runs_of_one_comparison_may_weigh_in_their_own_way() -> None:
    made = Comparison.from_json(
        [weighed(class_weight=[1, w]).to_json() for w in (1, 2)]
        + [weighed(sample_weight="random half doubled").to_json()]
    )
    assert len({e.digest for e in made.experiments}) == 3
