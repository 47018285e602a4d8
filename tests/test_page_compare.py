"""The Compare page: set-up from presets, menus, tables and links; what it shows of runs."""

import base64
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

import components.session
import datasets
from components import link
from components.charts import charts, only_medians
from components.choices.words import in_words_of_menus
from components.compare.proof import proof
from components.compare.table import outcome, table
from components.figures.axes import Axes
from components.plain import plain
from training.design import Design
from training.plan import EXTRA
from training.presets import PRESETS
from training.spec import Experiment
from training.states import ComparisonState, EngineState, RunState
from training.variant_labels import labels
from training.view import head_slices, view

PAGE = Path(__file__).parent.parent / "pages/play/compare.py"
TICK_BYTES = 45_000  # of the charts; a tick of 60 kB holds the table too


def run(experiment, epochs=3, status="finished", diverged=None) -> RunState:
    """A run whose every number says which row and epoch it is of."""
    size = len(experiment.columns) + len(EXTRA)
    history = np.arange(1, epochs + 1, dtype="float32")[:, None] / 10 + np.zeros(size, "float32")
    finals = None
    if status == "finished":
        own = [c for c in experiment.columns if not c.startswith("val_")]
        finals = {part: dict.fromkeys(own, 0.5) for part in ("train", "validation", "test")}
    return RunState(
        experiment=experiment,
        digest=experiment.digest,
        status=status,
        epochs_done=epochs,
        history=history,
        columns=(*experiment.columns, *EXTRA),
        diverged=diverged,
        error=None,
        error_type=None,
        finals=finals,
        proof={"data": "d" * 64, "weights": f"{experiment.seed:064}", "order": "0" * 64},
        started=1.0,
        finished=2.0,
        queue_position=None,
    )


class Shelf:
    """In place of the Lab: what is submitted has ended at once."""

    def __init__(self) -> None:
        self.submitted: list = []
        self.full = False

    def submit(self, comparison, owner, plan=None) -> str:
        if self.full:
            raise ValueError("Too much is waiting; cancel a comparison.")
        self.submitted.append(comparison)
        return str(len(self.submitted) - 1)

    def state(self, id: str) -> ComparisonState | None:
        if int(id) >= len(self.submitted):
            return None
        runs = tuple(run(e) for e in self.submitted[int(id)].experiments)
        return ComparisonState(id, "", "me", 0.0, 1, "finished", runs)

    def cancel(self, id: str) -> None:
        """Nothing trains."""

    pause = resume = step = cancel

    def ready(self) -> EngineState:
        return EngineState("ready", 2, 2, "Ready.")

    def trained(self) -> list[Experiment]:
        return [e for comparison in self.submitted for e in comparison.experiments]

    def frame_epochs(self, digest: str) -> list[int]:
        return [1, 3]

    def frames(self, digest: str, epochs: list[int]) -> dict[int, np.ndarray]:
        runs = {e.digest: e for e in self.trained()}
        points = len(view(datasets.load(runs[digest].dataset.name, runs[digest].data_params)).x)
        outputs = max(s.stop for s in head_slices(runs[digest]).values())
        return {epoch: np.full((points, outputs), 0.5, "float16") for epoch in epochs}


@pytest.fixture
def shelf(monkeypatch: pytest.MonkeyPatch) -> Iterator[Shelf]:
    made = Shelf()
    monkeypatch.setattr(components.session, "lab", lambda: made)
    return made


@pytest.fixture
def app(shelf: Shelf) -> AppTest:
    return AppTest.from_file(str(PAGE), default_timeout=30).run()


def figures(app: AppTest) -> list[dict]:
    """Figures as they were sent to the browser."""
    sent = [json.loads(element.proto.json) for element in app.get("bidi_component")]
    return [json.loads(one["figure"]) for one in sent]


def names(figure: dict) -> set[str]:
    return {trace["name"] for trace in figure["data"] if trace.get("showlegend", True)}


def typed(app: AppTest, *rows: dict) -> AppTest:
    """The page after these rows were put into the table."""
    app.session_state["compare:rows"] = list(rows)
    app.session_state["compare:edition"] += 1
    return app.run()


