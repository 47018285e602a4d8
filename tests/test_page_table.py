"""Compare's page: the target of the set-up, and the controls of the table of results."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest
from test_page_compare import PAGE, Shelf, figures, run, typed
from visits import key_now

import components.session
from components import link
from components.plain import plain
from training.design import Design
from training.presets import PRESETS
from training.spec import Comparison
from training.states import ComparisonState

TARGET = {"column": "val_accuracy", "value": 0.25}


class Race(Shelf):
    """A shelf that keeps the plan; the first row does best, or diverges while others train.

    early: whether it has its seconds of an earlier job.
    """

    def __init__(self) -> None:
        super().__init__()
        self.plans: list[Mapping[str, Any] | None] = []
        self.status = "finished"
        self.early = False

    def submit(
        self, comparison: Comparison, owner: str, plan: Mapping[str, Any] | None = None
    ) -> str:
        self.plans.append(plan)
        return super().submit(comparison, owner, plan)

    def state(self, id: str) -> ComparisonState | None:
        experiments = self.submitted[int(id)].experiments
        runs = []
        for e in experiments:
            one = run(e, status=self.status)
            if e.variant == experiments[0].variant and one.finals:
                worse = {part: dict(numbers) for part, numbers in one.finals.items()}
                worse["validation"]["loss"] = 0.1
                one = replace(one, finals=worse)
            elif e.variant == experiments[0].variant:
                one = run(e, status="diverged", diverged=3)
            if self.early and e.variant == experiments[0].variant:
                timed = one.columns.index("seconds")
                seconds = np.where(np.arange(len(one.columns)) == timed, 0.05, one.history)
                one = replace(one, history=seconds.astype("float32"))
            runs.append(one)
        status = "finished" if self.status == "finished" else "running"
        return ComparisonState(id, "", "me", 0.0, 1, status, tuple(runs), self.plans[int(id)])


@pytest.fixture
def race(monkeypatch: pytest.MonkeyPatch) -> Iterator[Race]:
    made = Race()
    monkeypatch.setattr(components.session, "lab", lambda: made)
    return made


def opened(design: Design) -> AppTest:
    app = AppTest.from_file(str(PAGE), default_timeout=30)
    app.query_params["setup"] = link.pack(design.to_json())
    return app.run()


def train(app: AppTest) -> AppTest:
    next(b for b in app.button if b.label == "Train").click().run()
    assert not app.exception, app.exception
    return app


def frame(app: AppTest) -> pd.DataFrame:
    """The table of results as it was sent."""
    (found,) = (d.value for d in app.dataframe if "Outcome" in d.value or "Curve" in d.value)
    return found


def captions(app: AppTest) -> str:
    return " ".join(c.value for c in app.caption)


def rates(seeds: int = 5) -> Design:
    return Design.from_json(PRESETS["rates"].design().to_json() | {"seeds": seeds})


def test_a_target_is_set_before_training_and_stored_with_the_comparison(race: Race) -> None:
    app = opened(rates())
    assert "No target" in captions(app)
    app.selectbox(key="compare:target.column").set_value("val_accuracy").run()
    assert "Type the validation accuracy" in captions(app)
    app.number_input(key="compare:target.value").set_value(0.25).run()
    assert "validation accuracy ≥ 0.25" in captions(app)
    train(app)
    plan = race.plans[0]
    assert plan is not None
    assert plan["target"] == TARGET
    # a run's columns are 0.1, 0.2, 0.3 in turn
    assert list(frame(app)["epochs to target"]) == [3] * 5
    drawn = [f["layout"].get("shapes", []) for f in figures(app)[:2]]
    assert [len(shapes) for shapes in drawn] == [0, 1]
    assert drawn[1][0]["y0"] == 0.25


def test_a_target_that_says_nothing_is_refused_and_training_goes_without_it(race: Race) -> None:
    app = opened(rates())
    app.selectbox(key="compare:target.column").set_value("val_accuracy").run()
    app.number_input(key="compare:target.value").set_value(1.5).run()
    assert not app.exception
    assert "take a number above 0, up to 1" in captions(app)
    assert "Until then there is no target" in captions(app)
    train(app)
    assert race.plans == [rates().to_json()]


def test_the_target_on_show_is_the_one_that_was_trained_with(race: Race) -> None:
    app = train(opened(rates().aimed_at(TARGET)))
    app.selectbox(key="compare:target.column").set_value("no target").run()
    assert f"Target, set before training: {plain('validation accuracy ≥ 0.25')}" in captions(app)
    assert "epochs to target" in frame(app)


def test_a_link_brings_its_target_and_a_preset_none(race: Race) -> None:
    app = opened(rates().aimed_at(TARGET))
    assert app.number_input(key=key_now(app, "compare:target.value")).value == 0.25
    app.button(key="compare:preset.batches").click().run()
    assert app.selectbox(key=key_now(app, "compare:target.column")).value == "no target"
    train(app)
    assert race.plans == [PRESETS["batches"].design().to_json()]


def test_a_target_that_not_all_rows_have_is_said(race: Race) -> None:
    app = opened(rates().aimed_at({"column": "val_loss", "value": 0.1}))
    assert not app.error
    typed(app, {"loss": "MeanSquaredError"}, {})
    assert "no target in common" in app.error[0].value


def test_the_controls_choose_columns_and_rows(race: Race) -> None:
    app = train(opened(rates()))
    assert {"validation loss", "test accuracy"} <= set(frame(app))
    assert "state bytes per parameter" not in frame(app)
    (groups,) = (p for p in app.get("button_group") if p.label == "Columns")
    groups.set_value(["costs"]).run()
    assert "state bytes per parameter" in frame(app)
    assert "validation loss" not in frame(app)
    app.toggle(key="compare:table.differing").set_value(True).run()
    assert list(frame(app)) == ["Variant", "Curve"]
    (rows,) = (m for m in app.multiselect if m.label == "Rows")
    rows.set_value(["lr 0.1"]).run()
    assert not app.exception
    assert list(frame(app)["Variant"]) == ["lr 0.1"]


def test_the_most_important_columns_come_first(race: Race) -> None:
    app = train(opened(rates().aimed_at(TARGET)))
    assert [name for name in frame(app) if not name.endswith("±")] == [
        *("Variant", "Curve", "validation loss", "validation accuracy", "epochs to target"),
        *("test loss", "test accuracy", "steps to target", "seconds to target"),
        *("Outcome", "n", "diverged"),
    ]
    race.status = "running"
    again = train(opened(rates().aimed_at(TARGET)))
    assert list(frame(again))[:3] == ["Variant", "Curve", "Outcome"], "a row has diverged"


def test_seconds_of_rows_that_trained_apart_are_marked(race: Race) -> None:
    for early in (False, True):
        race.early = early
        app = train(opened(rates()))
        (groups,) = (p for p in app.get("button_group") if p.label == "Columns")
        assert "trained together" not in captions(app)
        groups.set_value(["costs"]).run()
        assert not app.exception
        assert ("† Not all runs here trained together" in captions(app)) == early
        assert ("Runs of one graph share its time equally" in captions(app)) != early


def test_a_supported_best_value_is_marked_and_explained(race: Race) -> None:
    app = train(opened(rates()))
    assert "★ marks a best value that the seeds support" in captions(app)
    assert frame(app)["validation loss"].tolist() == pytest.approx([0.1, *[0.5] * 4])
    (groups,) = (p for p in app.get("button_group") if p.label == "Columns")
    groups.set_value(["test"]).run()
    assert "in none of these columns is a row surely ahead" in captions(app)


def test_with_three_seeds_nothing_is_marked_and_it_says_why(race: Race) -> None:
    app = train(opened(rates(seeds=3)))
    assert "★ marks" not in captions(app)
    assert "3 seeds cannot support one, at least 4 are needed" in captions(app)


def test_while_it_trains_nothing_is_marked_and_targets_without_an_answer_are_empty(
    race: Race,
) -> None:
    race.status = "running"
    app = train(opened(rates().aimed_at({"column": "val_accuracy", "value": 0.9})))
    assert frame(app)["epochs to target"].isna().all()
    assert frame(app)["Outcome"].tolist() == ["5 diverged (epoch 3)", *["5 running"] * 4]
    assert not any(name.startswith("test") for name in frame(app))
    assert "marked" not in captions(app)
