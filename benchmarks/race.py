"""The fair race against the same work in plain `fit`, and what a tick of the largest race takes."""

import json
import time
from collections.abc import Callable
from dataclasses import replace
from statistics import median

import numpy as np
from streamlit.dataframe_util import convert_pandas_df_to_arrow_bytes

from benchmarks.engine import QUIET, child
from benchmarks.figure import Figure, at_most, plain
from benchmarks.workloads import SIX, raced, w1
from components.charts import charts
from components.compare.numbers import made
from components.compare.shown import at_first, offered, shown
from training.plan import EXTRA
from training.race import opening
from training.states import ComparisonState, RunState
from training.variant_labels import labels

EPOCHS, SEEDS = 200, 20
ROWS = [{"name": "Lion"}, {"name": "Nadam"}, {"name": "Adagrad"}, {"name": "Adamax"}]
ROWS += [{"name": "Ftrl"}, {"name": "Adadelta"}]
REPEATS = 9


def measure(quick: bool) -> list[Figure]:
    """CPU of the whole race, first and with graphs known; bytes and time of the largest tick."""
    epochs = 5 if quick else 60
    ours = child("benchmarks.stacked", "race", epochs, 2)
    fit = child("benchmarks.plain", 2 if quick else 5, variables=QUIET)
    design = raced(0, epochs)
    runs = len(opening(design)) + len(design.rows) * design.seeds
    theirs = sum(f["first_cpu"] + (epochs - 1) * f["epoch_cpu"] for f in fit) * runs / len(SIX)
    cold, warm = ours[0]["cpu"], median(each["cpu"] for each in ours[1:])
    size = f"six optimizers, 10 rates, {design.seeds} seeds at defaults and tuned: {runs} runs"
    return [
        at_most(
            "fair race on moons, graphs known: CPU",
            8,
            warm,
            "s",
            size,
            f"{theirs / warm:.0f} times less than `fit`, {theirs:.0f} s",
        ),
        plain(
            "fair race, a worker's first: CPU",
            f"{cold:.1f} s, {theirs / cold:.0f} times less than `fit`",
            "two graphs traced and trained",
        ),
        *_largest(),
    ]


def _largest() -> list[Figure]:
    state = _state()
    names = labels([run.experiment for run in state.runs])
    drawn, spent = _timed(
        lambda: charts(
            state.runs, names, "binary_accuracy", ("train", "validation"), False, medians=True
        )
    )
    found, more = _timed(lambda: made(state, names, "binary_accuracy"))
    columns = found.found.columns
    seen = shown(found.frame, columns, at_first(columns, False))
    size = sum(len(json.dumps(c.figure, separators=(",", ":"))) for c in drawn)
    size += len(convert_pandas_df_to_arrow_bytes(seen))
    how = f"12 rows, {SEEDS} seeds, epoch {EPOCHS // 2} of {EPOCHS}: charts and table"
    groups = len(offered(columns))
    return [
        at_most("largest comparison: a tick", 60, size / 1000, "kB", how),
        at_most(
            "largest comparison: server time of a tick",
            100,
            1000 * (spent + more),
            "ms",
            f"{how}, median of {REPEATS}",
            f"{groups} groups of columns",
        ),
    ]


def _timed(make: Callable) -> tuple:
    """What it makes, and seconds: the median over REPEATS."""
    times = []
    for _ in range(REPEATS):
        before = time.perf_counter()
        result = make()
        times.append(time.perf_counter() - before)
    return result, median(times)


def _state() -> ComparisonState:
    """The largest comparison half-way; numbers that fall with noise, as those of a training."""
    random = np.random.default_rng(0)
    fall = np.exp(-np.arange(EPOCHS // 2, dtype="float32") / 40)[:, None]
    runs = []
    for row in (*SIX, *ROWS):
        for seed in range(SEEDS):
            e = w1(seed, row, EPOCHS)
            columns = (*e.columns, *EXTRA)
            noise = random.lognormal(0, 0.1, (len(fall), len(columns)))
            history = (fall * noise).astype("float32")
            runs.append(RunState(e, e.digest, "running", len(fall), history, columns, *[None] * 8))
    return replace(_empty(), runs=tuple(runs))


def _empty() -> ComparisonState:
    return ComparisonState("largest", "", "me", 0.0, 1, "running", ())
