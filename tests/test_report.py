"""The report: one page that holds everything, loads nothing, and lets no name become markup."""

import base64
import json
from dataclasses import replace
from html.parser import HTMLParser

import numpy as np
import pytest
from test_page_compare import comparison_state, run
from visits import spec

from components.report.page import report
from training.code import compile_call
from training.design import Design
from training.spec import Experiment
from training.states import ComparisonState
from training.variant_labels import labels
from training.versions import versions

EVIL = "</script><img src=http://evil.test/x onerror=alert(1)><!--"
LINK = 'http://here.test/compare?setup=abc&more="'


class Page(HTMLParser):
    """What a browser makes of a page: tags with their attributes, and text by tag."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[tuple[str, str]] = []
        self.open = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attributes)))
        self.open = tag

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.texts.append((self.open, data.strip()))

    def of(self, tag: str) -> list[str]:
        return [text for its, text in self.texts if its == tag]

    @property
    def figures(self) -> list[dict]:
        return [json.loads(t) for t in self.of("script") if t.startswith('{"data"')]


def state(**changed: object) -> ComparisonState:
    rows = [{"optimizer": "SGD", "label": EVIL}, {"optimizer": "Adam"}]
    design = Design.from_json({"base": spec(metrics=["accuracy", "AUC"]), "rows": rows, "seeds": 4})
    made = comparison_state(design, 5)
    runs = [
        replace(r, history=r.history + np.float32(0.01 * i), finals=_finals(0.1 + 0.01 * i))
        for i, r in enumerate(made.runs)
    ]
    return replace(made, title=f"Race {EVIL}", runs=tuple(runs), **changed)


def _finals(value: float) -> dict[str, dict[str, float]]:
    return {p: dict.fromkeys(("loss", "accuracy", "auc"), value) for p in PARTS}


PARTS = ("train", "validation", "test")
STATE = state()
NAMES = [EVIL] * 4 + ["Adam"] * 4


@pytest.fixture(scope="module")
def page() -> Page:
    return Page(report(STATE, NAMES, "2 runs come from a file.", LINK))


def test_it_draws_what_the_page_draws(page: Page) -> None:
    titles = [f["layout"]["title"]["text"].split("<br>")[0] for f in page.figures]
    assert titles == ["Loss", "Accuracy", "Auc"]
    thin = [t for t in page.figures[0]["data"] if t.get("opacity")]
    drawn = np.frombuffer(base64.b64decode(thin[-1]["y"]["bdata"]), thin[-1]["y"]["dtype"])
    seeds = [run.history[:, run.columns.index("val_loss")] for run in STATE.runs[4:]]
    np.testing.assert_array_equal(drawn.reshape(4, -1)[:, :-1], seeds)
    assert np.isnan(drawn.reshape(4, -1)[:, -1]).all(), "a gap between seeds"


def test_it_says_what_was_done_and_found(page: Page) -> None:
    said = " ".join(text for tag, text in page.texts if tag != "script")
    assert "2 runs come from a file." in said
    assert "Same data ✓, same initial weights ✓, same batch order ✓" in said
    assert "with 4 seeds" in said or "over 4 seeds" in said
    assert f"Computed with {versions()}." in said
    assert "0, 1, 2, 3" in said
    assert page.of("pre") == [compile_call(STATE.runs[i].experiment.compile) for i in (0, 4)]
    numbers = page.of("td")
    assert "0.115" in numbers  # mean of the first row's seeds
    assert "0.155" in numbers


def test_no_name_becomes_markup(page: Page) -> None:
    assert not [tag for tag, _ in page.tags if tag == "img"]
    assert f"Race {EVIL}" in page.of("h1")
    assert EVIL in page.of("h3")
    assert EVIL in page.of("td")


def test_nothing_is_loaded_from_elsewhere(page: Page) -> None:
    loaded = [a.get("src") or a.get("href") for tag, a in page.tags if tag != "a"]
    assert not any(loaded)
    assert [a["href"] for tag, a in page.tags if tag == "a"] == [LINK]
    (policy,) = [a["content"] for _, a in page.tags if "http-equiv" in a]
    assert policy.startswith("default-src 'none'")


def test_losses_of_different_kinds_have_a_chart_each_and_no_verdict() -> None:
    mixed = [run(Experiment.from_json(spec(loss=loss))) for loss in ("Hinge", "MeanSquaredError")]
    page = Page(report(replace(STATE, runs=tuple(mixed)), ["a", "b"]))
    assert len(page.figures) == 3
    said = " ".join(page.of("p"))
    assert "each kind has its own chart" in said
    assert "Validation loss" not in said


def test_a_single_run_without_metrics_has_a_report_too() -> None:
    alone = run(Experiment.from_json(spec(metrics=[])), 2, "diverged", 2)
    page = Page(report(replace(STATE, runs=(alone,)), labels([alone.experiment])))
    assert len(page.figures) == 1
    assert "There is nothing to compare." in page.of("p")
    assert not [a for tag, a in page.tags if tag == "a"]
