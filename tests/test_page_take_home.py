"""Taking results home, dropping others' in, and links: as a browser session sees them."""

import json
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest
from test_page_compare import comparison_state, figures, names, run
from visits import Quiet, address, said, spec, visit

from components import link
from components.colours import GUESTS, channel
from components.compare.take_home import offers
from training.design import Design
from training.results_file import from_json, to_json
from training.spec import Experiment

ROWS = [{"optimizer": "SGD", "label": "Slow"}, {"optimizer": "Adam", "label": "Quick & *new*"}]


def design(seed: int = 0, seeds: int = 2, **changed: Any) -> Design:
    base = spec(seed=seed, epochs=4, **changed)
    return Design.from_json({"base": base, "rows": ROWS, "seeds": seeds})


def finished(lab: Quiet, made: Design) -> str:
    """The id of a comparison that was trained from Compare and has ended."""
    lab.finish(*made.comparison.to_json())
    return lab.submit(made.comparison, "somebody", plan=made.to_json())


def results(*experiments: Any) -> bytes:
    """A file with results of these."""
    return to_json([run(e, e.epochs) for e in experiments]).encode()


def drop(app: AppTest, *files: tuple[str, bytes]) -> AppTest:
    given = [(name, content, "application/json") for name, content in files]
    return app.file_uploader[0].set_value(given).run()


def downloads(app: AppTest) -> list[str]:
    return [b.proto.label for b in app.get("download_button")]


def rows(app: AppTest) -> dict[str, int]:
    """The rows of the table of results: their names and how many runs each is the mean of."""
    frame = next(d.value for d in app.dataframe if "Outcome" in d.value)
    return dict(zip(frame["Variant"], frame["n"], strict=True))


def test_downloads_come_when_all_has_ended(quiet: Quiet) -> None:
    waits = quiet.submit(design().comparison, "somebody")
    app = visit("compare", run=waits)
    assert "Downloads of numbers, code and report come here" in said(app)
    assert "CSV" not in downloads(app)
    app = visit("compare", run=finished(quiet, design(9)))
    assert downloads(app)[-5:] == ["CSV", "JSON", "Script", "Notebook", "Report"]


def test_a_single_run_can_be_taken_home_too(quiet: Quiet) -> None:
    app = visit("", run=quiet.finish(spec()))
    assert downloads(app) == ["CSV", "JSON", "Script", "Notebook", "Report"]


def test_every_file_can_be_made() -> None:
    state = comparison_state(design(), 4)
    files = {o.label: o.make() for o in offers(state, ["a"] * 4, "", "http://here/x")}
    assert files["CSV"].startswith("experiment,seed,epoch,loss")
    assert [r.digest for r in from_json(files["JSON"])] == [r.digest for r in state.runs]
    assert "import keras" in files["Script"]
    assert json.loads(files["Notebook"])["nbformat"] == 4
    assert "http://here/x" in files["Report"]


def test_a_short_link_brings_rows_names_and_seeds(quiet: Quiet) -> None:
    """Whoever opens it sees the page as it was, also while it still waits."""
    made = design(seed=3)
    for id in (quiet.submit(made.comparison, "me", plan=made.to_json()), finished(quiet, made)):
        app = visit("compare", run=id)
        assert Design.from_json(link.unpack(address(app, "setup"))) == made
        assert [row["label"] for row in app.session_state["compare:rows"]] == [
            row["label"] for row in ROWS
        ]
        assert app.number_input(key="compare:seeds").value == 2
        assert "another comparison" not in said(app)
    assert {"Slow", "Quick &amp; *new*"} <= names(figures(app)[0])


def test_a_short_link_to_what_has_no_plan_finds_the_rows_again(quiet: Quiet) -> None:
    made = design()
    app = visit("compare", run=quiet.finish(*made.comparison.to_json()))
    found = Design.from_json(link.unpack(address(app, "setup")))
    assert found.comparison == made.comparison


@pytest.mark.parametrize("plan", [{"of": "another version"}, {"base": 1, "rows": [], "seeds": 1}])
def test_a_plan_that_cannot_be_read_does_no_harm(quiet: Quiet, plan: dict) -> None:
    made = design().comparison
    app = visit("compare", run=quiet.submit(made, "somebody", plan=plan))
    assert not app.warning
    assert Design.from_json(link.unpack(address(app, "setup"))).comparison == made


def test_a_short_link_brings_a_single_run_with_its_choices(quiet: Quiet) -> None:
    wanted = spec(dataset="sine", loss="MeanAbsoluteError", metrics=[], epochs=7)
    app = visit("", run=quiet.finish(wanted))
    assert Experiment.from_json(link.unpack(address(app, "setup"))) == Experiment.from_json(wanted)
    assert "Shown is another" not in said(app)


@pytest.mark.parametrize("page", ["", "compare"])
def test_a_wrong_link_gets_its_sentence(quiet: Quiet, page: str) -> None:
    app = visit(page, run="nowhere")
    assert "it was deleted, or its link is wrong" in said(app)
    assert not next(b for b in app.button if b.label == "Train").disabled


def test_share_has_a_link_to_the_run_and_one_to_its_set_up(quiet: Quiet) -> None:
    made = design()
    id = finished(quiet, made)
    app = visit("compare", run=id)
    short, again = [c.value for c in app.code if "compare?" in c.value]
    assert short.endswith(f"/compare?run={id}")
    assert "run=" not in again
    assert Design.from_json(link.unpack(again.split("setup=")[1])) == made


def test_what_was_opened_from_history_keeps_the_names_of_its_rows(quiet: Quiet) -> None:
    id = finished(quiet, design())
    app = visit("history")
    app.session_state["history:chosen"] = [id]
    del app.session_state["history:shown"]
    app.run()
    app.button(key="open").click().run()
    assert {"Slow", "Quick &amp; *new*"} <= names(figures(app)[0])


