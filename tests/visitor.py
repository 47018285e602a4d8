"""A visitor of the real app: what somebody does on its pages, and what the charts then show."""

import re
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from playwright.sync_api import Locator, Page, expect
from serving import Server

from components.link import pack

PATIENCE = 120_000  # milliseconds; the machine may train other things
TWO_FRAMES = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
# Traces as Plotly drew them; numbers that are none become null.
TRACES = """name => {
  const chart = document.querySelector(`.js-plotly-plot[aria-label*="${name}"]`);
  return (chart?._fullData ?? []).filter(t => t.type == "scatter").map(t => ({
    name: t.name, dash: t.line?.dash, opacity: t.opacity, legend: t.showlegend,
    epoch: t.x?.length ? t.x.at(-1) : t.y?.length ? t.x0 + t.dx * (t.y.length - 1) : 0,
    x: t.x?.length ? Array.from(t.x) : Array.from(t.y ?? [], (_, i) => t.x0 + t.dx * i),
    y: Array.from(t.y ?? [], y => Number.isFinite(y) ? y : null)}));
}"""
BEYOND = f"([name, epoch]) => ({TRACES})(name).some(t => t.opacity == 1 && t.epoch > epoch)"


@dataclass
class Visitor:
    """A page of the app and what went wrong in it."""

    page: Page
    server: Server
    errors: list[str] = field(default_factory=list)  # of the console, and requests to elsewhere

    def __post_init__(self) -> None:
        self.page.set_default_timeout(PATIENCE)
        self.page.on("console", self._heard)
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("request", lambda request: self._asked(request.url))

    def open(self, path: str = "", **query: str) -> None:
        """Go to a page by its address and wait until it can be used."""
        self.page.goto(f"{self.server.url}/{path}" + (f"?{urlencode(query)}" if query else ""))
        self.ready()

    def ready(self) -> None:
        """Wait until the page's script has come to its end."""
        run = '[data-testid="stApp"][data-test-script-state="notRunning"]'
        self.page.wait_for_selector(run, timeout=PATIENCE)

    def begin(self, spec: dict[str, Any]) -> None:
        """Open the Playground set up to `spec` and press Train."""
        self.open(setup=pack(spec))
        self.train()

    def train(self) -> None:
        """Press Train."""
        self.button("Train").click()

    def button(self, name: str) -> Locator:
        """The button of that name."""
        return self.page.get_by_role("button", name=name, exact=True)

    def choose(self, menu: str, option: str) -> None:
        """Pick an option of a menu."""
        box = self.page.get_by_role("combobox", name=menu, exact=True)
        box.scroll_into_view_if_needed()
        # a menu closes when the page scrolls, so let the browser tell of that before it opens
        self.page.evaluate(TWO_FRAMES)
        box.click()
        self.page.get_by_role("option", name=option, exact=True).click()

    def fill(self, name: str, text: str) -> None:
        """Type into the field of that name."""
        field = self.page.get_by_role("spinbutton", name=name, exact=True)
        field.fill(text)
        field.press("Enter")

    def sees(self, text: str | re.Pattern[str]) -> None:
        """Wait for a text."""
        expect(self.page.get_by_text(text).first).to_be_visible(timeout=PATIENCE)

    def traces(self, chart: str) -> list[dict[str, Any]]:
        """The curves of a chart whose description has these words; y: numbers and None."""
        return self.page.evaluate(TRACES, chart)

    def curve(self, chart: str, name: str) -> list[float | None]:
        """The points of one curve; empty if there is none."""
        return next((t["y"] for t in self.traces(chart) if t["name"] == name), [])

    def points(self, chart: str, name: str) -> dict[int, float | None]:
        """The same by epoch; of a long curve not every epoch is drawn."""
        drawn = [t for t in self.traces(chart) if t["name"] == name]
        return dict(zip(drawn[0]["x"], drawn[0]["y"], strict=True)) if drawn else {}

    def epoch(self, chart: str = "Loss of") -> int:
        """The last epoch that a chart shows, former runs left out; 0 before the first."""
        return max((t["epoch"] for t in self.traces(chart) if t["opacity"] == 1), default=0)

    def sees_growth(self, ticks: int = 1, chart: str = "Loss of") -> None:
        """Wait until a chart's curves have become longer so many times."""
        for _ in range(ticks):
            self._sees_beyond(self.epoch(chart), chart)

    def sees_epoch(self, epoch: int, chart: str = "Loss of") -> None:
        """Wait until a chart shows that epoch."""
        self._sees_beyond(epoch - 1, chart)

    def sees_another(self, chart: str, name: str, former: list[float | None]) -> None:
        """Wait until a curve begins otherwise than `former` did."""
        begun = f"""([chart, name, first]) => {{
          const trace = ({TRACES})(chart).find(t => t.name == name);
          return trace?.y.length && trace.y[0] != first;
        }}"""
        self.page.wait_for_function(begun, arg=[chart, name, former[0]], timeout=PATIENCE)

    def _sees_beyond(self, epoch: int, chart: str) -> None:
        arg = [chart, epoch]
        self.page.wait_for_function(BEYOND, arg=arg, timeout=PATIENCE, polling=100)

    def code(self) -> Locator:
        """The panel with the compile call."""
        return self.page.get_by_test_id("stCode").first

    @property
    def query(self) -> dict[str, str]:
        """What the address says behind its question mark."""
        return {k: v[0] for k, v in parse_qs(urlsplit(self.page.url).query).items()}

    def _heard(self, message: Any) -> None:
        url = message.location.get("url", "")
        # Streamlit looks for its server below every page's address first.
        if message.type == "error" and "/_stcore/" not in url:
            self.errors.append(f"{message.text} {url}")

    def _asked(self, url: str) -> None:
        if not url.startswith((self.server.url, "data:", "blob:")):
            self.errors.append(f"The page asked {url}")
