"""Training without a server: every stack in this process, with a progress bar on stderr."""

import os
from collections.abc import Callable, Sequence
from queue import SimpleQueue
from typing import Any

from rich.console import Console
from rich.measure import Measurement
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from training.code import called
from training.data_title import data_called
from training.fit_words import WORDS, changed
from training.job import ENVIRONMENT, Training
from training.plan import plan
from training.progress import Progress as Run
from training.rates import told
from training.spec import Experiment

WIDTH = 100  # of the final table, where the terminal is not wider

# Columns of the final table, those not in ALWAYS only where the experiments differ in them.
SETTINGS: dict[str, Callable[[Experiment], str]] = {
    "optimizer": lambda e: called(e.compile.optimizer),
    "loss": lambda e: ", ".join(called(loss) for _, loss in e.compile.losses),
    "loss weights": lambda e: ", ".join(f"{head} {w:g}" for head, w in e.compile.loss_weights),
    **{words.name: lambda e, f=field: changed(e.fit, f) for field, words in WORDS.items()},
    "learning rate": lambda e: told(e.rates),
    "seed": lambda e: str(e.seed),
    "data set": lambda e: data_called(e.dataset),
    "model": lambda e: called(e.model),
    "epochs": lambda e: str(e.epochs),
    "batch size": lambda e: str(e.batch_size),
}
ALWAYS = ("optimizer", "loss", "seed")


def train(experiments: Sequence[Experiment]) -> list[Run]:
    """Train everything, stack by stack; one Run per experiment, in their order."""
    os.environ.update(ENVIRONMENT)
    runs: list[Run] = [Run() for _ in experiments]
    columns = (TextColumn("epochs"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True)) as bar:
        task = bar.add_task("epochs", total=sum(e.epochs for e in experiments))
        done = 0
        for positions in plan(experiments):
            stack = [experiments[position] for position in positions]
            found = _train(
                stack, lambda epochs, done=done: bar.update(task, completed=done + epochs)
            )
            for position, run in zip(positions, found, strict=True):
                runs[position] = run
            # runs that diverged or failed have fewer epochs, and are done all the same
            done += sum(e.epochs for e in stack)
            bar.update(task, completed=done)
    return runs


def _train(stack: Sequence[Experiment], show: Callable[[int], None]) -> list[Run]:
    """Train one stack; `show` hears how many epochs all its runs have done."""

    def send(kind: str, **more: Any) -> None:
        show(sum(run.epochs for run in training.runs))

    training = Training(stack, send, SimpleQueue())
    return training.run()


def table(experiments: Sequence[Experiment], runs: Sequence[Run]) -> str:
    """The final validation numbers as a table for a terminal.

    A column for each number if all fit side by side, otherwise all of a run in one wrapped cell.
    """
    console = Console(width=max(WIDTH, Console().width), highlight=False)
    shown = _columns(experiments, runs)
    if (
        Measurement.get(console, console.options.update(width=10_000), shown).maximum
        > console.width
    ):
        shown = _wrapped(experiments, runs)
    with console.capture() as captured:
        console.print(shown)
    return captured.get()


def _columns(experiments: Sequence[Experiment], runs: Sequence[Run]) -> Table:
    numbers = [_validation(run) for run in runs]
    names = list(dict.fromkeys(name for found in numbers for name in found))
    settings = _settings(experiments)
    shown = Table("", *settings, "outcome")
    for name in names:
        shown.add_column(name, justify="right")
    for position, (run, found, *texts) in enumerate(
        zip(runs, numbers, *settings.values(), strict=True)
    ):
        cells = [f"{found[name]:.4g}" if name in found else "" for name in names]
        shown.add_row(str(position), *texts, _outcome(run), *cells)
    return shown


def _wrapped(experiments: Sequence[Experiment], runs: Sequence[Run]) -> Table:
    shown = Table(show_lines=True)
    shown.add_column("")
    shown.add_column(", ".join(_settings(experiments)), ratio=2)
    shown.add_column("outcome", no_wrap=True)
    shown.add_column("validation", ratio=3)
    for position, (run, *texts) in enumerate(
        zip(runs, *_settings(experiments).values(), strict=True)
    ):
        pairs = (f"{name}={value:.4g}" for name, value in _validation(run).items())
        shown.add_row(str(position), ", ".join(texts), _outcome(run), ", ".join(pairs))
    return shown


def _settings(experiments: Sequence[Experiment]) -> dict[str, list[str]]:
    """The settings worth showing: by name, a text for each experiment."""
    found = {name: [text(e) for e in experiments] for name, text in SETTINGS.items()}
    return {k: texts for k, texts in found.items() if k in ALWAYS or len(set(texts)) > 1}


def _validation(run: Run) -> dict[str, float]:
    finals = run.finals or {}
    return {f"val_{name}": value for name, value in finals.get("validation", {}).items()}


def _outcome(run: Run) -> str:
    return f"diverged at epoch {run.diverged}" if run.diverged else str(run.outcome)
