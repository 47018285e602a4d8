"""The fair race on the Compare page: one click, what it shows, and what it refuses."""

import json
import re
from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest
from test_page_compare import PAGE, Shelf, figures, names, run
from visits import key_now

import components.session
from components.compare.measures import withheld
from components.race.modes import SHARED, race_of, shown
from training.design import Design
from training.presets import PRESETS
from training.race import RATES, opening, tuned, tuning
from training.results_file import from_json, to_json
from training.spec import Experiment
from training.states import ComparisonState


class Track(Shelf):
    """A shelf on which a race has tuned and ended as soon as it is submitted."""

    def __init__(self) -> None:
        super().__init__()
        self.designs: list[Design] = []
        self.chosen: float | None = 0.1
        self.epochs = 3

    def submit(self, comparison, owner, plan=None) -> str:
        self.designs.append(Design.from_json(plan))
        return super().submit(comparison, owner, plan)

    def trained(self) -> list[Experiment]:
        return [run.experiment for id in range(len(self.designs)) for run in self.state(id).runs]

    def state(self, id: str) -> ComparisonState | None:
        state, design = super().state(id), self.designs[int(id)]
        if not design.race:
            return replace(state, plan=design.to_json())
        rates = (self.chosen,) * len(design.rows) if self.chosen else ()
        design = replace(design, race=replace(design.race, chosen=rates))
        wanted = dict.fromkeys([*opening(design), *tuned(design)])
        runs = tuple(run(e, self.epochs, "finished" if rates else "running") for e in wanted)
        return replace(state, runs=runs, plan=design.to_json())


@pytest.fixture
def track(monkeypatch: pytest.MonkeyPatch) -> Track:
    made = Track()
    monkeypatch.setattr(components.session, "lab", lambda: made)
    return made


@pytest.fixture
def app(track: Track) -> AppTest:
    page = AppTest.from_file(str(PAGE), default_timeout=30).run()
    return page.button(key="compare:preset.race").click().run()


def press(app: AppTest, label: str) -> AppTest:
    return next(b for b in app.button if b.label == label).click().run()


def numbers_of(app: AppTest) -> list[str]:
    """Columns of the table of results."""
    return list(next(f.value for f in app.dataframe if "Outcome" in f.value).columns)


def said(app: AppTest) -> str:
    """Every sentence as it is read."""
    text = " ".join(e.value for e in (*app.markdown, *app.caption, *app.warning))
    return re.sub(r"\\([^A-Za-z0-9\s])", r"\1", text)


def test_one_click_races_the_rows_over_the_usual_grid(app, track) -> None:
    press(app, "Fair race")
    assert not app.exception
    (design,) = track.designs
    assert design.rows == PRESETS["race"].design().rows
    assert design.race.rates == RATES
    assert track.submitted[0] == design.comparison


def test_the_set_up_is_folded_away_when_training_begins_and_stays_as_it_was(app, track) -> None:
    assert app.session_state["compare:open"]
    app.number_input(key="compare:seeds").set_value(3).run()
    press(app, "Train")
    assert not app.session_state["compare:open"], "or progress would be below the fold"
    app.session_state["compare:open"] = True
    press(app.run(), "Fair race")
    assert not app.exception
    assert not app.session_state["compare:open"]
    press(app, "Fair race")
    assert [design.seeds for design in track.designs] == [3] * 3
    assert track.designs[2].rows == PRESETS["race"].design().rows


def test_what_it_shows_names_the_mode_the_budget_and_the_ranks(app) -> None:
    press(app, "Fair race")
    assert not app.exception
    titles = [figure["layout"].get("title", {}).get("text") for figure in figures(app)]
    assert titles[0] == "Validation loss after 3 epochs"
    assert titles[1] == "Rank"
    assert titles[2].startswith("Loss, each tuned (10 trials)<br>")
    assert names(figures(app)[2]) == {
        f"{name} lr 0.1" for name in ("SGD", "Momentum", "RMSprop", "Adagrad", "Adam", "Lion")
    }
    (budget,) = [f.value for f in app.dataframe if "Trials" in f.value]
    assert set(budget["Trials"]) == {10}
    assert list(budget["Keras's rate"]) == ["0.01", "0.01", "0.001", "0.001", "0.001", "0.001"]
    assert "The test rows had no say" in said(app)
    assert "Files are of the runs on show: each tuned (10 trials)." in said(app)
    assert "All runs" in [b.proto.label for b in app.get("download_button")]


def test_the_set_up_says_whose_target_a_race_has(app) -> None:
    own = "**Fair race** then sets its own: 95 % of what the best tuned SGD or Adam reaches"
    assert own in said(app)
    app.selectbox(key=key_now(app, "compare:target.column")).set_value("val_accuracy").run()
    app.number_input(key=key_now(app, "compare:target.value")).set_value(0.9).run()
    assert own not in said(app)
    assert "Target: validation accuracy ≥ 0.9, for **Train** and **Fair race**" in said(app)


