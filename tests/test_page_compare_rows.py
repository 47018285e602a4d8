"""Compare's page: what of compile and fit its rows can vary, and what it offers for that."""

from collections.abc import Iterator
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest
from test_page_compare import PAGE, Shelf
from visits import address, spec

import components.session
from components import link
from training.spec import Choice

TWO = {"kind": "BinaryCrossentropy", "amount": "MeanSquaredError"}


@pytest.fixture
def shelf(monkeypatch: pytest.MonkeyPatch) -> Iterator[Shelf]:
    made = Shelf()
    monkeypatch.setattr(components.session, "lab", lambda: made)
    return made


def opened(*rows: dict[str, Any], seeds: int = 1, **changed: Any) -> AppTest:
    """The page with rows of changes in a small experiment, changed as `visits.spec` says."""
    design = {"base": spec(**changed), "rows": list(rows), "seeds": seeds}
    return at(link.pack(design))


def at(setup: str) -> AppTest:
    app = AppTest.from_file(str(PAGE), default_timeout=30)
    app.query_params["setup"] = setup
    app.run()
    assert not app.exception, app.exception
    return app


def train(app: AppTest) -> AppTest:
    next(b for b in app.button if b.label == "Train").click().run()
    assert not app.exception, app.exception
    assert not app.error, app.error[0].value
    return app


def typed(app: AppTest) -> list[dict[str, str | None]]:
    """The cells of the table that say something, row by row."""
    rows = app.session_state["compare:typed"]
    return [{name: text for name, text in row.items() if text} for row in rows]


def test_callbacks_are_varied_by_menu_trained_and_kept_by_a_link(shelf: Shelf) -> None:
    app = opened({"optimizer": "SGD"}, {"optimizer": "Adam"})
    app.selectbox(key="compare:axis").set_value("callbacks").run()
    texts = ["none", "EarlyStopping(patience=3)"]
    app.multiselect(key="compare:values").set_value(texts).run()
    train(app)
    stop = Choice("EarlyStopping", {"patience": 3})
    assert [e.fit.callbacks for e in shelf.submitted[0].experiments] == [(), (stop,)]
    again = at(address(app, "setup"))
    assert typed(again) == [{"callbacks": text} for text in texts]
    assert again.selectbox(key="compare:axis").value == "callbacks"


def two_outputs(*rows: dict[str, Any], **changed: Any) -> AppTest:
    """The page on the data set with two outputs."""
    return opened(
        *rows,
        dataset="two_output",
        loss=TWO,
        metrics={"kind": ["accuracy"], "amount": ["MeanAbsoluteError"]},
        **changed,
    )


def test_loss_weights_are_varied_by_menu(shelf: Shelf) -> None:
    app = two_outputs({"optimizer": "SGD"}, {"optimizer": "Adam"})
    app.selectbox(key="compare:axis").set_value("loss_weights").run()
    assert typed(app) == [{"loss_weights": text} for text in ("1, 1", "0.2, 1", "1, 0.2")]
    train(app)
    weights = [dict(e.compile.loss_weights) for e in shelf.submitted[0].experiments]
    assert weights == [{}, {"kind": 0.2, "amount": 1.0}, {"kind": 1.0, "amount": 0.2}]


def test_class_weights_of_several_classes_are_varied_by_menu_with_their_numbers(
    shelf: Shelf,
) -> None:
    loss = "SparseCategoricalCrossentropy"
    app = opened({"batch_size": 8}, {"batch_size": 16}, dataset="wine", loss=loss)
    app.selectbox(key="compare:axis").set_value("class_weight").run()
    values = app.multiselect(key="compare:values")
    assert "balanced: 0.9912, 0.837, 1.256" in values.options
    values.set_value(["1, 1, 1", "0.9912, 0.837, 1.256", "1, 1, 7"]).run()
    train(app)
    weights = [e.fit.class_weight for e in shelf.submitted[0].experiments]
    assert weights == [(), (0.9912, 0.837, 1.256), (1.0, 1.0, 7.0)]