def test_the_page_opens_ready_to_train(app, shelf):
    assert not app.exception
    assert not app.error
    app.button(key="compare:preset.batches")
    train = next(b for b in app.button if b.label == "Train")
    assert not train.disabled
    train.click().run()
    assert not app.exception
    assert [e.compile.optimizer.name for e in shelf.submitted[0].experiments[::5]] == [
        *("SGD", "SGD", "RMSprop", "Adam")
    ]


@pytest.mark.parametrize("name", PRESETS)
def test_a_preset_is_one_click_and_train_another(app, shelf, name):
    app.button(key=f"compare:preset.{name}").click().run()
    assert not app.exception
    assert shelf.submitted == []
    next(b for b in app.button if b.label == "Train").click().run()
    assert shelf.submitted == [PRESETS[name].design().comparison]
    assert not app.exception
    design = PRESETS[name].design()
    expected = {row.label for row in design.rows} - {""} or set(
        labels(design.comparison.experiments)
    )
    assert {n for figure in figures(app)[:2] for n in names(figure)} >= expected


def test_losses_of_two_kinds_have_a_chart_each_and_share_the_metric(app):
    app.button(key="compare:preset.losses").click().run()
    next(b for b in app.button if b.label == "Train").click().run()
    drawn = figures(app)[:3]
    assert [names(figure) for figure in drawn] == [
        {"Cross-entropy"},
        {"MSE"},
        {"Cross-entropy", "MSE"},
    ]
    assert any("each kind has its own chart" in c.value for c in app.caption)


@pytest.mark.parametrize(
    ("dataset", "loss", "kind"),
    [
        ("iris", "SparseCategoricalCrossentropy", "heatmap"),
        ("digits", "SparseCategoricalCrossentropy", "heatmap"),
        ("diabetes", "MeanSquaredError", "scatter"),
        ("sine", "MeanSquaredError", "scatter"),
        ("multilabel", "BinaryCrossentropy", "contour"),
        ("two_output", {"kind": "BinaryCrossentropy", "amount": "MeanSquaredError"}, "contour"),
    ],
)
def test_every_kind_of_data_has_pictures_side_by_side(shelf, dataset, loss, kind):
    base = PRESETS["rates"].design().base.to_json()
    metrics = {head: [] for head in loss} if isinstance(loss, dict) else []
    compiled = {**base["compile"], "loss": loss, "metrics": metrics}
    base |= {"dataset": {"name": dataset, "params": {}}, "compile": compiled}
    rows = [{"batch_size": 8}, {"batch_size": 32}, {"batch_size": 64}]
    app = AppTest.from_file(str(PAGE), default_timeout=30)
    app.query_params["setup"] = link.pack({"base": base, "rows": rows, "seeds": 2})
    app.run()
    next(b for b in app.button if b.label == "Train").click().run()
    assert not app.exception
    drawn = figures(app)[1:]
    captions = [a["text"] for f in drawn for a in f["layout"]["annotations"]]
    assert [c for c in captions if c.startswith("batch")] == ["batch 8", "batch 32", "batch 64"]
    assert sum(trace["type"] == kind for trace in drawn[0]["data"]) >= 2


def test_curves_of_other_rows_than_the_table_has_are_called_so(app):
    next(b for b in app.button if b.label == "Train").click().run()
    assert not any("another comparison" in c.value for c in app.caption)
    app.button(key="compare:preset.rates").click().run()
    assert any("another comparison" in c.value for c in app.caption)


def test_the_slider_goes_back_to_an_earlier_epoch(app):
    next(b for b in app.button if b.label == "Train").click().run()
    (slider,) = (s for s in app.select_slider if s.label == "Epoch")
    slider.set_value(1).run()
    assert not app.exception
    sent = [json.loads(e.proto.json) for e in app.get("bidi_component")]
    assert any(one["alt"].endswith("at epoch 1") for one in sent)


