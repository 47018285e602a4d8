"""Changing a race on Compare: another learning rate for a row, a row less, one epoch more."""

import json
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from streamlit.testing.v1 import AppTest
from test_store import finished
from visits import Quiet, said, visit

from components import link
from components.figures.run import lines
from training.design import Design
from training.mid_run import scheduled
from training.presets import PRESETS
from training.queue import Queue
from training.states import ComparisonState
from training.wish import Wish

PAGE = Path(__file__).parent.parent / "pages/play/compare.py"
EPOCHS, DONE, SEEDS = 30, 9, 2
RATE, ROW, FROM = (f"compare:change.{what}" for what in ("rate", "row", "epoch"))


def design() -> Design:
    """SGD, Momentum, RMSprop and Adam with two seeds."""
    spec = PRESETS["optimizers"].design().to_json()
    spec["base"]["epochs"] = EPOCHS
    return Design.from_json({**spec, "seeds": SEEDS})


@pytest.fixture
def race(quiet: Quiet) -> str:
    """A comparison whose runs have done 9 epochs."""
    id = quiet.submit(design().comparison, "somebody")
    queue = Queue(quiet.store.database)
    proof = dict.fromkeys(("data", "weights", "order"), "0" * 12)
    begun = finished(DONE, outcome=None, frames={}, proof=proof)
    queue.progress(dict.fromkeys(queue.claim("somebody").digests, begun))
    return id


def watched(id: str) -> AppTest:
    return visit("compare", setup=link.pack(design().to_json()), run=id)


def button(app: AppTest, label: str):
    (found,) = (b for b in app.button if b.label == label)
    return found


def rates(state: ComparisonState) -> list[tuple]:
    return [run.experiment.rates for run in state.runs]


def traces(app: AppTest) -> list[dict]:
    """Of the chart of the loss."""
    sent = json.loads(app.get("bidi_component")[0].proto.json)
    return json.loads(sent["figure"])["data"]


def test_a_row_gets_another_rate_and_keeps_its_name_and_its_colour(quiet: Quiet, race: str) -> None:
    app = watched(race)
    colours = {t["name"]: t["line"]["color"] for t in traces(app) if "line" in t and "name" in t}
    assert button(app, "Change the rate").disabled
    app.selectbox(key=ROW).set_value("Adam").run()
    app.selectbox(key=RATE).set_value("0.3").run()
    button(app, "Change the rate").click().run()
    assert not app.exception
    assert rates(quiet.state(race)) == [()] * 6 + [((10, 0.3),)] * 2
    now = {t["name"]: t["line"]["color"] for t in traces(app) if "line" in t and "name" in t}
    assert now["Adam, lr 0.3 from epoch 10"] == colours["Adam"]
    assert now["SGD"] == colours["SGD"]
    assert app.selectbox(key=ROW).value == "Adam, lr 0.3 from epoch 10"
    assert app.selectbox(key=RATE).value is None
    assert "changes that were made in mid-run" in said(app)
    assert "another comparison" not in said(app)
    (mark,) = (t for t in traces(app) if t.get("name") == "learning rate changed")
    assert mark["x"] == [DONE, DONE], "on the curve of each part"
    assert mark["text"][0] == "Adam, lr 0.3 from epoch 10: learning rate 0.3 from epoch 10"


def test_a_rate_that_was_typed_stays_among_those_offered(quiet: Quiet, race: str) -> None:
    """Typed once more it would be taken for the first one on offer."""
    for typed in ("0.5", "0.01"):  # the second is the rate that the row has
        app = AppTest.from_file(str(PAGE), default_timeout=60)
        app.query_params["run"] = race
        app.session_state[RATE] = typed
        offered = app.run().selectbox(key=RATE).options
        assert typed in offered
        assert offered == sorted(offered, key=float)


def test_what_cannot_be_changed_is_said_and_stays_said(quiet: Quiet, race: str) -> None:
    app = watched(race)
    app.selectbox(key=RATE).set_value("0.3").run()
    app.number_input(key=FROM).set_value(31).run()
    button(app, "Change the rate").click().run()
    assert not app.exception
    assert "The epoch: 31 is too large; give one from 2 to 30." in said(app)
    app.run()
    assert "31 is too large" in said(app)
    app.number_input(key=FROM).set_value(4).run()
    button(app, "Change the rate").click().run()
    assert "31 is too large" not in said(app)
    assert rates(quiet.state(race))[:2] == [((4, 0.3),)] * 2


