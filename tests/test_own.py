"""Own data: saved tables as data sets, their facts, arrays, deletion, and the script's numbers."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import own_tables
import pytest
from visits import spec

import datasets
from components.figures.gallery import thumbnail
from components.figures.lookup import picture
from datasets import own
from datasets.fashion import DataMissing
from datasets.own.rows import fill
from datasets.table import read
from training.choice import Choice
from training.data_title import data_called
from training.spec import Experiment
from training.variant_labels import labels
from training.view import view


@pytest.fixture(autouse=True)
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of its own for saved files."""
    monkeypatch.setenv("COMPILE_LAB_HOME", str(tmp_path))
    datasets._own.cache_clear()
    return tmp_path / "tables"


def params(saved: Any, **changed: Any) -> dict[str, Any]:
    return own_tables.choice(saved.digest, **changed)["params"]


USES = [
    {"missing": missing} | more
    for missing in ("drop", "fill", "category")
    for more in (
        {},
        {"target": "amount", "task": "regression", "split": 3, "validation": 0.4},
        {"target": "grade", "task": "multiclass", "seed": 5},
        {"target": "colour", "task": "multiclass", "features": ["size", "amount"]},
        {"features": ["size"]},
    )
]


@pytest.mark.parametrize("use", USES)
def test_facts_match_the_arrays(use: dict[str, Any]) -> None:
    chosen = params(own_tables.saved(), **use)
    facts, data = datasets.facts("table", chosen), datasets.load("table", chosen)
    assert data.facts == facts
    head = facts.heads[0]
    parts = (data.train, data.validation, data.test)
    assert sum(len(part.x) for part in parts) == facts.rows
    assert len(data.train.x) == facts.train_rows
    assert facts.shape == (len(facts.features),)
    for part in parts:
        assert part.x.shape == (len(part.x), *facts.shape)
        assert part.x.dtype == np.float32
        assert np.isfinite(part.x).all()
        y = part.y[head.name]
        if head.task == "regression":
            assert (y.shape, y.dtype) == ((len(part.x), 1), np.float32)
        else:
            assert y.dtype == np.int64
            assert set(y) == set(range(len(head.names)))
    np.testing.assert_allclose(data.train.x.mean(0), 0, atol=1e-5)  # by the training part alone
    assert np.abs(data.test.x.mean(0)).max() > 1e-3


def test_inputs_are_named_after_column_and_category() -> None:
    saved = own_tables.saved()
    colours = [f"colour = {colour}" for colour in own_tables.COLOURS]
    assert list(datasets.facts("table", params(saved)).features) == ["size", *colours]
    told = datasets.facts("table", params(saved, missing="category"))
    assert list(told.features) == ["size", "size missing", *colours, "colour missing"]


def test_gaps_are_handled_in_the_way_that_was_named() -> None:
    saved = own_tables.saved()
    rows = {m: datasets.facts("table", params(saved, missing=m)).rows for m in own_missing()}
    assert rows == {"drop": 200 - 19 - 16 + 2, "fill": 200, "category": 200}
    told = datasets.load("table", params(saved, missing="category"))
    every = np.concatenate([p.x for p in (told.train, told.validation, told.test)])
    every = (every * told.scale + told.centre).round(4)
    assert (every[:, 1] == 1).sum() == 19
    assert (every[:, -1] == 1).sum() == 16
    assert (every[:, 2:].sum(1) == 1).all()  # a gap is a category
    assert len(set(every[every[:, 1] == 1, 0])) == 1  # one median in the place of all gaps


def own_missing() -> tuple[str, ...]:
    return ("drop", "fill", "category")


def test_gaps_are_filled_by_the_training_part_alone() -> None:
    nan = np.nan
    train = np.array([[1, 1, 0], [2, 1, 0], [9, 0, 1], [nan, nan, nan]], float)
    other = np.array([[100, 0, 1], [nan, nan, nan], [100, 0, 1], [100, 0, 1]], float)
    parts = fill([(train, "y"), (other, "z")], [1, 2])
    assert [y for _, y in parts] == ["y", "z"]
    assert parts[0][0][3].tolist() == [2, 1, 0]
    assert parts[1][0][1].tolist() == [2, 1, 0]
    assert np.isnan(train[3]).all()


def test_categories_are_those_of_the_whole_table_so_that_splits_have_one_shape() -> None:
    rows = [f"{i},{'rare' if i == 7 else 'ab'[i % 2]},{'xy'[i % 2]}" for i in range(60)]
    saved = own.save(read("\n".join(["n,c,t", *rows]).encode()), "t")
    for split in range(4):
        chosen = {"digest": saved.digest, "target": "t", "features": ["n", "c"], "split": split}
        data = datasets.load("table", chosen)
        assert data.train.x.shape[1] == 4
        assert np.isfinite(data.test.x).all()


def many(title: str, cells: list[str]) -> Any:
    """A table with one column of these cells, a number and two classes."""
    rows = [f"{cell},{i},{'xy'[i % 2]}" for i, cell in enumerate(cells)]
    return own.save(read("\n".join(["c,n,t", *rows]).encode()), title)


