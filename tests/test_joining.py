"""Other people's runs beside those of a comparison."""

from dataclasses import replace

import pytest
from test_page_compare import comparison_state, run
from visits import spec

from components.compare.proof import proof
from components.compare.table import table
from components.compare.verdict import verdict
from components.figures.kin import kin
from training.design import Design
from training.joining import MOST_ROWS, joined
from training.likeness import DATA, EPOCHS, LOSS, SPLIT
from training.spec import Experiment
from training.states import ComparisonState, RunState
from training.variant_labels import labels

ROWS = [{"optimizer": "SGD"}, {"optimizer": "Adam"}]


def design(seed: int = 0, rows: list = ROWS, seeds: int = 2) -> Design:
    return Design.from_json({"base": spec(seed=seed, epochs=3), "rows": rows, "seeds": seeds})


@pytest.fixture
def state() -> ComparisonState:
    return comparison_state(design())


def test_other_seeds_of_a_row_stand_beside_its_own(state: ComparisonState) -> None:
    """Thirty laptops with a seed each make a row of thirty-two."""
    guests = [r for i in range(30) for r in comparison_state(design(2 + i, seeds=1)).runs]
    found = joined(state, guests)
    seeds = [r.experiment.seed for r in found.state.runs]
    assert seeds == [*range(32), *range(32)]
    assert not found.foreign
    assert len(found.guests) == 60
    named = labels([r.experiment for r in found.state.runs])
    assert list(table(found.state.runs, named, final=True)["n"]) == [32, 32]
    assert "32 seeds" in verdict(found.state.runs, named, "loss").text
    assert proof(found.state.runs).text.count("check") == 3


def test_the_same_run_counts_once_whatever_computed_it(state: ComparisonState) -> None:
    twin = replace(state.runs[0], digest="other", versions="keras 2")
    new = run(design(7).comparison.experiments[0])
    found = joined(state, [twin, new, new])
    assert found.doubled == 2
    assert found.guests == (new,)
    assert found.state.runs == (*state.runs[:2], new, *state.runs[2:])


def test_another_experiment_becomes_a_row_of_its_own(state: ComparisonState) -> None:
    other = run(Experiment.from_json(spec(batch_size=16, optimizer="Nadam", epochs=3)))
    found = joined(state, [other])
    assert found.state.runs == (*state.runs, other)
    assert found.foreign == {other.experiment.variant}


@pytest.mark.parametrize(
    ("changed", "what"),
    [
        ({"dataset": "circles"}, DATA),
        ({"dataset": {"name": "moons", "params": {"noise": 0.1}}}, DATA),
        ({"dataset": {"name": "moons", "params": {"split": 1}}}, SPLIT),
        ({"dataset": {"name": "moons", "params": {"validation": 0.3}}}, SPLIT),
        ({"loss": "Hinge"}, LOSS),
        ({"loss": {"name": "BinaryCrossentropy", "params": {"label_smoothing": 0.1}}}, LOSS),
        ({"model": {"name": "mlp", "params": {"l2": 0.01}}}, LOSS),
        ({"epochs": 5}, EPOCHS),
    ],
)
def test_what_means_something_else_stays_outside(
    state: ComparisonState, changed: dict, what: str
) -> None:
    """Whether as a row of its own or, on another split, as a seed of a row here."""
    made = Experiment.from_json(spec(**({"epochs": 3} | changed), seed=7))
    found = joined(state, [run(made, epochs=made.epochs)])
    assert found.unlike == {what: 1}
    assert found.state is state


def test_seeds_with_splits_of_their_own_take_others(state: ComparisonState) -> None:
    runs = [replace(r, experiment=r.experiment.with_split(r.experiment.seed)) for r in state.runs]
    new = run(design().comparison.experiments[0].with_seed(7).with_split(7))
    assert joined(replace(state, runs=tuple(runs)), [new]).guests == (new,)


def test_one_seed_from_a_file_does_not_cost_the_others_their_verdict() -> None:
    state = comparison_state(design(seeds=4))
    guest = run(Experiment.from_json(spec(batch_size=16, epochs=3)))
    runs = joined(state, [guest]).state.runs
    text = verdict(runs, [*["SGD"] * 4, *["Adam"] * 4, "theirs"], "loss").text
    assert "SGD and Adam cannot be told apart with 4 seeds" in text
    assert "theirs is left out: 1 seed cannot support it." in text


def test_what_has_no_result_stays_outside(state: ComparisonState) -> None:
    half = replace(run(design(7).comparison.experiments[0], 2), status="cancelled")
    lost = run(design(8).comparison.experiments[0], 2, "diverged", 2)
    found = joined(state, [half, lost])
    assert found.unfinished == 1
    assert found.guests == (lost,)


def test_there_are_not_more_rows_than_can_be_told_apart(state: ComparisonState) -> None:
    many = [run(Experiment.from_json(spec(batch_size=b, epochs=3))) for b in range(2, 32)]
    found = joined(state, many)
    assert len({r.experiment.variant for r in found.state.runs}) == MOST_ROWS
    assert found.beyond == len(many) - (MOST_ROWS - 2)


def test_other_guests_are_another_version(state: ComparisonState) -> None:
    one, two = (run(e) for e in design(7).comparison.experiments[:2])
    versions = {joined(state, g).state.version for g in ([], [one], [two], [one, two])}
    assert len(versions) == 4
    assert joined(state, []).state is state


def optimized(name: str, **params: float) -> RunState:
    return run(Experiment.from_json(spec(optimizer={"name": name, "params": params})))


@pytest.mark.parametrize(
    ("guest", "host"),
    [
        (optimized("SGD", learning_rate=0.3), "Slow"),
        (optimized("SGD", momentum=0.9), "Momentum"),
        (optimized("Adam"), "Adam ← ana"),
        (optimized("Nadam"), "Nadam ← ana"),
    ],
)
def test_a_guest_has_the_colour_of_the_one_row_that_is_nearest(guest: RunState, host: str) -> None:
    """Where several are equally near, none of their colours would be right."""
    rows = {
        "Slow": optimized("SGD", learning_rate=0.001),
        "Momentum": optimized("SGD", learning_rate=0.001, momentum=0.9),
        "a": optimized("Adam", learning_rate=0.1),
        "b": optimized("Adam", learning_rate=0.2),
    }
    label = f"{guest.experiment.compile.optimizer.name} ← ana"
    assert kin([*rows.values(), guest], [*rows, label]) == {label: host}
