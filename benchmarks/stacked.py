"""Trains W1 or W2 as a worker does, in this process; prints seconds as JSON, first cold, then warm.

`python -m benchmarks.stacked W1|W2 EPOCHS REPEATS`; imports are not counted.
"""

import json
import os
import sys
import time
from queue import SimpleQueue
from typing import Any

from training.job import ENVIRONMENT

os.environ.update(ENVIRONMENT)  # one thread, as a worker has

from benchmarks.workloads import SEEDS, w1, w2
from training import stack  # noqa: F401  imported before the clock starts
from training.job import Training
from training.spec import Experiment


def measure(experiments: list[Experiment]) -> dict[str, float]:
    """Train them; "cpu" seconds of all threads and "wall" seconds."""
    wall, cpu = time.perf_counter(), time.process_time()
    runs = Training(experiments, _unheard, SimpleQueue()).run()
    spent = {"cpu": time.process_time() - cpu, "wall": time.perf_counter() - wall}
    wrong = [run.error or run.outcome for run in runs if run.outcome != "finished"]
    if wrong:
        sys.exit(f"{len(wrong)} runs did not finish: {wrong[0]}")
    return spent


def _unheard(kind: str, **more: Any) -> None:
    """Where a worker sends its events."""


def main() -> None:
    """Fresh seeds every time, so that nothing is known but the graph."""
    which, epochs, repeats = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    make = {"W1": lambda seed: [w1(seed, epochs=epochs)], "W2": lambda seed: w2(seed, epochs)}
    found = [measure(make[which](SEEDS * i)) for i in range(1 + repeats)]
    print(json.dumps(found))


if __name__ == "__main__":
    main()
