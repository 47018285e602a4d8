"""Variants: what a row changes, what is refused, how variants are called, and the presets."""

from dataclasses import replace

import pytest

from components.colours import channels
from training.axes import AXES, axes, follow, varied
from training.cells import cells, row
from training.design import Design
from training.differences import differences
from training.lineup import comparison
from training.presets import PRESETS
from training.problems import on_first
from training.spec import Choice, Comparison, Experiment
from training.variant_labels import labels
from training.variants import FIELDS, Row, variant


def base(dataset="moons", loss="BinaryCrossentropy", optimizer="Adam", model=None, **changed):
    compiled = {"optimizer": optimizer, "loss": loss, "metrics": ["accuracy"]}
    made = {"dataset": dataset, "model": model or "mlp", "compile": compiled}
    return Experiment.from_json({**made, "epochs": 5, "batch_size": 32, "seed": 7, **changed})


ADAM = {"name": "Adam", "params": {"learning_rate": 0.02, "beta_1": 0.8}}


def test_an_empty_row_is_the_base():
    assert variant(base(), Row()) == base()


def test_another_optimizer_keeps_the_learning_rate_only():
    made = variant(base(optimizer=ADAM), Row(changes={"optimizer": "RMSprop"}))
    assert dict(made.compile.optimizer.params) == {"learning_rate": 0.02}


def test_the_learning_rate_stays_even_where_it_is_a_default():
    made = variant(base(optimizer="Adam"), Row(changes={"optimizer": "SGD"}))
    assert made.compile.optimizer.full("optimizer")["learning_rate"] == 0.001


def test_the_same_optimizer_keeps_its_other_arguments():
    changes = {"optimizer": "Adam", "optimizer_arguments": {"beta_2": 0.9}, "learning_rate": 0.5}
    made = variant(base(optimizer=ADAM), Row(changes=changes))
    assert dict(made.compile.optimizer.params) == {
        "learning_rate": 0.5,
        "beta_1": 0.8,
        "beta_2": 0.9,
    }


@pytest.mark.parametrize(
    ("changes", "read", "expected"),
    [
        ({"loss": "MeanSquaredError"}, lambda e: e.compile.loss.name, "MeanSquaredError"),
        ({"batch_size": 8}, lambda e: e.batch_size, 8),
        ({"hidden": [4]}, lambda e: e.model.params["hidden"], (4,)),
        ({"activation": "relu"}, lambda e: e.model.params["activation"], "relu"),
        ({"initializer": "zeros"}, lambda e: e.model.params["initializer"], "zeros"),
        ({"dropout": 0.5}, lambda e: e.model.params["dropout"], 0.5),
        ({"batch_normalization": True}, lambda e: e.model.params["batch_normalization"], True),
        ({"l2": 0.01}, lambda e: e.model.params["l2"], 0.01),
        ({"model": "linear"}, lambda e: e.model.name, "linear"),
        (
            {"callbacks": [{"name": "EarlyStopping", "params": {"patience": 5}}]},
            lambda e: e.fit.callbacks,
            (Choice("EarlyStopping", {"patience": 5}),),
        ),
    ],
)
def test_a_row_changes_what_it_names_and_nothing_else(changes, read, expected):
    made = variant(base(), Row(changes=changes))
    assert read(made) == expected
    assert made.dataset == base().dataset
    assert (made.epochs, made.seed) == (5, 7)
    assert made.compile.metrics == base().compile.metrics


def test_another_model_keeps_what_it_has_too():
    deep = {"name": "mlp", "params": {"hidden": [8], "l2": 0.1}}
    assert dict(variant(base(model=deep), Row(changes={"model": "linear"})).model.params) == {
        "l2": 0.1
    }


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (Row("Big", {"learning_rate": 1e30}), ["Row 1 (Big)", "learning_rate", "too large"]),
        (Row("", {"learning_rate": "fast"}), ["Row 1:", "'fast' is not a number"]),
        (Row("", {"optimizer": "Adan"}), ["Row 1:", "optimizer", "'Adam'"]),
        (Row("X", {"optimizer_arguments": {"momentun": 1}}), ["Row 1 (X)", "momentun"]),
        (Row("", {"batch_size": 0}), ["Row 1:", "batch_size", "too small"]),
        (Row("", {"hidden": []}), ["Row 1:", "hidden"]),
        (Row("", {"loss": "MSEE"}), ["Row 1:", "MSEE"]),
        (Row("", {"model": "linear", "hidden": [4]}), ["Row 1:", "hidden"]),
        (row({"callbacks": "EarlyStoping()"}), ["Row 1:", "callbacks", "'EarlyStopping'"]),
        (
            row({"callbacks": "EarlyStopping(patience=-1)"}),
            ["Row 1: callbacks.patience: -1 is too small"],
        ),
        (
            row({"callbacks": "ReduceLROnPlateau", "learning_rate": "CosineDecay()"}),
            ["Row 1: callbacks: ReduceLROnPlateau cannot change a learning rate"],
        ),
    ],
)
def test_a_bad_row_is_named_with_what_is_wrong(row, words):
    with pytest.raises(ValueError, match=r"^Row 1") as caught:
        comparison(base(), [row, Row()], 1)
    assert all(word in str(caught.value) for word in words), caught.value
    assert ".params." not in str(caught.value)