REFUSED = [
    ({"target": "lost"}, "flowers.csv has no column 'lost'; it has size, colour"),
    ({"features": ["size", "lost"]}, "no column 'lost'"),
    ({"features": []}, "at least one column to predict from"),
    ({"features": ["size", "kind"]}, "A column can be used once: kind is predicted"),
    ({"features": ["size", "size"]}, "A column can be used once"),
    ({"features": ["note"]}, r"note cannot be an input \(the same in all rows"),
    ({"features": ["day"]}, r"day cannot be an input \(dates and times: write them"),
    ({"target": "note"}, "note is the same in all rows, so there is nothing to tell apart"),
    ({"target": "note", "task": "regression"}, "note is the same in all rows"),
    ({"target": "day", "task": "multiclass"}, "day holds dates or times.*as numbers"),
    ({"target": "grade"}, "grade has 3 classes: its task is multiclass"),
    ({"task": "multiclass"}, "kind has 2 classes: its task is binary"),
    ({"task": "regression"}, "kind has no numbers to predict; predict its classes"),
    ({"target": "amount", "task": "multiclass"}, "amount has 19. different values; .*as a number"),
    ({"digest": ""}, "No table is chosen: open the page Own data"),
    ({"digest": "0" * 64}, "not on this server: uploaded and drawn data never leave"),
    ({"digest": "../../lab"}, "'../../lab' is no digest of a table"),
]


@pytest.mark.parametrize(("use", "wanted"), REFUSED)
def test_what_cannot_be_is_refused_with_a_sentence(use: dict[str, Any], wanted: str) -> None:
    with pytest.raises(ValueError, match=wanted):
        datasets.facts("table", params(own_tables.saved(), **use))


def test_too_many_classes_categories_and_gaps_are_refused() -> None:
    thousand = many("t", [f"name {i}" for i in range(1000)])
    chosen = {"digest": thousand.digest, "target": "c", "features": ["n"], "task": "multiclass"}
    with pytest.raises(ValueError, match="c has 1,000 different values; at most 50 classes"):
        datasets.facts("table", chosen)
    with pytest.raises(ValueError, match=r"c cannot be an input \(more than 50 different texts"):
        datasets.facts("table", chosen | {"target": "t", "features": ["c"], "task": "binary"})
    sparse = many("t", ["1"] * 10 + ["2"] + [""] * 50)
    chosen = {"digest": sparse.digest, "target": "t", "features": ["n", "c"]}
    with pytest.raises(ValueError, match="Only 11 of 61 rows have all these values"):
        datasets.facts("table", chosen)
    assert datasets.facts("table", chosen | {"missing": "fill"}).rows == 61
    rare = many("t", ["a"] * 40 + ["b"] * 4)
    chosen = {"digest": rare.digest, "target": "c", "features": ["n"]}
    with pytest.raises(ValueError, match="the class 'b' has only 4 of 44 rows, too few"):
        datasets.load("table", chosen)
    rare = many("t", ["a"] * 40 + ["b"] * 9)
    chosen |= {"digest": rare.digest, "validation": 0.1}
    with pytest.raises(ValueError, match="hold back more rows for validation: each needs 10"):
        datasets.load("table", chosen)
    assert len(datasets.load("table", chosen | {"validation": 0.2}).validation.x) == 8
    five = many("t", [f"kind {i % 12}" for i in range(60)])
    chosen = {"digest": five.digest, "target": "c", "features": ["n"], "task": "multiclass"}
    with pytest.raises(ValueError, match="10 validation rows are too few for 12 classes; hold"):
        datasets.load("table", chosen)
    assert len(datasets.load("table", chosen | {"validation": 0.3}).validation.x) == 15


def test_too_many_inputs_are_refused() -> None:
    names = [f"c{i}" for i in range(5)]
    rows = [
        ",".join([*(f"v{(i * (k + 1)) % 41}" for k in range(5)), "xy"[i % 2]]) for i in range(99)
    ]
    saved = own.save(read("\n".join([",".join([*names, "t"]), *rows]).encode()), "wide")
    with pytest.raises(ValueError, match="would be 205 inputs"):
        datasets.facts("table", {"digest": saved.digest, "target": "t", "features": names})


def test_a_deleted_table_keeps_its_facts_and_trains_no_more(shelf: Path) -> None:
    saved = own_tables.saved()
    chosen = params(saved)
    before = datasets.facts("table", chosen)
    datasets.load("table", chosen)
    assert [found.digest for found in own.listed()] == [saved.digest]
    own.delete(saved.digest)
    assert own.listed() == []
    assert not list(shelf.glob("*.csv"))
    assert datasets.facts("table", chosen) == before
    with pytest.raises(DataMissing, match=r"flowers\.csv was deleted"):
        datasets.load("table", chosen)  # although its arrays may still be in memory
    assert own_tables.saved().digest == saved.digest  # the same file again
    assert len(datasets.load("table", chosen).train.x)


