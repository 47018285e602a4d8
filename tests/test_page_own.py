"""Own data as a browser session sees it: read, chosen, saved, opened, trained on, deleted."""

from pathlib import Path
from typing import Any

import numpy as np
import own_tables
import pytest
from streamlit.testing.v1 import AppTest
from visits import Quiet, address, said, spec, visit

import datasets
from components import link
from components.own import too_large
from datasets import own
from datasets.fashion import DataMissing
from training.spec import Experiment


@pytest.fixture(autouse=True)
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of its own for saved files."""
    monkeypatch.setenv("COMPILE_LAB_HOME", str(tmp_path))
    datasets._own.cache_clear()
    return tmp_path / "tables"


def example(quiet: Quiet, name: str) -> AppTest:
    """The page with one of the tables that ship."""
    app = visit("own")
    app.selectbox(key="own:example").set_value(name).run()
    assert not app.exception
    return app


def press(app: AppTest, label: str) -> AppTest:
    next(b for b in app.button if b.label == label).click().run()
    assert not app.exception
    return app


def opened(app: AppTest) -> dict[str, Any]:
    return link.unpack(address(app, "setup"))


def test_an_empty_page_says_what_becomes_of_files(quiet: Quiet) -> None:
    app = visit("own")
    assert "goes nowhere else" in said(app)
    assert "Nothing yet" in said(app)


@pytest.mark.parametrize("name", ["wine.csv", "diabetes.csv", "tumours.csv"])
def test_an_example_opens_in_the_playground(quiet: Quiet, name: str) -> None:
    app = press(example(quiet, name), "Save and open in Playground")
    made = Experiment.from_json(opened(app))
    assert made.dataset.name == "table"
    assert own.described(made.dataset.params["digest"]).title == name
    assert app.selectbox(key="play.dataset").value == "table"
    assert f"Own table: {name}" in app.selectbox(key="play.dataset").options
    (train,) = [b for b in app.button if b.label == "Train"]
    assert not train.disabled
    assert "**Own data** changes that" in said(app)


def test_an_example_opens_in_compare(quiet: Quiet) -> None:
    app = press(example(quiet, "diabetes.csv"), "Save and open in Compare")
    base = opened(app)["base"]
    assert base["dataset"]["params"]["target"] == "progression"
    assert base["compile"]["loss"]["name"] == "MeanSquaredError"
    assert app.selectbox(key="compare.dataset").value == "table"


def test_what_is_guessed_can_be_corrected(quiet: Quiet) -> None:
    app = example(quiet, "diabetes.csv")
    assert app.selectbox(key="own:target").value == "progression"
    app.selectbox(key="own:target").set_value("weight class").run()
    app.multiselect(key="own:features").set_value(["age", "sex", "LDL"]).run()
    assert "3 classes · 442 rows · 4 features (age, sex = sex 1, sex = sex 2, LDL)" in said(app)
    press(app, "Save and open in Playground")
    params = opened(app)["dataset"]["params"]
    assert params["target"] == "weight class"
    assert params["task"] == "multiclass"
    assert params["features"] == ["age", "sex", "LDL"]


def test_a_former_target_is_an_input_again_unless_it_was_removed_by_hand(quiet: Quiet) -> None:
    app = example(quiet, "wine.csv")
    target, inputs = app.selectbox(key="own:target"), app.multiselect(key="own:features")
    assert len(inputs.value) == 13
    for name in ("alcohol", "hue", "grower"):
        target.set_value(name).run()
        assert len(app.multiselect(key="own:features").value) == 13
    app.multiselect(key="own:features").unselect("hue").run()
    target.set_value("hue").run()
    target.set_value("alcohol").run()
    kept = app.multiselect(key="own:features").value
    assert "grower" in kept
    assert not {"hue", "alcohol"} & set(kept)


def uploaded(header: str, rows: list[str]) -> AppTest:
    """The page with a file of one's own."""
    app = visit("own")
    content = "\n".join([header, *rows]).encode()
    app.file_uploader(key="own:file").set_value(("mine.csv", content, "text/csv")).run()
    assert not app.exception
    return app


