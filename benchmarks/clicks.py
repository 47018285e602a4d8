"""From the click on Train to what it brings, in a real browser."""

from collections.abc import Sequence
from statistics import median

from playwright.sync_api import Browser, Page

from benchmarks.browser import TRAIN, address, at_rest, lab_of, visit
from benchmarks.figure import Figure, at_most, plain, spread
from benchmarks.watching import until
from benchmarks.workloads import w1
from tests.serving import Server
from training.spec import Comparison

# Whether all charts of the page are drawn; calcdata is what Plotly has drawn.
DRAWN = """() => {
  const plots = [...document.querySelectorAll(".plot")];
  return plots.length && plots.every(plot => plot.calcdata);
}"""
# Seconds from the click to the frames in which the loss has its first point, in which both curves
# have their last, and in which the picture and the numbers are there too.
STAGES = """async ([epochs, stages]) => {
  const drawn = name => document.querySelector(`.plot[aria-label*="${name}"]`)?.calcdata ?? [];
  const last = trace => trace.filter(point => Number.isFinite(point.y)).at(-1)?.x ?? 0;
  const points = name => Math.max(0, ...drawn(name).map(last));
  const reached = {
    first: () => points("Loss of") > 0,
    last: () => Math.min(points("Loss of"), points("ccuracy over")) >= epochs,
    complete: () => reached.last() && drawn("Predictions of").length
      && document.querySelector("[data-testid=stDataFrame] canvas"),
  };
  // a wait for frames would have the browser paint all the time, at the workers' expense
  const look = () => new Promise(seen => setTimeout(seen, 10));
  const began = performance.now(), seconds = [];
  [...document.querySelectorAll("button")].find(b => b.innerText.includes("Train")).click();
  for (const stage of stages) {
    while (!reached[stage]()) await look();
    await new Promise(requestAnimationFrame);
    seconds.push((performance.now() - began) / 1000);
  }
  return seconds;
}"""
# Seconds from the click to the frame in which every chart of another run has been drawn anew.
RENEWED = """async () => {
  const plots = [...document.querySelectorAll(".plot.js-plotly-plot")];
  const began = performance.now();
  const renewed = plots.map(plot => new Promise(ok => plot.once("plotly_afterplot", ok)));
  [...document.querySelectorAll("button")].find(b => b.innerText.includes("Train")).click();
  await Promise.all(renewed);
  await new Promise(requestAnimationFrame);
  return (performance.now() - began) / 1000;
}"""


def click(browser: Browser, server: Server, count: int, epochs: int) -> list[Figure]:
    """So many clicks on fresh W1, then on the same ones again; the workers must be warm."""
    experiments = [w1(seed, epochs=epochs) for seed in range(count)]
    addresses = [address(server, experiment) for experiment in experiments]
    page = visit(browser)
    timed = [_staged(page, url, epochs, ("first", "last")) for url in addresses]
    lab = lab_of(server)
    other = lab.submit(Comparison((w1(count, epochs=epochs),)), "benchmark")
    until(lambda: lab.state(other).ended, look=0.05)
    lab.close()
    again = [_renewed(page, address(server, e, other)) for e in experiments]
    empty = [_staged(page, url, epochs, ("complete",))[0] for url in addresses]
    page.context.close()
    first, last = zip(*timed, strict=True)
    how = "in the browser, fresh seeds, the first one in a new tab"
    return [
        at_most("W1: click to first point drawn", 1.5, median(first), "s", how, spread(first, "s")),
        at_most("W1: click to last point drawn", 4, median(last), "s", how, spread(last, "s")),
        at_most(
            "the identical experiment again: click to all of it drawn",
            0.3,
            median(again),
            "s",
            "curves and picture in the browser, after another run",
            spread(again, "s"),
        ),
        plain(
            "... in a page that has shown no run yet",
            f"{median(empty):.2g} s ({spread(empty, 's')})",
            "charts and table are made first",
        ),
    ]


def _open(page: Page, url: str) -> None:
    page.goto(url)
    page.wait_for_selector(f"{TRAIN}:enabled")
    # what a page still does would hold the click back, which a person's hand would not notice
    at_rest(page)
    page.wait_for_function(DRAWN)


def _staged(page: Page, url: str, epochs: int, stages: Sequence[str]) -> list[float]:
    _open(page, url)
    return page.evaluate(STAGES, [epochs, list(stages)])


def _renewed(page: Page, url: str) -> float:
    _open(page, url)
    return page.evaluate(RENEWED)
