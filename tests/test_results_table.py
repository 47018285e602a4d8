"""The table of results: known answers, what is marked as best, what is shown, what it weighs."""

from collections.abc import Sequence
from dataclasses import replace
from math import inf, nan

import numpy as np
import pytest
from streamlit.dataframe_util import convert_pandas_df_to_arrow_bytes
from test_page_compare import comparison_state, run
from visits import spec

from components.compare.cells import APART, STAR, styled
from components.compare.marks import best_rows
from components.compare.measures import BEST, COSTS, FINAL, TEST, TO_TARGET, TRAIN
from components.compare.numbers import made
from components.compare.shown import CURVE, at_first, offered, shown
from components.compare.sparkline import LIVE_POINTS, sparklines
from components.compare.table import STATE, Measured, measure, table
from components.compare.table_words import evaluated, summed_up
from training.design import Design
from training.presets import PRESETS
from training.spec import Experiment
from training.states import ComparisonState, RunState
from training.target import Target
from training.variant_labels import labels

LIVE_BYTES = 12_000
ACCURACY = Target("val_accuracy", 0.9, lower=False)


def trained(
    optimizer: str = "SGD", seed: int = 0, status: str = "finished", **columns: Sequence[float]
) -> RunState:
    """A run with these columns, a value per epoch; its final numbers are the last ones."""
    epochs = len(next(iter(columns.values())))
    ended = run(Experiment.from_json(spec(optimizer=optimizer, seed=seed)), epochs, status)
    rows = np.full(ended.history.shape, 0.5, "float32")
    for name, values in columns.items():
        rows[:, ended.columns.index(name)] = values
    finals = None
    if status == "finished":
        last = dict(zip(ended.columns, map(float, rows[-1]), strict=True))
        parts = {"train": "", "validation": "val_", "test": "val_"}
        own = ("loss", "accuracy")
        finals = {part: {c: last[prefix + c] for c in own} for part, prefix in parts.items()}
    diverged = epochs if status == "diverged" else None
    return replace(ended, history=rows, finals=finals, diverged=diverged)


def ended(rows: dict[str, Sequence[float]], column: str = "val_loss") -> Measured:
    """Rows of optimizers, each with the last value of a column for every seed."""
    made = {
        (name, seed): trained(name, seed, **{column: [1.0, value]})
        for name, values in rows.items()
        for seed, value in enumerate(values)
    }
    return measure([*made.values()], [name for name, _ in made], final=True)


def test_best_epoch_and_area_are_those_of_the_validation_curve() -> None:
    frame = table([trained(val_loss=[1.0, 0.2, 0.4])], ["a"], final=True)
    assert frame["best validation loss"][0] == pytest.approx(0.2)
    assert frame["best epoch"][0] == 2
    assert frame["area, validation loss"][0] == pytest.approx((0.6 + 0.3) / 2)
    assert frame["validation loss"][0] == pytest.approx(0.4)
    once = table([trained(val_loss=[0.7])], ["a"], final=True)
    assert once["area, validation loss"][0] == pytest.approx(0.7)


def test_diverged_seeds_have_a_share_and_no_best() -> None:
    runs = [
        trained(seed=0, val_loss=[1.0, 0.5]),
        trained(seed=1, status="diverged", val_loss=[0.1, nan]),
    ]
    frame = table(runs, ["a", "a"], final=True, target=ACCURACY)
    assert frame["diverged"][0] == 0.5
    assert frame["n"][0] == 1
    assert frame["best validation loss"][0] == pytest.approx(0.5)


def test_time_to_the_target_is_a_median_with_misses() -> None:
    reached = {"val_accuracy": [0.5, 0.95, 0.95]}
    missed = {"val_accuracy": [0.5, 0.6, 0.7]}
    fast = [trained(seed=s, **columns) for s, columns in enumerate((reached, reached, missed))]
    slow = [trained("Adam", s, **columns) for s, columns in enumerate((reached, missed, missed))]
    names = ["fast"] * 3 + ["slow"] * 3
    frame = table([*fast, *slow], names, final=True, target=ACCURACY)
    assert list(frame["epochs to target"]) == [2, inf]
    assert list(frame["steps to target"]) == [2 * 20, inf]
    assert "epochs to target" not in table(fast, names[:3], final=True).columns


