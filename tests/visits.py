"""Fixtures for tests of pages: the app in a browser session, with a real Lab or a quiet one."""

import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from queue import SimpleQueue
from typing import Any

import numpy as np
import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from components import session
from components.fresh import EDITIONS
from training.errand_work import made
from training.lab import Lab
from training.plan import EXTRA
from training.progress import Progress
from training.queue import Queue
from training.spec import Comparison

APP = Path(__file__).parent.parent / "app.py"
WAIT = 120  # seconds until workers are warm and a small job is done, with much else to do


def visit(page: str = "", **query: str) -> AppTest:
    """A new browser session on the Playground, or on another page such as "history".

    A page that is none of `pages/play` is named with its folder, as in "learn/metrics".
    """
    app = AppTest.from_file(str(APP), default_timeout=60)
    for name, value in query.items():
        app.query_params[name] = value
    if page:
        app.switch_page(f"pages/{page if '/' in page else f'play/{page}'}.py")
    app.run()
    assert not app.exception, app.exception
    return app


def said(app: AppTest) -> str:
    """Every sentence on the page as it is read, except what stands in tables and widgets."""
    kinds = (app.markdown, app.caption, app.info, app.warning, app.error, app.success)
    text = "\n".join(element.value for kind in kinds for element in kind)
    return re.sub(r"\\([^A-Za-z0-9\s])", r"\1", text)


def address(app: AppTest, name: str) -> str:
    """A parameter of the page's address."""
    value = app.query_params[name]
    return value if isinstance(value, str) else value[0]


def key_now(app: AppTest, name: str) -> str:
    """The key that a widget has now, whose page may have set it anew under another one."""
    held = app.session_state
    editions = held[EDITIONS] if EDITIONS in held else {}  # noqa: SIM401  it has no get
    page, dot, rest = name.partition(".")
    if page in editions:
        return f"{page}.{editions[page]}{dot}{rest}"
    return f"{name}.{editions[name]}" if name in editions else name


def wait_for(what: Callable[[], Any], now: Callable[[], object] = lambda: "") -> Any:
    """The first true value of `what`; fails after a while, showing `now`."""
    deadline = time.monotonic() + WAIT
    while not (value := what()):
        assert time.monotonic() < deadline, f"not within {WAIT} s: {now()}"
        time.sleep(0.05)
    return value


class Quiet(Lab):
    """A Lab without an engine: what is submitted waits until `finish` writes its outcome."""

    def __init__(self, folder: Path) -> None:
        super().__init__(f"sqlite:///{folder / 'lab.sqlite'}", workers=1)

    def start(self) -> None:
        """Nothing trains here."""

    def put(self, *specs: dict[str, Any], title: str = "") -> str:
        """Submit a comparison that waits; returns its id."""
        return self.submit(Comparison.from_json(list(specs)), "somebody", title)

    def obey(self) -> None:
        """Run the demonstrations that wait, here and now."""
        while order := self.orders.claim():
            blob, error = made(order.kind, order.subject.to_json(), SimpleQueue(), lambda _: None)
            self.orders.end(order.digest, order.kind, blob, error)

    def finish(self, *specs: dict[str, Any], title: str = "", last: float = 0.25) -> str:
        """A finished comparison: losses fall from 1 to `last`, every other column is 0.5."""
        id = self.put(*specs, title=title)
        queue = Queue(self.store.database)
        while job := queue.claim("somebody"):
            queue.end({e.digest: outcome(e, last) for e in job.experiments})
        return id


def outcome(experiment: Any, last: float) -> Progress:
    """A finished run whose losses fall to `last`."""
    columns = (*experiment.columns, *EXTRA)
    rows = np.full((experiment.epochs, len(columns)), 0.5, np.float32)
    for name in ("loss", "val_loss"):
        rows[:, columns.index(name)] = np.linspace(1, last, experiment.epochs)
    own = [c for c in experiment.columns if not c.startswith("val_")]
    finals = {part: dict.fromkeys(own, 0.5) for part in ("train", "validation", "test")}
    finals["validation"]["loss"] = last
    return Progress(rows=rows, finals=finals, outcome="finished")


@pytest.fixture(scope="session")
def real(home: Path) -> Iterator[Lab]:
    """The server's Lab with a real engine, started once for all tests of pages that train."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COMPILE_LAB_WORKERS", "1")
        lab = session.lab()
    yield lab
    lab.close()
    st.cache_resource.clear()


@pytest.fixture
def quiet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Quiet]:
    """A Lab on a store of its own, empty, in which nothing trains by itself."""
    lab = Quiet(tmp_path)
    monkeypatch.setattr(session, "_lab", lambda: lab)
    yield lab
    lab.close()


def spec(**changed: Any) -> dict[str, Any]:
    """A small experiment as JSON; `optimizer`, `loss` and `metrics` go into its compile field."""
    compiled = {
        "optimizer": {"name": "Adam", "params": {"learning_rate": 0.01}},
        "loss": "BinaryCrossentropy",
        "metrics": ["accuracy"],
    }
    compiled |= {name: changed.pop(name) for name in list(changed) if name in compiled}
    made = {"dataset": "moons", "model": "mlp", "compile": compiled}
    return made | {"epochs": 5, "batch_size": 32, "seed": 0} | changed
