"""The headless command: what it prints where, its CSV, and its exit codes."""

import csv
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from training.__main__ import main
from training.headless import WIDTH, table
from training.progress import Progress
from training.spec import Comparison

ROOT = Path(__file__).resolve().parents[1]
SPEC: dict[str, Any] = {
    "dataset": {"name": "moons", "params": {"samples": 100}},
    "model": {"name": "mlp", "params": {"hidden": [3], "dropout": 0.1}},
    "compile": {
        "optimizer": {"name": "Adam", "params": {"learning_rate": 0.01}},
        "loss": "BinaryCrossentropy",
        "metrics": ["accuracy", "AUC"],
    },
    "epochs": 2,
    "batch_size": 32,
    "seed": 0,
}
WRONG = SPEC | {"dataset": {"name": "moons", "params": {"labels": "one-hot"}}}
COLUMNS = "experiment,seed,epoch,loss,accuracy,auc,val_loss,val_accuracy,val_auc"


def command(*arguments: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "training", *arguments],
        input=stdin,
        capture_output=True,
        text=True,
        cwd=ROOT,
    )


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(text.splitlines()))


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> tuple:
    """A list of two good experiments and one that Keras refuses, run with --out file."""
    out = tmp_path_factory.mktemp("cli") / "history.csv"
    spec = json.dumps([SPEC, SPEC | {"seed": 7, "epochs": 3}, WRONG])
    return command("run", "-", "--out", str(out), stdin=spec), out.read_text()


def test_the_history_has_a_row_for_each_experiment_and_epoch(ran: tuple) -> None:
    _, text = ran
    assert text.splitlines()[0] == COLUMNS
    found = [(row["experiment"], row["seed"], row["epoch"]) for row in rows(text)]
    assert found == [("0", "0", "1"), ("0", "0", "2"), *(("1", "7", str(n)) for n in (1, 2, 3))]
    assert all(0 < float(row["val_loss"]) < 5 for row in rows(text))


def test_the_table_goes_to_stdout_and_progress_and_errors_to_stderr(ran: tuple) -> None:
    done, _ = ran
    assert done.returncode == 1
    assert "val_loss" in done.stdout
    assert "finished" in done.stdout
    assert "7/7" in done.stderr
    assert "experiment 2: ValueError: " in done.stderr
    assert "same shape" in done.stderr
    for litter in ("while_loop", "WARNING", "Traceback", "oneDNN"):
        assert litter not in done.stdout + done.stderr


def test_history_to_stdout_leaves_nothing_else_there(tmp_path: Path) -> None:
    path = tmp_path / "spec.json"
    path.write_text(json.dumps(SPEC))
    done = command("run", str(path), "--out", "-")
    assert done.returncode == 0
    assert done.stdout.splitlines()[0] == COLUMNS
    assert len(done.stdout.splitlines()) == 3
    assert "finished" in done.stderr


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (json.dumps(SPEC | {"epochs": 0}), "epochs: 0 is too small; give one from 1 to 5000."),
        (json.dumps([SPEC, SPEC | {"seed": -1}]), "experiment 1: seed: -1 is too small"),
        ("{", "is not JSON: "),
        ("", "is not JSON: "),
    ],
)
@pytest.mark.parametrize("verb", ["run", "export"])
def test_a_bad_spec_is_one_sentence_and_exit_2(
    verb: str, text: str, words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "spec.json"
    path.write_text(text)
    assert main([verb, str(path)]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert words in err
    assert len(err.splitlines()) == 1


def test_files_that_cannot_be_read_or_written_are_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["run", str(tmp_path / "none.json")]) == 2
    assert "none.json cannot be read: No such file" in capsys.readouterr().err
    path = tmp_path / "spec.json"
    path.write_text(json.dumps(SPEC))
    assert main(["run", str(path), "--out", str(tmp_path / "no" / "history.csv")]) == 2
    assert "history.csv cannot be written: No such file" in capsys.readouterr().err


def shown(metrics: list[Any], learning_rates: tuple[float, ...]) -> str:
    comparison = Comparison.from_json(
        [
            SPEC
            | {
                "compile": {
                    "optimizer": {"name": "Adam", "params": {"learning_rate": rate}},
                    "loss": "BinaryCrossentropy",
                    "metrics": metrics,
                }
            }
            for rate in learning_rates
        ]
    )
    runs = [
        Progress(
            outcome="finished",
            finals={"validation": {n: 0.12345 for n in e.columns if not n.startswith("val_")}},
        )
        for e in comparison.experiments
    ]
    runs[-1].diverged, runs[-1].finals = 12, None
    return table(comparison.experiments, runs)


def test_the_table_cuts_no_name_however_many_metrics() -> None:
    many = ["BinaryCrossentropy", "AUC", "Precision", "Recall", "F1Score", "R2Score", "Poisson"]
    for metrics in (["accuracy"], many):
        text = shown(metrics, (0.1, 0.2))
        assert max(map(len, text.splitlines())) <= WIDTH
        assert "…" not in text
        assert "0.2" in text
        assert "diverged at epoch 12" in text
    assert "val_binary_crossentropy=0.1235" in text
    assert "val_poisson=0.1235" in text