def two_outputs(**compiled):
    losses = {"kind": "BinaryCrossentropy", "amount": "MeanSquaredError"}
    compiled |= {"optimizer": "Adam", "loss": losses, "metrics": {"kind": [], "amount": []}}
    return base(dataset="two_output", compile=compiled)


def test_losses_of_several_outputs_are_not_changed_by_a_row():
    with pytest.raises(ValueError, match="2 outputs"):
        variant(two_outputs(), Row(changes={"loss": "Huber"}), 1)


def test_a_row_weighs_the_outputs_in_their_order():
    start = two_outputs(loss_weights={"kind": 2})
    made = [variant(start, row({"loss_weights": text})) for text in ("1, 0.2", "none", None)]
    assert [e.compile.loss_weights for e in made] == [
        *((("kind", 1.0), ("amount", 0.2)), (), (("kind", 2.0), ("amount", 1.0)))
    ]
    assert labels(made) == ["kind × 1, amount × 0.2", "losses × 1", "kind × 2, amount × 1"]
    values = axes(start)["loss_weights"].options(start)
    assert (
        len({variant(start, row({"loss_weights": v})).compile.loss_weights for v in values}) == 11
    )
    single = [variant(base(), row({"loss_weights": text})) for text in ("1", "10")]
    assert labels(single) == ["loss × 1", "loss × 10"]
    for text, said in (
        ("1", r"^Row 1: loss_weights has 1 number, and the outputs are kind and amount"),
        ("1, -2", r"^Row 1: loss_weights.amount: -2 is too small"),
        ("0, 0", r"^Row 1: loss_weights is 0 for every output"),
        ("1, x", r"^Row 1: loss_weights.amount: 'x' is not a number"),
    ):
        with pytest.raises(ValueError, match=said):
            variant(start, row({"loss_weights": text}, 1), 1)


def test_rows_and_seeds_make_experiments_variant_by_variant():
    made = comparison(base(), [Row(), Row(changes={"batch_size": 8})], 3).experiments
    assert [(e.batch_size, e.seed) for e in made] == [
        *((32, seed) for seed in (7, 8, 9)),
        *((8, seed) for seed in (7, 8, 9)),
    ]


@pytest.mark.parametrize(("count", "said"), [(0, "are none"), (1, "there is 1"), (13, "delete 1,")])
def test_two_to_twelve_rows(count, said):
    rows = [Row(changes={"batch_size": n}) for n in range(1, count + 1)]
    with pytest.raises(ValueError, match=said):
        comparison(base(), rows, 1)


@pytest.mark.parametrize("seeds", [0, 21, 2.5, "three", None])
def test_one_to_twenty_seeds(seeds):
    with pytest.raises(ValueError, match="seeds"):
        comparison(base(), [Row(), Row(changes={"batch_size": 8})], seeds)


def test_seeds_may_have_splits_of_their_own():
    start = base(dataset={"name": "moons", "params": {"split": 4}})
    rows = [Row(), Row(changes={"batch_size": 8})]
    made = comparison(start, rows, 3, vary_split=True).experiments
    assert [(e.seed, e.split) for e in made] == 2 * [(7, 4), (8, 5), (9, 6)]
    assert len({e.variant for e in made}) == len(set(labels(made))) == 2
    assert [(e.seed, e.split) for e in comparison(start, rows, 2).experiments] == 2 * [
        *((7, 4), (8, 4))
    ]


def test_the_usual_split_is_not_written_down():
    first, second = comparison(base(), [Row(), Row(changes={"l2": 0.1})], 2, True).experiments[:2]
    assert first == base()
    assert "split" not in first.canonical
    assert second.to_json()["dataset"]["params"] == {"split": 1}


