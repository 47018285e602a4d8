"""History as a browser session sees it: finding, opening, laying over each other, deleting."""

import csv
import io
import json
from dataclasses import replace
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest
from visits import Quiet, address, outcome, said, spec, visit

from components import link
from components.history.downloads import csv_text, script_text
from components.progress import progress
from training.catalog import entry
from training.code import compile_call
from training.design import Design
from training.formula.presets import title as formula_title
from training.progress import Progress
from training.queue import Queue
from training.spec import Comparison, Experiment

STOPS = {"name": "EarlyStopping", "params": {"patience": 3}}
OWN = entry("loss", "CustomLoss").argument("formula").default
SHARE = {"name": "moons", "params": {"validation": 0.4}}


def early(experiment: Experiment) -> Progress:
    """Ended after epoch 3, with the weights of an earlier one."""
    made = outcome(experiment, 0.25)
    finals = {part: values | {"loss": 0.125} for part, values in made.finals.items()}
    return replace(made, rows=made.rows[:3], finals=finals)


def shown(app: AppTest) -> list[str]:
    """What the rows of the table say they are."""
    return list(app.dataframe[0].value["what"]) if app.dataframe else []


def select(app: AppTest, *ids: str) -> AppTest:
    """Select rows as a returning visitor finds them; a click in the table is for a browser."""
    app.session_state["history:chosen"] = list(ids)
    if "history:shown" in app.session_state:
        del app.session_state["history:shown"]
    return app.run()


def selected(app: AppTest) -> list[int]:
    """The positions that the table shows as selected."""
    return app.session_state["history"]["selection"]["rows"]


def figures(app: AppTest) -> dict[str, Any]:
    """Charts on the page by their title, as Plotly JSON."""
    found = {}
    for element in app.get("bidi_component"):
        figure = json.loads(json.loads(element.proto.json)["figure"])
        found[figure["layout"]["title"]["text"].split("<br>")[0]] = figure
    return found


def names(figure: dict[str, Any]) -> set[str]:
    """The entries of a chart's legend."""
    return {t["name"] for t in figure["data"] if t.get("showlegend", True)}


def several(*optimizers: str, **changed: Any) -> list[dict[str, Any]]:
    """Small experiments with these optimizers."""
    return [spec(optimizer={"name": name, "params": {}}, **changed) for name in optimizers]


def test_an_empty_history_says_where_to_begin(quiet: Quiet) -> None:
    """Before anything was trained there is a friendly sentence and the way to the Playground."""
    app = visit("history")
    assert "Nothing was run yet" in said(app)
    assert [link.label for link in app.page_link] == ["Go to the Playground"]


def test_what_was_run_is_listed_newest_first(quiet: Quiet) -> None:
    """Each row says what it was, how it ended and the last validation loss."""
    quiet.finish(spec(), last=0.125)
    quiet.finish(*several("SGD", "Adam"), title="Race")
    quiet.put(spec(dataset="circles", epochs=40))
    app = visit("history")
    table = app.dataframe[0].value
    assert list(table["dataset"]) == ["Circle in a circle", "Two moons", "Two moons"]
    assert shown(app)[1] == "Race: optimizer: SGD, Adam"
    assert list(table["runs"]) == [1, 2, 1]
    assert list(table["status"] == "finished") == [False, True, True]
    assert table["loss"].isna().tolist() == [True, False, False]
    assert table["loss"].iloc[2] == pytest.approx(0.125)


def test_losses_of_different_kinds_are_not_ranked(quiet: Quiet) -> None:
    """The lowest of a squared error and a cross-entropy says nothing, so none is shown."""
    quiet.finish(spec(loss="MeanSquaredError"), spec(loss="BinaryCrossentropy"))
    assert visit("history").dataframe[0].value["loss"].isna().all()


