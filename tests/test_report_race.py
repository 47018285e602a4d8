"""The report of a race: the mode on show, the tuning behind it, and the files beside it."""

from dataclasses import replace

import pytest
from playwright.sync_api import Browser
from test_page_compare import comparison_state, run
from test_report import EVIL, Page
from visits import spec

from components.compare.take_home import offers
from components.race.modes import DEFAULTS, SHARED, TUNED, shown
from components.race.summary import OnShow, Summary, summary
from components.report.page import report
from training.design import Design
from training.race import Race, defaults, opening, tuned, tuning
from training.results_file import from_json
from training.spec import Experiment
from training.states import ComparisonState, RunState
from training.variant_labels import labels
from training.variants import Row

GRID = (0.01, 0.1, 1.0)
ROWS = (
    Row(EVIL, {"optimizer": "SGD"}),
    Row("", {"optimizer": "Adam"}),
    Row("", {"optimizer": "Lion"}),
)
CHOSEN = (1.0, 0.1, 0.1)
UNTUNED, BEST = (0.1, 0.2, 0.3), (0.06, 0.05, 0.04)  # validation losses: ranks turn round


def ending(experiment: Experiment, loss: float, status: str = "finished") -> RunState:
    made = run(experiment, 5, status)
    history = made.history.copy()
    history[:, made.columns.index("val_loss")] = loss
    return replace(made, history=history)