def test_the_menu_fills_the_rows(app):
    app.selectbox(key="compare:axis").set_value("batch_size").run()
    app.multiselect(key="compare:values").set_value(["16", "64"]).run()
    assert [r["batch_size"] for r in app.session_state["compare:typed"]] == ["16", "64"]
    assert not app.error


def test_the_menu_keeps_what_was_typed_beside_its_values(app):
    typed(app, {"optimizer": "SGD", "learning_rate": "0.5"}, {"optimizer": "Lion"}).selectbox(
        key="compare:axis"
    )
    app.session_state["compare:axis"] = "optimizer"
    app.run()
    app.multiselect(key="compare:values").set_value(["SGD", "Adam"]).run()
    cells = app.session_state["compare:typed"]
    assert [(r["optimizer"], r["learning_rate"]) for r in cells] == [
        ("SGD", "0.5"),
        ("Adam", None),
    ]


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([{"label": "Mine", "learning_rate": "fast"}, {}], ["Row 1 (Mine)", "'fast'"]),
        ([{}, {"label": "Mine", "learning_rate": "1e30"}], ["Row 2 (Mine)", "too large"]),
        ([{}, {"optimizer_arguments": "momentum 0.9"}], ["Row 2", "momentum=0.9"]),
        ([{}], ["needs 2 to 12 rows"]),
        ([{"batch_size": str(n)} for n in range(1, 14)], ["delete 1"]),
        ([{}, {}], ["Row 1 and Row 2 are the same experiment"]),
    ],
)
def test_a_bad_row_gets_a_sentence_and_loses_nothing(app, shelf, rows, said):
    next(b for b in app.button if b.label == "Train").click().run()
    before = len(figures(app))
    typed(app, *rows)
    assert not app.exception
    (error,) = app.error
    assert all(plain(word) in error.value for word in said), error.value
    assert next(b for b in app.button if b.label == "Train").disabled
    assert len(figures(app)) == before


def test_the_address_alone_restores_the_set_up(shelf):
    design = PRESETS["rates"].design()
    changed = Design.of(replace(design.base, epochs=7), design.rows[1:4], 2)
    app = AppTest.from_file(str(PAGE), default_timeout=30)
    app.query_params["setup"] = link.pack(changed.to_json())
    app.run()
    next(b for b in app.button if b.label == "Train").click().run()
    assert shelf.submitted == [changed.comparison]


def test_a_reload_shows_the_run_again_under_its_names(shelf):
    design = PRESETS["optimizers"].design()
    shelf.submit(design.comparison, "me")
    app = AppTest.from_file(str(PAGE), default_timeout=30)
    app.query_params["setup"] = link.pack(design.to_json())
    app.query_params["run"] = "0"
    app.run()
    assert not app.exception
    assert names(figures(app)[0]) == {"SGD", "Momentum", "RMSprop", "Adam"}


@pytest.mark.parametrize(
    "setup", ["garbage", link.pack({"rows": []}), link.pack([1]), link.pack({"base": 1})]
)
def test_a_garbled_address_is_said_and_the_page_works(shelf, setup):
    app = AppTest.from_file(str(PAGE), default_timeout=30)
    app.query_params["setup"] = setup
    app.run()
    assert not app.exception
    assert len(app.warning) == 1
    assert not next(b for b in app.button if b.label == "Train").disabled


def test_a_full_queue_is_said(app, shelf):
    shelf.full = True
    next(b for b in app.button if b.label == "Train").click().run()
    assert not app.exception
    assert "Too much is waiting" in app.error[0].value


def several(shelf, **changed) -> AppTest:
    """The page with two rows on three data sets, trained."""
    spec = {**PRESETS["rates"].design().to_json(), "seeds": 2, "datasets": ["xor", "circles"]}
    spec["rows"] = [{"label": "slow", "learning_rate": 0.001}, {"learning_rate": 0.1}]
    app = AppTest.from_file(str(PAGE), default_timeout=30)
    app.query_params["setup"] = link.pack(spec | changed)
    app.run()
    next(b for b in app.button if b.label == "Train").click().run()
    assert not app.exception
    return app


