"""The data sets as a browser session sees them: pictures, filter, and the way to the Playground."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest
from visits import Quiet, address, said, spec, visit

import datasets
from components import link
from components.choices import DEFAULT
from components.gallery import suited
from training.catalog import entry, metric_mismatch, mismatch
from training.layers import labels_form, output_units
from training.spec import Experiment

LIGHT = 200_000  # bytes of all pictures together


def buttons(app: AppTest) -> list[str]:
    """Names of the data sets on show."""
    return [b.key.removeprefix("use.") for b in app.button]


def test_every_data_set_is_shown(quiet: Quiet) -> None:
    """Each with its name, its honest sentence and where it comes from; the page stays light."""
    app = visit("gallery")
    assert buttons(app) == list(datasets.NAMES)
    for name in datasets.NAMES:
        found = entry("dataset", name)
        assert found.label in said(app)
        assert found.sentence in said(app)
        assert found.source in said(app)
    pictures = [element.proto.json for element in app.get("bidi_component")]
    assert len(pictures) >= len(datasets.NAMES) - 1  # Fashion-MNIST may not be on this computer
    assert sum(map(len, pictures)) < LIGHT


@pytest.mark.parametrize("task", ["binary", "multiclass", "multilabel", "regression"])
def test_the_filter_leaves_one_task(quiet: Quiet, task: str) -> None:
    """Only data sets of the chosen task stay, and all of them."""
    app = visit("gallery")
    app.pills(key="task").set_value(task).run()
    wanted = [n for n in datasets.NAMES if task in {h.task for h in datasets.facts(n, {}).heads}]
    assert buttons(app) == wanted


def test_fashion_mnist_says_that_it_is_downloaded(
    quiet: Quiet, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without its files there is a sentence instead of a picture, and the button still works."""
    monkeypatch.setenv("KERAS_HOME", str(tmp_path))
    app = visit("gallery")
    assert "Fashion-MNIST is not on this computer yet" in said(app)
    app.button(key="use.fashion_mnist").click().run()
    assert not app.exception
    assert link.unpack(address(app, "setup"))["dataset"]["name"] == "fashion_mnist"


def test_use_fills_the_playground(quiet: Quiet) -> None:
    """The button leads to a Playground ready to train on that data set, without the old run."""
    app = visit(run=quiet.finish(spec()))
    app.switch_page("pages/play/gallery.py").run()
    app.button(key="use.diabetes").click().run()
    assert not app.exception
    assert app.selectbox(key="play.dataset").value == "diabetes"
    assert "keras.losses.MeanSquaredError()" in app.code[0].value
    assert "press **Train**" in said(app)
    (train,) = [b for b in app.button if b.label == "Train"]
    assert not train.disabled


@pytest.mark.parametrize("before", ["moons", "two_output", "digits"])
@pytest.mark.parametrize("name", datasets.NAMES)
def test_every_data_set_gets_what_serves_it(before: str, name: str) -> None:
    """Wherever one comes from: a model that reads the inputs, losses and metrics that fit."""
    start = suited(DEFAULT, before)
    if before == "digits":
        start["model"] = {"name": "cnn", "params": {}}
    made = Experiment.from_json(suited(start, name))
    assert made.dataset.name == name
    assert made.epochs == DEFAULT["epochs"]
    assert made.compile.optimizer == Experiment.from_json(DEFAULT).compile.optimizer
    for head, (_, loss), (_, listed) in zip(
        made.facts.heads, made.compile.losses, made.compile.metrics, strict=True
    ):
        assert not mismatch(loss.name, {}, head.task)
        form, units = labels_form(made, head), output_units(made, head)
        assert not any(metric_mismatch(m.name, {}, head.task, form, units) for m in listed)


def test_what_still_fits_is_kept() -> None:
    """From one binary data set to another, loss, metrics and optimizer stay as chosen."""
    chosen = spec(loss="BinaryFocalCrossentropy", metrics=["AUC", "Recall"], epochs=9)
    made = suited(chosen, "breast_cancer")
    assert Experiment.from_json(made) == Experiment.from_json(chosen | {"dataset": "breast_cancer"})


def test_a_callback_looks_at_the_loss_where_its_column_is_gone() -> None:
    stop = {"name": "EarlyStopping", "params": {"monitor": "val_accuracy", "patience": 3}}
    made = Experiment.from_json(suited(spec(fit={"callbacks": [stop]}), "sine"))
    assert dict(made.fit.callbacks[0].params) == {"patience": 3}
    kept = Experiment.from_json(suited(spec(fit={"callbacks": [stop]}), "circles"))
    assert kept.fit.callbacks[0].params["monitor"] == "val_accuracy"
