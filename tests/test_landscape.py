"""Loss landscapes: planes that keep distances, losses that `evaluate` says, runs that are alike."""

import numpy as np
import pytest
from visits import spec

from training.landscape import plane as planes
from training.landscape.spec import Landscape, alike
from training.landscape.survey import Survey, packed, unpacked
from training.spec import Experiment

SMALL = {"name": "moons", "params": {"samples": 120}}
RATES = [{"name": "Adam", "params": {"learning_rate": rate}} for rate in (0.01, 0.1)]
MODEL = {"name": "mlp", "params": {"hidden": [4], "batch_normalization": True, "l2": 0.01}}
RUNS = [
    spec(dataset=SMALL, model=MODEL, optimizer=optimizer, metrics=[], epochs=4)
    for optimizer in RATES
]
ASKED = {"experiments": RUNS, "part": "train", "plane": "paths", "side": 7, "lane": 1, "seed": 3}


def test_a_path_in_a_plane_keeps_its_distances() -> None:
    random = np.random.default_rng(0)
    flat, (first, second) = random.normal(size=(2, 12, 2)), random.normal(size=(2, 40))
    paths = [random.normal(size=40) + own @ np.stack([first, second]) for own in flat[:1]]
    paths.append(paths[0][0] + flat[1] @ np.stack([first, second]))
    plane = planes.of_paths(paths)
    weights = np.concatenate(paths)
    places = plane.places(weights)
    apart = np.linalg.norm(weights[:, None] - weights[None], axis=-1)
    seen = np.linalg.norm(places[:, None] - places[None], axis=-1)
    np.testing.assert_allclose(seen, apart, atol=1e-9)
    np.testing.assert_allclose(plane.off(weights), 0, atol=1e-9)
    np.testing.assert_allclose(plane.weights(places), weights, atol=1e-5)
    assert sum(plane.shares) == pytest.approx(1)
    away = np.linalg.svd(plane.directions)[2][-1]  # at right angles to the plane
    assert plane.off(weights[:1] + 2 * away)[0] == pytest.approx(2)


def test_random_directions_have_filters_as_long_as_the_weights() -> None:
    shapes, end = [(3, 4), (4,)], np.random.default_rng(1).normal(size=16)
    plane = planes.random_around(end, shapes, 0, [np.stack([end, end + 1])])
    for direction in plane.directions:
        kernel, bias = direction[:12].reshape(3, 4), direction[12:]
        lengths = np.linalg.norm(end[:12].reshape(3, 4), axis=0)
        np.testing.assert_allclose(np.linalg.norm(kernel, axis=0), lengths)
        assert (bias == 0).all()
    other = planes.random_around(end, shapes, 1, [np.stack([end, end + 1])])
    assert np.abs(other.directions - plane.directions).max() > 0.1


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"experiments": []}, "1 to 8 runs"),
        ({"experiments": [RUNS[0], RUNS[1] | {"dataset": "circles"}]}, "differ in data, layers"),
        ({"experiments": [RUNS[0], RUNS[1] | {"model": "mlp"}]}, "differ in data, layers"),
        ({"part": "test"}, "'test' is not one of train, validation"),
        ({"side": 8}, "even"),
        ({"lane": 2}, "lane: 2 is too large"),
    ],
)
def test_a_landscape_that_cannot_be_is_refused_in_a_sentence(changed: dict, sentence: str) -> None:
    assert Landscape.from_json(Landscape.from_json(ASKED).to_json()).lane == 1
    with pytest.raises(ValueError, match=sentence):
        Landscape.from_json(ASKED | changed)


def test_runs_are_grouped_by_what_they_share() -> None:
    listed = [RUNS[0], RUNS[0] | {"dataset": "circles"}, RUNS[1] | {"seed": 7, "batch_size": 16}]
    assert alike([Experiment.from_json(e) for e in listed]) == [[0, 2], [1]]


@pytest.mark.parametrize("plane", ["paths", pytest.param("random", marks=pytest.mark.exhaustive)])
def test_the_loss_in_the_plane_is_what_evaluate_says(plane: str) -> None:
    from training.landscape.surveying import surveyed

    asked = Landscape.from_json(ASKED | {"plane": plane})
    said: list[str] = []
    found: Survey = unpacked(packed(surveyed(asked, said.append)))
    assert any("epoch 4 of 4" in text for text in said)
    own = found.tracks[asked.lane]
    assert [track.epochs.tolist() for track in found.tracks] == [[0, 1, 2, 3, 4]] * 2
    assert own.losses[-1] == pytest.approx(evaluated(asked.experiments[1]), rel=1e-5)
    if plane == "random":
        assert found.losses[3, 3] == pytest.approx(own.losses[-1], rel=1e-5)
        np.testing.assert_allclose(own.places[-1], 0, atol=1e-5)
        assert own.off[-1] == pytest.approx(0, abs=1e-5)
    else:
        assert found.shares.sum() > 0.7
        assert (np.diff(found.shares) < 0).all()
        for track in found.tracks:
            for places, axis in zip(track.places.T, (found.across, found.up), strict=True):
                assert axis[0] < places.min() <= places.max() < axis[-1]


def evaluated(experiment: Experiment) -> float:
    """The loss that Keras's own `evaluate` says of a trained model on the training rows."""
    from training.compiled import model_of
    from training.stack import Stack

    stack = Stack([experiment])
    for _ in stack.chunks():
        pass
    train = stack.data.train
    (y,) = stack.arrangement.targets(train)[0]
    batch = experiment.batch_size
    found = model_of(stack).evaluate(train.x, y, batch_size=batch, verbose=0, return_dict=True)
    return found["loss"]