def test_dropped_in_seeds_join_their_rows(quiet: Quiet) -> None:
    app = visit("compare", run=finished(quiet, design()))
    assert rows(app) == {"Slow": 2, "Quick & *new*": 2}
    one, two = (results(*design(s).comparison.experiments) for s in (10, 20))
    drop(app, ("mine.json", one), ("mine.json", two))
    assert rows(app) == {"Slow": 6, "Quick & *new*": 6}
    text = said(app)
    assert "8 of these 12 runs come from 2 files: their numbers were computed elsewhere." in text
    assert "too few" not in text
    app.button(key="compare:guests.remove.mine.json (2)").click().run()
    assert rows(app) == {"Slow": 4, "Quick & *new*": 4}
    app.button(key="compare:guests.remove.mine.json").click().run()
    assert rows(app) == {"Slow": 2, "Quick & *new*": 2}
    assert "computed elsewhere" not in said(app)


def test_another_experiment_is_a_row_that_says_where_it_is_from(quiet: Quiet) -> None:
    app = visit("compare", run=finished(quiet, design()))
    foreign = Experiment.from_json(spec(batch_size=16, epochs=4))
    again = json.loads(results(foreign, design().comparison.experiments[0]))
    again["runs"][0]["versions"] = "keras 2.0"
    drop(app, ("ana.json", json.dumps(again).encode()))
    named = "Adam batch 16 ← ana"
    assert set(rows(app)) == {"Slow", "Quick & *new*", named}
    text = said(app)
    assert "1 of these 5 runs comes from a file" in text
    assert "some with keras 2.0 instead of" in text
    assert "1 run of the files was here already and counts once." in text
    assert "In full" not in text
    assert named in names(figures(app)[0])


def test_long_names_are_short_in_charts_and_whole_below(quiet: Quiet) -> None:
    app = visit("compare", run=finished(quiet, design()))
    model = {"name": "mlp", "params": {"hidden": [8, 8], "activation": "relu"}}
    one, two = (spec(batch_size=size, model=model, epochs=4) for size in (8, 16))
    file = results(Experiment.from_json(one), Experiment.from_json(two))
    drop(app, ("compile-lab-of-anastasia.json", file))
    foreign = [name for name in rows(app) if "←" in name]
    assert foreign == ["Adam 8-8 rel… ← of-an…", "Adam 8-8 r… 2 ← of-an…"]
    text = said(app)
    for name, batch in zip(foreign, (8, 16), strict=True):
        assert f"{name} is Adam" in text
        assert f"relu batch {batch} of compile-lab-of-anastasia.json" in text


def test_a_row_of_several_files_says_how_many(quiet: Quiet) -> None:
    app = visit("compare", run=finished(quiet, design()))
    files = [
        (f"{who}.json", results(Experiment.from_json(spec(batch_size=8, epochs=4, seed=seed))))
        for seed, who in enumerate(("ana", "ben", "eve"))
    ]
    drop(app, *files)
    assert rows(app)["Adam batch 8 ← 3 files"] == 3


def test_the_same_optimizer_has_its_colour_and_a_marker_of_guests(quiet: Quiet) -> None:
    """Also beside a row that was given a name, or of an optimizer that nobody has here."""
    app = visit("compare", run=finished(quiet, design()))
    alone = figures(app)[0]["data"]
    made = [
        spec(batch_size=size, epochs=4, optimizer={"name": name, "params": {"learning_rate": 0.01}})
        for name, size in (("SGD", 8), ("SGD", 16), ("Nadam", 8))
    ]
    drop(app, ("ana.json", results(*map(Experiment.from_json, made))))
    looks = {
        trace["name"]: (trace["line"]["color"], trace["marker"]["symbol"])
        for trace in figures(app)[0]["data"]
        if trace.get("showlegend", True)
    }
    for trace in alone:
        if trace.get("showlegend", True):
            assert looks[trace["name"]] == (trace["line"]["color"], trace["marker"]["symbol"])
    colour, symbol = looks["Slow"]
    theirs = [looks[f"SGD batch {size} ← ana"] for size in (8, 16)]
    assert {its for its, _ in theirs} == {colour}
    assert len({symbol, *(marker for _, marker in theirs)}) == 3
    nadam, marker = looks["Nadam batch 8 ← ana"]
    assert nadam == channel("Nadam").colour
    assert {marker, *(its for _, its in theirs)} <= {*GUESTS}


def test_runs_that_mean_something_else_are_refused_with_the_reason(quiet: Quiet) -> None:
    """They would enter the verdict and the stars, or take the loss's away."""
    app = visit("compare", run=finished(quiet, design()))
    before = [figures(app)[:2], rows(app)]
    other = [{"dataset": "circles"}, {"loss": "Hinge"}, {"epochs": 6}, {"epochs": 7}]
    drop(app, ("ana.json", results(*(Experiment.from_json(spec(**one)) for one in other))))
    assert [figures(app)[:2], rows(app)] == before
    text = said(app)
    assert "Left out: 1 run with another data set, 1 run with another loss or L2 term" in text
    assert "and 2 runs with another number of epochs than here" in text
    assert "computed elsewhere" not in text


def test_a_bad_file_is_named_and_good_ones_join(quiet: Quiet) -> None:
    app = visit("compare", run=finished(quiet, design()))
    good = results(design(10, 1).comparison.experiments[0])
    drop(app, ("good.json", good), ("bad.json", good[:-9]), ("other.json", b"[]"))
    assert [e.value.split("\\:")[0] for e in app.error] == ["bad.json", "other.json"]
    assert rows(app)["Slow"] == 3
    app.button(key="compare:guests.remove.good.json").click().run()
    assert not app.error
