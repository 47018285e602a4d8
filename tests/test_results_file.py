"""Results as a file: what is written comes back, and what does not fit gets a sentence."""

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from test_page_compare import run
from visits import spec

from training.plan import EXTRA
from training.results_file import MOST_BYTES, MOST_RUNS, from_json, to_json
from training.spec import Experiment
from training.versions import versions

RUNS = [
    run(Experiment.from_json(spec(epochs=4)), epochs=4),
    run(Experiment.from_json(spec(epochs=4, seed=1)), epochs=2, status="diverged", diverged=2),
    run(Experiment.from_json(spec(epochs=4, seed=2)), epochs=3, status="cancelled"),
]


def written(change: Callable[[dict[str, Any]], object] = lambda whole: None) -> str:
    """A good file after `change` did something to it."""
    whole = json.loads(to_json(RUNS))
    change(whole)
    return json.dumps(whole)


def test_runs_come_back_bit_by_bit() -> None:
    history = np.random.default_rng(0).normal(size=RUNS[0].history.shape).astype("float32")
    history[1, 3] = np.nan
    finals = {p: {"loss": 1 / 3, "accuracy": np.nan} for p in ("train", "validation", "test")}
    given = [replace(RUNS[0], history=history, finals=finals), *RUNS[1:]]
    for before, after in zip(given, from_json(to_json(given)), strict=True):
        np.testing.assert_array_equal(before.history, after.history)
        for name in ("experiment", "digest", "status", "diverged", "columns", "proof"):
            assert getattr(before, name) == getattr(after, name)
        assert str(before.finals) == str(after.finals)
        assert after.versions == versions()
        assert after.ended


def test_bytes_are_read_as_text_is() -> None:
    assert [r.digest for r in from_json(written().encode())] == [r.digest for r in RUNS]


def test_other_versions_are_another_digest() -> None:
    (first, *_) = from_json(written(lambda w: w["runs"][0].update(versions="keras 2")))
    assert first.versions == "keras 2"
    assert first.digest != RUNS[0].digest


def test_what_still_trains_is_left_out() -> None:
    waits = replace(RUNS[0], status="running")
    assert len(from_json(to_json([waits, *RUNS[1:]]))) == 2


def test_columns_that_another_version_lacks_are_empty() -> None:
    def fewer(whole: dict[str, Any]) -> None:
        for one in whole["runs"]:
            one["columns"].pop()
            one["history"] = [row[:-1] for row in one["history"]]

    (first, *_) = from_json(written(fewer))
    assert first.columns == RUNS[0].columns
    assert np.isnan(first.history[:, -1]).all()
    np.testing.assert_array_equal(first.history[:, :-1], RUNS[0].history[:, :-1])


def of_first(**changed: Any) -> Callable[[dict[str, Any]], object]:
    return lambda whole: whole["runs"][0].update(changed)


def cell(value: Any) -> Callable[[dict[str, Any]], object]:
    return lambda whole: whole["runs"][0]["history"][2].__setitem__(0, value)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda w: w.update(format="other"), ["no results of Compile Lab"]),
        (lambda w: w.update(version=2), ["version '2'", "reads version 1"]),
        (lambda w: w.update(version=True), ["version 'True'"]),
        (lambda w: w.update(more=1), ["'more'", "unknown"]),
        (lambda w: w.update(runs=[]), ["at least one run"]),
        (lambda w: w.update(runs={}), ["must be a list"]),
        (lambda w: w.update(runs=w["runs"] * MOST_RUNS), ["900 runs are too many"]),
        (lambda w: w["runs"].append(w["runs"][0]), ["run 1 and run 4 are the same experiment"]),
        (lambda w: w["runs"].append("x"), ["run 4 is 'x'"]),
        (lambda w: w["runs"][1].pop("proof"), ["run 2 lacks proof"]),
        (of_first(more=1), ["run 1 has 'more'"]),
        (of_first(experiment=spec(epochs=0)), ["run 1: epochs"]),
        (of_first(experiment=spec(dataset="moon")), ["run 1: dataset.name", "'moon'"]),
        (of_first(status="running"), ["run 1: status is 'running'"]),
        (of_first(status=[]), ["run 1: status is []"]),
        (of_first(status="diverged"), ["diverged is None", "names the epoch"]),
        (of_first(diverged=2), ["status is 'finished' and diverged is 2"]),
        (of_first(diverged=9), ["run 1: diverged"]),
        (of_first(columns=["loss"]), ["must begin with", "val_accuracy"]),
        (of_first(columns="loss"), ["must begin with"]),
        (of_first(columns=[*RUNS[0].columns, "mine"]), ["'mine' too much"]),
        (of_first(columns=[*RUNS[0].columns, EXTRA[0]]), [f"'{EXTRA[0]}' too much"]),
        (of_first(history="long"), ["history must be a list"]),
        (
            of_first(history=[[1.0]] * 4),
            ["1 numbers in epoch 1", "11 columns"],
        ),
        (of_first(history=[7] * 4), ["no numbers in epoch 1"]),
        (lambda w: w["runs"][0]["history"].pop(), ["3 epochs", "must have 4"]),
        (lambda w: w["runs"][1]["history"].pop(), ["1 epochs", "diverged", "must have 2"]),
        (lambda w: w["runs"][2]["history"].extend(w["runs"][0]["history"]), ["at most 4"]),
        (cell("0.5"), ["something else than numbers", "epoch 3"]),
        (cell(True), ["something else than numbers", "epoch 3"]),
        (cell(10**400), ["something else than numbers", "epoch 3"]),
        (cell(1e39), ["something else than numbers", "epoch 3"]),
        (cell(None), ["loss of a finished run"]),
        (of_first(finals=None), ["finals is None"]),
        (lambda w: w["runs"][0]["finals"].pop("test"), ["finals lacks test"]),
        (lambda w: w["runs"][0]["finals"]["test"].update(loss="low"), ["finals.test"]),
        (of_first(proof={"data": "x", "weights": "a", "order": "b"}), ["proof.data"]),
        (of_first(versions="a\nb"), ["versions must be one line"]),
        (of_first(versions="a" * 999), ["versions must be one line"]),
    ],
)
def test_what_does_not_fit_is_said(change: Callable, words: list[str]) -> None:
    with pytest.raises(ValueError, match=r".") as raised:
        from_json(written(change))
    assert all(word in str(raised.value) for word in words), raised.value


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{", "not JSON"),
        (b"\xff\xfe\x00", "not JSON"),
        ("[" * 100_000, "not JSON"),
        (written(cell(1.0)).replace("1.0", "NaN"), "not JSON"),
        ("[1]", "no results"),
        ("null", "no results"),
        (" " * (MOST_BYTES + 1), "may have 10"),
    ],
    ids=["cut", "binary", "deep", "NaN", "list", "null", "big"],
)
def test_a_file_that_is_something_else_is_said(text: str | bytes, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        from_json(text)


def test_a_run_that_ended_early_comes_back() -> None:
    stop = {"callbacks": [{"name": "EarlyStopping", "params": {"patience": 1}}]}
    early = run(Experiment.from_json(spec(epochs=4, fit=stop)), epochs=3)
    (back,) = from_json(to_json([early]))
    assert len(back.history) == 3
    with pytest.raises(ValueError, match="has 3 epochs"):
        from_json(to_json([run(Experiment.from_json(spec(epochs=4)), epochs=3)]))
