"""From Lab.submit to the first point, to the last, and the same again: what a page waits for."""

import tempfile
from statistics import median

from benchmarks.figure import Figure, at_most, plain, spread
from benchmarks.watching import until
from benchmarks.workloads import SIX, w1
from training.lab import Lab
from training.spec import Comparison, Experiment

WORKERS = 2


def measure(quick: bool) -> list[Figure]:
    """One Lab with a store of its own; quick takes 20 epochs and fewer runs."""
    epochs, repeats = (20, 2) if quick else (100, 6)
    with tempfile.TemporaryDirectory() as folder:
        lab = Lab(f"sqlite:///{folder}/lab.sqlite", WORKERS)
        try:
            lab.start()
            until(lambda: lab.ready().warm == WORKERS)
            new = [train(lab, w1(0, optimizer, epochs)) for optimizer in SIX[:repeats]]
            known = [train(lab, w1(1 + seed, epochs=epochs)) for seed in range(repeats)]
            again = [train(lab, w1(1 + seed, epochs=epochs)) for seed in range(repeats)]
        finally:
            lab.close()
    return _figures(new, known, again)


def train(lab: Lab, experiment: Experiment) -> tuple[float, float]:
    """Seconds from submit to the first epoch and to the last."""
    id = lab.submit(Comparison((experiment,)), "benchmark")
    first = until(lambda: len(lab.state(id).runs[0].history))
    return first, first + until(lambda: lab.state(id).ended)


def _figures(new: list[tuple], known: list[tuple], again: list[tuple]) -> list[Figure]:
    figures = []
    for name, runs, how in (
        ("graph new to the worker", new, "six optimizers, one after the other"),
        ("graph known", known, "Adam, fresh seeds"),
    ):
        first, last = zip(*runs, strict=True)
        figures += [
            at_most(
                f"W1, {name}: submit to first point",
                1.5,
                median(first),
                "s",
                how,
                spread(first, "s"),
            ),
            at_most(f"W1, {name}: submit to done", 4, median(last), "s", how, spread(last, "s")),
        ]
    done = [last for _, last in again]
    figures.append(
        at_most(
            "the identical experiment again: submit to done",
            0.3,
            max(done),
            "s",
            "read from the store, slowest",
            spread(done, "s"),
        )
    )
    figures.append(
        plain("asking for a state", "every 5 ms", "what all times of the Lab are rounded up to")
    )
    return figures