def test_seconds_are_there_when_they_were_measured() -> None:
    one = trained(val_accuracy=[0.5, 0.95, 0.95])
    rows = np.column_stack([one.history, np.array([nan, 1, 3], "float32")])
    columns = tuple("idle" if c == "seconds" else c for c in one.columns)
    timed = replace(one, history=rows, columns=(*columns, "seconds"))
    frame = table([timed], ["a"], final=True, target=ACCURACY)
    assert frame["seconds per epoch"][0] == 2
    assert frame["seconds to target"][0] == 3
    blank = replace(one, columns=columns)
    assert "seconds per epoch" not in table([blank], ["a"], final=True, target=ACCURACY).columns


def test_seconds_of_rows_that_trained_apart_are_marked_and_never_the_best() -> None:
    fast, slow = [0.95, 0.95, 0.95], [0.5, 0.5, 0.95]
    for seconds in (0.5, 0.25):
        runs = [trained("Adam", s, val_accuracy=fast, seconds=[seconds] * 3) for s in range(4)]
        runs += [trained("SGD", s, val_accuracy=slow) for s in range(4)]
        plan = {"target": ACCURACY.to_json()}
        state = ComparisonState("0", "", "me", 0.0, 1, "finished", tuple(runs), plan)
        found = made(state, ["Adam"] * 4 + ["SGD"] * 4, "")
        assert found.together == (seconds == 0.5)
        assert found.best["epochs to target"] == "Adam"
        assert ("seconds to target" in found.best) == found.together
        written = styled(found.frame, found.best, found.together).to_html()
        assert written.count(APART) == (0 if found.together else 4)


def test_the_optimizers_state_stands_beside_its_result() -> None:
    runs = [trained(name, val_loss=[1.0]) for name in ("SGD", "Adam", "Lion")]
    frame = table(runs, ["SGD", "Adam", "Lion"], final=True)
    assert list(frame[STATE]) == [0, 8, 4]


def test_losses_of_two_kinds_are_ruled_by_the_metric_on_show() -> None:
    state = comparison_state(PRESETS["losses"].design())
    names = labels([r.experiment for r in state.runs])
    frame = table(state.runs, names, True, metric="accuracy")
    assert "best validation accuracy" in frame.columns
    assert "best validation loss" not in frame.columns
    assert not [c for c in table(state.runs, names, True).columns if c.startswith("best")]


def test_a_best_value_is_marked_where_the_seeds_support_it() -> None:
    found = ended({"SGD": [0.6, 0.61, 0.59, 0.6], "Adam": [0.1, 0.12, 0.11, 0.1]})
    assert best_rows(found, one_loss=True) == {
        "validation loss": "Adam",
        "test loss": "Adam",
        "best validation loss": "Adam",
        "area, validation loss": "Adam",
    }
    higher = ended({"SGD": [0.6] * 4, "Adam": [0.9] * 4}, "val_accuracy")
    assert best_rows(higher, one_loss=True)["validation accuracy"] == "Adam"


def test_nothing_is_marked_with_few_seeds_or_overlap_or_unlike_losses() -> None:
    assert best_rows(ended({"SGD": [0.6] * 3, "Adam": [0.1] * 3}), one_loss=True) == {}
    level = {"SGD": [0.10, 0.14, 0.08, 0.12, 0.11], "Adam": [0.11, 0.13, 0.09, 0.10, 0.12]}
    assert best_rows(ended(level), one_loss=True) == {}
    apart = ended({"SGD": [0.6] * 5, "Adam": [0.1] * 5})
    assert best_rows(apart, one_loss=False) == {}


