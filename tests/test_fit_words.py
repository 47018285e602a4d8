"""Every field of `Fit` is told wherever experiments are told apart, and chosen in the menus."""

from dataclasses import fields
from typing import Any

import pytest
from test_page_compare import run
from visits import Quiet, address, spec, visit

from components import link
from components.report.settings import settings
from training.differences import differences
from training.export import script
from training.fit import Fit
from training.fit_code import fit_call
from training.fit_words import WORDS
from training.headless import table
from training.progress import Progress
from training.redesign import design_of
from training.spec import Comparison, Experiment
from training.variant_labels import labels
from training.variants import FIELDS


def stops(patience: int) -> dict[str, Any]:
    return {"name": "EarlyStopping", "params": {"patience": patience}}


OTHER: dict[str, Any] = {
    "shuffle": False,
    "steps_per_epoch": 7,
    "class_weight": [1, 5],
    "sample_weight": "random half doubled",
    "callbacks": [stops(2)],
}
EVERY = [field.name for field in fields(Fit)]


def made(**fit: Any) -> Experiment:
    return Experiment.from_json(spec() | {"fit": fit})


def test_every_field_has_its_words() -> None:
    assert set(EVERY) == set(WORDS) == set(OTHER)


@pytest.mark.parametrize("field", EVERY)
def test_a_field_that_differs_is_told_everywhere(field: str) -> None:
    pair = Comparison((made(), made(**{field: OTHER[field]})))
    plain, changed = pair.experiments
    name = WORDS[field].name
    assert differences(pair).startswith(f"{name}: {WORDS[field].usual}, ")
    assert "(2)" not in "".join(labels(pair.experiments))
    assert name.capitalize() in settings([run(e) for e in pair.experiments], ["a", "b"])
    shown = table(pair.experiments, [Progress(), Progress()])
    assert name in " ".join(shown.split())
    assert fit_call(plain) != fit_call(changed)
    assert script(Comparison((plain,))) != script(Comparison((changed,)))


@pytest.mark.parametrize("field", [f for f in EVERY if f in FIELDS])
def test_rows_of_a_comparison_can_say_it(field: str) -> None:
    pair = (made(**{field: OTHER[field]}), made())
    design = design_of(pair)
    assert design is not None
    assert design.comparison.experiments == pair


@pytest.mark.parametrize(
    ("callbacks", "said"),
    [
        (([stops(2)], [stops(5)]), ["early stopping patience 2", "early stopping patience 5"]),
        (([], [stops(5)]), ["no callbacks", "early stopping"]),
        (
            ([stops(2)], [stops(5), "ReduceLROnPlateau"], []),
            [
                "early stopping patience 2",
                "early stopping patience 5 and lower the rate on a plateau",
                "no callbacks",
            ],
        ),
    ],
)
def test_callbacks_are_told_apart_by_what_differs(callbacks: tuple, said: list[str]) -> None:
    assert labels([made(callbacks=listed) for listed in callbacks]) == said


@pytest.mark.parametrize("without", ["class_weight", "sample_weight"])
def test_the_menus_hold_every_field(quiet: Quiet, without: str) -> None:
    chosen = {field: value for field, value in OTHER.items() if field != without}
    wanted = made(**chosen)
    app = visit(setup=link.pack(wanted.to_json()))
    # something else is changed, so that the set-up is written from the widgets
    app.number_input(key="play.epochs").set_value(9).run()
    found = Experiment.from_json(link.unpack(address(app, "setup")))
    assert found.fit == wanted.fit
