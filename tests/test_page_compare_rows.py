"""Compare's page: what of compile and fit its rows can vary, and what it offers for that."""

from collections.abc import Iterator
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest
from test_page_compare import PAGE, Shelf, figures
from visits import address, key_now, spec

import components.session
from components import link
from training.formula.presets import LOSSES, OPTIMIZERS
from training.spec import Choice
from training.target import target_columns

TWO = {"kind": "BinaryCrossentropy", "amount": "MeanSquaredError"}


@pytest.fixture
def shelf(monkeypatch: pytest.MonkeyPatch) -> Iterator[Shelf]:
    made = Shelf()
    monkeypatch.setattr(components.session, "lab", lambda: made)
    return made


def opened(*rows: dict[str, Any], seeds: int = 1, **changed: Any) -> AppTest:
    """The page with rows of changes in a small experiment, changed as `visits.spec` says."""
    design = {"base": spec(**changed), "rows": list(rows), "seeds": seeds}
    return at(link.pack(design))


def at(setup: str) -> AppTest:
    app = AppTest.from_file(str(PAGE), default_timeout=30)
    app.query_params["setup"] = setup
    app.run()
    assert not app.exception, app.exception
    return app


def train(app: AppTest) -> AppTest:
    next(b for b in app.button if b.label == "Train").click().run()
    assert not app.exception, app.exception
    assert not app.error, app.error[0].value
    return app


def typed(app: AppTest) -> list[dict[str, str | None]]:
    """The cells of the table that say something, row by row."""
    rows = app.session_state["compare:typed"]
    return [{name: text for name, text in row.items() if text} for row in rows]


def test_callbacks_are_varied_by_menu_trained_and_kept_by_a_link(shelf: Shelf) -> None:
    app = opened({"optimizer": "SGD"}, {"optimizer": "Adam"})
    app.selectbox(key="compare:axis").set_value("callbacks").run()
    texts = ["none", "EarlyStopping(patience=3)"]
    app.multiselect(key="compare:values").set_value(texts).run()
    train(app)
    stop = Choice("EarlyStopping", {"patience": 3})
    assert [e.fit.callbacks for e in shelf.submitted[0].experiments] == [(), (stop,)]
    again = at(address(app, "setup"))
    assert typed(again) == [{"callbacks": text} for text in texts]
    assert again.selectbox(key="compare:axis").value == "callbacks"


def two_outputs(*rows: dict[str, Any], **changed: Any) -> AppTest:
    """The page on the data set with two outputs."""
    return opened(
        *rows,
        dataset="two_output",
        loss=TWO,
        metrics={"kind": ["accuracy"], "amount": ["MeanAbsoluteError"]},
        **changed,
    )


def test_loss_weights_are_varied_by_menu(shelf: Shelf) -> None:
    app = two_outputs({"optimizer": "SGD"}, {"optimizer": "Adam"})
    app.selectbox(key="compare:axis").set_value("loss_weights").run()
    assert typed(app) == [{"loss_weights": text} for text in ("1, 1", "0.2, 1", "1, 0.2")]
    train(app)
    weights = [dict(e.compile.loss_weights) for e in shelf.submitted[0].experiments]
    assert weights == [{}, {"kind": 0.2, "amount": 1.0}, {"kind": 1.0, "amount": 0.2}]


def test_class_weights_of_several_classes_are_varied_by_menu_with_their_numbers(
    shelf: Shelf,
) -> None:
    loss = "SparseCategoricalCrossentropy"
    app = opened({"batch_size": 8}, {"batch_size": 16}, dataset="wine", loss=loss)
    app.selectbox(key="compare:axis").set_value("class_weight").run()
    values = app.multiselect(key="compare:values")
    assert "balanced: 0.9912, 0.837, 1.256" in values.options
    values.set_value(["1, 1, 1", "0.9912, 0.837, 1.256", "1, 1, 7"]).run()
    train(app)
    weights = [e.fit.class_weight for e in shelf.submitted[0].experiments]
    assert weights == [(), (0.9912, 0.837, 1.256), (1.0, 1.0, 7.0)]


def titles(app: AppTest) -> list[str]:
    """Of the charts of curves, in their order."""
    found = [f["layout"].get("title", {}).get("text", "") for f in figures(app)]
    return [title.split("<br>")[0] for title in found if "solid: train" in title]


def captions(app: AppTest) -> str:
    return " ".join(caption.value for caption in app.caption)


def test_outputs_have_curves_of_their_own_loss_and_the_sum_is_said(shelf: Shelf) -> None:
    app = train(two_outputs({"optimizer": "SGD"}, {"optimizer": "Adam"}))
    drawn = app.multiselect(key="compare:metrics")
    assert drawn.value == ["kind_accuracy"]
    assert "weighted sum" not in captions(app)
    drawn.set_value(["kind_loss", "amount_loss", "amount_mean_absolute_error"]).run()
    assert not app.exception
    assert titles(app) == [
        *("Loss", "Loss of kind", "Loss of amount", "Amount mean absolute error")
    ]
    assert "weighted sum: kind_loss + amount_loss." in captions(app)


def test_rows_that_weigh_outputs_differently_are_compared_by_their_own_losses(
    shelf: Shelf,
) -> None:
    app = train(two_outputs({"loss_weights": [1, 1]}, {"loss_weights": [1, 0.2]}, seeds=4))
    assert titles(app) == [
        "Binary cross-entropy + Mean squared error",
        "1 × Binary cross-entropy + 0.2 × Mean squared error",
        "Loss of kind",
        "Loss of amount",
    ]
    assert "count differently in the total loss" in captions(app)
    assert "with the weights that each row has." in captions(app)
    assert any("Validation kind loss" in m.value for m in app.markdown), "the verdict"
    targets = target_columns(shelf.submitted[0].experiments)
    assert "val_amount_loss" in targets
    assert "val_loss" not in targets, "totals have no target in common"


