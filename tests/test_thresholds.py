"""Metrics at a threshold equal those that Keras gives with this threshold."""

import os

import numpy as np
import pytest

from training.job import ENVIRONMENT

os.environ.update(ENVIRONMENT)

import keras

from components.inside.thresholds import measured, over

RANDOM = np.random.default_rng(0)
TRUE = RANDOM.integers(0, 2, 300)
SCORES = np.clip(0.5 * TRUE + RANDOM.normal(0.25, 0.2, 300), 0, 1).astype("float32")
SCORES[:40] = 0.3  # a threshold that many scores equal


@pytest.mark.parametrize("threshold", [0.0, 0.01, 0.3, 0.5, 0.77, 0.99, 1.0])
def test_they_are_keras_s_own(threshold: float) -> None:
    judges = {
        "accuracy": keras.metrics.BinaryAccuracy(threshold=threshold),
        "precision": keras.metrics.Precision(thresholds=threshold),
        "recall": keras.metrics.Recall(thresholds=threshold),
    }
    if threshold not in (0.0, 1.0):  # F1Score takes none of these
        judges["F1"] = keras.metrics.F1Score(threshold=threshold)
    found = measured(TRUE, SCORES, threshold)
    for name, judge in judges.items():
        judge.update_state(TRUE[:, None].astype("float32"), SCORES[:, None])
        np.testing.assert_allclose(
            found[name], np.ravel(judge.result())[0], 1e-6, 1e-7, err_msg=name
        )


def test_a_curve_is_the_numbers_at_every_threshold() -> None:
    found = over(TRUE, SCORES, [0.2, 0.8])
    assert found["recall"].tolist() == [measured(TRUE, SCORES, t)["recall"] for t in (0.2, 0.8)]


def test_without_any_positive_there_is_nought_and_no_warning(
    recwarn: pytest.WarningsRecorder,
) -> None:
    assert measured(np.zeros(3), np.zeros(3), 0.5) == {
        "accuracy": 1.0,
        "precision": 0.0,
        "recall": 0.0,
        "F1": 0.0,
    }
    assert not recwarn.list