def test_a_design_says_that_splits_vary_only_where_they_do():
    spec = {"base": base().to_json(), "rows": [{}, {"batch_size": 8}], "seeds": 2}
    assert Design.from_json(spec).to_json().keys() == spec.keys()
    varied = Design.from_json({**spec, "vary_split": True})
    assert varied.to_json()["vary_split"] is True
    assert Design.from_json(varied.to_json()) == varied
    with pytest.raises(ValueError, match="vary_split is 'yes'"):
        Design.from_json({**spec, "vary_split": "yes"})


def test_seeds_do_not_run_past_the_largest():
    with pytest.raises(ValueError, match="leaves no room for 3 seeds"):
        comparison(base(seed=2**31 - 2), [Row(), Row(changes={"batch_size": 8})], 3)


def test_rows_that_are_the_same_experiment_are_refused():
    rows = [Row("A", {"learning_rate": 0.001}), Row("B")]
    with pytest.raises(ValueError, match=r"Row 1 \(A\) and Row 2 \(B\) are the same"):
        comparison(base(), rows, 1)


def test_two_rows_of_one_name_are_refused():
    rows = [Row("A", {"batch_size": 8}), Row("A")]
    with pytest.raises(ValueError, match="Rows 1 and 2 are both called 'A'"):
        comparison(base(), rows, 1)


def test_a_design_survives_its_json():
    design = PRESETS["optimizers"].design()
    assert Design.from_json(design.to_json()) == design


@pytest.mark.parametrize(
    "spec",
    [
        None,
        [],
        {"base": base().to_json(), "rows": 3, "seeds": 1},
        {"base": base().to_json(), "rows": [1, 2], "seeds": 1},
        {"base": base().to_json(), "rows": [{"speed": 1}, {}], "seeds": 1},
        {"base": base().to_json(), "rows": [{"label": 1}, {}], "seeds": 1},
        {"base": base().to_json(), "rows": [{"optimizer": ["Adam"]}, {}], "seeds": 1},
        {"base": base().to_json(), "rows": [{"optimizer_arguments": 1}, {}], "seeds": 1},
        {"base": base().to_json(), "rows": [{"hidden": 4}, {}], "seeds": 1},
        {"base": {}, "rows": [{}, {}], "seeds": 1},
    ],
)
def test_a_design_from_a_garbled_link_gets_a_sentence(spec):
    with pytest.raises(ValueError, match=r"\w \w.*\."):
        Design.from_json(spec)


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([{"learning_rate": 0.01}, {"learning_rate": 1e-4}], ["lr 0.01", "lr 0.0001"]),
        (
            [
                {"optimizer": "SGD"},
                {"optimizer": "SGD", "optimizer_arguments": {"momentum": 0.9}},
                {"optimizer": "Adam"},
            ],
            ["SGD", "SGD momentum 0.9", "Adam"],
        ),
        (
            [{"optimizer": "SGD", "learning_rate": 0.1}, {"optimizer": "Adam"}],
            ["SGD lr 0.1", "Adam lr 0.001"],
        ),
        (
            [{"optimizer": "SGD", "learning_rate": 0.1}, {"optimizer": "Lion"}, {}],
            ["SGD lr 0.1", "Lion", "Adam"],
        ),
        ([{"batch_size": 8}, {}], ["batch 8", "batch 32"]),
        ([{"hidden": [4]}, {"hidden": [8, 8]}], ["4", "8-8"]),
        ([{"activation": "relu"}, {"activation": "sigmoid"}], ["relu", "sigmoid"]),
        ([{"dropout": 0.5}, {}], ["dropout 0.5", "dropout 0"]),
        ([{"batch_normalization": True}, {}], ["batch norm", "no batch norm"]),
        ([{"loss": "MeanSquaredError"}, {}], ["MSE", "Binary CE"]),
        ([{"model": "linear"}, {}], ["Linear", "MLP"]),
        (
            [{"optimizer": "SGD", "batch_size": 8}, {"optimizer": "SGD"}],
            ["batch 8", "batch 32"],
        ),
    ],
)
def test_labels_say_what_differs(rows, expected):
    made = comparison(base(), [Row(changes=changes) for changes in rows], 1).experiments
    assert labels(made) == expected


def test_seeds_share_a_label_and_variants_do_not():
    plain, other = base(), base(compile={**base().compile.to_json(), "metrics": []})
    made = labels([plain, plain.with_seed(8), other])
    assert made[0] == made[1] != made[2]


