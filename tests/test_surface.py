"""Surfaces: their formulas, heights and races as values, and real Keras optimizers on them."""

import io
from contextlib import redirect_stdout

import numpy as np
import pytest

from training.formula.presets import OPTIMIZERS
from training.formula.tree import FormulaError
from training.surface.heights import grid, height, heights
from training.surface.names import names
from training.surface.paths import Path, packed, unpacked
from training.surface.script import script
from training.surface.spec import SurfaceRace, checked
from training.surface.surfaces import SURFACES, Surface, known

RACE = {
    "formula": "x ** 2 + 2 * y ** 2",
    "start": [1, -1],
    "steps": 10,
    "optimizers": [{"name": "SGD", "params": {"learning_rate": 0.1}}, "Adam"],
}


@pytest.mark.parametrize("surface", SURFACES.values(), ids=list(SURFACES))
def test_known_minima_are_the_lowest_places_and_flat(surface: Surface) -> None:
    assert checked(surface.formula) == surface.formula
    assert known(surface.formula) is surface
    _, _, z = grid(surface.formula, surface.across, surface.up, 81)
    lowest = [height(surface.formula, place) for place in surface.minima]
    np.testing.assert_allclose(lowest, lowest[0], atol=1e-6)
    assert lowest[0] <= z.min() + 1e-9
    for place in surface.minima:
        around = np.array(place) + 1e-3 * np.array([[1, 0], [-1, 0], [0, 1], [0, -1]])
        assert (heights(surface.formula, *around.T) > lowest[0]).all(), place
    (x0, x1), (y0, y1) = surface.across, surface.up
    for x, y in (surface.start, *surface.minima):
        assert x0 <= x <= x1
        assert y0 <= y <= y1


@pytest.mark.parametrize(
    ("text", "line", "column", "part"),
    [
        ("x ** 2 + z", 1, 10, "'z' has no value"),
        ("a = 2 * x\n  a + mean(y)", 2, 7, "no function 'mean'"),
        ("x > y", 1, 1, "yes or no"),
        ("sign(x) + where(y > 0, 1, 2)", 1, 1, "gradient zero everywhere"),
        ("1 + 1", 1, 1, "same height everywhere"),
        ("y = x\ny", 1, 1, "already means"),
        ("x.y", 1, 2, "dot"),
        ("where(x, y, 1)", 1, 7, "comparison"),
    ],
)
def test_a_surface_that_cannot_be_is_refused_at_its_place(text, line, column, part) -> None:
    with pytest.raises(FormulaError, match=part) as raised:
        checked(text)
    assert (raised.value.place.line, raised.value.place.column) == (line, column)


def test_heights_that_are_no_numbers_are_holes() -> None:
    np.testing.assert_array_equal(
        heights("log(x) + 0 * y + 1 / y", np.array([1.0, -1.0, 1.0]), np.array([1.0, 1.0, 0.0])),
        [1.0, np.nan, np.nan],
    )
    assert heights("abs(x)", np.zeros((1, 3)), np.zeros((2, 1))).shape == (2, 3)


