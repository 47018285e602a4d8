"""How the pages look: nothing sticks out on a telephone, and the dark theme can be read."""

import pytest
from playwright.sync_api import Browser, expect
from serving import Server
from test_browser_playground import LOSS, spec
from visitor import Visitor

from components.link import pack
from training.lab import Lab
from training.spec import Comparison, Experiment

PAGES = {"": "Train", "compare": "Train", "gallery": "Use in Playground", "history": "Open"}
WIDER = "() => document.scrollingElement.scrollWidth - innerWidth"
# Colours of the letters on the axis and of what is behind them, as red, green and blue.
COLOURS = """name => {
  const chart = document.querySelector(`.js-plotly-plot[aria-label^="${name}"]`);
  const app = document.querySelector('[data-testid="stApp"]');
  const of = (element, what) =>
    getComputedStyle(element)[what].match(/[\\d.]+/g).slice(0, 3).map(Number);
  return {
    text: of(chart.querySelector(".xtick text"), "fill"),
    paper: of(chart.querySelector(".main-svg"), "backgroundColor"),
    page: of(app, "backgroundColor"),
    lines: Array.from(chart.querySelectorAll(".js-line"), line => of(line, "stroke")),
  };
}"""


@pytest.fixture
def run(lab: Lab) -> str:
    """A run that is on show on the pages; it need not have ended."""
    return lab.submit(Comparison((Experiment.from_json(spec(31)),)), "tests")


@pytest.mark.parametrize("path", list(PAGES), ids=["playground", "compare", "gallery", "history"])
def test_nothing_sticks_out_on_a_telephone(visitor: Visitor, run: str, path: str) -> None:
    """390 pixels are enough for every page, so that nobody has to scroll sideways."""
    visitor.page.set_viewport_size({"width": 390, "height": 844})
    query = {"setup": pack(spec(31)), "run": run} if path == "" else {}
    visitor.open(path, **query)
    if path == "history":
        visitor.page.wait_for_selector('[data-testid="stDataFrame"]')
    else:
        expect(visitor.page.get_by_role("button", name=PAGES[path]).first).to_be_visible()
    if path == "":
        visitor.sees("Final numbers")
        visitor.sees_epoch(20)
    assert visitor.page.evaluate(WIDER) <= 0
    assert visitor.errors == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_charts_can_be_read_in_both_themes(
    browser: Browser, server: Server, run: str, scheme: str
) -> None:
    """Letters have a contrast of at least 4.5 with what is behind them, curves of at least 3."""
    context = browser.new_context(
        viewport={"width": 1440, "height": 900},
        color_scheme=scheme,  # type: ignore[arg-type]
    )
    visitor = Visitor(context.new_page(), server)
    visitor.open(setup=pack(spec(31)), run=run)
    visitor.sees_epoch(20)
    found = visitor.page.evaluate(COLOURS, LOSS)
    context.close()
    assert (sum(found["page"]) < 300) == (scheme == "dark")
    assert found["paper"] == found["page"]
    assert contrast(found["text"], found["paper"]) >= 4.5
    assert found["lines"]
    assert min(contrast(line, found["paper"]) for line in found["lines"]) >= 3


def contrast(one: list[float], other: list[float]) -> float:
    """The ratio that WCAG 2 defines, 1 to 21, of two colours as red, green and blue of 255."""
    low, high = sorted([_luminance(one), _luminance(other)])
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: list[float]) -> float:
    parts = [c / 255 for c in colour]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return sum(w * c for w, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def test_a_chart_that_did_not_load_says_so_and_is_tried_again(visitor: Visitor) -> None:
    """A broken connection leaves a sentence; charts drawn after it are whole."""
    script = "**/plotly-*.min.js"
    visitor.page.route(script, lambda route: route.abort())
    visitor.open("gallery")
    visitor.sees("The chart did not load")
    visitor.page.unroute(script)
    visitor.page.get_by_role("link", name="Playground").first.click(timeout=20_000)
    expect(visitor.page.locator(".js-plotly-plot .main-svg").first).to_be_visible(timeout=20_000)