def test_a_row_with_a_diverged_seed_is_not_ranked() -> None:
    runs = [trained("SGD", s, val_loss=[1.0, 0.6]) for s in range(4)]
    runs += [trained("Adam", s, val_loss=[1.0, 0.1]) for s in range(3)]
    runs.append(trained("Adam", 3, "diverged", val_loss=[1.0, nan]))
    found = measure(runs, ["SGD"] * 4 + ["Adam"] * 4, final=True)
    assert "validation loss" not in best_rows(found, one_loss=True)


def test_rows_that_were_stopped_are_not_ranked() -> None:
    """Stopped at unlike epochs, they tell who was stopped later."""
    runs = [trained("SGD", s, "cancelled", val_loss=[1.0, 0.6]) for s in range(4)]
    runs += [trained("Adam", s, "cancelled", val_loss=[1.0, *[0.1] * 9]) for s in range(4)]
    names = ["SGD"] * 4 + ["Adam"] * 4
    assert best_rows(measure(runs, names, final=True), one_loss=True) == {}
    assert "last epoch that it trained" in evaluated(runs)
    assert "model.evaluate" not in evaluated(runs)
    whole = [trained("Adam", s, val_loss=[1.0, 0.1]) for s in range(4)]
    assert best_rows(measure([*runs[:4], *whole], names, final=True), one_loss=True) == {}
    assert "A stopped run has" in evaluated([*runs[:4], *whole])
    assert "stopped" not in evaluated(whole)


def test_medians_are_not_called_means() -> None:
    runs = [trained("SGD", s, val_accuracy=[0.5, 0.95]) for s in range(2)]
    found = measure(runs, ["SGD"] * 2, final=True, target=ACCURACY)
    every = summed_up(found.columns, [c.name for c in found.columns], 2)
    assert every.startswith("Mean over n of 2 seeds")
    for name in ("epochs to target", "steps to target", "best epoch"):
        assert name in every.split("medians: ")[1]
    assert "medians" not in summed_up(found.columns, ["validation loss"], 2)
    assert summed_up(found.columns, ["best epoch"], 1) == ""


@pytest.mark.parametrize(("misses", "best"), [(0, "Adam"), (4, "Adam"), (1, "")])
def test_who_never_missed_wins_over_who_always_did(misses: int, best: str) -> None:
    """One miss among other seeds leaves open who is faster: the fastest seed was as fast."""
    quick, late = [0.5, 0.95, 0.95], [0.5, 0.6, 0.95]
    never = [0.5, 0.6, 0.7]
    other = [never] * misses + ([late] if not misses else [quick]) * (4 - misses)
    runs = [trained("Adam", s, val_accuracy=quick) for s in range(4)]
    runs += [trained("SGD", s, val_accuracy=values) for s, values in enumerate(other)]
    found = measure(runs, ["Adam"] * 4 + ["SGD"] * 4, final=True, target=ACCURACY)
    assert best_rows(found, one_loss=True).get("epochs to target", "") == best


def test_a_marked_number_is_still_a_number() -> None:
    found = ended({"SGD": [0.6] * 4, "Adam": [0.1] * 4})
    frame = table([r for own in found.rows.values() for r in own], [*["SGD"] * 4, *["Adam"] * 4], 1)
    made = styled(frame, {"validation loss": "Adam"})
    assert made.data["validation loss"].dtype == "float64"
    cells = [c for row in made._translate(False, False)["body"] for c in row]
    starred = [c["display_value"] for c in cells if STAR in str(c["display_value"])]
    assert starred == [f"0.1 {STAR}"]
    infinite = styled(frame.assign(**{"validation loss": inf}), {})
    assert "∞" in infinite.to_html()