@pytest.mark.parametrize(
    ("name", "cells", "wanted"),
    [
        ("y", [f"name {i}" for i in range(60)], "y has 60 different values; at most 50 classes"),
        ("class", ["same"] * 60, "class is the same in all rows"),
    ],
)
def test_a_target_that_cannot_be_is_said_and_another_one_taken(
    quiet: Quiet, name: str, cells: list[str], wanted: str
) -> None:
    app = uploaded(f"a,b,{name}", [f"{i % 9},{'uv'[i % 2]},{c}" for i, c in enumerate(cells)])
    assert app.selectbox(key="own:target").value == name  # as its name and its place say
    assert any(wanted in error.value.replace("\\", "") for error in app.error)
    assert not [b for b in app.button if b.label.startswith("Save")]
    app.selectbox(key="own:target").set_value("b").run()
    assert not app.error
    assert app.multiselect(key="own:features").value == ["a"]
    app.selectbox(key="own:target").set_value(name).run()
    assert wanted in said(app)


def test_a_last_column_that_is_passed_over_is_said_beside_the_menu(quiet: Quiet) -> None:
    app = uploaded("a,b,remark", [f"{i % 9},{'uv'[i % 2]},text {i}" for i in range(60)])
    assert app.selectbox(key="own:target").value == "b"
    assert "Not predicted: remark has 60 different values" in said(app)
    app.selectbox(key="own:target").set_value("remark").run()
    assert "Not predicted" not in said(app)
    assert any("remark has 60 different values" in error.value for error in app.error)
    app = uploaded("label,a,price", [f"text {i},{i % 9},{i / 7:.2f}" for i in range(60)])
    assert app.selectbox(key="own:target").value == "price"  # a label may name the row
    assert "Not predicted: label has 60 different values" in said(app)


def test_why_columns_are_not_used_can_be_read_in_full(quiet: Quiet) -> None:
    """A cell of a table would cut such a sentence off."""
    rows = [f"{i % 9},{1 + i % 28}.1.2024,same,{'uv'[i % 2]}" for i in range(60)]
    app = uploaded("a,day,note,y", rows)
    assert (
        "Not used: day (dates and times: write them as numbers, such as a year, a month or days "
        "since)." in said(app)
    )
    assert "Not used: note (the same in all rows: it tells nothing)." in said(app)
    assert list(app.dataframe[1].value["used"]) == ["yes", "no", "no", "yes"]
    assert "Not used" not in said(example(quiet, "wine.csv"))


def test_rows_that_are_left_out_are_counted(quiet: Quiet) -> None:
    rows = [f"{i % 9},{'' if i < 9 else 'uv'[i % 2]}" for i in range(60)]
    app = uploaded("a,y", [*rows[:30], ",", "", *rows[30:], ""])
    assert "2 empty rows were skipped" in said(app)
    assert "51 rows" in said(app)
    assert "9 rows without y are left out" in said(app)
    rows = [f"{'' if i == 9 else i % 8},{'' if i == 5 else 'uv'[i % 2]}" for i in range(60)]
    app = uploaded("a,y", rows)
    app.selectbox(key="own:missing").set_value("drop").run()
    assert "1 row without y and 1 with other gaps are left out" in said(app)
    assert "empty row" not in said(app)


def test_a_file_that_the_browser_refuses_is_said_by_its_name() -> None:
    wanted = "big*.csv has 12.3 MB; up to 5 MB can be taken. Keep fewer rows or columns."
    assert too_large.sentence({"name": "big*.csv", "size": 12_345_678}) == wanted
    for nothing in (None, {}, {"name": "a", "size": "9"}, {"size": 9e6}, [1], "name"):
        assert too_large.sentence(nothing) == ""


def test_gaps_are_offered_three_ways(quiet: Quiet) -> None:
    app = example(quiet, "tumours.csv")
    assert app.selectbox(key="own:missing").value == "fill"
    app.selectbox(key="own:missing").set_value("drop").run()
    assert not app.exception
    assert "2 classes · 569 rows" not in said(app)
    press(app, "Save")
    (saved,) = own.listed()
    assert saved.use["missing"] == "drop"
    assert "Predicts diagnosis" in said(app)


def test_nothing_to_learn_from_is_said(quiet: Quiet) -> None:
    app = example(quiet, "wine.csv")
    app.multiselect(key="own:features").set_value([]).run()
    assert "Choose at least one column to predict from" in said(app)
    assert not [b for b in app.button if b.label.startswith("Save")]