def test_a_link_trains_rows_times_data_sets_times_seeds(shelf):
    several(shelf)
    made = shelf.submitted[0].experiments
    assert [e.dataset.name for e in made[::4]] == ["moons", "xor", "circles"]
    assert len(made) == 12


def test_the_results_show_a_profile_and_one_data_set_at_a_time(shelf):
    app = several(shelf)
    drawn = figures(app)
    assert [trace["name"] for trace in drawn[0]["data"]] == ["slow", "lr 0.1"]
    assert names(drawn[1]) == {"slow", "lr 0.1"}
    assert app.segmented_control(key="compare:problem").value == "Two moons"
    shown = app.get("bidi_component")[3].proto.json
    app.segmented_control(key="compare:problem").set_value("Circle in a circle").run()
    assert not app.exception
    assert names(figures(app)[1]) == {"slow", "lr 0.1"}
    assert app.get("bidi_component")[3].proto.json != shown  # pictures of other points
    assert any("2 seeds cannot tell skill from luck" in m.value for m in app.markdown)
    app.selectbox(key="compare:measure").set_value("validation error 1 - accuracy").run()
    assert not app.exception
    assert any("validation error 1 - accuracy" in c.value for c in app.caption)


def test_curves_of_another_data_set_are_drawn_anew(shelf, monkeypatch):
    app = several(shelf)
    state = shelf.state("0")
    runs = tuple(replace(r, history=r.history + i) for i, r in enumerate(state.runs))
    monkeypatch.setattr(shelf, "state", lambda id: replace(state, runs=runs))
    app.segmented_control(key="compare:problem").set_value("XOR").run()
    first = figures(app)[1]
    app.segmented_control(key="compare:problem").set_value("Circle in a circle").run()
    assert figures(app)[1] != first


def test_a_row_that_has_not_finished_is_left_out_of_the_profile(shelf, monkeypatch):
    app = several(shelf)
    state = shelf.state("0")
    stopped = replace(state.runs[0], status="cancelled", finals=None)
    monkeypatch.setattr(shelf, "state", lambda id: replace(state, runs=(stopped, *state.runs[1:])))
    app.run()
    assert not app.exception
    assert any("slow left out" in c.value for c in app.caption)
    assert [trace["name"] for trace in figures(app)[0]["data"]] == ["lr 0.1"]


def test_while_it_trains_the_profile_waits(shelf, monkeypatch):
    app = several(shelf)
    state = shelf.state("0")
    runs = tuple(replace(r, status="running", finals=None) for r in state.runs)
    running = replace(state, runs=runs, status="running")
    monkeypatch.setattr(shelf, "state", lambda id: running)
    app.run()
    assert not app.exception
    assert any("drawn when everything has ended" in c.value for c in app.caption)


def test_data_sets_and_splits_are_chosen_behind_more(app, shelf):
    menu = app.multiselect(key="compare:datasets")
    assert menu.options == [
        *("Two moons", "Circle in a circle", "XOR", "Imbalanced blobs", "Breast cancer")
    ]
    menu.set_value([menu_option(app, "XOR")]).run()
    app.toggle(key="compare:splits").set_value(True).run()
    assert any("5 seeds with a split each: 40 runs" in c.value for c in app.caption)
    next(b for b in app.button if b.label == "Train").click().run()
    assert not app.exception
    made = shelf.submitted[0].experiments
    assert [(e.dataset.name, e.split) for e in made[18:22]] == [
        *(("spirals", 3), ("spirals", 4), ("xor", 0), ("xor", 1))
    ]


def menu_option(app: AppTest, label: str) -> str:
    """The state of the menu of data sets that a label stands for."""
    return json.dumps({"name": {"XOR": "xor"}[label], "params": {}}, sort_keys=True)


def test_a_data_set_that_does_not_fit_any_more_is_dropped(app):
    app.multiselect(key="compare:datasets").set_value([menu_option(app, "XOR")]).run()
    app.selectbox(key="compare.dataset").set_value("xor").run()
    assert not app.exception
    assert app.multiselect(key="compare:datasets").value == []
    assert not app.error