def test_groups_rows_and_differences_choose_what_is_shown() -> None:
    found = ended({"SGD": [0.6] * 4, "Adam": [0.1] * 4})
    runs = [r for own in found.rows.values() for r in own]
    frame = table(runs, [*["SGD"] * 4, *["Adam"] * 4], final=True)
    assert offered(found.columns) == [FINAL, TEST, BEST, COSTS, TRAIN]
    assert at_first(found.columns, ended=True) == [FINAL, TEST]
    assert at_first(found.columns, ended=False) == [FINAL]
    final = shown(frame, found.columns, [FINAL])
    assert "validation loss ±" in final.columns
    assert not {"test loss", "test loss ±", STATE, "train loss"} & set(final.columns)
    assert STATE in shown(frame, found.columns, [COSTS]).columns
    different = shown(frame, found.columns, [FINAL, COSTS], differing=True)
    assert list(different.columns) == ["Variant", "validation loss", "validation loss ±", STATE]
    one = shown(frame, found.columns, [FINAL], ["Adam"], differing=True)
    assert list(one["Variant"]) == ["Adam"]
    assert "validation loss" in one.columns


def test_small_curves_share_a_scale_and_survive_a_run_that_blew_up() -> None:
    calm = [trained("SGD", 0, val_loss=[1.0, 0.5, 0.4])]
    wild = [trained("Adam", 0, "diverged", val_loss=[1.0, 1e30, nan])]
    lines = sparklines({"calm": calm, "wild": wild}, "loss", 30)
    assert lines.curves["calm"] == [1.0, 0.5, 0.4]
    assert len(lines.curves["wild"]) == 2
    assert (lines.low, lines.high) == (pytest.approx(0.4), 2)
    assert all(lines.low <= v <= 2 for curve in lines.curves.values() for v in curve)
    uneven = [trained("Adam", 0, val_loss=[0.70204667, 0.49396123, 0.49392])]
    lines = sparklines({"calm": calm, "uneven": uneven}, "loss", 30)
    drawn = [value for curve in lines.curves.values() for value in curve]
    assert (lines.low, lines.high) == (min(drawn), max(drawn))
    flat = sparklines({"a": [trained(val_loss=[0.0, 0.0])]}, "loss", 30)
    assert (flat.low, flat.high) == (0, 1)
    apart = sparklines({"calm": calm, "wild": wild}, "", 30)
    assert apart.low is apart.high is None


def test_a_small_curve_is_a_median_of_few_points() -> None:
    seeds = [trained(seed=s, val_loss=np.linspace(1, s, 200)) for s in range(3)]
    (curve,) = sparklines({"a": seeds}, "loss", LIVE_POINTS).curves.values()
    assert len(curve) == LIVE_POINTS
    assert curve[0] == curve[-1] == 1
    assert sparklines(
        {"a": [replace(seeds[0], history=seeds[0].history[:0])]}, "loss", 9
    ).curves == {"a": []}


def largest(status: str, epochs: int) -> ComparisonState:
    """12 rows x 20 seeds x 200 epochs with a target, all numbers different."""
    optimizers = ("SGD", "RMSprop", "Adagrad", "Adadelta", "Adam", "AdamW", "Adamax", "Nadam")
    rows = [{"optimizer": name} for name in (*optimizers, "Ftrl", "Lion", "Lamb", "Muon")]
    base = {**PRESETS["optimizers"].design().base.to_json(), "epochs": 200}
    target = {"column": "val_accuracy", "value": 0.9}
    design = Design.from_json({"base": base, "rows": rows, "seeds": 1, "target": target})
    random = np.random.default_rng(0)
    runs = []
    for experiment in design.comparison.experiments:
        for seed in range(20):
            one = run(experiment.with_seed(seed), epochs, status)
            history = random.random(one.history.shape).astype("float32")
            runs.append(replace(one, history=history))
    return ComparisonState("0", "", "me", 0.0, 1, status, tuple(runs), design.to_json())


def test_a_tick_of_the_largest_table_is_small() -> None:
    state = largest("running", 199)
    assert len(state.runs) == 240
    found = made(state, labels([r.experiment for r in state.runs]), "accuracy")
    columns = found.found.columns
    assert TO_TARGET in at_first(columns, ended=False)
    for groups, most in (
        (at_first(columns, False), LIVE_BYTES * 2 // 3),
        (offered(columns), LIVE_BYTES),
    ):
        frame = shown(found.frame, columns, groups)
        assert len(frame) == 12
        assert CURVE in frame.columns
        assert len(convert_pandas_df_to_arrow_bytes(frame)) < most
