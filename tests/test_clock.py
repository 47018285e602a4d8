"""The seconds of a history: each run's share of the time its stack trained."""

import time

import numpy as np
from reference import experiment, gather

from training.clock import timed, together
from training.plan import EXTRA
from training.stack import Stack


def test_runs_share_the_time_they_train_together() -> None:
    both = [
        experiment("moons", "Adam", "BinaryCrossentropy", ["accuracy"], seed=seed, epochs=40)
        for seed in (0, 1)
    ]
    stack = Stack(both)
    began = time.perf_counter()
    first, second = (r.extra["seconds"] for r in gather(both, stack.chunks()))
    took = time.perf_counter() - began
    np.testing.assert_array_equal(first, second)
    assert np.isnan(first[0])
    assert (first[1:] > 0).all()
    assert 2 * first[1:].sum() < took


def test_an_epoch_of_a_call_takes_its_share_of_each_lane() -> None:
    rows = [np.zeros((4, len(EXTRA) - 1), "float32")] * 5
    for table in timed(rows, took=2.0, first=False):
        np.testing.assert_allclose(table[:, EXTRA.index("seconds")], 0.1)


def test_rows_are_known_to_have_trained_together_by_their_seconds() -> None:
    shares = np.array([np.nan, 0.1, 0.1, 0.3], "float32")
    assert together([])
    assert together([shares, shares[:2], shares.copy()])
    assert not together([shares, shares, np.nextafter(shares, np.float32(1))])


def test_runs_of_one_stack_are_together_and_those_of_two_are_not() -> None:
    both = [
        experiment("moons", name, "BinaryCrossentropy", ["accuracy"], epochs=40)
        for name in ("SGD", "Adam")
    ]
    one = [r.extra["seconds"] for r in gather(both, Stack(both).chunks())]
    alone = [r.extra["seconds"] for e in both for r in gather([e], Stack([e]).chunks())]
    assert together(one)
    assert not together([one[0], alone[1]])
    assert not together(alone)
