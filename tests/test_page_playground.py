"""The Playground as a browser session sees it: choices, code, training, links."""

import subprocess
import sys
from typing import Any

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest
from visits import APP, Quiet, address, said, spec, visit, wait_for

from components import link
from components.choices import DEFAULT
from components.choices.menu import named
from training.catalog import entry
from training.code import compile_call
from training.lab import Lab
from training.spec import Comparison, Experiment
from training.states import EngineState

CLASSES = "SparseCategoricalCrossentropy"


def code(app: AppTest) -> str:
    """What the code panel says."""
    return app.code[0].value


def call(**changed: Any) -> str:
    """The compile call of a small experiment."""
    return compile_call(Experiment.from_json(spec(**changed)).compile)


def button(app: AppTest, label: str) -> Any:
    """The button with this label."""
    (found,) = [b for b in app.button if b.label == label]
    return found


def test_the_first_visit_is_ready_to_train(quiet: Quiet) -> None:
    """Without choosing anything there is an experiment, its code, and a Train that works."""
    app = visit()
    assert code(app) == compile_call(Experiment.from_json(DEFAULT).compile)
    assert not button(app, "Train").disabled
    assert not app.error
    assert not app.warning


@pytest.mark.parametrize(
    ("dataset", "loss", "metrics"),
    [
        ("sine", "MeanSquaredError", ["MeanAbsoluteError"]),
        ("iris", "SparseCategoricalCrossentropy", ["accuracy"]),
        ("multilabel", "BinaryCrossentropy", ["BinaryAccuracy"]),
    ],
)
def test_another_task_brings_what_serves_it(
    quiet: Quiet, dataset: str, loss: str, metrics: list[str]
) -> None:
    """After a new data set, loss and metrics fit its task without another click."""
    app = visit()
    app.selectbox(key="play.dataset").set_value(dataset).run()
    assert code(app) == call(dataset=dataset, loss=loss, metrics=metrics)
    assert "does not fit" not in said(app)
    assert not button(app, "Train").disabled


def test_two_outputs_have_a_loss_each(quiet: Quiet) -> None:
    """A data set with a class and a number asks for two losses, and offers two that fit."""
    app = visit()
    app.selectbox(key="play.dataset").set_value("two_output").run()
    assert code(app) == call(
        dataset="two_output",
        loss={"kind": "BinaryCrossentropy", "amount": "MeanSquaredError"},
        metrics={"kind": ["accuracy"], "amount": ["MeanAbsoluteError"]},
    )
    assert not button(app, "Train").disabled


def test_an_experiment_goes_over_to_compare(quiet: Quiet) -> None:
    app = visit()
    app.selectbox(key="play.dataset").set_value("sine").run()
    button(app, "Compare variants of it").click().run()
    assert not app.exception
    assert app.selectbox(key="compare.dataset").value == "sine"
    assert not button(app, "Train").disabled


def test_no_metric_is_a_choice(quiet: Quiet) -> None:
    """Metrics only watch: without one, everything else stays as it is."""
    app = visit()
    app.multiselect(key="play.class.metric").set_value([]).run()
    assert "metrics=[]" in code(app)
    assert not button(app, "Train").disabled


@pytest.mark.parametrize("typed", ["16, many", "-3", "16 16", "0"])
def test_what_cannot_be_read_is_named(quiet: Quiet, typed: str) -> None:
    """Nonsense in a field gives a sentence with the field's name, and nothing to train."""
    app = visit()
    hidden = "play.model.mlp.hidden"
    app.text_input(key=hidden).set_value(typed).run()
    assert not app.exception
    (error,) = app.error
    assert "hidden" in error.value
    assert button(app, "Train").disabled
    app.text_input(key=hidden).set_value("8").run()
    assert not app.error
    assert not button(app, "Train").disabled


@pytest.mark.parametrize(
    ("field", "typed", "allowed"),
    [
        ("epochs", 0, "1 to 5000"),
        ("epochs", 100_000, "1 to 5000"),
        ("batch_size", -5, "1 to 5000"),
        ("seed", -1, "0 to"),
        ("dataset.moons.samples", 999_999_999, "samples"),
        ("dataset.blobs.centers", 999_999_999, "centers"),
    ],
)
def test_a_number_out_of_range_is_named_and_not_trained(
    quiet: Quiet, field: str, typed: int, allowed: str
) -> None:
    """A browser that knew the bounds would train the number before, without a word."""
    app = (
        visit(setup=link.pack(spec(dataset="blobs", loss=CLASSES))) if "blobs" in field else visit()
    )
    key = f"play.{field}"
    before = app.number_input(key=key).value
    app.number_input(key=key).set_value(typed).run()
    assert not app.exception
    (error,) = app.error
    assert allowed in error.value
    assert button(app, "Train").disabled
    assert "press **Train**" not in said(app)
    app.number_input(key=key).set_value(before).run()
    assert not app.error
    assert "press **Train**" in said(app)
    assert not button(app, "Train").disabled