def test_too_many_runs_get_a_sentence(app):
    app.button(key="compare:preset.six").click().run()
    app.number_input(key="compare:seeds").set_value(13).run()
    assert "4 rows, 13 seeds and 6 data sets are 312 runs" in app.error[0].value


def test_a_loss_that_does_not_serve_the_data_is_said_before_training(app):
    typed(app, {"loss": "Poisson"}, {})
    assert any("Poisson" in c.value for c in app.caption)


def comparison_state(design, epochs=3, status="finished"):
    runs = tuple(run(e, epochs, status) for e in design.comparison.experiments)
    return ComparisonState("0", "", "me", 0.0, 1, status, runs)


def test_the_table_has_mean_and_spread_and_hides_no_diverged_run():
    design = replace(PRESETS["rates"].design(), seeds=3)
    runs = list(comparison_state(design).runs)
    for i, value in enumerate((0.2, 0.4)):
        finals = {p: {"loss": value, "accuracy": 1.0} for p in ("train", "validation", "test")}
        runs[i] = replace(runs[i], finals=finals)
    runs[2] = replace(runs[2], status="diverged", diverged=2, finals=None)
    frame = table(runs, labels([r.experiment for r in runs]), final=True)
    first = frame.iloc[0]
    assert list(frame["Variant"]) == ["lr 0.0001", "lr 0.001", "lr 0.01", "lr 0.1", "lr 1"]
    assert first["Outcome"] == "2 finished, 1 diverged (epoch 2)"
    assert first["n"] == 2
    assert first["test loss"] == pytest.approx(0.3)
    assert first["test loss ±"] == pytest.approx(np.std([0.2, 0.4], ddof=1))


def test_the_table_shows_a_variant_of_which_nothing_is_left():
    design = PRESETS["rates"].design()
    runs = [run(e, 2, "diverged", 2) for e in design.comparison.experiments[:3]]
    frame = table(runs, ["big"] * 3, final=True)
    assert outcome(runs) == "3 diverged (epoch 2)"
    assert np.isnan(frame["test loss"][0])
    assert frame["n"][0] == 0


def test_while_it_trains_the_table_has_the_last_epoch():
    runs = comparison_state(PRESETS["rates"].design(), 2, "running").runs
    frame = table(runs, ["a"] * len(runs), final=False)
    assert frame["train loss"][0] == pytest.approx(0.2)
    assert not any(name.startswith("test") for name in frame.columns)


def test_the_proof_says_what_is_the_same_seed_by_seed():
    found = proof(comparison_state(PRESETS["rates"].design()).runs)
    assert found.text.count("check") == 3
    assert "close" not in found.text


def test_the_proof_says_that_each_seed_has_its_own_split():
    design = replace(PRESETS["rates"].design(), vary_split=True)
    runs = comparison_state(design).runs
    own = [replace(r, proof={**r.proof, "data": f"{r.experiment.split}"}) for r in runs]
    found = proof(own)
    assert found.text.count("check") == 3
    assert "Each seed has a split of the data of its own" in found.why[0]
    other = [replace(own[0], proof={**own[0].proof, "data": "x"}), *own[1:]]
    assert "other data" in proof(other).text.lower()
    assert "The splits differ" in proof(other).why[0]


def test_the_proof_says_why_weights_differ():
    rows = [{"hidden": [4]}, {"hidden": [8]}]
    design = Design.from_json({**PRESETS["rates"].design().to_json(), "rows": rows})
    runs = comparison_state(design).runs
    other = [
        replace(r, proof={**r.proof, "weights": r.digest}) if i < design.seeds else r
        for i, r in enumerate(runs)
    ]
    found = proof(other)
    assert "other initial weights" in found.text
    assert "the models differ in hidden" in found.why[0]


def test_the_proof_speaks_of_batch_sizes():
    found = proof(comparison_state(PRESETS["batches"].design()).runs)
    assert "batches of 8, 32, 128, 512" in found.why[0]


