"""Fixtures: a history apart from the developer's own, the real app, and a real Chromium."""

import gc
import os
from collections.abc import Iterator
from pathlib import Path

import chromium
import pytest
from playwright.sync_api import Browser, Page, sync_playwright
from serving import SETTINGS, Server, serving
from visitor import Visitor
from visits import quiet, real  # noqa: F401  fixtures of the pages' tests

from training.job import ENVIRONMENT
from training.lab import Lab
from training.states import ENDED

# Before any test imports TensorFlow: rounding depends on these.
os.environ.update(ENVIRONMENT)

LIVE = "test_lab"  # its tests kill processes and time what they do
FAILED = pytest.StashKey[bool]()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark tests that use a browser, and those that are live: alone with their engine."""
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker("browser")
        if item.path.stem == LIVE or "real" in getattr(item, "fixturenames", ()):
            item.add_marker("live")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """Remember whether a test failed, for the fixtures that then leave a picture."""
    report = yield
    item.stash[FAILED] = item.stash.get(FAILED, False) or report.failed
    return report


@pytest.fixture(scope="session", autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The folder of the history that tests write, instead of the one in the user's home."""
    path = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COMPILE_LAB_HOME", str(path))
        for name in SETTINGS:
            patch.delenv(name, raising=False)
        yield path


@pytest.fixture(scope="module", autouse=True)
def settled() -> None:
    """What earlier modules left is not looked through again at every collection of garbage.

    With TensorFlow and its graphs in the process a collection takes longer than drawing a page.
    """
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The real app, started once for all tests that use it; nothing can be downloaded by it."""
    nowhere = "http://127.0.0.1:9"  # nobody listens there, so that connections are refused at once
    offline = {"http_proxy": nowhere, "https_proxy": nowhere, "no_proxy": ""}
    folder = tmp_path_factory.mktemp("server")
    with serving(folder, KERAS_HOME=str(folder / "keras"), **offline) as running:
        yield running


# By module and not by session: while Playwright runs, its event loop is this thread's, and code
# under test that starts its own could not.
@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A headless Chromium; without one the test is skipped, or fails where CI is set."""
    path = chromium.find()
    if path is None:
        missing = "No Chromium was found: run `make test`, or set CHROMIUM to the path of one."
        (pytest.fail if os.environ.get("CI") else pytest.skip)(missing)
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=path, args=list(chromium.FLAGS))
        yield launched
        launched.close()


@pytest.fixture
def page(request: pytest.FixtureRequest, browser: Browser, tmp_path: Path) -> Iterator[Page]:
    """A new page, 1440 x 900, without cookies; if the test fails its picture is kept."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    page = context.new_page()
    yield page
    if request.node.stash.get(FAILED, False):
        picture = tmp_path / "page.png"
        page.screenshot(path=picture)
        print(f"The page as it was: {picture}")
    context.close()


@pytest.fixture
def lab(server: Server) -> Iterator[Lab]:
    """What the app keeps, to look into; after the test nothing trains any more."""
    server.home.mkdir(exist_ok=True)  # the app makes it for its first visitor
    opened = Lab(f"sqlite:///{server.home / 'lab.sqlite'}")
    yield opened
    for row in opened.comparisons():
        if row.status not in ENDED:
            opened.cancel(row.id)
    opened.close()


@pytest.fixture
def visitor(page: Page, server: Server, lab: Lab) -> Visitor:
    """Somebody who has not opened the app yet."""
    return Visitor(page, server)


@pytest.fixture
def another(browser: Browser, server: Server, lab: Lab) -> Iterator[Visitor]:
    """Somebody else, in a browser of their own."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    yield Visitor(context.new_page(), server)
    context.close()