def test_the_list_opens_and_deletes(quiet: Quiet) -> None:
    saved = own_tables.saved()
    own.shelf.remember(saved, own_tables.choice(saved.digest)["params"])
    app = visit("own")
    assert "flowers.csv" in said(app)
    app.button(key=f"own:delete.{saved.digest}").click().run()
    assert not app.exception
    assert "Nothing yet" in said(app)
    assert own.listed() == []


def test_a_run_on_a_deleted_table_can_be_seen_and_not_trained(quiet: Quiet) -> None:
    saved = own_tables.saved()
    made = Experiment.from_json(
        {
            "dataset": own_tables.choice(saved.digest),
            "model": "mlp",
            "compile": {"optimizer": "Adam", "loss": "BinaryCrossentropy", "metrics": ["AUC"]},
            "epochs": 3,
            "batch_size": 32,
            "seed": 0,
        }
    )
    id = quiet.finish(made.to_json())
    own.delete(saved.digest)
    app = visit(run=id)
    assert not app.exception
    assert "finished" in said(app).lower() or "Final numbers" in said(app)
    assert closed(app, "Train")
    app = visit(setup=link.pack(made.to_json()))
    assert closed(app, "Train")
    with pytest.raises(DataMissing, match=r"flowers\.csv was deleted"):  # whoever had it open
        quiet.put(made.to_json() | {"seed": 1})
    assert quiet.put(made.to_json())  # which is known
    app.selectbox(key="play.dataset").set_value("moons").run()
    assert not app.warning
    assert not next(b for b in app.button if b.label == "Train").disabled


def closed(app: AppTest, *labels: str) -> bool:
    """Whether the page warns of the deleted file, checks nothing and trains nothing."""
    (warning,) = app.warning
    buttons = {b.label: b.disabled for b in app.button}
    told = "flowers.csv was deleted, so nothing new can be trained" in said(app)
    told = told and "was deleted" in warning.value
    return told and "Compile check" not in said(app) and all(buttons[name] for name in labels)


def test_a_comparison_on_a_deleted_table_stays_and_is_not_trained_again(
    quiet: Quiet, monkeypatch: pytest.MonkeyPatch
) -> None:
    saved = own_tables.saved()
    made = spec(dataset=own_tables.choice(saved.digest))
    rows = [{"optimizer": "Adam"}, {"optimizer": "SGD"}]
    design = {"base": made, "rows": rows, "seeds": 1}
    id = quiet.finish(made, made | {"compile": made["compile"] | {"optimizer": "SGD"}})
    own.delete(saved.digest)
    app = visit("compare", setup=link.pack(design))
    assert closed(app, "Train", "Fair race")
    assert "Press **Train**" not in said(app)
    monkeypatch.setattr(quiet, "frame_epochs", lambda digest: [5])
    monkeypatch.setattr(quiet, "frames", lambda digest, epochs: {5: np.zeros((40, 1))})
    app = visit("compare", run=id, hide="setup")
    assert closed(app, "Train", "Fair race")
    assert said(app).count("was deleted") == 2  # above, and once in place of all pictures
    assert app.dataframe  # its results


def test_a_deleted_drawing_is_called_one(quiet: Quiet) -> None:
    saved = own_tables.drawn()
    made = spec(dataset={"name": "drawn", "params": {"digest": saved.digest}})
    own.delete(saved.digest)
    app = visit(setup=link.pack(made))
    assert "The drawing drawing was deleted" in said(app)
    assert "on the page Draw data" in said(app)


def test_a_link_to_a_table_of_another_server_says_so(quiet: Quiet) -> None:
    setup = {
        "dataset": own_tables.choice("5" * 64),
        "model": "mlp",
        "compile": {"optimizer": "Adam", "loss": "BinaryCrossentropy", "metrics": ["AUC"]},
        "epochs": 3,
        "batch_size": 32,
        "seed": 0,
    }
    for page, value in (
        ("play", setup),
        ("compare", {"base": setup, "rows": [{}, {}], "seeds": 1}),
    ):
        app = visit("" if page == "play" else page, setup=link.pack(value))
        assert not app.exception
        assert "is not on this server" in said(app).replace("\\", "")
        assert app.selectbox(key=f"{page}.dataset").value != "table"