def test_search_finds_words_anywhere(quiet: Quiet) -> None:
    """Every word must occur, in the title, the data set, the model or what differs."""
    quiet.finish(*several("SGD", "Adam"))
    quiet.finish(spec(dataset="circles"))
    app = visit("history")
    app.text_input(key="search").set_value("moons sgd").run()
    assert list(app.dataframe[0].value["dataset"]) == ["Two moons"]
    app.text_input(key="search").set_value("moons circles").run()
    assert not app.dataframe
    assert "moons circles" in said(app)


@pytest.mark.parametrize(
    ("chosen", "said", "searched"),
    [
        ({"loss": "MeanSquaredError"}, "MeanSquaredError", "meansquared"),
        ({"loss": "CustomLoss"}, f"CustomLoss({formula_title(OWN)})", "customloss"),
        (
            {"loss": {"name": "BinaryCrossentropy", "params": {"label_smoothing": 0.1}}},
            "BinaryCrossentropy(label_smoothing=0.1)",
            "label_smoothing",
        ),
        ({"fit": {"class_weight": [1, 9]}}, "class_weight=[1, 9]", "class_weight"),
        (
            {"fit": {"sample_weight": "random half doubled"}},
            "sample_weight=random",
            "sample_weight",
        ),
        ({"fit": {"callbacks": [STOPS]}}, "EarlyStopping(patience=3)", "earlystopping"),
        (
            {"fit": {"shuffle": False, "steps_per_epoch": 5}},
            "shuffle=False, steps_per_epoch=5",
            "shuffle steps",
        ),
        ({"dataset": SHARE}, "validation 40 %", "40"),
    ],
)
def test_what_is_not_usual_is_named_and_found(
    quiet: Quiet, chosen: dict[str, Any], said: str, searched: str
) -> None:
    """What the menus do not begin with stands behind the optimizer, alone and side by side."""
    quiet.finish(spec())
    quiet.finish(spec(**chosen))
    quiet.finish(spec(**chosen), spec(**chosen, seed=1))
    app = visit("history")
    together, alone, usual = shown(app)
    assert usual == "Adam(learning_rate=0.01)"
    assert alone.startswith(f"{usual}, {said}")
    assert together.startswith(f"2 seeds, {said}")
    app.text_input(key="search").set_value(searched).run()
    assert shown(app) == [together, alone]


def test_a_title_that_the_table_cuts_off_is_read_in_full_once_selected(quiet: Quiet) -> None:
    long = quiet.finish(spec(fit={"callbacks": [STOPS], "shuffle": False, "steps_per_epoch": 5}))
    app = select(visit("history"), long)
    (title,) = [c.value for c in app.caption if "Adam" in c.value]
    assert title.replace("\\", "") == shown(app)[0]
    assert "EarlyStopping" in title
    app = select(visit("history"), quiet.finish(spec()))
    assert not [c.value for c in app.caption if "Adam" in c.value]


def test_weights_that_differ_are_found_by_their_argument(quiet: Quiet) -> None:
    quiet.finish(spec(), spec(fit={"class_weight": [1, 9]}))
    app = visit("history")
    app.text_input(key="search").set_value("class_weight").run()
    assert shown(app) == ["class weights: none, [1, 9]"]


def test_a_run_that_stopped_early_says_so_with_the_loss_of_its_final_numbers(quiet: Quiet) -> None:
    """Its weights may be of an earlier epoch than the last one that was trained."""
    stops = spec(fit={"callbacks": [STOPS]})
    id, pair = quiet.put(stops), quiet.put(stops, spec())
    queue = Queue(quiet.store.database)
    while job := queue.claim("somebody"):
        queue.end(
            {e.digest: early(e) if e.fit.callbacks else outcome(e, 0.75) for e in job.experiments}
        )
    table = visit("history").dataframe[0].value
    assert list(table["status"]) == ["1 finished, 1 stopped early", "stopped early at epoch 3"]
    assert list(table["loss"]) == pytest.approx([0.125, 0.125])
    assert progress(quiet.state(pair), 0).text == "1 stopped early, 1 finished"
    assert progress(quiet.state(id), 0).text == "Stopped early at epoch 3"