def test_the_other_modes_show_other_runs(app) -> None:
    press(app, "Fair race")
    app.segmented_control(key="race:mode").set_value("Keras defaults").run()
    assert "Loss, Keras defaults (no trials)" in figures(app)[2]["layout"]["title"]["text"]
    assert "Adam lr 0.001" in names(figures(app)[2])
    app.segmented_control(key="race:mode").set_value("one shared learning rate").run()
    app.select_slider(key="race:rate").set_value(1.0).run()
    assert not app.exception
    assert "one shared learning rate 1 (unfair)" in figures(app)[2]["layout"]["title"]["text"]
    assert "One rate for all is unfair" in said(app)


def test_rates_of_the_grid_have_no_test_numbers_to_choose_by(app) -> None:
    press(app, "Fair race")
    assert "test loss" in numbers_of(app)
    app.segmented_control(key="race:mode").set_value("one shared learning rate").run()
    assert not app.exception
    assert "validation loss" in numbers_of(app)
    assert not [name for name in numbers_of(app) if "test" in name]
    (groups,) = (group for group in app.get("button_group") if group.label == "Columns")
    assert "test" not in groups.options
    assert "the test rows are only for the final number" in said(app)
    assert "never looked at before" not in said(app)


def test_a_file_of_the_grid_keeps_quiet_about_the_test_rows_and_can_be_read(app, track) -> None:
    press(app, "Fair race")
    state = track.state("0")
    state = replace(state, runs=tuple(run(r.experiment, epochs=60) for r in state.runs))
    part = shown(state, race_of(state), SHARED, 0.1).state
    text = to_json(part.runs)
    assert json.loads(text)["runs"][0]["finals"]["test"] == {"loss": None, "accuracy": None}
    assert withheld(from_json(text))


def test_a_best_rate_on_the_edge_is_warned_of(app, track) -> None:
    track.chosen = RATES[-1]
    press(app, "Fair race")
    assert "Best at the grid's highest rate, 3: SGD, Momentum" in said(app)
    track.chosen = RATES[1]
    press(app, "Fair race")
    assert "the grid's" not in " ".join(w.value for w in app.warning)


def test_while_it_tunes_it_says_so_and_draws_what_is_known(app, track) -> None:
    track.chosen = None
    press(app, "Fair race")
    assert not app.exception
    assert "Tuning: each row tries 10 learning rates with seed 0" in said(app)
    assert "These runs begin when the rates are chosen" in said(app)
    (figure,) = figures(app)
    assert figure["layout"]["title"]["text"] == "Validation loss after 3 of 60 epochs"
    assert "n = 1 seed a rate. How much each row depends on its rate is said here when" in said(app)
    assert "Rings" not in said(app)
    track.epochs = 1
    press(app, "Fair race")
    assert figures(app)[0]["layout"]["title"]["text"] == "Validation loss after 1 of 60 epochs"


def test_a_race_that_has_just_begun_draws_nothing_yet_and_says_what_will_come(app, track) -> None:
    track.chosen, track.epochs = None, 0
    press(app, "Fair race")
    assert not app.exception
    assert figures(app) == []
    assert "The first epoch is under way; with it a line for each row begins here" in said(app)


def test_the_grid_can_be_edited_and_is_in_the_link(app, track) -> None:
    app.text_input(key="compare:race.rates").set_value("0.1; 1, 0.01").run()
    press(app, "Fair race")
    assert track.designs[0].race.rates == (0.01, 0.1, 1.0)
    assert len(tuning(track.designs[0])) == 18
    again = AppTest.from_file(str(PAGE), default_timeout=30)
    again.query_params["setup"] = app.query_params["setup"]
    again.run()
    assert again.text_input(key="compare:race.rates").value == "0.01, 0.1, 1"


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("fast, slow", "write numbers with commas between them"),
        ("", "The grid must be a list of learning rates above 0"),
        ("0.1", "The grid has 1 learning rate; take 2 to 30"),
        ("0.1, -2", "learning rates above 0"),
    ],
)
def test_a_grid_that_cannot_be_read_is_refused_in_a_sentence(app, track, typed, sentence) -> None:
    app.text_input(key="compare:race.rates").set_value(typed).run()
    assert not app.exception
    assert sentence in said(app), "before anybody presses"
    assert next(b for b in app.button if b.label == "Fair race").disabled
    app.text_input(key="compare:race.rates").set_value("0.1, 1").run()
    assert sentence not in said(app)
    press(app, "Fair race")
    assert track.designs[0].race.rates == (0.1, 1.0)


def test_rows_that_cannot_be_raced_say_why(app, track) -> None:
    app.button(key="compare:preset.rates").click().run()
    press(app, "Fair race")
    assert "differ in nothing but the learning rate" in app.error[0].value.replace("\\", "")
    assert app.session_state["compare:open"], "what is to be mended can be seen"
    assert track.designs == []


def test_a_comparison_of_rates_shows_how_much_they_matter(app, track) -> None:
    app.button(key="compare:preset.rates").click().run()
    press(app, "Train")
    titles = [figure["layout"].get("title", {}).get("text", "") for figure in figures(app)]
    (title,) = (text for text in titles if text.startswith("Validation loss after 3 epochs"))
    assert "median of n = 5 seeds, band: quartiles" in title
    assert "Decades of learning rates around the best" in said(app)
