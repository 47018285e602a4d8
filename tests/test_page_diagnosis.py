"""The diagnosis on Compare and in the Playground, and what its one click changes and trains."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest
from test_page_compare import PAGE, Shelf, run
from visits import Quiet, key_now, said, spec, visit

import components.session
from components import link
from training.design import Design
from training.diagnosis import Remedy
from training.diagnosis.trial import trial
from training.presets import PRESETS
from training.progress import Progress
from training.queue import Queue
from training.states import ComparisonState, RunState

EPOCHS = 40
CURVES: dict[str, Callable[[int], np.ndarray]] = {
    "improving": lambda n: np.linspace(0.6, 0.1, n),
    "oscillating": lambda n: np.tile([0.2, 0.4], n // 2),
    "healthy": lambda n: np.full(n, 0.15),
}


class Ward(Shelf):
    """A shelf whose runs have curves, given by the optimizer's name."""

    curves: dict[str, str]
    plans: list

    def __init__(self) -> None:
        super().__init__()
        self.curves, self.plans = {}, []

    def submit(self, comparison, owner, plan=None) -> str:
        self.plans.append(plan)
        return super().submit(comparison, owner, plan)

    def state(self, id: str) -> ComparisonState | None:
        found = super().state(id)
        if found is None:
            return None
        return replace(found, runs=tuple(map(self.curved, found.runs)), plan=self.plans[int(id)])

    def curved(self, made: RunState) -> RunState:
        """The run with the curve that its optimizer has."""
        made = run(made.experiment, EPOCHS)
        history = made.history.copy()
        kind = self.curves.get(made.experiment.compile.optimizer.name, "healthy")
        for name in ("loss", "val_loss"):
            history[:, made.columns.index(name)] = CURVES[kind](EPOCHS)
        return replace(made, history=history)


@pytest.fixture
def ward(monkeypatch: pytest.MonkeyPatch) -> Iterator[Ward]:
    made = Ward()
    monkeypatch.setattr(components.session, "lab", lambda: made)
    return made


def design(rows: list[dict], seeds: int = 2) -> Design:
    """A comparison on moons of 40 epochs with the rate 0.01."""
    base = spec(epochs=EPOCHS, optimizer={"name": "SGD", "params": {"learning_rate": 0.01}})
    return Design.from_json({"base": base, "rows": rows, "seeds": seeds})


THREE = [
    {"label": "S_G_D", "optimizer": "SGD", "learning_rate": 0.9},
    {"label": "Adam", "optimizer": "Adam"},
    {"label": "RMSprop", "optimizer": "RMSprop"},
]


def shown(ward: Ward, wanted: Design, **curves: str) -> AppTest:
    """Compare with this comparison on show, curves by optimizer."""
    ward.curves = curves
    id = ward.submit(wanted.comparison, "me", wanted.to_json())
    app = AppTest.from_file(str(PAGE), default_timeout=30)
    app.query_params["setup"] = link.pack(wanted.to_json())
    app.query_params["run"] = id
    app.run()
    assert not app.exception
    return app


def tries(app: AppTest) -> dict[str, str]:
    """Key and label of the buttons that try something."""
    return {b.key: b.label for b in app.button if ":try." in (b.key or "")}


def test_each_row_has_a_line_with_its_evidence_and_the_healthy_share_one(ward: Ward) -> None:
    app = shown(ward, design(THREE), SGD="oscillating", Adam="healthy", RMSprop="healthy")
    text = said(app)
    assert "**S_G_D**: Oscillating in both seeds: the learning rate is too high" in text
    assert "typically moved by 0.2 from one epoch to the next" in text
    assert "No sign of trouble: Adam, RMSprop" in text
    assert list(tries(app).values()) == ["Try learning rate 0.3"]


def test_nothing_is_diagnosed_while_it_trains(ward: Ward, monkeypatch) -> None:
    whole = ward.state

    def training(id: str) -> ComparisonState:
        now = whole(id)
        runs = tuple(replace(r, status="running") for r in now.runs)
        return replace(now, runs=runs, status="running")

    monkeypatch.setattr(ward, "state", training)
    app = shown(ward, design(THREE), SGD="oscillating")
    assert "**Diagnosis**" not in said(app)
    assert not tries(app)


def test_one_click_adds_a_row_and_trains_it(ward: Ward) -> None:
    app = shown(ward, design(THREE), SGD="oscillating")
    app.button(key="compare:try.0.oscillating").click().run()
    assert not app.exception
    rows = [*THREE, {**THREE[0], "label": "S_G_D, learning rate 0.3", "learning_rate": 0.3}]
    wanted = design(rows)
    assert ward.submitted[-1] == wanted.comparison
    assert ward.plans[-1] == wanted.to_json()
    assert "A row with learning rate 0.3 is new; the others are not trained again." in said(app)
    assert [row["label"] for row in app.session_state["compare:rows"]] == [
        *("S_G_D", "Adam", "RMSprop", "S_G_D, learning rate 0.3")
    ]
    next(b for b in app.button if b.label == "Train").click().run()
    assert ward.submitted[-1] == wanted.comparison