def test_an_empty_field_says_what_it_stands_for(quiet: Quiet) -> None:
    """Units of the last layer are not off: without a number they are as the task needs them."""
    app = visit(setup=link.pack(spec(metrics=["Precision"])))
    shown = {field.label: field.placeholder for field in app.number_input}
    assert shown["output units"] == "as needed"
    assert shown["thresholds"] == "0.5"
    assert shown["weight decay"] == "off"


def test_results_of_another_experiment_say_so(quiet: Quiet) -> None:
    """Who changes a choice sees that the curves are not those of it, until Train is pressed."""
    first = spec()
    id = quiet.finish(first)
    app = visit(setup=link.pack(first), run=id)
    assert "Shown is another experiment" not in said(app)
    app.number_input(key="play.seed").set_value(7).run()
    assert "Shown is another experiment" in said(app)
    button(app, "Train").click().run()
    assert "Shown is another experiment" not in said(app)


def test_a_link_restores_the_set_up(quiet: Quiet) -> None:
    """The address alone brings every choice back."""
    wanted = spec(
        dataset={"name": "spirals", "params": {"samples": 700, "noise": 0.05}},
        optimizer={"name": "SGD", "params": {"learning_rate": 0.3, "momentum": 0.9}},
        loss="Hinge",
        metrics=["Precision", "AUC"],
        epochs=77,
        seed=5,
    )
    app = visit(setup=link.pack(wanted))
    assert code(app) == compile_call(Experiment.from_json(wanted).compile)
    kept = link.unpack(address(app, "setup"))
    assert Experiment.from_json(kept) == Experiment.from_json(wanted)


STILL = spec(optimizer={"name": "Adam", "params": {"learning_rate": 0}})


@pytest.mark.parametrize("setup", ["garbled", *map(link.pack, ({"dataset": "moons"}, [1], STILL))])
def test_a_link_that_cannot_be_read_says_so(quiet: Quiet, setup: str) -> None:
    """A cut or changed link gives a sentence and a Playground that works."""
    app = visit(setup=setup)
    assert len(app.warning) == 1
    assert code(app) == compile_call(Experiment.from_json(DEFAULT).compile)
    assert not button(app, "Train").disabled


def test_the_link_of_a_deleted_run_says_so(quiet: Quiet) -> None:
    """Whoever follows an old link learns that the run was deleted."""
    id = quiet.finish(spec())
    quiet.delete(id)
    assert "deleted" in said(visit(run=id))


def test_a_reload_picks_the_run_up(quiet: Quiet) -> None:
    """A run in the address is shown by a new browser session, with its numbers."""
    app = visit(run=quiet.finish(spec()))
    assert "Finished" in [bar.proto.text for bar in app.get("progress")]
    assert app.dataframe[0].value.loc["loss", "test"] == pytest.approx(0.5)


def test_a_waiting_run_can_be_stopped(quiet: Quiet) -> None:
    """Stop ends a run, and the page says that it was stopped."""
    id = quiet.put(spec())
    app = visit(run=id)
    app.button(key="stop").click().run()
    assert quiet.state(id).status == "cancelled"
    assert "stopped" in app.get("progress")[0].proto.text.lower()


def test_train_to_the_end(real: Lab) -> None:
    """The main job: press Train, TensorFlow trains elsewhere, the final numbers appear."""
    wanted = spec(epochs=3, seed=11)
    app = visit(setup=link.pack(wanted))
    button(app, "Train").click().run()
    assert not app.exception
    id = address(app, "run")
    state = wait_for(lambda: (s := real.state(id)).ended and s, real.ready)
    app.run()
    assert not app.exception
    (run,) = state.runs
    assert run.status == "finished"
    assert "Finished" in [bar.proto.text for bar in app.get("progress")]
    shown = app.dataframe[0].value
    for part, numbers in run.finals.items():
        for name, number in numbers.items():
            assert shown.loc[name, part] == pytest.approx(number, abs=1e-4)
    again = real.submit(Comparison((Experiment.from_json(wanted),)), "another")
    assert real.state(again).ended, "the same experiment was trained twice"