@pytest.mark.parametrize(
    "axes", [Axes(), Axes(smoothing=0.9), Axes(across="seconds", log_x=True, zoom=1.5)]
)
@pytest.mark.parametrize("epochs", [100, 199])
def test_a_tick_of_the_largest_comparison_is_small(axes, epochs):
    state, called = largest(epochs, "running")
    both = ("train", "validation")
    assert only_medians(state, len(both))
    live = charts(state.runs, called, "accuracy", both, False, medians=True, axes=axes)
    assert sum(len(json.dumps(c.figure, separators=(",", ":"))) for c in live) < TICK_BYTES


def test_the_end_of_the_largest_comparison_shows_every_seed():
    state, called = largest(200, "finished")
    assert not only_medians(state, 2)
    loss, _ = charts(state.runs, called, "accuracy", ("train", "validation"), False)
    seeds = [trace for trace in loss.figure["data"] if trace["line"]["width"] == 1]
    gaps = [np.isnan(array(trace["y"])).sum() for trace in seeds]
    assert gaps == [20] * 24  # a gap after each seed's curve


def largest(epochs, status):
    """12 rows with 20 seeds each, 200 epochs asked for, and their names."""
    optimizers = ("SGD", "RMSprop", "Adagrad", "Adadelta", "Adam", "AdamW", "Adamax", "Nadam")
    rows = [{"optimizer": name} for name in (*optimizers, "Ftrl", "Lion", "Lamb", "Muon")]
    base = {**PRESETS["optimizers"].design().base.to_json(), "epochs": 200}
    design = Design.from_json({"base": base, "rows": rows, "seeds": 1})
    every = [e.with_seed(seed) for e in design.comparison.experiments for seed in range(20)]
    rng = np.random.default_rng(0)
    runs = tuple(
        replace(r, history=rng.lognormal(size=r.history.shape).astype("float32"))
        for r in (run(e, epochs, status) for e in every)
    )
    return ComparisonState("0", "", "me", 0.0, 1, status, runs), labels(every)


def array(packed):
    return np.frombuffer(base64.b64decode(packed["bdata"]), packed["dtype"])


def test_charts_of_one_unit_share_their_scale():
    design = PRESETS["rates"].design()
    metrics = ["MeanAbsoluteError", "RootMeanSquaredError", "MeanSquaredError"]
    base = design.base.to_json()
    base["compile"]["metrics"] = metrics
    made = Design.from_json({**design.to_json(), "base": base, "seeds": 1}).comparison.experiments
    columns = ("mean_absolute_error", "root_mean_squared_error", "mean_squared_error")
    runs = [run(e) for e in made]
    for one in runs:
        for size, name in enumerate(columns, start=1):
            one.history[:, one.columns.index(name)] *= size
    drawn = {
        chart.key: chart.figure["layout"]["yaxis"].get("autorangeoptions")
        for chart in charts(runs, labels(made), columns, ("train",), False, same_scale=True)
    }
    assert drawn["metric"] == drawn[f"metric.{columns[1]}"] is not None
    assert drawn["metric"]["clipmax"] > 0.6
    assert drawn[f"metric.{columns[2]}"] is None


def test_train_and_validation_apart_are_side_by_side_on_one_scale():
    state = comparison_state(PRESETS["rates"].design())
    called = labels([r.experiment for r in state.runs])
    both = ("train", "validation")
    made = charts(state.runs, called, "accuracy", both, True, apart=True, same_scale=True)
    kind = state.runs[0].experiment.compile.loss_name
    assert [chart.key for chart in made] == [
        *(f"loss.{kind}.train", f"loss.{kind}.validation", "metric.train", "metric.validation")
    ]
    first, second = (chart.figure["layout"]["yaxis"] for chart in made[:2])
    assert first == second
    assert "autorangeoptions" in first


