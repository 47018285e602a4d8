"""Trains W1, W2 or a fair race as a worker does, in this process; prints seconds as JSON.

`python -m benchmarks.stacked W1|W2|race EPOCHS REPEATS`: first cold, then warm; imports are not
counted.
"""

import json
import os
import sys
import time
from collections.abc import Callable
from functools import partial
from queue import SimpleQueue
from typing import Any

from training.job import ENVIRONMENT

os.environ.update(ENVIRONMENT)  # one thread, as a worker has

from benchmarks.workloads import SEEDS, raced, w1, w2
from training import stack  # noqa: F401  imported before the clock starts
from training.design import Design
from training.job import Training
from training.plan import EXTRA
from training.progress import Progress
from training.race import choose, opening, tuned
from training.spec import Experiment


def measure(train: Callable[[], None]) -> dict[str, float]:
    """Of what trains: "cpu" seconds of all threads and "wall" seconds."""
    wall, cpu = time.perf_counter(), time.process_time()
    train()
    return {"cpu": time.process_time() - cpu, "wall": time.perf_counter() - wall}


def together(experiments: list[Experiment]) -> list[Progress]:
    """Train a stack to its end."""
    runs = Training(experiments, _unheard, SimpleQueue()).run()
    wrong = [run.error or run.outcome for run in runs if run.outcome != "finished"]
    if wrong:
        sys.exit(f"{len(wrong)} runs did not finish: {wrong[0]}")
    return runs


def race(design: Design) -> None:
    """The grid and the defaults, then the tuned rows."""
    first = opening(design)
    columns = (*first[0].columns, *EXTRA)
    ended = {
        e: dict(zip(columns, map(float, run.rows[-1]), strict=True))
        for e, run in zip(first, together(first), strict=True)
        if run.diverged is None
    }
    known = set(first)
    together([e for e in tuned(choose(design, ended)) if e not in known])


def _unheard(kind: str, **more: Any) -> None:
    """Where a worker sends its events."""


def main() -> None:
    """Fresh seeds every time, so that nothing is known but the graph."""
    which, epochs, repeats = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    make: dict[str, Callable[[int], object]] = {
        "W1": lambda seed: together([w1(seed, epochs=epochs)]),
        "W2": lambda seed: together(w2(seed, epochs)),
        "race": lambda seed: race(raced(2 * seed, epochs)),
    }
    found = [measure(partial(make[which], SEEDS * i)) for i in range(1 + repeats)]
    print(json.dumps(found))


if __name__ == "__main__":
    main()