def test_pages_load_no_tensorflow() -> None:
    """Every page leaves the web process without TensorFlow, Keras and Dask."""
    pages = [f"pages/play/{p.stem}.py" for p in (APP.parent / "pages" / "play").glob("*.py")]
    program = f"""
import sys
from streamlit.testing.v1 import AppTest
from training.lab import Lab
Lab.start = lambda self: None
app = AppTest.from_file({str(APP)!r}, default_timeout=60).run()
for page in {pages}:
    app.switch_page(page).run()
    assert not app.exception, (page, app.exception)
print(*{{"tensorflow", "keras", "distributed", "dask"}} & set(sys.modules))
"""
    run = subprocess.run(
        [sys.executable, "-c", program], cwd=APP.parent, capture_output=True, text=True
    )
    assert run.returncode == 0, run.stderr
    assert run.stdout.split() == []


def test_a_click_on_the_chosen_label_keeps_it(
    quiet: Quiet, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One of several labels is always on show."""
    id = quiet.finish(spec(dataset="multilabel", metrics=["BinaryAccuracy"]))
    frame = np.zeros((48 * 48, 3), "float16")
    monkeypatch.setattr(quiet, "frame_epochs", lambda digest: [5])
    monkeypatch.setattr(quiet, "frames", lambda digest, epochs: {5: frame})
    app = visit(run=id)
    (labels,) = [g for g in app.button_group if g.label == "Label"]
    assert labels.proto.required


def test_a_run_deleted_while_the_page_is_drawn_has_no_picture(
    quiet: Quiet, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody else may delete it between two looks at the store."""
    monkeypatch.setattr(quiet, "frame_epochs", lambda digest: [5])
    app = visit(run=quiet.finish(spec()))
    assert not app.exception
    assert app.dataframe


@pytest.mark.parametrize("rate", [0.012345678, 1 / 3, 1e-5, 10.0])
def test_a_link_keeps_every_digit(quiet: Quiet, rate: float) -> None:
    """Another learning rate would be another experiment."""
    wanted = spec(optimizer={"name": "SGD", "params": {"learning_rate": rate}})
    app = visit(setup=link.pack(wanted))
    kept = Experiment.from_json(link.unpack(address(app, "setup")))
    assert kept == Experiment.from_json(wanted)


def test_a_metric_listed_twice_is_said(quiet: Quiet) -> None:
    """The menus hold each metric once; the one that is left out does not go silently."""
    twice = [{"name": "AUC", "params": {"curve": curve}} for curve in ("PR", "ROC")]
    app = visit(setup=link.pack(spec(metrics=twice)))
    (warning,) = app.warning
    assert "Area under the curve" in warning.value
    assert 'curve="PR"' in code(app) or "curve='PR'" in code(app)


def test_waiting_for_tensorflow_is_said(quiet: Quiet, monkeypatch: pytest.MonkeyPatch) -> None:
    """Before the first epoch the reader learns what is waited for."""
    loading = EngineState("starting", 1, 0, "Loading TensorFlow; you can already choose.")
    monkeypatch.setattr(quiet, "ready", lambda: loading)
    app = visit(run=quiet.put(spec()))
    assert "TensorFlow is still loading" in app.get("progress")[0].proto.text


def test_a_browser_that_says_the_label_of_before_still_means_the_entry(quiet: Quiet) -> None:
    """Labels change with what fits; a browser then sends back the words that it was shown."""
    app = visit()
    app.session_state["play.class.metric"] = ["Accuracy (does not fit)", "Precision"]
    app.run()
    assert not app.exception
    assert app.multiselect(key="play.class.metric").value == ["accuracy", "Precision"]
    losses = ["MeanSquaredError", "Hinge"]
    assert named("loss", losses, f"{entry('loss', 'Hinge').label} (does not fit)") == "Hinge"
    assert named("loss", losses, "Hinge") == "Hinge"


def test_other_classes_reset_metrics_that_count_them(quiet: Quiet) -> None:
    """A metric that was told three classes does not stay for ten."""
    metric = {"name": "MeanIoU", "params": {"num_classes": 3}}
    start = spec(dataset="iris", loss="SparseCategoricalCrossentropy", metrics=[metric])
    app = visit(setup=link.pack(start))
    app.selectbox(key="play.dataset").set_value("digits").run()
    assert app.multiselect(key="play.class.metric").value == ["accuracy"]


def test_a_class_sees_no_menus_where_the_address_hides_them(quiet: Quiet) -> None:
    """The page trains what the address says, in large type, and keeps its set-up."""
    chosen = spec(optimizer={"name": "SGD", "params": {"learning_rate": 0.5}}, epochs=7)
    app = visit(setup=link.pack(chosen), hide="setup", present="true")
    assert not app.selectbox
    assert code(app) == compile_call(Experiment.from_json(chosen).compile)
    button(app, "Train").click().run()
    (trained,) = quiet.comparisons()
    assert quiet.state(trained.id).runs[0].experiment == Experiment.from_json(chosen)