def test_several_metrics_and_axes_are_chosen_and_kept(app):
    base = PRESETS["rates"].design().to_json()
    base["base"]["compile"]["metrics"] = ["accuracy", "AUC"]
    app = AppTest.from_file(str(PAGE), default_timeout=30)
    app.query_params["setup"] = link.pack(base)
    app.run()
    next(b for b in app.button if b.label == "Train").click().run()
    app.multiselect(key="compare:metrics").set_value(["auc", "accuracy"]).run()
    app.selectbox(key="compare:across").set_value("steps").run()
    app.toggle(key="compare:log_y").set_value(True).run()
    assert not app.exception
    loss, first, second = figures(app)[:3]
    assert [f["layout"]["uirevision"].split()[0] for f in (first, second)] == ["auc", "accuracy"]
    assert "step" in loss["layout"]["xaxis"]["title"]["text"]
    assert loss["layout"]["yaxis"]["type"] == "log"
    app.multiselect(key="compare:metrics").set_value([]).run()
    assert not app.exception
    assert not any("No metric was chosen" in c.value for c in app.caption)


def test_another_comparison_draws_a_metric_that_it_has(app):
    def trained(preset):
        app.button(key=f"compare:preset.{preset}").click().run()
        next(b for b in app.button if b.label == "Train").click().run()
        assert not app.exception
        return app.multiselect(key="compare:metrics")

    assert trained("losses").value == ["accuracy"]
    assert trained("quantiles").value == ["mean_absolute_error"]
    assert trained("losses").value == ["accuracy"]
    app.multiselect(key="compare:metrics").set_value([]).run()
    assert app.run().multiselect(key="compare:metrics").value == []
    assert trained("rates").value == ["accuracy"], "no metric was a choice for the other one"


@pytest.mark.parametrize(
    ("key", "typed", "sentence"),
    [
        ("compare.epochs", 2.5, "epochs: 2.5 is not a whole number"),
        ("compare.epochs", 1e9, "epochs: 1000000000 is too large"),
        ("compare.batch_size", 0, "Batch size: 0 is too small"),
        ("compare:seeds", 2.5, "seeds: 2.5 is not a whole number"),
    ],
)
def test_a_number_that_is_not_whole_is_refused_as_it_was_typed(app, key, typed, sentence):
    app.number_input(key=key).set_value(typed).run()
    assert not app.exception
    assert app.number_input(key=key).value == typed
    (error,) = app.error
    assert plain(sentence) in error.value, error.value


def test_a_refused_field_is_called_as_in_its_menu(app):
    app.text_input(key="compare.model.mlp.hidden").set_value("16, -1").run()
    (error,) = app.error
    assert error.value.startswith(plain("Model, hidden 2: -1 is too small")), error.value
    path = "compile.optimizer.params.learning_rate: -1 is too small"
    assert in_words_of_menus(path) == "Optimizer, learning rate: -1 is too small"
    assert (
        in_words_of_menus("x of fit.callbacks[0].params.patience") == "x of callbacks 1, patience"
    )


def test_seconds_of_rows_that_trained_apart_are_on_no_common_axis(app, shelf, monkeypatch):
    design = PRESETS["rates"].design()
    state = comparison_state(design)
    for i, one in enumerate(state.runs):
        one.history[:, one.columns.index("seconds")] = 0.1 if i < 5 else 0.4
    monkeypatch.setattr(shelf, "state", lambda id: state)
    next(b for b in app.button if b.label == "Train").click().run()
    app.selectbox(key="compare:across").set_value("seconds").run()
    assert figures(app)[0]["layout"]["xaxis"]["title"]["text"] == "epoch"
    assert any("stay over the epochs. Not all runs here trained" in c.value for c in app.caption)


def test_the_axis_ends_where_training_did_once_all_has_ended():
    runs = comparison_state(PRESETS["rates"].design()).runs
    called = labels([r.experiment for r in runs])

    def end(shown, **more):
        chart, *_ = charts(shown, called, "accuracy", ("train",), False, **more)
        return chart.figure["layout"]["xaxis"]["range"][1]

    assert end(runs) == 3
    waiting = (*runs[:-1], replace(runs[-1], status="queued"))
    assert end(waiting) == 60
    replayed = [replace(r, status="running", history=r.history[:1]) for r in runs]
    assert end(replayed, whole=runs) == 3


