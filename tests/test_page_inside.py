"""The section "Inside a run": lazy, ordered once, and what it shows of recordings and files."""

import base64
import json

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest
from visits import Quiet, said, spec, visit

import datasets
from components.inside.files import file_name
from components.inside.thresholds import measured
from training.inside import Inside
from training.spec import Experiment
from training.view import head_slices

TENSORS = ("dense/kernel", "dense/bias")


def recorded(experiment: Experiment) -> Inside:
    """Recordings of a small layer; predictions rise evenly from 0 to 1 over the rows."""
    data = datasets.load(experiment.dataset.name, experiment.data_params)
    outputs = max(part.stop for part in head_slices(experiment).values())
    rows = len(data.validation.x)
    norms = np.array([[2.0, 1.0], [4.0, 0.5]], "float32")
    slot = np.arange(12, dtype="float32").reshape(2, 6)
    return Inside(
        epochs=np.array([1, 5], "int32"),
        tensors=TENSORS,
        shapes=((2, 3), (3,)),
        weight=norms,
        gradient=norms / 10,
        update=norms / 100,
        before=norms,
        slots={"momentums": {TENSORS[0]: slot - 6, TENSORS[1]: slot[:, :3]}},
        dead={"dense": np.array([0, 1 / 3], "float32")},
        units={"dense": 3},
        predictions=np.linspace(0, 1, rows * outputs, dtype="float32").reshape(rows, outputs),
    )


def made(quiet: Quiet, blob: bytes | None = None, error: str | None = None) -> str:
    """Do what the engine does with the errand that waits; returns its kind."""
    order = quiet.orders.claim()
    quiet.orders.end(order.digest, order.kind, blob or recorded(order.subject).packed(), error)
    return order.kind


def shown(quiet: Quiet, *specs: dict, page: str = "") -> AppTest:
    """A page with a finished comparison and the section open."""
    id = quiet.finish(*specs)
    app = visit(page, run=id)
    app.toggle(key="inside:open").set_value(True).run()
    assert not app.exception, app.exception
    return app


def look(app: AppTest, view: str) -> AppTest:
    app.segmented_control(key="inside:view").set_value(view).run()
    assert not app.exception, app.exception
    return app


def recordings(quiet: Quiet, view: str, *specs: dict) -> AppTest:
    """A view of recordings that have come."""
    app = look(shown(quiet, *specs), view)
    assert made(quiet) == "inside"
    return look(app, view)


def numbers(packed: dict) -> np.ndarray:
    """An array as it was packed for the browser."""
    return np.frombuffer(base64.b64decode(packed["bdata"]), packed["dtype"])


def charts(app: AppTest) -> dict[str, dict]:
    """Figures of the section by title, as they were sent to the browser."""
    sent = [json.loads(json.loads(e.proto.json)["figure"]) for e in app.get("bidi_component")]
    return {
        figure["layout"]["title"]["text"]: figure for figure in sent if "title" in figure["layout"]
    }


def test_nothing_is_ordered_until_a_view_needs_it(quiet: Quiet) -> None:
    app = visit(run=quiet.finish(spec()))
    assert "Learning rate" not in charts(app)
    app.toggle(key="inside:open").set_value(True).run()
    assert {"Norms of the whole model", "Learning rate"} <= set(charts(app))
    look(app, "Files")
    assert quiet.orders.waiting() is None
    look(app, "Layers")
    assert quiet.orders.waiting() is not None
    assert "Waiting for a free training process" in said(app)


def test_the_effective_rate_is_update_over_gradient(quiet: Quiet) -> None:
    figure = charts(shown(quiet, spec()))["Learning rate"]
    rate, effective = figure["data"]
    assert [rate["name"], effective["name"]] == ["learning rate", "effective learning rate"]
    assert numbers(effective["y"]).tolist() == [1.0] * 5  # every norm of the quiet run is 0.5


def test_what_was_recorded_is_drawn_once_it_has_come_and_ordered_once(quiet: Quiet) -> None:
    app = recordings(quiet, "Layers", spec())
    drawn = charts(app)
    gradient, ratio = drawn["Gradient norm by layer"], drawn["Update-to-weight ratio by layer"]
    assert [trace["name"] for trace in gradient["data"]] == list(TENSORS)
    np.testing.assert_allclose(numbers(gradient["data"][0]["y"]), [0.2, 0.4])
    np.testing.assert_allclose(numbers(ratio["data"][1]["y"]), [0.01, 0.01])
    look(app, "Optimizer slots")
    (slots,) = (f for title, f in charts(app).items() if title == f"momentums of {TENSORS[0]}")
    assert numbers(slots["data"][0]["z"]).reshape(6, 2).T.tolist()[0] == [-6, -5, -4, -3, -2, -1]
    app.selectbox(key="inside:tensor").set_value(TENSORS[1]).run()
    assert f"momentums of {TENSORS[1]}" in charts(app)
    look(app, "Dead units")
    (line,) = charts(app)["Dead ReLU units"]["data"]
    assert line["name"] == "dense (3 units)"
    assert quiet.orders.waiting() is None


