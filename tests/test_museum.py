"""The museum: every fault shows on real Keras, and so does every cure."""

import json
from importlib import import_module

import pytest
from streamlit.testing.v1 import AppTest
from test_lessons import predict, ran
from visits import Quiet, said, visit

from components.learn import answers
from components.learn.contents import QUESTIONS
from components.learn.exhibits import EXHIBITS
from training.spec import Experiment


@pytest.mark.parametrize("name", EXHIBITS)
def test_an_exhibit_has_its_fault_and_the_cure_mends_it(name: str) -> None:
    exhibit = EXHIBITS[name]
    program = import_module(f"training.demos.museum.{exhibit.demo}")
    for cure, marks in ((False, exhibit.found), (True, exhibit.cured)):
        run = json.loads(json.dumps(program.run(lambda _: None, cure=cure)))
        missed = [f"{m.name}: {m.value(run)}, not {m}" for m in marks if not m.passed(run)]
        assert not missed
    if exhibit.setup:
        Experiment.from_json(exhibit.setup)


def test_an_exhibit_is_spotted_run_and_cured(quiet: Quiet) -> None:
    app = visit("learn/museum", part="P2")
    assert not codes(app), "the whole program, with its cure, stood there before the answer"
    exhibit = EXHIBITS["P2"]
    predict(app, "museum.P2", exhibit.options.index(exhibit.right))
    ran(app, quiet)
    proofs = [s.value for s in app.success if "Pass mark" in s.value]
    assert len(proofs) == len(exhibit.found) + len(exhibit.cured)
    assert "Spotted so far: 1 of 1" in said(app)
    assert codes(app)
    app.button(key="museum.next").click().run()
    assert not app.exception, app.exception
    assert app.radio(key="learn.museum.P3.prediction").value is None


def codes(app: AppTest) -> list[str]:
    """The programs that can be unfolded."""
    return [e.label for e in app.expander if e.label.startswith("Show the code")]


def test_a_guess_in_the_museum_is_kept_by_its_exhibit() -> None:
    said = {"museum.P3": ["too high", False, True], "museum.P99": ["x", True, True]}
    assert answers.read(said | {"museum": ["x", True, True]}) == {
        "museum.P3": answers.Answer("too high", False, True)
    }


def test_guesses_in_the_museum_are_in_the_summary_one_by_one(quiet: Quiet) -> None:
    app = visit("learn/learnt")
    guesses = [answers.Answer("this", True, True), answers.Answer("that", False, True)]
    app.session_state[answers.ANSWERS] = dict(zip(("museum.P3", "museum.P4"), guesses, strict=True))
    app.run()
    assert not app.exception, app.exception
    assert [m.value for m in app.metric] == [f"2 of {len(QUESTIONS)}", "1 of 2", "1"]
    app.button(key="learnt.again.museum.P4").click().run()
    assert not app.exception, app.exception
    assert app.radio(key="learn.museum.P4.prediction").value is None