def test_nothing_selected_says_what_to_do(quiet: Quiet) -> None:
    """Without a selection there are no buttons to wonder about."""
    quiet.finish(spec())
    app = visit("history")
    assert "Select rows" in said(app)
    assert not app.button


def test_a_single_run_opens_in_the_playground(quiet: Quiet) -> None:
    """Open brings the run with its set-up, also after another set-up was on show."""
    wanted = spec(dataset="sine", loss="MeanAbsoluteError", metrics=[], epochs=7)
    id = quiet.finish(wanted)
    app = select(visit(), id)
    app.switch_page("pages/play/history.py").run()
    app.button(key="open").click().run()
    assert not app.exception
    assert app.code[0].value == compile_call(Experiment.from_json(wanted).compile)
    assert address(app, "run") == id
    restored = link.unpack(address(app, "setup"))
    assert Experiment.from_json(restored) == Experiment.from_json(wanted)
    assert "Finished" in [bar.proto.text for bar in app.get("progress")]


def test_several_runs_open_in_compare(quiet: Quiet) -> None:
    """A comparison opens where runs stand side by side, with the rows that made it."""
    runs = several("SGD", "Adam", epochs=6)
    id = quiet.finish(*runs)
    app = select(visit(), id)
    app.switch_page("pages/play/history.py").run()
    app.button(key="open").click().run()
    assert not app.exception
    assert address(app, "run") == id
    design = Design.from_json(link.unpack(address(app, "setup")))
    assert design.comparison == Comparison.from_json(runs)
    assert app.get("progress")[0].proto.text == "2 finished"


def test_the_link_leads_to_the_run(quiet: Quiet) -> None:
    """The copyable link holds the run and its set-up."""
    id = quiet.finish(spec(seed=3))
    app = select(visit("history"), id)
    (shared,) = [c.value for c in app.code if "run=" in c.value]
    query = dict(part.split("=") for part in shared.split("?")[1].split("&"))
    assert query["run"] == id
    assert link.unpack(query["setup"])["seed"] == 3


def test_only_one_row_can_be_opened(quiet: Quiet) -> None:
    """With two rows selected Open waits, and the other buttons work."""
    app = select(visit("history"), quiet.finish(spec()), quiet.finish(spec(seed=1)))
    assert app.button(key="open").disabled
    assert not app.button(key="delete").disabled


def test_selected_curves_lie_over_each_other(quiet: Quiet) -> None:
    """Two comparisons share a chart of the loss and one of the metric; the legend tells them."""
    app = select(visit("history"), quiet.finish(*several("SGD")), quiet.finish(*several("Lion")))
    drawn = figures(app)
    assert set(drawn) == {"Loss", "Accuracy"}
    assert all({n.split()[0] for n in names(f)} == {"SGD", "Lion"} for f in drawn.values())


def test_kinds_of_loss_never_share_a_chart(quiet: Quiet) -> None:
    """A squared error and a cross-entropy get a chart each."""
    ids = [quiet.finish(spec(loss=loss)) for loss in ("MeanSquaredError", "BinaryCrossentropy")]
    drawn = figures(select(visit("history"), *ids))
    assert set(drawn) == {"Mean squared error", "Binary cross-entropy", "Accuracy"}


def test_too_many_selected_say_so(quiet: Quiet) -> None:
    """Seven comparisons are more than a chart can tell apart; they can still be deleted."""
    ids = [quiet.finish(spec(seed=seed)) for seed in range(7)]
    app = select(visit("history"), *ids)
    assert not figures(app)
    assert "up to 6" in said(app)
    assert not app.button(key="delete").disabled


