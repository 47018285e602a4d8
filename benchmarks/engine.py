"""CPU and time of our stack against plain `fit`, each in fresh processes."""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from statistics import median

from benchmarks.figure import Figure, at_least, plain
from benchmarks.workloads import SEEDS
from training.job import ENVIRONMENT

ROOT = Path(__file__).parent.parent
EPOCHS = 100
QUIET = {"CUDA_VISIBLE_DEVICES": "-1", "TF_CPP_MIN_LOG_LEVEL": "3"}
ONE_THREAD = {name: ENVIRONMENT[name] for name in ENVIRONMENT if "THREADS" in name}


def measure(quick: bool) -> list[Figure]:
    """W1 and W2; quick takes fewer epochs and repeats, and says little of the real ratios."""
    epochs, processes, fitted = (10, 1, 2) if quick else (EPOCHS, 3, 5)
    fit = _fit(fitted, QUIET)
    alone = _fit(fitted, QUIET | ONE_THREAD)
    w1 = [child("benchmarks.stacked", "W1", epochs, 1) for _ in range(processes)]
    w2 = [child("benchmarks.stacked", "W2", epochs, 1) for _ in range(processes)]
    fit_w1 = child("benchmarks.plain", epochs - 1, 4, variables=QUIET)[0]
    return [*_w2(w2, fit, alone, epochs), *_w1(w1, fit_w1, epochs)]


def _w2(
    ours: Sequence[Sequence[dict]], fit: Sequence[dict], alone: Sequence[dict], epochs: int
) -> list[Figure]:
    cold, warm = _middle(ours, 0, "cpu"), _middle(ours, 1, "cpu")
    theirs, single = _scaled(fit, "cpu", epochs), _scaled(alone, "cpu", epochs)
    per_epoch = [1000 * each["epoch_cpu"] for each in fit]
    return [
        at_least(
            "W2, a worker's first stack: CPU against `fit`",
            100,
            theirs / cold,
            "times less",
            "graph traced and trained",
            f"{cold:.1f} s against {theirs:.0f} s",
        ),
        at_least(
            "W2, graph known: CPU against `fit`",
            100,
            theirs / warm,
            "times less",
            "other seeds, same process",
            f"{warm:.1f} s against {theirs:.0f} s",
        ),
        plain(
            "W2, `fit` kept to one thread: CPU against it",
            f"{single / cold:.0f} times less first, {single / warm:.0f} with the graph known",
            f"{single:.0f} s, the same script with TensorFlow's threads set to one",
        ),
        plain(
            "one epoch of `fit`, CPU",
            f"{min(per_epoch):.0f} to {max(per_epoch):.0f} ms by optimizer",
            "as anyone writes it",
        ),
        plain(
            "one epoch of one of W2's 30 runs, CPU",
            f"{1000 * warm / 30 / epochs:.2f} ms",
            "graph known, metrics and pictures included",
        ),
    ]


def _w1(ours: Sequence[Sequence[dict]], fit: dict, epochs: int) -> list[Figure]:
    theirs = fit["first_wall"] + (epochs - 1) * fit["epoch_wall"]
    cold, warm = _middle(ours, 0, "wall"), _middle(ours, 1, "wall")
    return [
        at_least(
            "W1, a worker's first stack: time against `fit`",
            8,
            theirs / cold,
            "times faster",
            "graph traced and trained",
            f"{cold:.1f} s against {theirs:.0f} s",
        ),
        at_least(
            "W1, graph known: time against `fit`",
            8,
            theirs / warm,
            "times faster",
            "another seed, same process",
            f"{warm:.2f} s against {theirs:.0f} s",
        ),
    ]


def _fit(epochs: int, variables: dict[str, str]) -> list[dict[str, float]]:
    return child("benchmarks.plain", epochs, variables=variables)


def _scaled(fit: Sequence[dict[str, float]], clock: str, epochs: int) -> float:
    """Seconds of all 30 runs, from the first epochs of one run per optimizer."""
    runs = [each[f"first_{clock}"] + (epochs - 1) * each[f"epoch_{clock}"] for each in fit]
    return SEEDS * sum(runs)


def _middle(ours: Sequence[Sequence[dict]], which: int, clock: str) -> float:
    """Median over the processes of their first (0) or second (1) stack."""
    return median(process[which][clock] for process in ours)


def child(module: str, *arguments: object, variables: dict[str, str] | None = None) -> list[dict]:
    """What a fresh process of `module` printed last; raises RuntimeError when it fails."""
    run = subprocess.run(
        [sys.executable, "-m", module, *map(str, arguments)],
        cwd=ROOT,
        env=os.environ | (variables or {}),
        capture_output=True,
        text=True,
    )
    if run.returncode:
        raise RuntimeError(f"{module} ended with code {run.returncode}:\n{run.stderr[-2000:]}")
    return json.loads(run.stdout.splitlines()[-1])
