"""Drawing data: strokes become points, can be undone and edited, and are kept as a data set."""

import json
import math
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest
from visits import Quiet, address, said, visit

import datasets
from components import link
from components.own.draw import DRAWING
from components.own.strokes import MOST, REACH, Drawing, points_of, table_of, text_of, within
from datasets import own
from training.spec import Experiment

TWO = Drawing().stroke([(-2, 0), (-3, 1)], "A", 10, 0.3).stroke([(2, 0), (3, 1)], "B", 10, 0.3)


@pytest.fixture(autouse=True)
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A home of its own for saved files."""
    monkeypatch.setenv("COMPILE_LAB_HOME", str(tmp_path))
    datasets._own.cache_clear()


def drawn(drawing: Drawing) -> AppTest:
    """The page with these points."""
    app = visit("draw")
    app.session_state[DRAWING] = drawing
    app.run()
    assert not app.exception
    return app


def test_a_stroke_adds_points_of_its_class_around_its_way() -> None:
    made = Drawing().stroke([(1, 2), (3, -1)], "C", 400, 0.5)
    assert len(made.points) == 800
    assert {name for _, _, name in made.points} == {"C"}
    first = np.array([p[:2] for p in made.points[:400]])
    np.testing.assert_allclose(first.mean(0), [1, 2], atol=0.1)
    np.testing.assert_allclose(first.std(0), [0.5, 0.5], atol=0.08)
    exact = Drawing().stroke([(1, 2), (3, -1)], "A", 1, 0.0)
    assert exact.points == ((1.0, 2.0, "A"), (3.0, -1.0, "A"))
    assert Drawing().stroke([(1, 2), (3, -1)], "C", 400, 0.5) == made


def test_strokes_stay_in_the_plane_and_within_the_limit() -> None:
    made = Drawing().stroke([(REACH, REACH)], "A", 30, 2.0)
    assert max(abs(v) for x, y, _ in made.points for v in (x, y)) == REACH
    for _ in range(80):
        made = made.stroke([(0, 0)], "B", 30, 1.0)
    assert len(made.points) == MOST


@pytest.mark.parametrize(
    "sent",
    [[], [[1]], [["1", 2]], [None], [[math.nan, 0]], [[math.inf, 0]], [[1, 2, 3]], ["12"]],
)
def test_what_no_brush_sends_adds_nothing(sent: list) -> None:
    assert Drawing().stroke(sent, "A", 5, 0.1) == Drawing()
    assert Drawing().stroke([(0, 0)], "Z", 5, 0.1) == Drawing()


def test_a_tab_keeps_points_and_gives_back_nothing_else() -> None:
    assert points_of(text_of(TWO.points)) == TWO.points
    kept = [[1, 2, "A"], [1, 2, "Z"], [REACH + 1, 0, "A"], [1, "2", "B"], [1, 2], None]
    assert points_of(json.dumps(kept)) == ((1.0, 2.0, "A"),)
    assert points_of('[[NaN, 0, "A"], [1e999, 0, "B"], [true, 0, "A"], [0, 0, ["A"]]]') == ()
    assert len(points_of(json.dumps([[0, 0, "A"]] * (MOST + 1)))) == MOST
    for nothing in (None, 3, "", "[", "{}", '"A"', "[" * 100_000):
        assert points_of(nothing) == ()


def test_every_step_can_be_undone() -> None:
    assert TWO.undone().points == TWO.points[:20]
    assert TWO.drawn(()).undone().points == TWO.points
    assert TWO.undone().undone().undone() == Drawing()


@pytest.mark.parametrize(
    ("drawing", "sentence"),
    [
        (Drawing(), "Draw at least 20 points; now there are 0"),
        (Drawing().stroke([(0, 0)], "A", 30, 1.0), "Draw points of two classes"),
        (TWO.stroke([(0, 0)], "C", 2, 1.0), "Class C has 2 points; draw at least 5"),
        (
            Drawing().stroke([(0, 0)], "A", 30, 0.0).stroke([(0, 1)], "B", 30, 0.0),
            "All points have the same x1",
        ),
    ],
)
def test_what_is_still_to_be_drawn_is_said(quiet: Quiet, drawing: Drawing, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        table_of(drawing)
    app = drawn(drawing)
    assert sentence in said(app)
    assert not [b for b in app.button if b.label.startswith("Save")]


@pytest.mark.parametrize("classes", [2, 3, 4])
def test_a_drawing_opens_in_the_playground(quiet: Quiet, classes: int) -> None:
    drawing = Drawing()
    for k, name in enumerate("ABCD"[:classes]):
        drawing = drawing.stroke([(2 * k - 3, k - 1)], name, 20, 0.5)
    app = drawn(drawing)
    app.text_input(key="draw:title").set_value("spots").run()
    next(b for b in app.button if b.label == "Save and open in Playground").click().run()
    assert not app.exception
    made = Experiment.from_json(link.unpack(address(app, "setup")))
    data = datasets.load("drawn", made.data_params)
    assert data.facts.heads[0].names == tuple("ABCD"[:classes])
    parts = (data.train, data.validation, data.test)
    every = np.concatenate([p.x for p in parts]) * data.scale + data.centre
    wanted = sorted((x, y) for x, y, _ in drawing.points)
    np.testing.assert_allclose(sorted(map(tuple, every.tolist())), wanted, atol=2e-3)
    assert "Drawn points: spots" in app.selectbox(key="play.dataset").options


def test_a_number_beyond_the_plane_is_moved_to_its_edge_and_said(
    quiet: Quiet, monkeypatch: pytest.MonkeyPatch
) -> None:
    numbers = [99.0]

    def typed(frame: pd.DataFrame, **_: object) -> pd.DataFrame:
        """The table with a number typed into its first cell, once."""
        return frame.assign(x1=[numbers.pop(), *frame["x1"][1:]]) if numbers else frame

    app = drawn(TWO)
    monkeypatch.setattr(st, "data_editor", typed)
    app.run()
    assert app.session_state[DRAWING].points[0] == (REACH, *TWO.points[0][1:])
    assert "The plane goes from -6 to 6: 99 is beyond it" in said(app)
    next(b for b in app.button if b.label == "Undo").click().run()
    assert app.session_state[DRAWING].points == TWO.points
    assert "99" not in said(app)
    assert within(TWO.points) == (TWO.points, "")


def test_undo_clear_and_the_list(quiet: Quiet) -> None:
    app = drawn(TWO)
    assert "40 points: 20 of A, 20 of B" in said(app)
    next(b for b in app.button if b.label == "Save").click().run()
    (saved,) = own.listed()
    assert (saved.entry, saved.rows) == ("drawn", 40)
    assert "my drawing" in said(app)
    next(b for b in app.button if b.label == "Undo").click().run()
    assert "20 points: 20 of A" in said(app)
    next(b for b in app.button if b.label == "Clear").click().run()
    assert "No points yet" in said(app)
    next(b for b in app.button if b.label == "Undo").click().run()
    assert "20 points" in said(app)
    app = visit("own")
    assert "my drawing" not in said(app)  # which has tables only
