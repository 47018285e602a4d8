"""The share of rows that validates: chosen in the menus, told in labels and proofs."""

from dataclasses import replace

from reference import experiment
from test_page_compare import run
from visits import Quiet, address, visit

from components.compare.fitting import fitting
from components.compare.proof import proof
from training.differences import differences
from training.spec import Comparison, Experiment
from training.variant_labels import labels


def made(**params: float) -> Experiment:
    data = {"name": "moons", "params": params}
    return experiment(data, "Adam", "BinaryCrossentropy", ["accuracy"])


def test_it_is_told_as_what_differs() -> None:
    pair = Comparison((made(), made(validation=0.4)))
    assert made(validation=0.2) == made()
    assert differences(pair) == "data set validation: 0.2, 0.4"
    assert labels(pair.experiments) == ["validation 0.2", "validation 0.4"]
    runs = [run(e) for e in pair.experiments]
    runs[1] = replace(runs[1], proof=runs[1].proof | {"data": "other"})
    assert proof(runs).why[0] == "The splits differ, so the runs did not see the same rows."


def test_other_data_sets_hold_back_as_much() -> None:
    offered = fitting(made(validation=0.4))
    assert offered
    assert all(dataset.params == {"validation": 0.4} for dataset in offered)


def test_the_menu_has_it_and_a_link_keeps_it(quiet: Quiet) -> None:
    app = visit()
    app.number_input(key="play.dataset.moons.validation").set_value(0.45).run()
    again = visit(setup=address(app, "setup"))
    assert again.number_input(key="play.dataset.moons.validation").value == 0.45
    again.number_input(key="play.dataset.moons.validation").set_value(0.7).run()
    assert "0.7 is too large; give one from 0.05 to 0.5." in again.error[0].value
