"""The compile check as a browser session sees it: said before the run, mended, and held to it."""

from typing import Any

import pytest
from streamlit.testing.v1 import AppTest
from visits import Quiet, key_now, said, spec, visit

from components import link
from components.address import SETUP
from components.compare.checked import after, before
from training.design import Design
from training.spec import Experiment
from training.states import RunState


def opened(**changed: Any) -> AppTest:
    """The Playground with this set-up."""
    return visit(**{SETUP: link.pack(spec(**changed))})


BLOBS = {"name": "blobs", "params": {"labels": "int"}}


def test_one_line_when_all_is_well(quiet: Quiet) -> None:
    app = visit()
    assert "Compile check: works.** 'accuracy' becomes BinaryAccuracy" in said(app)
    assert not [b for b in app.button if str(b.key).startswith("repair.")]


def test_a_repair_sets_the_menus_and_all_is_well(quiet: Quiet) -> None:
    app = opened(dataset=BLOBS, loss="CategoricalCrossentropy", metrics=["accuracy"])
    assert "Compile check: raises" in said(app)
    (button,) = [b for b in app.button if b.label == "Loss SparseCategoricalCrossentropy"]
    button.click().run()
    assert not app.exception
    assert app.selectbox(key=key_now(app, "play.class.loss")).value == (
        "SparseCategoricalCrossentropy"
    )
    assert "Compile check: works" in said(app)


def test_what_a_closed_button_still_holds_does_not_undo_a_repair(quiet: Quiet) -> None:
    """A field behind a button that was closed is not told of a new value, and sends the old."""
    iris = {"dataset": "iris", "loss": "SparseCategoricalCrossentropy", "metrics": []}
    app = opened(**iris, model={"name": "mlp", "params": {"output_units": 1}})
    field = app.number_input(key="play.model.mlp.output_units")
    assert field.value == 1
    next(b for b in app.button if b.label == "Last layer as the loss needs it").click().run()
    assert field.key not in {n.key for n in app.number_input}
    assert app.number_input(key=key_now(app, "play.model.mlp.output_units")).value is None
    assert "Compile check: works" in said(app)


def test_an_optional_number_can_be_emptied(quiet: Quiet) -> None:
    app = opened(fit={"steps_per_epoch": 3})
    field = app.number_input(key="play.fit.steps_per_epoch")
    assert field.value == 3
    assert not field.proto.HasField("default"), "whoever empties it would get its number back"


def test_a_repair_works_where_the_address_hides_the_menus_too(quiet: Quiet) -> None:
    chosen = spec(dataset=BLOBS, loss="CategoricalCrossentropy", metrics=["accuracy"])
    app = visit(hide="setup", **{SETUP: link.pack(chosen)})
    (button,) = [b for b in app.button if b.label == "Loss SparseCategoricalCrossentropy"]
    button.click().run()
    assert not app.exception
    assert "Compile check: works" in said(app)


def test_what_is_silently_wrong_is_no_obstacle(quiet: Quiet) -> None:
    app = opened(dataset="sine", loss="Poisson", metrics=[])
    assert "silently wrong" in said(app)
    assert not next(b for b in app.button if b.label == "Train").disabled


def rows(*losses: str) -> Design:
    """A row for each loss, on blobs with class numbers for labels."""
    base = spec(dataset=BLOBS, loss="SparseCategoricalCrossentropy", metrics=["accuracy"])
    return Design.from_json({"base": base, "rows": [{"loss": n} for n in losses], "seeds": 2})


def test_compare_without_menus_trains_and_mends_what_the_address_says(quiet: Quiet) -> None:
    design = rows("SparseCategoricalCrossentropy", "CategoricalCrossentropy")
    design = Design.from_json(design.to_json() | {"race": {"rates": [0.01, 0.1], "seeds": 1}})
    app = visit("compare", hide="setup", **{SETUP: link.pack(design.to_json())})
    assert not app.selectbox
    assert not app.multiselect
    next(b for b in app.button if b.label.startswith("Labels as the loss reads")).click().run()
    assert not app.exception
    assert "Compile check: works" in said(app)
    next(b for b in app.button if b.label == "Train").click().run()
    (trained,) = quiet.comparisons()
    for run in quiet.state(trained.id).runs:
        assert "labels" not in run.experiment.dataset.params


def test_compare_names_the_row() -> None:
    design = rows("SparseCategoricalCrossentropy", "CategoricalCrossentropy")
    names = ["first", "first", "second", "second"]
    (line,) = before(design.comparison.experiments, names)
    assert "second" in line
    assert "first" not in line
    assert "raises" in line
    good = rows("SparseCategoricalCrossentropy", "CategoricalGeneralizedCrossEntropy")
    assert "works in all 2 rows" in before(good.comparison.experiments, names)[0]


def ended(experiment: Experiment, status: Any) -> RunState:
    """A run that ended so, without its numbers."""
    kind = "ValueError" if status == "failed" else None
    return RunState(
        experiment, "", status, 0, [], (), None, None, kind, None, None, None, None, None
    )


@pytest.mark.parametrize(
    ("statuses", "words"),
    [
        (("finished", "failed"), "All rows ended as the compile check foretold"),
        (("finished", "finished"), "second: Not foretold"),
        (("finished", "running"), ""),
    ],
)
def test_compare_says_what_came_of_it(statuses: tuple[str, str], words: str) -> None:
    design = rows("SparseCategoricalCrossentropy", "CategoricalCrossentropy")
    first, _, second, _ = design.comparison.experiments
    runs = [ended(e, status) for e, status in zip((first, second), statuses, strict=True)]
    found = after(runs, ["first", "second"])
    assert words in found
    assert bool(words) == bool(found)


def test_every_data_set_of_a_row_is_checked() -> None:
    loss = "MeanSquaredLogarithmicError"
    kinds = [spec(dataset=name, loss=loss, metrics=[]) for name in ("diabetes", "linear")]
    good, bad = (Experiment.from_json(kind) for kind in kinds)
    assert "works" in before([good], ["row"])[0]
    assert "row, loss silently wrong" in before([good, bad], ["row", "row"])[0]