def test_a_rate_changed_in_mid_run_is_told_behind_the_label():
    rows = [Row(changes={"optimizer": name}) for name in ("SGD", "Adam", "Lion")]
    made = list(comparison(base(epochs=50), rows, 2).experiments)
    plain = labels(made)
    made[2:4] = [replace(e, rates=((20, 0.5), (40, 0.25))) for e in made[2:4]]
    told = "Adam, lr 0.5 from epoch 20, 0.25 from epoch 40"
    assert labels(made) == [*plain[:2], told, told, *plain[4:]]
    named = labels(made, {made[2].unchanged.with_seed(0): "Mine"})
    assert named[2] == "Mine, lr 0.5 from epoch 20, 0.25 from epoch 40"
    assert channels(labels(made))[told] == channels(plain)["Adam"]
    assert "lr 0.5 from epoch 20" in differences(Comparison(tuple(made)))


def test_a_given_label_wins_and_stays_the_only_one():
    rows = [Row(changes={"optimizer": "SGD"}), Row(changes={"optimizer": "Lion"})]
    made = comparison(base(), rows, 1).experiments
    assert labels(made, {made[0].with_seed(0): "Lion"}) == ["Lion", "Lion (2)"]


def test_what_only_a_named_variant_does_is_not_said_of_the_others():
    wild = {"optimizer": "SGD", "loss": "Huber", "learning_rate": 100.0}
    rows = [Row(changes={"batch_size": 8}), Row(changes={"batch_size": 64}), Row("Wild", wild)]
    made = comparison(base(), rows, 1).experiments
    assert labels(made, {made[2].with_seed(0): "Wild"}) == ["batch 8", "batch 64", "Wild"]


@pytest.mark.parametrize(
    "changes",
    [
        {"optimizer": "SGD", "optimizer_arguments": {"momentum": 0.9, "nesterov": True}},
        {"learning_rate": 0.0001, "batch_size": 8, "dropout": 0.25},
        {"hidden": [16, 8], "batch_normalization": False, "activation": "relu"},
        {"callbacks": [], "class_weight": [], "loss_weights": []},
        {"loss_weights": [1, 0.2]},
        {
            "callbacks": [
                {"name": "EarlyStopping", "params": {"patience": 5, "monitor": "val_accuracy"}},
                {"name": "ReduceLROnPlateau", "params": {}},
            ]
        },
    ],
)
def test_cells_and_rows_say_the_same(changes):
    typed = cells(Row("mine", changes))
    assert row(typed) == Row("mine", changes)


@pytest.mark.parametrize("text", ["16, 16", "16-16", "[16, 16]", " 16 ,16, "])
def test_hidden_layers_can_be_typed_in_several_ways(text):
    assert row({"hidden": text}).changes["hidden"] == [16, 16]


@pytest.mark.parametrize(
    "text", ["momentum", "0.9", "momentum=", "**x", "momentum=open('x')", "(" * 300, "a=1)(b=2"]
)
def test_arguments_that_cannot_be_read_get_a_sentence(text):
    with pytest.raises(ValueError, match=r"Row 3 \(mine\): optimizer arguments: .*momentum=0.9"):
        row({"label": "mine", "optimizer_arguments": text}, 3)


@pytest.mark.parametrize(
    "text", ["EarlyStopping(5)", "3", "x(", "a], [b", "none, none()", "EarlyStopping(**x)"]
)
def test_callbacks_that_cannot_be_read_get_a_sentence(text):
    with pytest.raises(ValueError, match=r"^Row 3: callbacks"):
        variant(base(), row({"callbacks": text}, 3), 3)


def test_callbacks_are_told_apart_and_a_row_can_take_those_of_the_set_up_away():
    stopped = base(fit={"callbacks": [{"name": "EarlyStopping", "params": {"patience": 3}}]})
    texts = ["none", "EarlyStopping(patience=10, restore_best_weights=True)", None]
    made = comparison(stopped, [row({"callbacks": text}) for text in texts], 1).experiments
    assert [len(e.fit.callbacks) for e in made] == [0, 1, 1]
    assert labels(made) == [
        "no callbacks",
        "early stopping patience 10 best weights",
        "early stopping patience 3",
    ]


def test_the_menu_of_callbacks_leaves_a_planned_rate_alone():
    planned = {"name": "SGD", "params": {"learning_rate": {"name": "CosineDecay", "params": {}}}}
    for optimizer, lowered in (("SGD", True), (planned, False)):
        offered = axes(base(optimizer=optimizer))["callbacks"].options(base(optimizer=optimizer))
        assert any("ReduceLROnPlateau" in text for text in offered) == lowered


