"""Training without a server: every stack in this process, with a progress bar on stderr."""

import os
from collections.abc import Sequence
from queue import SimpleQueue
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from training.plan import plan
from training.progress import Progress as Run
from training.spec import Experiment
from training.worker import ENVIRONMENT, Training


def train(experiments: Sequence[Experiment]) -> list[Run]:
    """Train everything, stack by stack; one Run per experiment, in their order."""
    os.environ.update(ENVIRONMENT)
    runs: list[Run] = [Run() for _ in experiments]
    columns = (TextColumn("epochs"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True)) as bar:
        task = bar.add_task("epochs", total=sum(e.epochs for e in experiments))
        done = 0
        for positions in plan(experiments):

            def show(kind: str, done: int = done, **more: Any) -> None:
                bar.update(task, completed=done + sum(run.epochs for run in training.runs))

            training = Training([experiments[p] for p in positions], show, SimpleQueue())
            for position, run in zip(positions, training.run(), strict=True):
                runs[position] = run
                done += experiments[position].epochs
            bar.update(task, completed=done)
    return runs


def table(experiments: Sequence[Experiment], runs: Sequence[Run]) -> str:
    """The final numbers as a table for a terminal."""
    shown = Table(
        "experiment", "optimizer", "loss", "seed", "outcome", "train", "validation", "test"
    )
    for position, (e, run) in enumerate(zip(experiments, runs, strict=True)):
        outcome = f"diverged at epoch {run.diverged}" if run.diverged else str(run.outcome)
        finals = run.finals or {}
        parts = [_numbers(finals.get(part, {})) for part in ("train", "validation", "test")]
        shown.add_row(
            str(position),
            e.compile.optimizer.name,
            e.compile.loss.name,
            str(e.seed),
            outcome,
            *parts,
        )
    console = Console(width=max(120, Console().width))
    with console.capture() as captured:
        console.print(shown)
    return captured.get()


def _numbers(values: dict[str, float]) -> str:
    return "\n".join(f"{name} {value:.4g}" for name, value in values.items())
