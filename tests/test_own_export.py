"""A script of runs on own data reads the files beside it, and prints the numbers of the app."""

import csv
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import own_tables
import pytest
from reference import ABSOLUTE, RELATIVE, gather
from test_own import experiment

from datasets import own
from training.export import script
from training.plan import plan
from training.spec import Comparison
from training.stack import Stack


def comparison() -> Comparison:
    """Every way to handle gaps, every task, another split, and drawn points."""
    flowers, points = own_tables.saved(), own_tables.drawn(3)
    sparse = {"loss": "SparseCategoricalCrossentropy", "metrics": ["accuracy"], "optimizer": "SGD"}
    number = {"loss": "MeanSquaredError", "metrics": ["MeanAbsoluteError"], "optimizer": "Adam"}
    amount = {"target": "amount", "task": "regression"}
    grade = {"target": "grade", "task": "multiclass", "missing": "fill"}
    return Comparison.from_json(
        [
            experiment(own_tables.choice(flowers.digest)),
            experiment(own_tables.choice(flowers.digest, missing="fill")),
            experiment(own_tables.choice(flowers.digest, missing="fill", split=2)),
            experiment(own_tables.choice(flowers.digest, missing="fill", split=2), seed=4),
            experiment(own_tables.choice(flowers.digest, **grade), compile=sparse),
            experiment(
                own_tables.choice(flowers.digest, missing="category", **amount), compile=number
            ),
            experiment(
                {"name": "drawn", "params": {"digest": points.digest, "validation": 0.4}},
                compile=sparse,
            ),
        ]
    )


def test_the_script_gives_the_same_numbers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COMPILE_LAB_HOME", str(tmp_path))
    wanted = comparison()
    text = script(wanted)
    place = tmp_path / "elsewhere"
    place.mkdir()
    (place / "script.py").write_text(text, encoding="utf-8")
    for saved in own.listed():
        assert f"Its file {saved.file} must lie beside this" in text
        shutil.copy(own.present(saved.digest), place / saved.file)
    assert max(map(len, text.splitlines())) <= 100
    done = subprocess.run(
        [sys.executable, "-I", "script.py"], capture_output=True, text=True, cwd=place
    )
    assert done.returncode == 0, done.stderr
    printed = list(csv.DictReader(done.stdout.splitlines()))
    for positions in plan(wanted.experiments):
        experiments = [wanted.experiments[p] for p in positions]
        for position, ours in zip(
            positions, gather(experiments, Stack(experiments).chunks()), strict=True
        ):
            theirs = [row for row in printed if row["experiment"] == str(position)]
            assert len(theirs) == 3
            for name in wanted.experiments[position].columns:
                column = [float(row[name]) for row in theirs]
                np.testing.assert_allclose(ours.history[name], column, RELATIVE, ABSOLUTE, name)