def test_what_is_saved_never_changes_and_is_kept_once(shelf: Path) -> None:
    first, second = own_tables.saved(), own_tables.saved()
    assert first.digest == second.digest
    assert len(list(shelf.iterdir())) == 2
    other = own_tables.saved(gaps=False)
    assert [found.digest for found in own.listed()] == [other.digest, first.digest]
    read_again = own.described(first.digest)
    assert [c.name for c in read_again.kept] == [c.name for c in first.kept]
    assert (read_again.by_name["size"].gaps == first.by_name["size"].gaps).all()


@pytest.mark.parametrize("classes", [2, 3, 4])
def test_drawn_points_are_a_data_set(classes: int) -> None:
    chosen = {"digest": own_tables.drawn(classes).digest}
    facts, data = datasets.facts("drawn", chosen), datasets.load("drawn", chosen)
    assert facts == data.facts
    assert facts.features == ("x1", "x2")
    assert facts.heads[0].task == ("binary" if classes == 2 else "multiclass")
    assert facts.heads[0].names == tuple("ABCD"[:classes])


def test_an_experiment_names_its_table_by_digest() -> None:
    chosen = own_tables.choice(own_tables.saved().digest, missing="fill")
    made = Experiment.from_json(experiment(chosen))
    assert Experiment.from_json(json.loads(made.canonical)) == made
    others = [{"missing": "drop"}, {"features": ["size"]}, {"split": 1}]
    digests = {Experiment.from_json(experiment(_with(chosen, o))).digest for o in others}
    assert len(digests | {made.digest}) == 4
    with pytest.raises(DataMissing, match=r"^dataset: The table .* not on this server"):
        Experiment.from_json(experiment(own_tables.choice("1" * 64)))
    with pytest.raises(ValueError, match=r"dataset\.params\.features: 'size' is not a list"):
        Experiment.from_json(experiment(_with(chosen, {"features": "size"})))


def _with(chosen: dict[str, Any], more: dict[str, Any]) -> dict[str, Any]:
    return chosen | {"params": chosen["params"] | more}


def experiment(dataset: dict[str, Any], **changed: Any) -> dict[str, Any]:
    return {
        "dataset": dataset,
        "model": {"name": "mlp", "params": {"hidden": [5]}},
        "compile": {"optimizer": "Adam", "loss": "BinaryCrossentropy", "metrics": ["accuracy"]},
        "epochs": 3,
        "batch_size": 40,
        "seed": 0,
    } | changed


def test_facts_are_light_and_workers_do_not_read_uploads(shelf: Path) -> None:
    chosen = params(own_tables.saved(), missing="fill")
    code = (
        "import json, sys, datasets\n"
        f"chosen = json.loads({json.dumps(chosen)!r})\n"
        "datasets.facts('table', chosen)\n"
        "assert not {'pandas', 'sklearn', 'tensorflow', 'streamlit'} & set(sys.modules)\n"
        "datasets.load('table', chosen)\n"
        "assert 'datasets.table' not in sys.modules"
    )
    environment = os.environ | {"COMPILE_LAB_HOME": str(shelf.parent)}
    root = Path(__file__).parent.parent
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=root, env=environment, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr


def test_a_table_is_called_by_its_file() -> None:
    chosen = own_tables.choice(own_tables.saved().digest)
    made = Experiment.from_json(experiment(chosen))
    said = data_called(made.dataset)
    assert said == "flowers.csv(features=['size', 'colour'], target=\"kind\")"
    assert data_called(Choice("moons", {"noise": 0.3})) == "moons(noise=0.3)"


def test_names_of_own_columns_are_letters_in_charts() -> None:
    rows = [f"{i},{i % 7},{('<b>x</b>', '%{y}')[i % 2]}" for i in range(60)]
    saved = own.save(read("\n".join(["<i>n</i>,m,t", *rows]).encode()), "t")
    chosen = {"digest": saved.digest, "target": "t", "features": ["<i>n</i>", "m"]}
    drawn = json.dumps(thumbnail(datasets.load("table", chosen)))
    assert "&lt;i&gt;n&lt;/i&gt;" in drawn
    assert "&lt;b&gt;x&lt;/b&gt;" in drawn
    assert not [part for part in ("<b>", "<i>", "%{y}") if part in drawn]


def test_labels_call_a_table_by_its_file() -> None:
    moons = Experiment.from_json(spec())
    table = Experiment.from_json(spec(dataset=own_tables.choice(own_tables.saved().digest)))
    assert any(label.startswith("flowers") for label in labels([moons, table]))
    other = own_tables.choice(own_tables.saved().digest, features=["size"])
    both = labels([table, Experiment.from_json(spec(dataset=other))])
    assert both == ["features size, colour", "features size"]


def test_classes_by_one_input_are_shown_as_a_confusion_matrix() -> None:
    chosen = own_tables.choice(own_tables.saved(gaps=False).digest, features=["size"])
    one = Experiment.from_json(spec(dataset=chosen))
    data = datasets.load("table", one.data_params)
    seen = view(data)
    assert len(seen.x) == len(data.validation.x)
    drawn = picture(one, seen, np.full((len(seen.x), 1), 0.7), data, data.facts.heads[0])
    assert drawn["data"][0]["type"] == "heatmap"