def test_a_threshold_moves_the_metrics_and_not_the_loss(quiet: Quiet) -> None:
    app = recordings(quiet, "Predictions", spec())
    true = datasets.load("moons", Experiment.from_json(spec()).data_params).validation.y["class"]
    scores = np.linspace(0, 1, len(true), dtype="float32")
    for threshold in (0.5, 0.9):
        app.slider(key="inside:threshold").set_value(threshold).run()
        found = {metric.label: metric.value for metric in app.metric}
        wanted = measured(true, scores, threshold)
        assert {name: f"{value:.3f}" for name, value in wanted.items()} | {"loss": "0.25"} == found
        (mark,) = charts(app)["Metrics over the threshold"]["layout"]["shapes"]
        assert (mark["x0"], mark["x1"]) == (threshold, threshold)
    assert "loss and weights do not" in said(app)


@pytest.mark.parametrize(
    ("changed", "title"),
    [
        ({"dataset": "iris", "loss": "SparseCategoricalCrossentropy"}, "Confusion"),
        ({"dataset": "diabetes", "loss": "MeanSquaredError"}, "Residuals"),
        ({"dataset": "multilabel"}, "Scores of the validation rows"),
        ({"loss": "Hinge"}, "Scores of the validation rows"),
    ],
)
def test_every_task_has_its_picture_of_predictions(quiet: Quiet, changed: dict, title: str) -> None:
    app = recordings(quiet, "Predictions", spec(**({"metrics": []} | changed)))
    assert title in charts(app)


def test_each_output_and_label_can_be_chosen(quiet: Quiet) -> None:
    losses = {"kind": "BinaryCrossentropy", "amount": "MeanSquaredError"}
    metrics = {"kind": [], "amount": []}
    app = recordings(quiet, "Predictions", spec(dataset="two_output", loss=losses, metrics=metrics))
    app.segmented_control(key="inside:head").set_value("amount").run()
    assert "Residuals" in charts(app)


def test_a_file_is_prepared_on_demand_and_then_downloaded(quiet: Quiet) -> None:
    app = look(shown(quiet, spec()), "Files")
    app.button(key="inside:prepare.model").click().run()
    assert "Waiting for a free training process" in said(app)
    assert made(quiet, b"a model") == "model"
    app.run()
    offered = [button.proto.label for button in app.get("download_button")]
    assert offered.count("Download model file") == 1


def test_what_failed_says_why_and_can_be_tried_again(quiet: Quiet) -> None:
    app = look(shown(quiet, spec()), "Layers")
    order = quiet.orders.claim()
    quiet.orders.end(order.digest, order.kind, None, "There was not enough memory.")
    app.run()
    assert "There was not enough memory." in said(app)
    app.button(key="inside:again.inside").click().run()
    assert "Waiting for a free training process" in said(app)
    assert quiet.orders.claim().kind == "inside"


def test_a_run_that_is_still_training_cannot_be_opened(quiet: Quiet) -> None:
    app = visit(run=quiet.put(spec()))
    assert "Inside a run" not in [toggle.label for toggle in app.toggle]


def test_in_compare_the_row_and_the_seed_are_chosen(quiet: Quiet) -> None:
    rows = [spec(seed=seed, optimizer=name) for name in ("SGD", "Adam") for seed in (0, 1)]
    app = shown(quiet, *rows, page="compare")
    row = app.selectbox(key="inside:row")
    row.set_value(row.options[1]).run()
    app.selectbox(key="inside:seed").set_value(1).run()
    look(app, "Layers")
    assert quiet.orders.claim().subject == Experiment.from_json(rows[3])


def test_files_of_several_runs_can_be_told_apart(quiet: Quiet) -> None:
    id = quiet.finish(spec(), spec(optimizer="SGD"))
    names = {file_name(run) for run in quiet.state(id).runs}
    assert len(names) == 2
    assert all(name.startswith("moons-") for name in names)
