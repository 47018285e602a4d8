"""Figures of the inside of a run: axes that do not draw rounding large, colours, residuals."""

import base64

import numpy as np
import plotly.graph_objects as go
import pytest

from components.figures.inside import over_epochs, slot_map
from components.figures.scores import over_thresholds, residuals, score_histogram

EPOCHS = np.array([1, 2, 3])


def unpacked(packed: dict) -> np.ndarray:
    found = np.frombuffer(base64.b64decode(packed["bdata"]), packed["dtype"])
    return (
        found.reshape([int(n) for n in packed["shape"].split(",")]) if "shape" in packed else found
    )


def line(values: object, **more: object) -> dict:
    return over_epochs(EPOCHS, {"a<b": np.array(values)}, title="t", up="u", **more)


def test_a_constant_is_drawn_flat_whatever_its_last_digits_do() -> None:
    low, high = line([0.01, 0.0100001, 0.0099999])["layout"]["yaxis"]["range"]
    assert high - low == pytest.approx(np.log10(3))
    assert low < -2 < high


def test_what_a_logarithmic_axis_cannot_show_is_a_gap() -> None:
    figure = line([0.0, 1.0, np.inf])
    assert np.isnan(unpacked(figure["data"][0]["y"])).tolist() == [True, False, True]
    assert figure["data"][0]["name"] == "a&lt;b"
    assert line([0.0, 0.0, np.nan])["layout"]["yaxis"]["range"] == [-2, 1]


def test_shares_have_a_fixed_range() -> None:
    axis = line([0.0, 0.5, 1.0], log_y=False, span=(0, 1))["layout"]["yaxis"]
    assert axis["range"] == [0, 1]
    assert "type" not in axis


def test_momenta_are_coloured_around_nought_and_squares_by_size() -> None:
    signed = slot_map(EPOCHS, np.array([[-1, 2], [0, 1], [1, 0]]), title="m", positions=EPOCHS[:2])
    (map_,) = signed["data"]
    assert (map_["zmin"], map_["zmax"]) == (-2, 2)
    assert unpacked(map_["z"]).tolist() == [[-1, 0, 1], [2, 1, 0]]
    squares = np.array([[1e-8, 0], [1e-4, 1e-6], [1, 1]])
    (map_,) = slot_map(EPOCHS, squares, title="v", positions=EPOCHS[:2])["data"]
    assert map_["colorbar"]["title"]["text"] == "log10"
    np.testing.assert_allclose(unpacked(map_["z"]), [[-8, -4, 0], [np.nan, -6, 0]])


def test_residuals_are_true_less_predicted() -> None:
    (points,) = residuals(np.array([3.0, 1.0]), np.array([1.0, 2.0]), "height")["data"]
    assert unpacked(points["x"]).tolist() == [1, 2]
    assert unpacked(points["y"]).tolist() == [2, -1]


def test_plotly_takes_them_all() -> None:
    shares = {"yes": np.array([0.2]), "no": np.array([0.7])}
    for figure in (
        line([1.0, 2.0, 3.0]),
        slot_map(EPOCHS, np.full((3, 2), np.nan), title="m", positions=EPOCHS[:2]),
        over_thresholds(np.array([0.0, 1.0]), {"accuracy": np.array([0.5, 0.6])}, 0.3),
        score_histogram(shares, 0.3),
        residuals(np.zeros(2), np.ones(2), "height"),
    ):
        go.Figure(figure)
