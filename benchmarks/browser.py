"""A headless Chromium on the app, and what the app's own engine does behind it."""

from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlencode

from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.watching import until
from components.address import RUN, SETUP
from components.link import pack
from tests import chromium
from tests.serving import Server
from training.lab import Lab
from training.spec import Experiment

WAIT = 120_000  # milliseconds that a page may take
VIEW = {"width": 1440, "height": 900}
TRAIN = "button:has-text('Train')"


@contextmanager
def browsing() -> Iterator[Browser]:
    """A headless Chromium; FileNotFoundError when there is none."""
    path = chromium.find()
    if path is None:
        raise FileNotFoundError("No Chromium was found: run `make bench`, or set CHROMIUM.")
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=path, args=list(chromium.FLAGS))
        yield launched
        launched.close()


def address(server: Server, experiment: Experiment, run: str | None = None) -> str:
    """The Playground's link with this set-up, and perhaps a run on show."""
    query = {SETUP: pack(experiment.to_json())} | ({RUN: run} if run else {})
    return f"{server.url}/?{urlencode(query)}"


def lab_of(server: Server) -> Lab:
    """A Lab on the server's store; not started, so that the server's engine does the work."""
    return Lab(f"sqlite:///{server.home / 'lab.sqlite'}")


def await_workers(server: Server) -> None:
    """Returns when all workers of the server have loaded TensorFlow."""
    lab = lab_of(server)
    try:
        until(lambda: 0 < lab.ready().workers == lab.ready().warm, look=0.05)
    finally:
        lab.close()


def visit(browser: Browser, url: str = "about:blank") -> Page:
    """A page of a session of its own; close its context after use."""
    page = browser.new_context(viewport=VIEW).new_page()
    page.set_default_timeout(WAIT)
    page.goto(url)
    return page


def at_rest(page: Page) -> None:
    """Returns when the page's script has come to its end."""
    page.wait_for_selector("[data-testid=stApp][data-test-script-state=notRunning]")