def test_a_row_that_has_ended_goes_on_from_the_epoch_that_is_said(quiet: Quiet, race: str) -> None:
    queue = Queue(quiet.store.database)
    own = [run.digest for run in quiet.state(race).runs[:SEEDS]]
    queue.end({digest: finished(EPOCHS, frames={}) for digest in own})
    app = watched(race)
    app.selectbox(key=RATE).set_value("0.3").run()
    button(app, "Change the rate").click().run()
    assert "This row has ended; say from which epoch, 2 to 30" in said(app)
    app.number_input(key=FROM).set_value(20).run()
    button(app, "Change the rate").click().run()
    assert not app.exception
    assert rates(quiet.state(race))[:2] == [((20, 0.3),)] * 2


def test_where_nothing_trains_nothing_can_be_changed_and_the_reason_is_said(quiet: Quiet) -> None:
    app = watched(quiet.finish(*design().comparison.to_json()))
    (closed,) = (p.proto.popover for p in app.get("popover") if p.proto.popover.label == "Change")
    assert closed.disabled
    assert "Nothing trains here any more" in closed.help
    assert not [b for b in app.button if b.label == "Change the rate"]


def test_rows_are_dropped_down_to_the_last(quiet: Quiet, race: str) -> None:
    app = watched(race)
    app.selectbox(key=ROW).set_value("Adam").run()
    for left in (3, 2, 1):
        button(app, "Drop this row").click().run()
        assert not app.exception
        assert len(quiet.state(race).runs) == SEEDS * left
    assert button(app, "Drop this row").disabled
    assert {run.experiment.compile.optimizer.name for run in quiet.state(race).runs} == {"SGD"}


def test_a_dropped_row_is_said_to_be_dropped(quiet: Quiet, race: str) -> None:
    app = watched(race)
    assert "above" not in said(app)
    app.selectbox(key=ROW).set_value("Adam").run()
    button(app, "Drop this row").click().run()
    assert "Dropped here: Adam. **Train** starts the rows as they stand above." in said(app)
    assert "another comparison" not in said(app)
    app.selectbox(key=RATE).set_value("0.3").run()
    button(app, "Change the rate").click().run()
    assert "with changes that were made in mid-run. Dropped here: Adam. **Train**" in said(app)
    other = watched(race)
    assert "Not among the runs on show: Adam, which was added above, or dropped" in said(other)


def test_the_set_up_link_trains_what_is_shown(quiet: Quiet, race: str) -> None:
    app = watched(race)
    app.selectbox(key=ROW).set_value("SGD").run()
    button(app, "Drop this row").click().run()
    app.selectbox(key=ROW).set_value("Adam").run()
    app.selectbox(key=RATE).set_value("0.3").run()
    button(app, "Change the rate").click().run()
    assert "changed in mid-run are in it as a schedule" in said(app)
    (address,) = (code.value for code in app.code if "setup=" in code.value)
    packed = parse_qs(urlsplit(address).query)["setup"][0]
    anew = Design.from_json(link.unpack(packed)).comparison.experiments
    assert [scheduled(run.experiment) for run in quiet.state(race).runs] == list(anew)
    for _ in range(2):
        button(app, "Drop this row").click().run()
    assert "Only one row is left, which is set up in the Playground" in said(app)


def test_one_epoch_is_offered_while_paused_and_trains_to_the_next(quiet: Quiet, race: str) -> None:
    def wanted() -> set[Wish]:
        digests = [run.digest for run in quiet.state(race).runs]
        return set(Queue(quiet.store.database).wishes(digests).values())

    app = watched(race)
    assert button(app, "One epoch").disabled
    button(app, "Pause").click().run()
    Queue(quiet.store.database).show([r.digest for r in quiet.state(race).runs], "paused")
    app.run()
    button(app, "One epoch").click().run()
    assert not app.exception
    assert wanted() == {f"to {DONE + 1}"}


def test_a_line_knows_the_changes_of_its_run(quiet: Quiet, race: str) -> None:
    runs = quiet.state(race).runs
    quiet.change_rate(race, [runs[0].digest], 0.5)
    runs = quiet.state(race).runs
    assert [line.rates for line in lines(runs, [r.digest for r in runs])] == rates(
        quiet.state(race)
    )
