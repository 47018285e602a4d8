"""The tables that ship for trying: they are scikit-learn's data, and read as their README says."""

import numpy as np
import pytest
from sklearn.datasets import load_breast_cancer, load_diabetes, load_wine

from datasets import own
from datasets.own.examples import EXAMPLES, content
from datasets.own.guess import guess
from datasets.own.recipe import facts_of
from datasets.own.shelf import saved_of
from datasets.table import Reading, read


def numbers(reading: Reading, names: list[str]) -> np.ndarray:
    return np.array([[float(c or "nan") for c in reading.table[n]] for n in names]).T


def test_wine_is_the_wine_of_scikit_learn() -> None:
    x, y = load_wine(return_X_y=True)
    found = read(content("wine.csv"))
    np.testing.assert_array_equal(numbers(found, list(found.table)[:13]), x)
    assert list(found.table["grower"]) == [f"grower {k + 1}" for k in y]
    assert found.notes == ()


def test_diabetes_has_decimal_commas_and_categories() -> None:
    x, y = load_diabetes(return_X_y=True, scaled=False)
    found = read(content("diabetes.csv"))
    names = [n for n in list(found.table)[:10] if n != "sex"]
    np.testing.assert_array_equal(numbers(found, names), np.delete(x, 1, axis=1))
    np.testing.assert_array_equal(numbers(found, ["progression"])[:, 0], y)
    assert list(found.table["sex"]) == [f"sex {int(k)}" for k in x[:, 1]]
    obese = found.table["weight class"] == "obese"
    assert (obese == (x[:, 2] >= 30)).all()
    assert any("decimal commas" in note for note in found.notes)


def test_tumours_have_gaps_and_nothing_else_changed() -> None:
    x, y = load_breast_cancer(return_X_y=True)
    found = read(content("tumours.csv"))
    there = numbers(found, list(found.table)[:10])
    gaps = np.isnan(there)
    assert 0.04 < gaps.mean() < 0.06
    np.testing.assert_array_equal(there[~gaps], x[:, :10][~gaps])
    assert (found.table["diagnosis"] == np.where(y, "benign", "malignant")).all()


@pytest.mark.parametrize(
    ("name", "target", "task", "count"),
    [
        ("wine.csv", "grower", "multiclass", 13),
        ("diabetes.csv", "progression", "regression", 11),
        ("tumours.csv", "diagnosis", "binary", 10),
    ],
)
def test_their_use_is_guessed(name: str, target: str, task: str, count: int) -> None:
    found = read(content(name))
    use = guess(found.columns)
    assert (use["target"], use["task"], len(use["features"])) == (target, task, count)
    assert use["missing"] == ("fill" if name == "tumours.csv" else "drop")
    assert facts_of(saved_of(found, name), use).rows == len(found.table)


def table(*columns: list[str], names: str) -> Reading:
    return read("\n".join([names, *map(",".join, zip(*columns, strict=True))]).encode())


def test_guesses_leave_out_what_cannot_be_and_row_numbers() -> None:
    count = range(60)
    found = table(
        [str(i) for i in count],
        [str(i % 7) for i in count],
        [f"name {i}" for i in count],
        ["same" for _ in count],
        ["12.5.2024" for _ in count],
        ["ab"[i % 2] for i in count],
        names="ID,size,name,note,day,kind",
    )
    use = guess(found.columns)
    assert use == {
        "target": "kind",
        "features": ["size"],
        "task": "binary",
        "missing": "drop",
    }


@pytest.mark.parametrize(
    ("cells", "task"),
    [
        ([str(i % 2) for i in range(60)], "binary"),
        ([str(1 + i % 5) for i in range(60)], "multiclass"),
        ([str(i % 30) for i in range(60)], "regression"),
        ([str((i % 3) / 2) for i in range(60)], "regression"),
        (["abc"[i % 3] for i in range(60)], "multiclass"),
    ],
)
def test_the_task_follows_the_values_of_the_target(cells: list[str], task: str) -> None:
    found = table([str(i) for i in range(60)], cells, names="x,target")
    assert guess(found.columns)["task"] == task


def test_a_table_without_anything_to_predict_has_no_guess() -> None:
    found = table(["same"] * 60, [f"name {i}" for i in range(60)], names="a,b")
    assert guess(found.columns)["target"] == ""


def test_every_example_is_told(tmp_path: object) -> None:
    assert set(EXAMPLES) == {"wine.csv", "diabetes.csv", "tumours.csv"}
    assert all(EXAMPLES.values())
    assert own.OWN == ("table", "drawn")
