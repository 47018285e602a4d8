"""Schedules and callbacks on the pages: chosen from menus, drawn, restored by a link."""

from dataclasses import replace
from typing import Any

import pytest
from visits import Quiet, address, said, spec, visit

from components import link
from components.figures.rate_curve import rate_curve
from components.figures.run import lines
from components.progress import outcome
from training.checker import held
from training.code import compile_call
from training.spec import Experiment


def chosen(app: Any) -> Any:
    """The learning rate of the set-up in the page's address."""
    setup = link.unpack(address(app, "setup"))
    return setup["compile"]["optimizer"]["params"].get("learning_rate")


def keys(app: Any) -> list[str]:
    """What of the schedule can be set on the page."""
    fields = (*app.selectbox, *app.number_input, *app.toggle, *app.text_input)
    return sorted(f.key for f in fields if f.key and f.key.startswith("play.schedule."))


def choose(app: Any, name: str) -> Any:
    return app.selectbox(key="play.schedule").set_value(name).run()


def test_a_chosen_schedule_spans_the_run_from_the_rate_there_was(quiet: Quiet) -> None:
    app = visit()
    app.selectbox(key="play.optimizer.Adam.learning_rate").set_value("0.03").run()
    choose(app, "CosineDecay")
    assert not app.exception
    steps = app.number_input(key="play.schedule.CosineDecay.decay_steps").value
    assert f"This run takes {steps:,} steps." in said(app)
    assert chosen(app)["params"]["initial_learning_rate"] == 0.03
    assert "schedules.CosineDecay(" in app.code[0].value
    assert "planned rate" in drawn(app)
    assert not [s for s in app.selectbox if s.key == "play.optimizer.Adam.learning_rate"]
    choose(app, "constant")
    assert "schedules." not in app.code[0].value


@pytest.mark.parametrize("name", ["ExponentialDecay", "CosineDecayRestarts", "InverseTimeDecay"])
def test_every_argument_of_a_schedule_is_on_the_page(quiet: Quiet, name: str) -> None:
    app = choose(visit(), name)
    made = Experiment.from_json(link.unpack(address(app, "setup")))
    full = made.compile.optimizer.params["learning_rate"].full("schedule")
    assert keys(app) == sorted(f"play.schedule.{name}.{argument}" for argument in full)


def test_a_warm_up_alone_rises_and_stays(quiet: Quiet) -> None:
    app = choose(visit(), "warm-up")
    rate = chosen(app)
    assert app.selectbox(key="play.schedule").value == "PolynomialDecay"
    assert rate["params"]["initial_learning_rate"] == 0
    assert rate["params"]["end_learning_rate"] == 0.01


def test_what_is_wrong_with_a_schedule_is_said_on_the_page(quiet: Quiet) -> None:
    app = choose(visit(), "PiecewiseConstantDecay")
    app.text_input(key="play.schedule.PiecewiseConstantDecay.boundaries").set_value("9, 3").run()
    assert "must ascend" in app.error[0].value


def test_a_link_restores_the_schedule(quiet: Quiet) -> None:
    rate = {"name": "CosineDecay", "params": {"warmup_target": 0.1, "warmup_steps": 9}}
    one = spec(optimizer={"name": "SGD", "params": {"learning_rate": rate}})
    app = visit(setup=link.pack(one))
    assert app.selectbox(key="play.schedule").value == "CosineDecay"
    assert app.code[0].value == compile_call(Experiment.from_json(one).compile)


def test_a_run_with_a_schedule_has_a_chart_of_its_learning_rate(quiet: Quiet) -> None:
    rate = {"name": "CosineDecay", "params": {}}
    plain, planned = (
        quiet.finish(spec(optimizer={"name": "SGD", "params": {"learning_rate": r}}))
        for r in (0.1, rate)
    )
    assert "learning rate" not in drawn(visit(run=plain))
    assert "learning rate" in drawn(visit(run=planned))


