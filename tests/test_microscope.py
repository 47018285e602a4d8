"""The microscope: what can be chosen works, and the picture shows what the run reported."""

import pytest

from components.learn.attached import dot
from components.learn.microscope import CHOICES, LOSSES, METRICS
from training.demos import microscope

MANY = ", ".join(METRICS)
CASES = [
    ("SGD", LOSSES[0], "", 0),
    ("Lamb", "crossentropy", MANY, 2),
    *(pytest.param(o, LOSSES[0], "", None, marks=pytest.mark.exhaustive) for o in CHOICES),
    *(pytest.param("Adam", one, MANY, 2, marks=pytest.mark.exhaustive) for one in LOSSES),
]


@pytest.mark.parametrize(("optimizer", "loss", "metrics", "slots"), CASES)
def test_compile_stores_and_the_first_step_makes(
    optimizer: str, loss: str, metrics: str, slots: int | None
) -> None:
    found = microscope.run(lambda _: None, optimizer=optimizer, loss=loss, metrics=metrics)
    before, between, after = found["looks"]
    assert before["hash"] == between["hash"] != after["hash"]
    assert (between["loss"], between["metrics"], between["train_function"]) == ("", {}, False)
    assert (len(between["variables"]), between["built"], after["built"]) == (2, False, True)
    assert after["loss"]
    assert len(after["metrics"]) == len(metrics.split(", ") if metrics else [])
    if slots is not None:
        assert len(after["variables"]) == 2 + slots * len(found["weights"])
    assert "optimizer" not in dot(before, found["weights"])
    text = dot(after, found["weights"])
    assert optimizer in text
    assert after["loss"] in text
    assert all(kind in text for kind in after["metrics"].values())
    assert ("optimizer -> slots" in text) == (len(after["variables"]) > 2)
