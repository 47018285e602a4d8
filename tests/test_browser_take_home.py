"""Sharing and taking home in a real browser: short links, downloads, the report, dropped files."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from test_page_compare import run
from visitor import PATIENCE, Visitor
from visits import spec

from components.link import pack
from training.design import Design
from training.results_file import from_json, to_json

LOSS = "cross-entropy of Slow"
NAMES = {"Slow", "Quick"}
ROWS = [{"optimizer": "SGD", "label": "Slow"}, {"optimizer": "Adam", "label": "Quick"}]
# Names and numbers of points of the curves of every chart in a report.
DRAWN = """() => Array.from(document.querySelectorAll(".js-plotly-plot"), chart =>
  chart._fullData.filter(t => t.opacity == 1).map(t => [t.name, t.y.length]))"""


def design(seed: int) -> Design:
    base = spec(seed=seed, epochs=30)
    return Design.from_json({"base": base, "rows": ROWS, "seeds": 2})


def trained(visitor: Visitor, seed: int) -> None:
    """Compare with two named rows of two seeds, trained to the end."""
    visitor.open("compare", setup=pack(design(seed).to_json()))
    visitor.train()
    visitor.sees("Final numbers")
    visitor.sees_epoch(30, chart=LOSS)


def download(visitor: Visitor, name: str, folder: Path) -> Path:
    """The file behind a button of Take it home."""
    with visitor.page.expect_download() as waited:
        visitor.button(name).click()
    place = folder / waited.value.suggested_filename
    waited.value.save_as(place)
    return place


@pytest.fixture
def offline(browser: Browser) -> Iterator[Page]:
    """A page that reaches no network."""
    context = browser.new_context(offline=True, viewport={"width": 1440, "height": 900})
    yield context.new_page()
    context.close()


def test_a_short_link_shows_the_comparison_in_another_browser(
    visitor: Visitor, another: Visitor
) -> None:
    """Opened at once, while it may still train, it brings rows, names, seeds and curves."""
    visitor.open("compare", setup=pack(design(21).to_json()))
    visitor.train()
    visitor.button("Share").click()
    link = visitor.page.get_by_text("compare?run=").inner_text()
    assert "setup" not in link
    another.page.goto(link)
    another.ready()
    another.sees("2 rows, 2 seeds: 4 runs")
    another.sees("Final numbers")
    another.sees_epoch(30, chart=LOSS)
    visitor.sees_epoch(30, chart=LOSS)
    assert {t["name"] for t in another.traces(LOSS) if t["legend"]} == NAMES
    assert another.curve(LOSS, "Quick") == visitor.curve(LOSS, "Quick")
    assert another.query == visitor.query
    assert another.errors == []


def test_the_report_opens_offline(visitor: Visitor, offline: Page, tmp_path: Path) -> None:
    """Its charts are drawn from the file alone, and nothing is wrong with it."""
    trained(visitor, 31)
    errors: list[str] = []
    offline.on("console", lambda message: errors.append(message.text))
    offline.on("pageerror", lambda error: errors.append(str(error)))
    offline.goto(download(visitor, "Report", tmp_path).as_uri())
    offline.wait_for_function(f"({DRAWN})().length == 2", timeout=PATIENCE)
    for chart in offline.evaluate(DRAWN):
        assert {name for name, _ in chart} >= NAMES
        assert {points for _, points in chart} == {30}
    expect(offline.get_by_text("Same data ✓")).to_be_visible()
    assert errors == []


def test_a_file_from_elsewhere_joins_and_leaves_again(visitor: Visitor, tmp_path: Path) -> None:
    """What one browser downloads another can drop in; the curves of new seeds stand beside ours."""
    trained(visitor, 41)
    own = from_json(download(visitor, "JSON", tmp_path).read_bytes())
    assert [r.experiment for r in own] == list(design(41).comparison.experiments)
    place = tmp_path / "theirs.json"
    place.write_text(to_json([run(e, 30) for e in design(51).comparison.experiments]))
    visitor.button("Drop in results").click()
    visitor.page.locator('input[type="file"]').set_input_files(place)
    visitor.sees("4 of these 8 runs come from a file")
    thin = f"""() => document.querySelector('.js-plotly-plot[aria-label*="{LOSS}"]')
      ._fullData.filter(t => t.line?.width == 1).map(t => Array.from(t.y).filter(isNaN).length)
      .reduce((all, gaps) => all + gaps, 0)"""  # a gap after the curve of each seed
    visitor.page.wait_for_function(f"({thin})() == 16", timeout=PATIENCE)
    visitor.button("theirs.json: 4 runs").click()
    visitor.page.wait_for_function(f"({thin})() == 8", timeout=PATIENCE)
    assert visitor.errors == []
