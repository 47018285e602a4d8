"""The error clinic: every exception is raised by Keras, now, and every repaired program runs."""

import pytest
from test_lessons import predict
from visits import Quiet, said, visit

from components.learn.patients import PATIENTS
from training.demos.clinic import broken, repaired


def silent(text: str) -> None:
    """Nobody hears how far it is."""


def test_every_mistake_is_on_show_and_in_both_programs() -> None:
    assert list(PATIENTS) == list(broken.CASES) == list(repaired.CASES)


@pytest.mark.parametrize("name", PATIENTS)
def test_a_mistake_raises_and_its_repair_runs(name: str) -> None:
    found = broken.run(silent, case=name)[name]
    assert found["type"] == PATIENTS[name].raises, found
    assert found["call"] in found["line"]
    assert len(found["message"]) > 10
    assert "loss" in repaired.run(silent, case=name)


def test_the_page_shows_the_exception_as_keras_wrote_it(quiet: Quiet) -> None:
    app = visit("learn/clinic", mistake=PATIENTS["no_loss"].title)
    predict(app, "clinic", 0)
    next(button for button in app.button if button.label == "Provoke it").click().run()
    quiet.obey()
    app.run()
    assert "No loss to compute. Provide a `loss` argument in `compile()`." in [
        code.value for code in app.code
    ]
    assert "raised by `model.fit(" in said(app)
    next(button for button in app.button if button.label == "Repair").click().run()
    quiet.obey()
    app.run()
    assert any("The repaired program ran" in s.value for s in app.success)