def test_an_empty_table_row_changes_nothing():
    assert row(dict.fromkeys(("label", *FIELDS)), 1) == Row()
    assert row({"learning_rate": float("nan"), "loss": "  "}) == Row()


@pytest.mark.parametrize("name", AXES)
@pytest.mark.parametrize(
    ("dataset", "loss"),
    [
        ("moons", "BinaryCrossentropy"),
        ("sine", "MeanSquaredError"),
        ("digits", "SparseCategoricalCrossentropy"),
    ],
)
def test_every_value_of_every_menu_can_be_trained(name, dataset, loss):
    start = base(dataset=dataset, loss=loss)
    if name == "class_weight" and dataset == "sine":
        assert name not in axes(start), "a number has no classes"
        return
    axis = axes(start)[name]
    for value in axis.options(start):
        assert variant(start, row({name: value}))
    first = axis.first(start)
    made = comparison(start, [row({name: value}) for value in first], 1)
    assert len(set(labels(made.experiments))) == len(first) >= 2


def test_the_menu_of_class_weights_has_the_balanced_ones():
    rare = base(dataset="imbalanced")
    values = axes(rare)["class_weight"].words(rare)
    assert values["0.5263, 10"] == "balanced: 0.5263, 10"
    wine = base(dataset="wine", loss="SparseCategoricalCrossentropy")
    values = axes(wine)["class_weight"].words(wine)
    assert list(values.values())[:3] == [
        *("equal: 1 each", "balanced: 0.9912, 0.837, 1.256", "class grower 1 × 5")
    ]
    made = comparison(wine, [row({"class_weight": text}) for text in values], 1).experiments
    assert labels(made)[:3] == [
        *("unweighted", "class weights 0.9912, 0.837, 1.256", "class grower 1 × 5")
    ]
    digits = base(dataset="digits", loss="SparseCategoricalCrossentropy")
    assert "class_weight" in axes(digits)
    by_rule = base(fit={"sample_weight": "random half doubled"})
    assert "class_weight" not in axes(by_rule), "Keras takes one of the two"


def test_a_model_without_hidden_layers_has_no_menu_for_them():
    assert "hidden" not in axes(base(model="linear"))


def test_a_menu_keeps_what_was_typed_into_its_rows():
    rows = [{"optimizer": "SGD", "learning_rate": "0.5"}, {"optimizer": "Adam"}]
    assert follow(rows, "optimizer", ["SGD", "Lion"]) == [rows[0], {"optimizer": "Lion"}]


def test_the_menu_recognises_rows_that_change_one_thing():
    assert varied([{"batch_size": "8", "label": "a"}, {"batch_size": "32"}]) == "batch_size"
    assert varied([{"batch_size": "8"}, {"optimizer": "SGD"}]) is None
    assert varied([{"batch_size": "8"}, {}]) is None


@pytest.mark.parametrize("name", PRESETS)
def test_a_preset_is_ready_to_train(name):
    design = PRESETS[name].design()
    made = design.comparison.experiments
    assert len(made) == len(design.rows) * design.seeds * (1 + len(design.datasets))
    assert len(set(labels(on_first(made)))) == len(design.rows)
    assert all(e.compile.metrics[0][1] for e in made)


@pytest.mark.parametrize(
    ("vary", "seeds", "said"),
    [(True, 3, "; 3 seeds and splits"), (False, 3, "; 3 seeds"), (True, 1, "")],
)
def test_history_says_how_often_it_was_repeated(vary, seeds, said):
    rows = [Row(changes={"optimizer": name}) for name in ("Lion", "Adam")]
    assert differences(comparison(base(), rows, seeds, vary)) == f"optimizer: Lion, Adam{said}"


def test_splits_alone_are_counted():
    spec = base().to_json()
    several = [spec | {"dataset": {"name": "moons", "params": {"split": k}}} for k in range(4)]
    assert differences(Comparison.from_json(several)) == "4 splits"


def test_the_minus_of_a_class_weight_is_not_lost() -> None:
    assert row({"class_weight": "-1, 5"}).changes["class_weight"] == [-1, 5]
    assert row({"class_weight": "1e-3, 1"}).changes["class_weight"] == [0.001, 1]
    assert row({"hidden": "16-16"}).changes["hidden"] == [16, 16]