def test_a_race_is_what_its_json_says() -> None:
    race = SurfaceRace.from_json(RACE)
    assert race.start == (1.0, -1.0)
    assert [o.name for o in race.optimizers] == ["SGD", "Adam"]
    assert SurfaceRace.from_json(race.to_json()) == race


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"formula": "x +"}, "line 1, column"),
        ({"formula": 3}, "no text"),
        ({"formula": "log(x) + y", "start": [-1, 0]}, "no height at"),
        ({"start": [1]}, "two numbers"),
        ({"start": [1, "2"]}, "start, y"),
        ({"steps": 0}, "steps: 0 is too small"),
        ({"steps": 1001}, "too large"),
        ({"optimizers": []}, "1 to 8"),
        ({"optimizers": ["Adam"] * 9}, "1 to 8"),
        ({"optimizers": ["Adm"]}, "Did you mean 'Adam'"),
        ({"seed": 1}, "'seed', which is unknown"),
    ],
)
def test_a_race_that_cannot_be_is_refused_in_a_sentence(changed: dict, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        SurfaceRace.from_json(RACE | changed)


def test_lanes_are_called_by_what_tells_them_apart() -> None:
    listed = [
        "SGD",
        {"name": "SGD", "params": {"momentum": 0.9}},
        {"name": "SGD", "params": {"momentum": 0.9, "nesterov": True}},
        "Adam",
        {"name": "Adam", "params": {"learning_rate": 0.1}},
        "Adam",
        {"name": "CustomOptimizer", "params": {"formula": OPTIMIZERS[0].text}},
        {"name": "CustomOptimizer", "params": {"formula": "weight -= 0.1 * gradient"}},
    ]
    assert names(SurfaceRace.from_json(RACE | {"optimizers": listed}).optimizers) == [
        "SGD",
        "Momentum",
        "Nesterov",
        "Adam lr 0.001",
        "Adam lr 0.1",
        "Adam lr 0.001 (2)",
        "Momentum by hand",
        "Own rule",
    ]


ALL = [
    {"name": "SGD", "params": {"learning_rate": 0.001, "momentum": 0.9}},
    {"name": "Adam", "params": {"learning_rate": 0.1, "use_ema": True}},
    {"name": "CustomOptimizer", "params": {"formula": OPTIMIZERS[3].text, "learning_rate": 0.1}},
    {"name": "SGD", "params": {"learning_rate": {"name": "ExponentialDecay", "params": {}}}},
    {"name": "Muon", "params": {"learning_rate": 0.05}},
    {"name": "SGD", "params": {"learning_rate": 5.0}},
]


@pytest.fixture(scope="module")
def raced() -> tuple[SurfaceRace, list[Path]]:
    from training.surface import stepping

    beale = SURFACES["beale"]
    race = SurfaceRace.from_json(
        {"formula": beale.formula, "start": beale.start, "steps": 120, "optimizers": ALL}
    )
    said: list[str] = []
    paths = stepping.raced(race, said.append)
    assert said[-1] == "Step 100 of 120"
    return race, unpacked(packed(paths))


def test_steps_are_those_of_the_rules(raced: tuple[SurfaceRace, list[Path]]) -> None:
    race, (momentum, adam, by_hand, *_, wild) = raced
    assert momentum.places.shape == (121, 2)
    for path in (momentum, adam):
        x, y = path.places.T
        np.testing.assert_allclose(path.heights, heights(race.formula, x, y), rtol=1e-3)
        up = [heights(race.formula, x + dx, y + dy) for dx, dy in ((1e-4, 0), (0, 1e-4))]
        down = [heights(race.formula, x - dx, y - dy) for dx, dy in ((1e-4, 0), (0, 1e-4))]
        slope = (np.array(up) - down).T / 2e-4
        np.testing.assert_allclose(path.gradients, slope, rtol=2e-2, atol=2e-2)
    # SGD's memory is the step that it has just made
    np.testing.assert_allclose(momentum.pull[1:], np.diff(momentum.places, axis=0), atol=1e-5)
    mean = np.zeros(2)
    for gradient, pull in zip(adam.gradients, adam.pull[1:], strict=False):
        mean = 0.9 * mean + 0.1 * gradient
        np.testing.assert_allclose(-pull, mean, rtol=1e-3, atol=1e-4)
    np.testing.assert_allclose(adam.places, by_hand.places, atol=2e-3)
    assert np.abs(adam.end - adam.places[-1]).max() > 1e-3, "averages take the last place"
    assert (momentum.size.shape, adam.size.shape) == ((0, 2), (121, 2))
    assert wild.left == len(wild.places) < 120
    assert np.isfinite(wild.heights).all()


def test_the_script_alone_takes_the_same_steps(raced: tuple[SurfaceRace, list[Path]]) -> None:
    race, paths = raced
    code = script(race, names(race.optimizers))
    assert "training" not in code
    with redirect_stdout(io.StringIO()) as said:
        exec(compile(code, "race.py", "exec"), {})
    rows = [line.split(",") for line in said.getvalue().splitlines()[1:]]
    for name, path in zip(names(race.optimizers), paths, strict=True):
        own = np.array([row[2:] for row in rows if row[0] == name], "float64")[: len(path.places)]
        np.testing.assert_allclose(own[:, :2], path.places, rtol=1e-3, atol=1e-4)
        np.testing.assert_allclose(own[:, 2], path.heights, rtol=1e-3, atol=1e-4)
