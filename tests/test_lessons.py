"""The lesson's pages: prediction, experiment on real Keras, proof, score, and the code shown."""

import json

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest
from visits import APP, Quiet, said, visit

from components import running
from components.learn import Lesson, answers, edge, keeper
from components.learn.contents import CONTENTS, MENUS, PAGES
from training.demo import Demo, constant, names, script
from training.demos import any_loss, rate_edge
from training.design import Design
from training.spec import Experiment

PREDICTING = [slug for slug, page in PAGES.items() if page.predicts]


def predict(app: AppTest, question: str, option: int) -> None:
    """Commit to one of the options, by its position."""
    radio = app.radio(key=f"learn.{question}.prediction")
    radio.set_value(radio.options[option]).run()
    app.button(key=f"learn.{question}.commit").click().run()


def experiments(app: AppTest) -> list:
    """The buttons that run an experiment."""
    return [b for b in app.button if (b.key or "").endswith(":run")]


def ran(app: AppTest, quiet: Quiet) -> None:
    """Run all experiments of the page, also those that come into sight after others."""
    done: set[str] = set()
    while fresh := [b for b in experiments(app) if b.key not in done]:
        done.add(fresh[0].key)
        fresh[0].click().run()
        quiet.obey()
        app.run()
        assert not app.exception, app.exception


@pytest.mark.parametrize(
    "slug",
    [
        # these two have tests of their own, part by part
        pytest.param(slug, marks=pytest.mark.exhaustive) if slug in ("museum", "clinic") else slug
        for slug in PREDICTING
    ],
)
def test_a_page_goes_from_prediction_to_proof(
    quiet: Quiet, monkeypatch: pytest.MonkeyPatch, slug: str
) -> None:
    opened = []
    monkeypatch.setattr(Lesson, "open_in", lambda page, label, spec: opened.append(spec))
    app = visit(f"learn/{slug}")
    assert experiments(app)[0].disabled, "an experiment could be run before the prediction"
    predict(app, PAGES[slug].questions[0], 0)
    assert not app.exception, app.exception
    ran(app, quiet)
    assert not [e.value for e in app.error], "a proof failed, or an experiment did"
    proofs = [s.value for s in app.success if "Pass mark" in s.value]
    assert proofs, said(app)
    assert "What happened:" in said(app)
    assert "[[" not in said(app), "a glossary mark was not linked"
    for spec in opened:  # each could be trained as it is
        (Design if "rows" in spec else Experiment).from_json(spec)


def test_a_weight_of_1_is_called_the_same_training_and_scores_nothing(quiet: Quiet) -> None:
    app = visit("learn/weighted", weight="1.0")
    predict(app, "weighted", 0)
    ran(app, quiet)
    assert "exactly 0" in said(app)
    assert not app.error
    assert "What happened:" not in said(app), "a prediction was scored by a run that shows nothing"


def test_a_reload_finds_what_runs_and_what_was_run(quiet: Quiet) -> None:
    """The tab keeps what was asked for; another tab is shown nothing."""
    app = visit("learn/metrics")
    predict(app, "metrics", 0)
    experiments(app)[0].click().run()

    reloaded = visit("learn/metrics")
    assert "Cancel" not in [b.label for b in reloaded.button]
    taken_up(app, reloaded)
    assert "Cancel" in [b.label for b in reloaded.button]
    quiet.obey()
    reloaded.run()
    assert "What happened:" in said(reloaded)
    assert "Train both again" in [b.label for b in reloaded.button]

    late = visit("learn/metrics")
    taken_up(reloaded, late)
    assert "What happened:" in said(late)
    other = visit("learn/metrics")
    assert "What happened:" not in said(other)
    assert experiments(other)[0].disabled


def taken_up(before: AppTest, after: AppTest) -> None:
    """Do what the browser does after a reload."""
    sent = [json.loads(c.proto.json) for c in before.get("bidi_component")]
    kept: dict = {}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(st, "session_state", kept)
        keeper.restore(next(s["text"] for s in sent if s.get("name") == "compile-lab:lesson"))
    for name, value in kept.items():
        after.session_state[name] = value
    after.run()
    assert not after.exception, after.exception


@pytest.mark.parametrize("kept", [None, "{", "[]", '{"answers": 1, "asked": {"learn:a": 2}}'])
def test_a_browser_can_send_nonsense(monkeypatch: pytest.MonkeyPatch, kept: str | None) -> None:
    monkeypatch.setattr(st, "session_state", {})
    keeper.restore(kept)
    assert (answers.given(), running.asked()) == ({}, {})


@pytest.mark.exhaustive
@pytest.mark.parametrize("loss", constant("any_loss", "LOSSES"))
def test_every_optimizer_takes_every_loss(loss: str) -> None:
    found = any_loss.run(print, loss=loss)
    assert not found["raised"]
    assert sum(values[-1] < values[0] for values in found["losses"].values()) >= 11


@pytest.mark.parametrize(("page", "layout"), [("learn/metrics", "centered"), ("", "wide")])
def test_a_page_says_once_how_wide_it_is(
    quiet: Quiet, monkeypatch: pytest.MonkeyPatch, page: str, layout: str
) -> None:
    said = []
    config = st.set_page_config

    def listening(**given: object) -> None:
        said.append(given.get("layout"))
        config(**given)

    monkeypatch.setattr(st, "set_page_config", listening)
    visit(page)
    assert [one for one in said if one] == [layout]


def test_the_edge_is_drawn_where_the_experiment_finds_it() -> None:
    assert edge.steepest() == pytest.approx(rate_edge.STEEPEST, rel=1e-6)


@pytest.mark.parametrize("name", names())
def test_the_code_that_is_shown_runs_by_itself(name: str) -> None:
    compile(script(Demo(name, {})), name, "exec")
    assert "training" not in {line.split()[1].split(".")[0] for line in imports(name)}


def imports(name: str) -> list[str]:
    """The lines of a demonstration that import something."""
    lines = script(Demo(name, {})).splitlines()
    return [line.strip() for line in lines if line.strip().startswith(("import ", "from "))]


def test_every_page_is_in_the_contents_once() -> None:
    listed = [page.slug for pages in CONTENTS.values() for page in pages]
    files = [path.stem for path in (APP.parent / "pages" / "learn").glob("*.py")]
    assert sorted(listed) == sorted(files)
    assert [section for menu in MENUS.values() for section in menu] == list(CONTENTS)
