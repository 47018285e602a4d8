"""Race on surfaces as a browser session has it: surfaces, own formulas, lanes, links, replay."""

import json

from streamlit.testing.v1 import AppTest
from visits import Quiet, said, visit


def figures(app: AppTest) -> dict[str, dict]:
    """The figures on the page by what they show: map, body or heights."""
    found = [json.loads(json.loads(e.proto.json)["figure"]) for e in app.get("bidi_component")]
    kinds = {"contour": "map", "surface": "body", "scatter": "heights"}
    return {kinds[figure["data"][0]["type"]]: figure for figure in found}


def press(app: AppTest, label: str) -> AppTest:
    next(b for b in app.button if b.label == label).click().run()
    assert not app.exception, app.exception
    return app


def raced(app: AppTest, quiet: Quiet) -> AppTest:
    press(app, "Race")
    quiet.obey()
    app.run()
    assert not app.exception, app.exception
    return app


def test_a_race_goes_from_the_map_to_ways_heights_and_numbers(quiet: Quiet) -> None:
    app = visit("race")
    assert set(figures(app)) == {"map", "body"}
    app.number_input(key="race.steps").set_value(30).run()
    raced(app, quiet)
    app.slider(key="race:step").set_value(30).run()
    shown = figures(app)
    heads = [t for t in shown["map"]["data"] if t.get("legendgroup") and t["mode"] == "markers"]
    assert [t["name"] for t in heads] == ["SGD", "Momentum", "RMSprop", "Adam"]
    assert len(shown["heights"]["data"]) == 4
    table = app.dataframe[0].value
    assert list(table.index) == ["SGD", "Momentum", "RMSprop", "Adam"]
    assert (table["height"] < 19).all()
    app.toggle(key="race.arrows").set_value(True).run()
    drawn = [a for a in figures(app)["map"]["layout"]["annotations"] if a["showarrow"]]
    assert len(drawn) == 6, "four downhill, and the pull of momentum and of Adam"
    assert "straight downhill" in said(app)
    assert not app.exception
