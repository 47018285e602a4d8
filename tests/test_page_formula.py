"""Formulas as a browser session writes them: examples, errors, code, links, rows of Compare."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest
from visits import Quiet, spec, visit

from components import link
from components.compare.curves import notes
from training.cells import cells, row
from training.code import compile_call
from training.formula.presets import LOSSES, OPTIMIZERS
from training.formula.twins import twins
from training.presets import PRESETS
from training.redesign import design_of
from training.spec import Experiment
from training.states import RunState
from training.variant_labels import labels
from training.variants import Row, variant

LOSS = "play.number.loss"
FORMULA = f"{LOSS}.CustomLoss.formula"


def opened() -> AppTest:
    app = visit()
    app.selectbox(key="play.dataset").set_value("outliers").run()
    return app.selectbox(key=LOSS).set_value("CustomLoss").run()


def test_an_example_brings_its_text_its_number_and_its_class(quiet: Quiet) -> None:
    app = opened()
    assert "class CustomLoss(keras.losses.Loss)" in app.code[0].value
    assert not [s for s in app.slider if s.label == "tau"]
    app.selectbox(key=f"{FORMULA}.example").set_value("Pinball (quantile)").run()
    assert app.text_area(key=FORMULA).value == LOSSES[1].text
    assert app.slider(key=f"{LOSS}.CustomLoss.tau").value == 0.9
    app.slider(key=f"{LOSS}.CustomLoss.tau").set_value(0.25).run()
    assert "tau = 0.25" in app.code[0].value
    assert not app.exception


def test_an_error_is_marked_and_mended(quiet: Quiet) -> None:
    app = opened()
    app.text_area(key=FORMULA).set_value("miss = y_true - y_pred\nsquare(mis)").run()
    assert any(c.value == "square(mis)\n       ^" for c in app.code)
    assert "line 2, column 8" in app.error[0].value.replace("\\", "")
    assert app.selectbox(key=f"{FORMULA}.example").value is None
    app.text_area(key=FORMULA).set_value("miss = y_true - y_pred; square(miss)").run()
    assert not app.error
    assert not app.exception


def test_a_link_brings_the_formula_back(quiet: Quiet) -> None:
    rule = {"name": "CustomOptimizer", "params": {"formula": OPTIMIZERS[3].text, "beta_1": 0.5}}
    loss = {"name": "CustomLoss", "params": {"formula": "abs(y_true - y_pred) ** 1.5"}}
    metric = {"name": "CustomMetric", "params": {"better": "higher"}}
    wanted = spec(optimizer=rule, loss=loss, metrics=[metric])
    app = visit(setup=link.pack(wanted))
    assert app.code[0].value == compile_call(Experiment.from_json(wanted).compile)
    assert not app.exception


@pytest.mark.parametrize("name", ["by_hand", "quantiles"])
def test_rows_hold_formulas_as_cells(name: str) -> None:
    design = PRESETS[name].design()
    for made in design.rows:
        again = row(cells(made))
        assert variant(design.base, again) == variant(design.base, made)


def test_rows_made_of_trained_formulas_say_the_same() -> None:
    comparison = PRESETS["by_hand"].design().comparison
    made = design_of(comparison.experiments)
    assert made
    assert made.comparison == comparison
    for one in made.rows:
        assert variant(made.base, row(cells(one))) == variant(made.base, one)


def test_a_row_with_a_wrong_formula_says_where() -> None:
    base = PRESETS["quantiles"].design().base
    wrong = Row("Mine", {"loss_arguments": {"formula": "y_pred; y_pred"}})
    with pytest.raises(ValueError, match=r"Row 2 \(Mine\): formula: line 1, column 1: this value"):
        variant(base, wrong, 2)


def test_labels_name_examples() -> None:
    by_hand = labels(PRESETS["by_hand"].design().comparison.experiments)
    assert "Own rule Adam by hand" in by_hand
    assert "Adam" in by_hand


def finished(e: Experiment, loss: float) -> RunState:
    columns = tuple(e.columns)
    history = np.full((2, len(columns)), loss, "float32")
    more: dict[str, Any] = dict.fromkeys(
        ("diverged", "error", "error_type", "finals", "proof", "started", "finished")
    )
    return RunState(e, e.digest, "finished", 2, history, columns, queue_position=None, **more)


def test_the_nearest_rule_of_keras_is_found_with_its_difference() -> None:
    design = PRESETS["by_hand"].design()
    experiments = design.comparison.experiments
    names = labels(experiments)
    level = {"Adam": 0.5, "SGD momentum 0.9": 0.7, "Own rule Adam by hand": 0.75}
    runs = [
        finished(e, level.get(n, 0.2) + 0.01 * e.seed)
        for e, n in zip(experiments, names, strict=True)
    ]
    found = {twin.own: twin for twin in twins(runs, names)}
    assert len(found) == 3
    assert found["Own rule Adam by hand"].other == "SGD momentum 0.9"
    assert found["Own rule Adam by hand"].difference == pytest.approx(0.05, abs=1e-6)
    assert not list(twins(runs[:3], names[:3]))


def test_rules_that_were_stopped_at_other_epochs_are_held_against_each_other() -> None:
    experiments = PRESETS["by_hand"].design().comparison.experiments
    names = labels(experiments)
    runs = [finished(e, 0.5) for e in experiments]
    longer = np.vstack([runs[0].history, runs[0].history + 1])
    runs = [
        replace(r, history=longer, epochs_done=4) if n == "Adam" else r
        for r, n in zip(runs, names, strict=True)
    ]
    assert {twin.difference for twin in twins(runs, names)} == {0.0}


def test_formulas_are_losses_of_other_kinds_and_their_numbers_are_arguments() -> None:
    quantiles = PRESETS["quantiles"].design().comparison.experiments
    assert {e.compile.loss_label for e in quantiles} == {"Pinball (quantile)"}
    assert "other arguments" in notes(quantiles)[0]
    squares = spec(dataset="outliers", loss="MeanSquaredError", metrics=[])
    other = spec(dataset="outliers", loss={"name": "CustomLoss"}, metrics=[])
    other["compile"]["loss"]["params"] = {"formula": "abs(y_true - y_pred)"}
    three = [quantiles[0], *map(Experiment.from_json, (squares, other))]
    assert len({e.compile.loss_name for e in three}) == 3
    assert "different kinds" in notes(three)[0]