def test_epochs_are_changed_for_all_rows(ward: Ward) -> None:
    app = shown(ward, design(THREE), Adam="improving")
    key = "compare:try.1.improving"
    assert tries(app) == {key: "Try 80 epochs in all rows"}
    app.button(key=key).click().run()
    assert {e.epochs for e in ward.submitted[-1].experiments} == {80}
    assert app.number_input(key=key_now(app, "compare.epochs")).value == 80
    assert "All rows have 80 epochs now." in said(app)


def test_what_is_tried_in_all_rows_has_one_button(ward: Ward) -> None:
    app = shown(ward, design(THREE), SGD="improving", Adam="improving", RMSprop="oscillating")
    assert list(tries(app)) == ["compare:try.0.improving", "compare:try.2.oscillating"]
    assert said(app).count("Still improving") == 2


def test_the_remedy_is_for_what_is_on_show_not_for_what_is_set_up(ward: Ward) -> None:
    app = shown(ward, design(THREE), SGD="oscillating")
    app.button(key="compare:preset.batches").click().run()
    app.button(key="compare:try.0.oscillating").click().run()
    assert ward.submitted[-1].experiments[:6] == design(THREE).comparison.experiments
    assert len(ward.submitted[-1].experiments) == 8


def test_without_a_plan_the_design_is_found_from_the_runs(ward: Ward) -> None:
    app = shown(ward, design(THREE), SGD="oscillating")
    ward.plans[0] = {"other": 1}
    app.run()
    app.button(key="compare:try.0.oscillating").click().run()
    added = ward.submitted[-1].experiments[6:]
    assert [e.compile.optimizer.full("optimizer")["learning_rate"] for e in added] == [0.3, 0.3]


def test_a_remedy_that_is_there_already_is_said(ward: Ward) -> None:
    app = shown(ward, design([*THREE, {**THREE[0], "label": "Third", "learning_rate": 0.3}]))
    ward.curves = {"SGD": "oscillating"}
    app.session_state["compare:diagnosed"] = None
    app.run()
    app.button(key="compare:try.0.oscillating").click().run()
    assert not app.exception
    assert len(ward.submitted) == 1
    assert "A row with learning rate 0.3 is there already." in said(app)


def test_a_full_queue_is_said(ward: Ward) -> None:
    app = shown(ward, design(THREE), SGD="oscillating")
    ward.full = True
    app.button(key="compare:try.0.oscillating").click().run()
    assert not app.exception
    assert "Too much is waiting" in said(app)


def test_of_twelve_rows_the_treated_one_gives_its_place() -> None:
    rows = [{"learning_rate": rate / 100} for rate in range(1, 13)]
    full = design(rows)
    changed, told = trial(full, 4, Remedy("learning_rate", 0.5))
    assert len(changed.rows) == 12
    assert changed.rows[4].changes == {"learning_rate": 0.5}
    assert "no room" in told


@pytest.mark.parametrize("name", PRESETS)
def test_every_kind_of_remedy_fits_into_a_comparison(name: str) -> None:
    preset = PRESETS[name].design()
    for remedy in (
        Remedy("learning_rate", 0.123),
        Remedy("initializer", "he_normal"),
        Remedy("activation", "leaky_relu"),
        Remedy("l2", 0.02),
    ):
        changed, _ = trial(preset, 1, remedy)
        assert changed.datasets == preset.datasets
        treated = changed.comparison.experiments[len(changed.rows) * changed.seeds - 1]
        assert treated.variant == remedy.applied(
            preset.comparison.experiments[preset.seeds].variant
        )


def test_the_playground_tries_it_in_one_click(quiet: Quiet) -> None:
    optimizer = {"name": "Adam", "params": {"learning_rate": 0.9}}
    id = quiet.put(spec(epochs=EPOCHS, optimizer=optimizer))
    queue = Queue(quiet.store.database)
    (e,) = queue.claim("somebody").experiments
    history = Ward().curved(run(e)).history.copy()
    history[:, [e.columns.index("loss"), e.columns.index("val_loss")]] = CURVES["oscillating"](
        EPOCHS
    )[:, None]
    queue.end({e.digest: Progress(rows=history, outcome="finished")})
    app = visit(setup=link.pack(e.to_json()), run=id)
    assert "Oscillating: the learning rate is too high" in said(app)
    app.button(key="play:try.0.oscillating").click().run()
    assert not app.exception
    (trained,) = quiet.state(app.session_state["play:run"]).runs
    rate = trained.experiment.compile.optimizer.full("optimizer")["learning_rate"]
    assert rate == 0.3
    assert app.selectbox(key=key_now(app, "play.optimizer.Adam.learning_rate")).value == "0.3"
    assert "learning_rate=0.3" in app.code[0].value
    assert app.session_state["play:ghost"] == id
