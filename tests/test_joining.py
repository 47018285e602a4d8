"""Other people's runs beside those of a comparison."""

from dataclasses import replace

import pytest
from test_page_compare import comparison_state, run
from visits import spec

from components.compare.proof import proof
from components.compare.table import table
from components.compare.verdict import verdict
from training.design import Design
from training.joining import MOST_ROWS, joined
from training.spec import Experiment
from training.states import ComparisonState
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
    other = run(Experiment.from_json(spec(dataset="circles", loss="Hinge")), epochs=5)
    found = joined(state, [other])
    assert found.state.runs == (*state.runs, other)
    assert found.foreign == {other.experiment.variant}


def test_what_has_no_result_stays_outside(state: ComparisonState) -> None:
    half = replace(run(design(7).comparison.experiments[0], 2), status="cancelled")
    lost = run(design(8).comparison.experiments[0], 2, "diverged", 2)
    found = joined(state, [half, lost])
    assert found.unfinished == 1
    assert found.guests == (lost,)


def test_there_are_not_more_rows_than_can_be_told_apart(state: ComparisonState) -> None:
    many = [run(Experiment.from_json(spec(epochs=e)), epochs=e) for e in range(4, 34)]
    found = joined(state, many)
    assert len({r.experiment.variant for r in found.state.runs}) == MOST_ROWS
    assert found.beyond == len(many) - (MOST_ROWS - 2)


def test_other_guests_are_another_version(state: ComparisonState) -> None:
    one, two = (run(e) for e in design(7).comparison.experiments[:2])
    versions = {joined(state, g).state.version for g in ([], [one], [two], [one, two])}
    assert len(versions) == 4
    assert joined(state, []).state is state