def test_the_selection_stays_with_its_run(quiet: Quiet) -> None:
    """When something newer appears above, the same run stays selected."""
    id = quiet.finish(spec())
    app = select(visit("history"), id)
    assert selected(app) == [0]
    quiet.finish(spec(dataset="circles"))
    app.run()
    assert selected(app) == [1]
    assert app.session_state["history:chosen"] == [id]


def test_delete_says_what_is_lost_and_takes_only_that(quiet: Quiet) -> None:
    """Nothing goes without the second click; then the selected rows go and the others stay."""
    kept, gone = quiet.finish(spec(seed=1)), quiet.finish(*several("SGD", "Adam"))
    app = select(visit("history"), gone)
    assert "2 runs are lost" in said(app)
    assert quiet.state(gone)
    app.button(key="delete").click().run()
    assert quiet.state(gone) is None
    assert quiet.state(kept).runs[0].status == "finished"
    assert len(shown(app)) == 1
    assert "Select rows" in said(app)


def test_what_trains_is_stopped_before_it_is_deleted(quiet: Quiet) -> None:
    """The sentence says so, and nothing is left in the queue."""
    id = quiet.put(spec())
    app = select(visit("history"), id)
    assert "stopped first" in said(app)
    app.button(key="delete").click().run()
    assert quiet.state(id) is None
    assert not quiet.store.places()


def test_runs_of_another_row_survive(quiet: Quiet) -> None:
    """A run that two comparisons hold is not lost with one of them."""
    pair, alone = quiet.finish(*several("SGD", "Adam")), quiet.finish(*several("SGD"))
    app = select(visit("history"), pair)
    app.button(key="delete").click().run()
    assert len(quiet.state(alone).runs[0].history) == 5


def test_csv_holds_every_epoch_once(quiet: Quiet) -> None:
    """The file has the columns of the headless command, and a shared run only once."""
    ids = [quiet.finish(*several("SGD", "Adam")), quiet.finish(*several("Adam", "Lion"))]
    rows = list(csv.DictReader(io.StringIO(csv_text([quiet.state(id) for id in ids]))))
    assert list(rows[0])[:4] == ["experiment", "seed", "epoch", "loss"]
    assert [(r["experiment"], r["epoch"]) for r in rows] == [
        (str(e), str(k)) for e in range(3) for k in range(1, 6)
    ]
    assert float(rows[4]["val_loss"]) == pytest.approx(0.25)


def test_script_trains_every_selected_run(quiet: Quiet) -> None:
    """The downloaded script is Python, has each compile call, and needs nothing of ours."""
    ids = [quiet.finish(*several("SGD", "Adam")), quiet.finish(spec(dataset="circles"))]
    text = script_text([quiet.state(id) for id in ids])
    compile(text, "train.py", "exec")
    assert text.count("model.compile(") == 3
    assert "make_circles" in text
    assert "from training" not in text


def test_after_the_last_row_is_deleted_the_page_begins_anew(quiet: Quiet) -> None:
    """No empty table is left behind."""
    app = select(visit("history"), quiet.finish(spec()))
    app.button(key="delete").click().run()
    assert "Nothing was run yet" in said(app)
    assert not app.dataframe


def test_a_stopped_run_is_called_stopped(quiet: Quiet) -> None:
    """The same word as on the button."""
    quiet.cancel(quiet.put(spec()))
    assert list(visit("history").dataframe[0].value["status"]) == ["stopped"]


def test_the_list_is_read_once(quiet: Quiet, monkeypatch: pytest.MonkeyPatch) -> None:
    """A visit asks the store for its comparisons a single time."""
    quiet.finish(spec())
    asked, real = [], quiet.comparisons
    monkeypatch.setattr(quiet, "comparisons", lambda *a: asked.append(a) or real(*a))
    visit("history")
    assert len(asked) == 1


def test_delete_says_that_others_lose_it_too(quiet: Quiet) -> None:
    """History is of everyone on the server."""
    app = select(visit("history"), quiet.finish(spec()))
    assert "everyone on this server" in said(app)