def test_four_rows_have_large_charts_in_a_row_of_their_own_unless_told_otherwise(app):
    next(b for b in app.button if b.label == "Train").click().run()
    assert app.toggle(key="compare:wide.many").value
    tall = figures(app)[0]["layout"]["height"]
    app.toggle(key="compare:wide.many").set_value(False).run()
    assert figures(app)[0]["layout"]["height"] < tall
    app.button(key="compare:preset.losses").click().run()
    next(b for b in app.button if b.label == "Train").click().run()
    assert not app.toggle(key="compare:wide").value


def test_the_axis_of_seconds_says_what_they_are(app):
    next(b for b in app.button if b.label == "Train").click().run()
    assert not any("share" in c.value for c in app.caption)
    app.selectbox(key="compare:across").set_value("seconds").run()
    assert any("given its share of that time" in c.value for c in app.caption)


def test_seeds_and_vary_stay_while_the_set_up_is_invalid(app):
    app.selectbox(key="compare:axis").set_value("batch_size").run()
    app.number_input(key="compare:seeds").set_value(7).run()
    key = "compare.model.mlp.hidden"
    app.text_input(key=key).set_value("16, many").run()
    assert app.error
    app.text_input(key=key).set_value("16").run()
    assert not app.error
    assert app.number_input(key="compare:seeds").value == 7
    assert app.selectbox(key="compare:axis").value == "batch_size"


def test_a_name_that_is_emptied_is_forgotten(app):
    next(b for b in app.button if b.label == "Train").click().run()
    assert "Momentum" in names(figures(app)[0])
    rows = [{**row, "label": None} for row in app.session_state["compare:rows"]]
    typed(app, *rows)
    next(b for b in app.button if b.label == "Train").click().run()
    assert "Momentum" not in names(figures(app)[0])


def test_a_refused_row_is_called_by_its_name(app, shelf, monkeypatch):
    design = PRESETS["optimizers"].design()
    state = comparison_state(design)
    refused = {"status": "failed", "error": "No.", "error_type": "ValueError", "proof": None}
    runs = tuple(
        replace(r, **refused) if r.experiment.compile.optimizer.name == "Adam" else r
        for r in state.runs
    )
    monkeypatch.setattr(shelf, "state", lambda id: replace(state, runs=runs))
    next(b for b in app.button if b.label == "Train").click().run()
    assert any(e.value.startswith("Adam\\: Keras refused") for e in app.error)
    assert "5 of 20 runs have no proof" in proof(runs).text


@pytest.mark.parametrize(
    ("status", "why"),
    [
        ("failed", "all 20 runs failed, and the reasons stand above"),
        ("cancelled", "all 20 runs were stopped before their first epoch"),
    ],
)
def test_where_no_row_trained_a_sentence_stands_for_charts(app, shelf, monkeypatch, status, why):
    state = comparison_state(PRESETS["optimizers"].design(), 2, status)
    nothing = {"history": state.runs[0].history[:0], "proof": None, "finals": None}
    runs = tuple(replace(r, **nothing) for r in state.runs)
    monkeypatch.setattr(shelf, "state", lambda id: replace(state, runs=runs))
    next(b for b in app.button if b.label == "Train").click().run()
    assert not app.exception
    (info,) = [i.value for i in app.info if "No row has trained" in i.value]
    assert why in info
    assert not figures(app)
    assert not any("comes with the first epoch" in c.value for c in app.caption)
    assert not any("last epoch that it trained" in c.value for c in app.caption)


def test_runs_deleted_while_the_page_is_drawn_have_no_pictures(app, shelf, monkeypatch):
    monkeypatch.setattr(shelf, "frames", lambda digest, epochs: {})
    next(b for b in app.button if b.label == "Train").click().run()
    assert not app.exception
    assert any("No pictures were kept" in c.value for c in app.caption)


def test_last_numbers_are_not_called_final(app, shelf, monkeypatch):
    state = comparison_state(PRESETS["rates"].design(), 2, "cancelled")
    monkeypatch.setattr(shelf, "frame_epochs", lambda digest: [])
    monkeypatch.setattr(shelf, "state", lambda id: state)
    next(b for b in app.button if b.label == "Train").click().run()
    said = [m.value for m in app.markdown]
    assert "**Last numbers**" in said
    assert "**Final numbers**" not in said