@pytest.mark.parametrize(
    ("schedule", "rates", "axis", "shape"),
    [
        (None, [0.1, 0.1, 0.01], "linear", "vh"),
        (None, [0.1, 0.01, 0.0001], "log", "vh"),
        ({"name": "CosineDecay", "params": {}}, [0.1, 0.05, 0.01], "linear", None),
        ({"name": "ExponentialDecay", "params": {"staircase": True}}, [0.1, 0.05], "linear", "vh"),
    ],
)
def test_rates_that_jump_are_stairs_and_far_ones_are_on_a_logarithmic_axis(
    quiet: Quiet, schedule: Any, rates: list[float], axis: str, shape: str | None
) -> None:
    rate = schedule or 0.1
    given = {"optimizer": {"name": "SGD", "params": {"learning_rate": rate}}, "epochs": len(rates)}
    (run,) = quiet.state(quiet.finish(spec(**given))).runs
    history = run.history.copy()
    history[:, run.columns.index("learning_rate")] = rates
    run = replace(run, history=history)
    made = rate_curve(run, lines([run], ["SGD"]), len(rates))
    assert made["layout"]["yaxis"].get("type", "linear") == axis
    assert {trace["line"].get("shape") for trace in made["data"] if "line" in trace} == {shape}


def test_a_weighted_metric_is_called_so_in_the_menu(quiet: Quiet) -> None:
    made = spec()
    made["compile"]["weighted_metrics"] = ["accuracy", "Recall"]
    app = visit(run=quiet.finish(made))
    assert app.selectbox(key="metric").options == [
        *("accuracy", "weighted_accuracy", "recall (weighted)")
    ]


def drawn(app: Any) -> str:
    """Titles of all charts."""
    return " ".join(str(c.proto) for c in app.get("bidi_component"))


def test_callbacks_are_chosen_and_written_into_the_fit_call(quiet: Quiet) -> None:
    app = visit()
    app.multiselect(key="play.fit.callbacks").set_value(["EarlyStopping"]).run()
    app.number_input(key="play.fit.callbacks.EarlyStopping.patience").set_value(3).run()
    app.selectbox(key="play.fit.callbacks.EarlyStopping.monitor").set_value("val_accuracy").run()
    assert not app.exception
    kept = link.unpack(address(app, "setup"))["fit"]["callbacks"]
    assert kept == [{"name": "EarlyStopping", "params": {"monitor": "val_accuracy", "patience": 3}}]
    called = 'keras.callbacks.EarlyStopping(monitor="val_accuracy", patience=3)'
    assert any(called in block.value for block in app.code)
    again = visit(setup=address(app, "setup"))
    assert address(again, "setup") == address(app, "setup")


def test_a_monitor_that_is_no_column_is_said(quiet: Quiet) -> None:
    app = visit()
    app.multiselect(key="play.fit.callbacks").set_value(["ReduceLROnPlateau"]).run()
    own = "play.fit.callbacks.ReduceLROnPlateau.monitor"
    app.selectbox(key=own).set_value("val_accuracy").run()
    app.multiselect(key="play.class.metric").set_value([]).run()
    assert "no column of this run" in app.error[0].value


def test_a_run_that_stopped_early_says_so(quiet: Quiet) -> None:
    listed = [{"name": "EarlyStopping", "params": {"patience": 2}}]
    id = quiet.finish(spec(fit={"callbacks": listed}))
    (run,) = quiet.state(id).runs
    assert outcome(run) == "finished"
    early = replace(run, epochs_done=3)
    assert outcome(early) == "stopped early at epoch 3"
    assert "to the end" in held(run)[1]
    assert held(early) == (
        True,
        "As the compile check foretold: it trained without an error, and stopped early.",
    )


def test_a_run_with_restored_weights_names_their_epoch(quiet: Quiet) -> None:
    watch = {"monitor": "val_loss", "patience": 2, "restore_best_weights": True}
    callbacks = [{"name": "EarlyStopping", "params": watch}]
    id = quiet.finish(spec(fit={"callbacks": callbacks}), last=1.5)
    app = visit(run=id)
    assert not app.exception
    assert "with the weights of epoch 1, the best by val" in said(app).replace("\\", "")
    assert "after the last epoch" not in said(app)