def raced(
    chosen: tuple[float, ...] = CHOSEN, rows: tuple[Row, ...] = ROWS
) -> tuple[ComparisonState, Design]:
    base = Experiment.from_json(spec(epochs=5))
    design = replace(Design.of(base, rows, 2).raced(Race(GRID)), race=Race(GRID, 1, chosen))
    status = "finished" if chosen else "running"
    found = {e: ending(e, 0.5, status) for e in opening(design)}
    for i, e in enumerate(defaults(design)):
        found[e] = ending(e, UNTUNED[i // 2])
    for i, e in enumerate(tuned(design)):
        found[e] = ending(e, BEST[i // 2])
    runs = tuple(found.values())
    return ComparisonState("id", "", "me", 0.0, 1, status, runs, design.to_json()), design


def on_show(mode: str = TUNED, chosen: tuple[float, ...] = CHOSEN) -> tuple[Summary, str, list]:
    """The race, the report of one of its modes, and the files beside it."""
    state, design = raced(chosen)
    found = summary(state, design, "loss")
    part = shown(state, design, mode, 1.0)
    race = OnShow(found, mode, part.title)
    files = offers(part.state, part.names, "", None, race)
    return found, report(part.state, part.names, race=race), files


@pytest.fixture(scope="module")
def page() -> Page:
    return Page(on_show()[1])


def text(page: Page) -> str:
    return " ".join(said for tag, said in page.texts if tag not in {"script", "style"})


def test_it_names_the_mode_and_what_it_cost(page: Page) -> None:
    titles = [figure["layout"]["title"]["text"].split("<br>")[0] for figure in page.figures]
    assert titles[:3] == ["Validation loss after 5 epochs", "Rank", "Loss, each tuned (3 trials)"]
    assert "Curves: each tuned (3 trials)" in page.of("h2")
    assert "below are of one mode: each tuned (3 trials)" in text(page)
    assert "Every row tried the learning rates 0.01, 0.1, 1 with seed 0." in text(page)
    assert "21 runs in all" in text(page)
    assert page.of("h1") == [f"Fair race of {EVIL}, Adam, Lion on moons"]


def test_it_shows_how_ranks_changed_and_warns_of_the_edge(page: Page) -> None:
    said = text(page)
    assert "Rank correlation (Spearman) of the two: -1.00, rather the opposite order." in said
    assert f"Warning: Best at the grid's highest rate, 1: {EVIL}. A better one may lie" in said
    assert "lowest rate" not in said
    slope = page.figures[1]
    assert [trace["y"] for trace in slope["data"]] == [[1, 3], [2, 2], [3, 1]]
    assert "Warning" not in text(Page(on_show(chosen=(0.1, 0.1, 0.1))[1]))


def test_it_counts_the_trials_beside_every_result(page: Page) -> None:
    cells = page.of("td")
    start = cells.index(EVIL)
    assert cells[start : start + 8] == [EVIL, "0.01", "0.1", "1", "1", "0.06", "3", "3"]
    assert cells[cells.index("Adam") :][:8] == [
        "Adam",
        "0.001",
        "0.2",
        "2",
        "0.1",
        "0.05",
        "2",
        "3",
    ]


def test_settings_hold_the_rates_of_every_mode(page: Page) -> None:
    assert page.of("td").count("each tuned") == page.of("td").count("Keras defaults") == 3
    assert {"Adam lr 0.1", "Adam lr 0.001", "Lion(learning_rate=0.1)"} <= set(page.of("td"))
    assert page.of("td").count("1, 2") == 6, "the seeds that count, not the one of the grid"


def test_it_says_what_the_page_says(page: Page) -> None:
    found = on_show()[0]
    sentences = [found.grid_words(), found.rank_words(), *found.edges(), found.method()]
    assert len(sentences) == 4
    assert all(sentence in text(page) for sentence in sentences)


def test_one_shared_rate_is_called_unfair() -> None:
    page = Page(on_show(SHARED)[1])
    assert "one shared learning rate 1 (unfair), that is all rows at one rate." in text(page)
    assert "whoever picks the rate picks the winner" in text(page)
    assert page.of("td").count("one shared learning rate") == 3
    assert page.of("td").count("each tuned") == 3


def test_what_has_not_ended_is_said_to_be_so() -> None:
    page = Page(on_show(DEFAULTS, chosen=())[1])
    assert "The race had not ended when this was written" in text(page)
    assert [f["layout"]["title"]["text"].split("<br>")[0] for f in page.figures][:2] == [
        "Validation loss after 5 epochs",
        "Loss, Keras defaults (no trials)",
    ]
    assert "Rank correlation" not in text(page)
    assert "Budget" not in page.of("h2")


def test_no_row_becomes_markup(page: Page) -> None:
    assert not [tag for tag, _ in page.tags if tag == "img"]
    assert EVIL in page.of("td")


def test_files_are_of_the_mode_on_show_and_one_of_all_runs() -> None:
    found, _, files = on_show()
    made = {offer.label: offer for offer in files}
    ours = from_json(made["JSON"].make())
    assert [r.experiment for r in ours] == tuned(found.design)
    everything = from_json(made["All runs"].make())
    assert [r.digest for r in everything] == [r.digest for r in found.state.runs]
    assert {r.experiment for r in everything} > set(tuning(found.design))
    assert len({offer.file for offer in files}) == len(files)
    early = on_show(DEFAULTS, chosen=())[2]
    assert "All runs" not in {offer.label for offer in early}


@pytest.mark.parametrize(("rates", "drawn"), [((0.001, 0.01, 0.1), True), ((0.01, 0.1), False)])
def test_a_comparison_of_rates_shows_how_much_they_matter(rates, drawn) -> None:
    rows = [{"learning_rate": rate} for rate in rates]
    state = comparison_state(Design.from_json({"base": spec(), "rows": rows, "seeds": 2}), 5)
    page = Page(report(state, labels([r.experiment for r in state.runs])))
    titles = [figure["layout"]["title"]["text"] for figure in page.figures]
    assert any(t.startswith("Validation loss after 5 epochs<br>") for t in titles) is drawn
    assert ("Learning-rate sensitivity" in page.of("h2")) is drawn
    assert ("Decades of learning rates around the best" in text(page)) is drawn
    assert "Fair race" not in text(page)


CUT = """() => Array.from(document.querySelectorAll(".js-plotly-plot"), chart => {
  const own = chart.getBoundingClientRect();
  return Array.from(chart.querySelectorAll("text")).filter(text => {
    const its = text.getBoundingClientRect();
    return its.width && (its.left < own.left - 1 || its.right > own.right + 1);
  }).map(text => text.textContent);
}).flat()"""
ALL_DRAWN = """() => document.querySelectorAll(".js-plotly-plot .infolayer").length ==
  document.querySelectorAll("script.figure").length"""


@pytest.mark.parametrize("width", [1440, 390])
def test_nothing_is_cut_off_on_any_screen(browser: Browser, tmp_path, width: int) -> None:
    """Charts hold all their words, and only tables and code scroll sideways."""
    rows = (Row("SGD Nesterov", {"optimizer": "SGD"}), *ROWS[1:])
    state, design = raced(rows=rows)
    part = shown(state, design, SHARED, 0.01)
    race = OnShow(summary(state, design, "loss"), SHARED, part.title)
    file = tmp_path / "report.html"
    file.write_text(report(part.state, part.names, race=race), encoding="utf-8")
    context = browser.new_context(offline=True, viewport={"width": width, "height": 900})
    page = context.new_page()
    page.goto(file.as_uri())
    page.wait_for_function(ALL_DRAWN)
    assert page.evaluate(CUT) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    context.close()
