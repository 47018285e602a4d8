"""Race on surfaces as a browser session has it: surfaces, own formulas, lanes, links, replay."""

import json
from typing import Any

from streamlit.testing.v1 import AppTest
from visits import Quiet, address, said, spec, visit

from components import link
from components.surfaces.page_setup import PageSetup, default


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


def field(app: AppTest, label: str) -> Any:
    """The field for a number that has this label."""
    (found,) = [n for n in app.number_input if n.label == label]
    return found


def test_a_class_sees_the_surface_of_the_address_without_menus(quiet: Quiet) -> None:
    made = default()
    made["scene"]["race"] |= {"steps": 7, "optimizers": ["SGD"]}
    app = visit("race", setup=link.pack(made), hide="setup", present="true")
    assert not app.selectbox
    assert not app.number_input
    raced(app, quiet)
    assert list(app.dataframe[0].value.index) == ["SGD"]
    assert figures(app)["map"]["layout"]["font"]["size"] > 12, "type is not large"


def test_what_a_slow_browser_says_of_the_surface_before_is_not_taken(quiet: Quiet) -> None:
    """While a race plays, a picture may be asked for with the fields as they were."""
    app = visit("race")
    before = {n.key for n in app.number_input} | {s.key for s in app.selectbox}
    app.selectbox(key="race.surface").set_value("saddle").run()
    stale = {n.key for n in app.number_input} | {s.key for s in app.selectbox}
    kept = {key for key in stale & before if "start" in key or "learning_rate" in key}
    assert not kept
    assert field(app, "Start, x").value == -2


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


def test_an_own_formula_is_marked_where_it_is_wrong_and_raced_when_it_is_right(quiet) -> None:
    made = default()
    made["scene"]["race"]["optimizers"] = ["SGD"]
    app = visit("race", setup=link.pack(made))
    app.selectbox(key="race.surface").set_value("own").run()
    app.text_area(key="race.formula").set_value("a = x ** 2\na + yy").run()
    assert any(c.value == "a + yy\n    ^" for c in app.code)
    assert "line 2, column 5" in said(app)
    assert not figures(app), "there is no surface to draw"
    app.text_area(key="race.formula").set_value("a = x ** 2\na + 3 * y ** 2 + log(y + 4)").run()
    app.number_input(key="race.steps").set_value(2.5).run()
    assert "steps: 2.5 is not" in said(app)
    app.number_input(key="race.steps").set_value(5).run()
    field(app, "Start, y").set_value(-4.5).run()
    assert "no height at (-2.5, -4.5)" in said(app)
    (mend,) = [b for b in app.button if b.label.startswith("Start at (")]
    mend.click().run()
    assert figures(app), "the page offers a start that is none"
    field(app, "Start, y").set_value(900).run()
    assert "outside of the piece that is drawn" in said(app)
    field(app, "Start, y").set_value(1).run()
    field(app, "Map, y from").set_value(9).run()
    assert "map, y: from 9 to 3 is no piece" in said(app)
    field(app, "Map, y from").set_value(-5).run()
    raced(app, quiet)
    assert list(app.dataframe[0].value.columns) == ["height"]
    z = figures(app)["map"]["data"][0]["z"]
    assert z["shape"] == "81, 81"


def test_lanes_come_and_go_and_a_surface_brings_what_suits_it(quiet: Quiet) -> None:
    app = visit("race")
    press(app, "Add a lane")
    assert app.selectbox(key="race.lane.4.optimizer").value == "Adagrad"
    app.button(key="race:drop.1").click().run()
    app.selectbox(key="race.surface").set_value("rosenbrock").run()
    first, *_, third, _ = app.session_state["race:lanes"]
    assert app.selectbox(key=f"race.lane.{first}.optimizer.SGD.learning_rate").value == "0.001"
    assert field(app, "Start, x").value == -1.2
    app.selectbox(key=f"race.lane.{third}.optimizer").set_value("Muon").run()
    assert not app.exception
    assert "the steps of AdamW" in said(app)
    linked = PageSetup.from_json(link.unpack(address(app, "setup")))
    assert [o.name for o in linked.scene.race.optimizers] == ["SGD", "RMSprop", "Muon", "Adagrad"]


def test_a_link_brings_everything_back_and_a_wrong_one_says_so(quiet: Quiet) -> None:
    made = default()
    scene = made["scene"]
    scene["race"] |= {"formula": "x ** 4 + y ** 2 * x ** 2", "start": [0.5, 1.25], "steps": 7}
    scene["race"]["optimizers"] = [
        {"name": "Nadam", "params": {"learning_rate": 0.3, "beta_1": 0.5}},
        {"name": "SGD", "params": {"learning_rate": {"name": "CosineDecay", "params": {}}}},
    ]
    scene |= {"map": [[-1.5, 2], [-2, 2.5]], "log": True, "arrows": True}
    wanted = PageSetup.from_json(made)
    app = visit("race", setup=link.pack(made))
    assert PageSetup.from_json(link.unpack(address(app, "setup"))) == wanted
    app = visit("race", setup=link.pack(made | {"scene": scene | {"map": 3}}))
    assert "map is 3" in said(app)
    assert set(figures(app)) == {"map", "body"}


def test_a_real_run_goes_from_its_comparison_to_its_landscape(quiet: Quiet) -> None:
    small = {"dataset": {"name": "moons", "params": {"samples": 100}}, "epochs": 2, "metrics": []}
    rows = [spec(**small, optimizer=name, seed=seed) for name in ("SGD", "Adam") for seed in (0, 1)]
    other = spec(**small, optimizer="Lion", model="linear")
    id = quiet.finish(*rows, other, title="two optimizers")
    app = visit("race", setup=link.pack(default("run")), run=id)
    assert app.selectbox(key="land.comparison").value == id
    chosen = app.multiselect(key="land.runs")
    assert chosen.value == [0, 2], "the first seed of each, of those that have one landscape"
    seeds = [(o.split()[0], o.split(", ")[-1]) for o in chosen.options]
    assert seeds == [(name, f"seed {s}") for name in ("SGD", "Adam") for s in (0, 1)]
    app.segmented_control(key="land.side").set_value(15).run()
    press(app, "Survey")
    quiet.obey()
    app.run()
    assert not app.exception, app.exception
    shown = figures(app)
    assert shown["map"]["data"][0]["z"]["shape"] == "15, 15"
    assert "% of the variance" in shown["map"]["layout"]["xaxis"]["title"]["text"]
    assert list(app.dataframe[0].value.index) == [chosen.options[0], chosen.options[2]]
    assert "off it; the map is" in said(app)
    linked = PageSetup.from_json(link.unpack(address(app, "setup")))
    assert (linked.view, linked.look.runs, linked.look.side) == ("run", (0, 2), 15)
    assert address(app, "run") == id
    app.segmented_control(key="land.plane").set_value("random").run()
    assert app.selectbox(key="land.around").value == 0
    app.segmented_control(key="race.view").set_value("surface").run()
    assert not app.exception, app.exception
    assert app.selectbox(key="race.surface").value == "tilted"


def test_without_any_run_the_landscape_says_what_to_do(quiet: Quiet) -> None:
    app = visit("race", setup=link.pack(default("run")))
    assert "Train something in Compare first" in said(app)
