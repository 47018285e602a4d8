"""Links in a real browser: what an address alone brings back, and what it says when it cannot."""

import re

import pytest
from playwright.sync_api import expect
from test_browser_playground import LOSS, run_of, spec
from visitor import PATIENCE, Visitor

from components.link import pack
from training.lab import Lab


def test_an_address_alone_restores_every_choice(visitor: Visitor, another: Visitor) -> None:
    """Whoever gets the link in another browser sees the same choices and the same code."""
    wanted = spec(11, epochs=37, batch_size=50)
    wanted["dataset"] = {"name": "circles", "params": {"noise": 0.05}}
    wanted["model"]["params"] = {"hidden": [5, 7], "activation": "relu"}
    wanted["compile"]["optimizer"] = {"name": "SGD", "params": {"momentum": 0.75}}
    wanted["compile"]["metrics"] = ["AUC", "Precision"]
    visitor.open(setup=pack(wanted))
    expect(visitor.code()).to_contain_text("momentum=0.75", timeout=PATIENCE)
    another.page.goto(visitor.page.url)
    another.ready()
    expect(another.code()).to_contain_text("momentum=0.75", timeout=PATIENCE)
    assert another.code().inner_text() == visitor.code().inner_text()
    assert another.query == visitor.query
    fields = {"epochs": "37", "batch size": "50", "seed": "11", "momentum": "0.75"}
    menus = {"Optimizer": "SGD", "activation": "relu", "Loss": "Binary cross-entropy"}
    for role, values in {"spinbutton": fields, "combobox": menus}.items():
        for name, value in values.items():
            field = another.page.get_by_role(role, name=name, exact=True)
            expect(field).to_have_value(value, timeout=PATIENCE)
    expect(another.page.get_by_role("textbox", name="hidden")).to_have_value("5, 7")
    assert another.errors == []


def test_the_link_of_a_run_shows_it_until_it_is_deleted(
    visitor: Visitor, another: Visitor, lab: Lab
) -> None:
    visitor.begin(spec(12))
    visitor.sees("Final numbers")
    visitor.sees_epoch(20)
    link = visitor.page.url
    another.page.goto(link)
    another.sees("Final numbers")
    another.sees_epoch(20)
    assert another.curve(LOSS, "train") == visitor.curve(LOSS, "train")
    assert another.curve(LOSS, "validation") == visitor.curve(LOSS, "validation")
    assert run_of(lab, another).finals

    lab.delete(visitor.query["run"])
    another.page.goto(link)
    another.sees("it was deleted")
    expect(another.button("Train")).to_be_enabled()
    assert another.page.get_by_test_id("stException").count() == 0


GARBLED = "The set-up in this link cannot be read"


@pytest.mark.parametrize(
    ("path", "setup", "sentence"),
    [
        ("", "nonsense", GARBLED),
        ("", pack(spec(13))[:-9], GARBLED),
        ("", pack(spec(13, epochs=0)), "epochs"),
        ("", pack({**spec(13), "dataset": "moon"}), "moon"),
        ("compare", "nonsense", GARBLED),
        ("compare", pack([1, 2]), "base, rows and seeds"),
    ],
    ids=["nonsense", "cut", "no epochs", "no such data set", "compare", "compare a list"],
)
def test_a_garbled_link_gets_a_sentence(
    visitor: Visitor, path: str, setup: str, sentence: str
) -> None:
    """The page says what is wrong, takes the default, and can train at once."""
    visitor.open(path, setup=setup)
    warning = visitor.page.get_by_test_id("stAlert").filter(has_text=re.compile(sentence))
    expect(warning.first).to_be_visible(timeout=PATIENCE)
    expect(visitor.button("Train")).to_be_enabled(timeout=PATIENCE)
    assert visitor.page.get_by_test_id("stException").count() == 0
    assert visitor.errors == []
