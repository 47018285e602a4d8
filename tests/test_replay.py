"""Replay: a comparison as it was at an epoch, and the page that moves through them."""

from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest
from test_page_compare import PAGE, Shelf, figures, run

import components.session
from components.compare.replay import at
from training.presets import PRESETS
from training.states import ComparisonState


def state(*diverged: int | None) -> ComparisonState:
    experiments = PRESETS["rates"].design().comparison.experiments
    runs = tuple(
        replace(run(e, epochs=10), diverged=epoch)
        for e, epoch in zip(experiments, diverged, strict=False)
    )
    return ComparisonState("0", "", "me", 0.0, 1, "finished", runs)


def test_a_cut_comparison_shows_nothing_of_what_came_later() -> None:
    cut = at(state(None, 4, 9), 5)
    assert not cut.ended or all(r.status == "diverged" for r in cut.runs)
    assert [len(r.history) for r in cut.runs] == [5, 5, 5]
    assert [r.diverged for r in cut.runs] == [None, 4, None]
    assert [r.finals for r in cut.runs] == [None] * 3
    assert cut.status == "running"


def test_a_run_that_stopped_earlier_stays_at_its_end() -> None:
    whole = state(None, None)
    short = replace(whole.runs[0], history=whole.runs[0].history[:3])
    cut = at(replace(whole, runs=(short, whole.runs[1])), 7)
    assert [r.epochs_done for r in cut.runs] == [3, 7]


@pytest.fixture
def app(monkeypatch: pytest.MonkeyPatch) -> AppTest:
    shelf = Shelf()
    monkeypatch.setattr(components.session, "lab", lambda: shelf)
    page = AppTest.from_file(str(PAGE), default_timeout=30).run()
    next(b for b in page.button if b.label == "Train").click().run()
    return page.toggle(key="replay:on").set_value(True).run()


def drawn(app: AppTest) -> int:
    """How many epochs the first chart shows."""
    return max(len(t["y"]["bdata"]) for t in figures(app)[0]["data"] if "y" in t)


def test_the_scrubber_moves_curves_and_numbers_together(app) -> None:
    assert not app.exception
    assert app.slider(key="replay:epoch").value == 1
    first = drawn(app)
    assert any("Numbers so far" in m.value for m in app.markdown)
    app.slider(key="replay:epoch").set_value(3).run()
    assert drawn(app) > first
    app.button(key="replay:One epoch back").click().run()
    assert app.slider(key="replay:epoch").value == 2
    app.button(key="replay:One epoch on").click().run()
    assert app.slider(key="replay:epoch").value == 3
    assert app.button(key="replay:One epoch on").disabled


def ranges(app: AppTest) -> list[object]:
    """What each chart's value axis is fixed to."""
    axes = [figure["layout"]["yaxis"] for figure in figures(app)]
    return [axis.get("autorangeoptions", axis.get("range")) for axis in axes]


def test_charts_keep_the_range_of_the_whole_comparison(app) -> None:
    app.button(key="compare:preset.rates").click().run()
    next(b for b in app.button if b.label == "Train").click().run()
    app.slider(key="replay:epoch").set_value(1).run()
    titles = [f["layout"].get("title", {}).get("text", "") for f in figures(app)]
    assert any(t.startswith("Validation loss after 1 of 60 epochs<br>") for t in titles)
    app.toggle(key="compare:log_y").set_value(True).run()
    first = ranges(app)
    assert not app.exception
    low, high = first[0]["include"]
    assert (low < 0.1, high > 0.3) == (True, True), "losses go from 0.1 to 0.3"
    assert all(first)
    app.slider(key="replay:epoch").set_value(3).run()
    assert ranges(app) == first
    app.toggle(key="replay:on").set_value(False).run()
    assert ranges(app) != first


def test_play_goes_on_by_itself_to_the_end_and_stops_there(app) -> None:
    app.selectbox(key="replay:speed").set_value(2).run()
    app.button(key="replay:play").click().run()
    assert not app.exception
    for _ in range(6):  # what the timer does in a browser
        app.run()
    assert app.slider(key="replay:epoch").value == 3
    assert not app.session_state["replay:playing"]
    assert app.button(key="replay:play").label == "Play"
    app.button(key="replay:play").click().run()
    assert app.slider(key="replay:epoch").value < 3


def test_without_replay_everything_is_there_again(app) -> None:
    app.toggle(key="replay:on").set_value(False).run()
    assert not app.exception
    assert any("Final numbers" in m.value for m in app.markdown)
