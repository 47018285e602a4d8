"""The same experiment gives the same numbers to the last bit, wherever and with whom it trains."""

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from reference import Result, experiment, stack

from training import stack as engine
from training.spec import Experiment

ROOT = Path(__file__).resolve().parents[1]


def made(optimizer: str = "Adam", seed: int = 0, **model: object) -> Experiment:
    return experiment(
        "moons",
        optimizer,
        "BinaryCrossentropy",
        ["accuracy", "AUC", "MeanSquaredError"],
        {"name": "mlp", "params": {"hidden": [7, 5]} | model},
        seed=seed,
        epochs=6,
    )


def pictures(seed: int) -> Experiment:
    return experiment(
        "digits",
        "Adam",
        "SparseCategoricalCrossentropy",
        ["accuracy"],
        {"name": "cnn", "params": {"filters": [3], "dense": 4, "dropout": 0.3}},
        seed=seed,
        batch_size=400,
    )


def assert_identical(first: Result, second: Result) -> None:
    """Histories, norms, finals and every frame that both have; time is another each time."""
    for part in ("history", "extra"):
        for name, values in getattr(first, part).items():
            if name == "seconds":
                continue
            np.testing.assert_array_equal(values, getattr(second, part)[name], name)
    assert first.finals == second.finals
    for epoch in first.frames.keys() & second.frames.keys():
        np.testing.assert_array_equal(first.frames[epoch], second.frames[epoch])


COMPANY = {
    "dense": ([made("Adam"), made("Muon")], [made("Adam", 1), made("SGD"), made("RMSprop", 2)]),
    "random": (
        [made(dropout=0.4, batch_normalization=True)],
        [made("SGD", 1, dropout=0.4, batch_normalization=True)],
    ),
    "pictures": ([pictures(0)], [pictures(1), pictures(2)]),
}


@pytest.mark.parametrize("kind", COMPANY)
def test_alone_and_in_company(kind: str) -> None:
    own, others = COMPANY[kind]
    together = stack([*others[:1], *own, *others[1:]])
    for position, e in enumerate(own, start=1):
        (alone,) = stack([e])
        assert alone.frames.keys() == set(range(0, e.epochs + 1))
        assert_identical(alone, together[position])


def test_a_warm_program_gives_what_a_new_one_gives() -> None:
    engine.program.cache_clear()
    (cold,) = stack([made("Nadam")])
    assert engine.program.cache_info().hits == 0
    stack([made("Nadam", seed=5)])
    (warm,) = stack([made("Nadam")])
    assert engine.program.cache_info().hits == 2
    assert_identical(cold, warm)


def test_chunks_of_any_size_give_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    one = made("ScheduleFreeAdamW")
    monkeypatch.setattr(engine, "CHUNK_SECONDS", 1e-9)
    (small,) = stack([one])
    monkeypatch.setattr(engine, "CHUNK_SECONDS", 1e9)
    (large,) = stack([one])
    assert_identical(small, large)


def test_a_change_of_the_rate_cuts_no_chunk_wrongly(monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = (replace(made(name), rates=((4, 0.1),)) for name in ("Adam", "Lamb"))
    monkeypatch.setattr(engine, "CHUNK_SECONDS", 1e-9)
    small = stack([first, second])
    monkeypatch.setattr(engine, "CHUNK_SECONDS", 1e9)
    for ours, theirs in zip(stack([first, made("SGD"), second])[::2], small, strict=True):
        assert_identical(ours, theirs)


IN_ANOTHER_PROCESS = """
import json, sys
sys.path.insert(0, "tests")
from reference import stack
from training.spec import Experiment
(found,) = stack([Experiment.from_json(json.load(sys.stdin))])
history = {name: values.tolist() for name, values in found.history.items()}
frames = {epoch: frame.tolist() for epoch, frame in found.frames.items()}
print(json.dumps([history, found.finals, frames]))
"""


def test_another_process_gives_the_same() -> None:
    one = made("Lamb", dropout=0.2)
    (here,) = stack([one])
    done = subprocess.run(
        [sys.executable, "-c", IN_ANOTHER_PROCESS],
        input=json.dumps(one.to_json()),
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=True,
    )
    history, finals, frames = json.loads(done.stdout)
    assert history == {name: values.tolist() for name, values in here.history.items()}
    assert finals == here.finals
    assert frames == {str(epoch): frame.tolist() for epoch, frame in here.frames.items()}
