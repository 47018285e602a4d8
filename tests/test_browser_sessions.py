"""Several visitors at once, in browsers of their own."""

from test_browser_playground import LOSS, long, run_of
from visitor import Visitor

from training.lab import Lab


def test_two_visitors_train_different_things_at_once(
    visitor: Visitor, another: Visitor, lab: Lab
) -> None:
    """Each sees their own run grow; one's Stop leaves the other's alone."""
    mine, yours = long(21), long(22)
    yours["dataset"] = {"name": "circles", "params": {}}
    visitor.begin(mine)
    another.begin(yours)
    for someone in (visitor, another, visitor):
        someone.sees_growth()
    assert visitor.query["run"] != another.query["run"]
    assert run_of(lab, visitor).experiment.dataset.name == "moons"
    assert run_of(lab, another).experiment.dataset.name == "circles"
    assert visitor.curve(LOSS, "train")[0] != another.curve(LOSS, "train")[0]
    another.button("Stop").click()
    another.sees("Stopped at epoch")
    visitor.sees_growth(2)
    assert run_of(lab, visitor).status == "running"


def test_stop_leaves_a_run_to_whoever_else_watches_it(
    visitor: Visitor, another: Visitor, lab: Lab
) -> None:
    """Two who ask for the same experiment share one training, which lasts while one wants it."""
    visitor.begin(long(23))
    visitor.sees_growth()
    another.begin(long(23))
    another.sees_growth()
    assert run_of(lab, another).digest == run_of(lab, visitor).digest
    another.button("Stop").click()
    visitor.sees_growth(4)
    assert run_of(lab, visitor).status == "running"