RULE, LOSS = "compare:formula.optimizer", "compare:formula.loss"


def test_a_row_takes_a_rule_of_ones_own_from_an_editor(shelf: Shelf) -> None:
    app = opened({"optimizer": "SGD"}, {"label": "Mine", "optimizer_arguments": {"beta_1": 0.8}})
    assert not [area for area in app.text_area if area.key == f"{RULE}.formula"]
    app.selectbox(key="compare:formula.row").set_value(1).run()
    app.button(key="compare:formula.begin").click().run()
    assert not app.exception
    area = app.text_area(key=f"{RULE}.formula")
    assert area.value == OPTIMIZERS[3].text, "what Adam does"
    assert typed(app)[1]["optimizer"] == "CustomOptimizer"
    assert "beta_1=0.8" in typed(app)[1]["optimizer_arguments"], "as the row had it"
    area.set_value("weight -= learning_rate * sig(gradient)").run()
    assert "^" in app.code[0].value
    assert "Row 2 (Mine): formula: line 1, column 27" in app.error[0].value.replace("\\", "")
    app.text_area(key=f"{RULE}.formula").set_value("m = tanh(gradient)\nweight -= m").run()
    train(app)
    made = shelf.submitted[0].experiments[1].compile.optimizer
    assert made.name == "CustomOptimizer"
    assert made.params["formula"] == "m = tanh(gradient)\nweight -= m"
    assert typed(app)[0] == {"optimizer": "SGD"}


def test_the_editor_follows_the_table_and_its_row(shelf: Shelf) -> None:
    pinball = {"formula": LOSSES[1].text, "tau": 0.9}
    app = opened(
        {"loss": "CustomLoss", "loss_arguments": pinball},
        {"loss": "CustomLoss", "loss_arguments": {"formula": "abs(y_true - y_pred)"}},
        dataset="outliers",
        loss="MeanSquaredError",
        metrics=[],
    )
    before = typed(app)
    app.segmented_control(key="compare:formula.kind").set_value("loss").run()
    assert app.text_area(key=f"{LOSS}.formula").value == LOSSES[1].text
    app.slider(key=f"{LOSS}.tau").set_value(0.3).run()
    app.selectbox(key="compare:formula.row").set_value(1).run()
    assert app.text_area(key=f"{LOSS}.formula").value == "abs(y_true - y_pred)"
    assert typed(app)[1] == before[1], "looking changes nothing"
    app.session_state["compare:rows"] = [
        {"loss": "CustomLoss", "loss_arguments": "formula='square(y_true - y_pred)'"},
        typed(app)[0],
    ]
    app.session_state["compare:edition"] += 1
    app.run()
    assert app.text_area(key=f"{LOSS}.formula").value == LOSSES[1].text
    assert app.slider(key=f"{LOSS}.tau").value == 0.3
    train(app)
    (one, two) = (e.compile.loss.params for e in shelf.submitted[0].experiments)
    assert "tau" not in one
    assert two["tau"] == 0.3


def test_of_several_outputs_only_the_rule_is_written_by_row(shelf: Shelf) -> None:
    app = two_outputs({"optimizer": "SGD"}, {"optimizer": "CustomOptimizer"})
    assert app.segmented_control(key="compare:formula.kind").options == ["Optimizer"]
    app.session_state["compare:rows"] = [{"optimizer": "SGD"}, {"optimizer_arguments": "x("}]
    app.session_state["compare:edition"] += 1
    app.run()
    app.selectbox(key="compare:formula.row").set_value(1).run()
    assert not app.exception
    assert "Row 2: optimizer arguments" in captions(app).replace("\\", "")


def test_a_row_that_would_raise_is_mended_in_one_click(shelf: Shelf) -> None:
    app = opened(
        {"label": "Right", "loss": "SparseCategoricalCrossentropy"},
        {"label": "Wrong", "loss": "CategoricalHinge", "batch_size": 8},
        dataset={"name": "blobs", "params": {"labels": "int"}},
        loss="SparseCategoricalCrossentropy",
        seeds=3,
    )
    assert "Wrong, loss raises" in captions(app)
    labels = [b.label for b in app.button if str(b.key).startswith("compare:mend.")]
    assert labels[0] == "Labels as the loss reads them, in all rows"
    (button,) = (b for b in app.button if b.label == "Loss SparseCategoricalCrossentropy")
    button.click().run()
    assert not app.exception
    assert "Compile check: works in all 2 rows" in captions(app)
    assert typed(app)[1] == {"label": "Wrong", "batch_size": "8"}
    assert app.number_input(key="compare:seeds").value == 3
    train(app)


def test_a_weight_of_zero_on_the_left_is_mended_on_the_left(shelf: Shelf) -> None:
    app = two_outputs({"optimizer": "SGD"}, {"optimizer": "Adam"})
    app.slider(key="compare.amount.weight").set_value(0.0).run()
    assert "all 2 rows, loss weights silently wrong: The loss of amount" in captions(app)
    (button,) = (b for b in app.button if b.label == "Loss weight 1 for amount")
    button.click().run()
    assert app.slider(key=key_now(app, "compare.amount.weight")).value == 1.0
    assert "Compile check: works" in captions(app)
