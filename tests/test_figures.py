"""The figures: valid for Plotly, small, and true when runs diverge or outputs are odd."""

import base64
import json
from dataclasses import replace
from typing import Any

import numpy as np
import plotly.graph_objects as go
import pytest

import datasets
from components.colours import GREY, at
from components.figures.arrays import pack
from components.figures.axes import Axes
from components.figures.confusion import confusion
from components.figures.curves import curves, loss_panels
from components.figures.frame import BOTTOM, HEIGHT, ROW, TOP
from components.figures.gallery import thumbnail
from components.figures.lookup import fitted, picture, predicted_against_true
from components.figures.multiples import small_multiples
from components.figures.network import network
from components.figures.reading import predicted, read
from components.figures.run import Line
from components.figures.scales import logarithmic, value_range
from components.figures.smooth import smoothed
from components.figures.surface import boundary
from components.figures.thin import growth, kept, stride
from components.figures.variant import variants
from training.layers import architecture, parameters
from training.spec import Experiment
from training.view import view

COLUMNS = ("loss", "accuracy", "val_loss", "val_accuracy")
Figure = dict[str, Any]


def line(label: str, seed: int = 0, epochs: int = 200, position: int = 0) -> Line:
    """A run that learns."""
    e = np.arange(epochs)
    loss = np.exp(-e * 0.02 * (1 + position)) + 0.1 + 0.01 * seed
    history = np.stack([loss, 1 - loss / 2, loss + 0.1, 0.9 - loss / 2], 1).astype("float32")
    colour, symbol = at(position)
    return Line(label, seed, COLUMNS, history, colour, symbol, loss="BinaryCrossentropy")


def blown_up(whole: Line, epoch: int) -> Line:
    """The same run, without numbers from `epoch` on."""
    history = whole.history.copy()
    history[: epoch - 1, 0] *= np.exp(3 * np.arange(epoch - 1, dtype="float32"))
    history[epoch - 1 :] = np.nan
    return replace(whole, history=history, diverged=epoch)


def valid(figure: Figure) -> Figure:
    """The figure, once Plotly accepts it and JSON can carry it."""
    go.Figure(figure)
    json.dumps(figure, allow_nan=False)
    return figure


def numbers(packed: dict[str, str]) -> np.ndarray:
    """What a packed array holds."""
    return np.frombuffer(base64.b64decode(packed["bdata"]), "<" + packed["dtype"])


def size(figure: Figure) -> int:
    """Bytes on the wire."""
    return len(json.dumps(figure, separators=(",", ":")))


def experiment(name: str, loss: Any, model: Any = "mlp", **params: Any) -> Experiment:
    """An experiment on a data set with its defaults."""
    heads = [head.name for head in datasets.facts(name, {}).heads]
    metrics: Any = [] if len(heads) == 1 else {head: [] for head in heads}
    return Experiment.from_json(
        {
            "dataset": name,
            "model": {"name": model, "params": params},
            "compile": {"optimizer": "Adam", "loss": loss, "metrics": metrics},
            "epochs": 3,
            "batch_size": 32,
            "seed": 0,
        }
    )


def test_pack_gives_the_bytes_that_plotly_reads() -> None:
    packed = pack(np.array([[1.5, np.nan], [3, 4]]))
    assert packed["shape"] == "2, 2"
    np.testing.assert_array_equal(numbers(packed), np.array([1.5, np.nan, 3, 4], "f4"))
    assert pack(np.arange(3))["dtype"] == "i4"


@pytest.mark.parametrize("epochs", [1, 2, 7, 400, 401, 5000])
def test_thinning_keeps_both_ends(epochs: int) -> None:
    positions = kept(np.ones(epochs, "float32"), stride(epochs, 1))
    assert len(positions) <= 402
    assert positions[0] == 0
    assert positions[-1] == epochs - 1


def test_thinning_keeps_the_last_number_before_a_divergence() -> None:
    values = np.ones(1000, "float32")
    values[333:] = np.nan
    assert {332, 333} <= set(kept(values, 10).tolist())


def test_points_for_a_logarithmic_axis_are_dense_at_the_start() -> None:
    positions = kept(np.ones(1000, "float32"), 10, growth(1000, 10))
    assert positions[:4].tolist() == [0, 1, 2, 3]
    assert positions[-1] == 999
    assert len(positions) < 110
    ratios = (positions[20:] + 1) / (positions[19:-1] + 1)
    assert ratios.max() < 1.2


def test_one_run_is_solid_in_training_and_dashed_in_validation() -> None:
    figure = valid(curves([line("run")], "loss", epochs=200))
    dashes = {trace["name"]: trace["line"]["dash"] for trace in figure["data"]}
    assert dashes["train"] == "solid"
    assert dashes["validation"] not in {"solid", ""}


def test_every_value_arrives() -> None:
    run = line("run", epochs=50)
    train, validation = curves([run], "loss", epochs=50)["data"]
    np.testing.assert_array_equal(numbers(train["y"]), run.history[:, 0])
    np.testing.assert_array_equal(numbers(validation["y"]), run.history[:, 2])
    assert (train["x0"], train["dx"]) == (1, 1)


def test_a_former_run_lies_behind_in_grey() -> None:
    ghost = replace(line("old"), ghost=True, colour=GREY)
    figure = valid(curves([line("run"), ghost], "loss", epochs=200))
    names = [trace["name"] for trace in figure["data"]]
    assert names == ["old", "old", "train", "validation"]
    assert figure["data"][0]["opacity"] < 0.6


def test_seeds_are_thin_and_their_median_thick() -> None:
    seeds = [line("Adam", seed, 20) for seed in range(3)]
    figure = valid(curves(seeds, "loss", epochs=20, parts=("validation",)))
    _, thin, median = figure["data"]
    assert np.isnan(numbers(thin["y"])).sum() == 3  # a gap after each
    assert numbers(thin["x"]).tolist() == 3 * [*range(1, 21), 20]
    assert thin["line"]["width"] < median["line"]["width"]
    np.testing.assert_allclose(numbers(median["y"]), seeds[1].history[:, 2])


@pytest.mark.parametrize("gone", [0, 1, 2])
@pytest.mark.parametrize("seeds", [2, 4, 5, 8])
def test_median_and_band_are_numpys(seeds: int, gone: int) -> None:
    rng = np.random.default_rng(seeds)
    runs = [line("Adam", seed, 30) for seed in range(seeds)]
    runs = [replace(r, history=rng.normal(size=(30, 4)).astype("float32")) for r in runs]
    for run in runs[:gone]:
        run.history[20:, 0] = np.nan
    runs[-1] = replace(runs[-1], history=runs[-1].history[:25])
    (adam,) = variants(runs)
    table = np.full((seeds, 30), np.nan)
    for row, run in zip(table, runs, strict=True):
        row[: len(run.history)] = run.history[:, 0]
    edges = (0, 1) if seeds < 5 else (0.25, 0.75)
    enough = np.isfinite(table).sum(0) * 2 >= seeds
    low, high = adam.band("loss")
    for found, share in ((low, edges[0]), (adam.median("loss"), 0.5), (high, edges[1])):
        wanted = np.nanquantile(table[:, enough], share, axis=0)
        np.testing.assert_allclose(found[enough], wanted, rtol=1e-5, atol=1e-6)
        assert np.isnan(found[~enough]).all()


@pytest.mark.parametrize(("seeds", "kind"), [(3, "min to max"), (5, "quartiles")])
def test_the_chart_says_what_its_band_is(seeds: int, kind: str) -> None:
    runs = [line("Adam", seed, 20) for seed in range(seeds)]
    title = valid(curves(runs, "loss", epochs=20))["layout"]["title"]["text"]
    assert f"median of n = {seeds} seeds, validation band: {kind}" in title
    assert "band" not in curves(runs[:1], "loss", epochs=20)["layout"]["title"]["text"]


def test_the_band_is_a_closed_outline_below_the_curves() -> None:
    runs = [line("Adam", seed, 20) for seed in range(3)]
    band = valid(curves(runs, "loss", epochs=20))["data"][0]
    assert band["fill"] == "toself"
    assert numbers(band["x"]).tolist() == [*range(1, 21), *range(20, 0, -1)]
    low, high = runs[0].history[:, 2], runs[2].history[:, 2]
    np.testing.assert_array_equal(numbers(band["y"]), np.concatenate([low, high[::-1]]))


@pytest.mark.parametrize(
    ("across", "places", "end"),
    [("epochs", [1, 2, 3], 3), ("steps", [25, 50, 75], 75), ("examples", [800, 1600, 2400], 2400)],
)
@pytest.mark.parametrize("log_x", [False, True])
def test_the_x_axis_counts_what_was_asked(
    across: Any, places: list[int], end: int, log_x: bool
) -> None:
    run = replace(line("run", epochs=3), steps=25, examples=800)
    axes = Axes(across=across, log_x=log_x)
    figure = valid(curves([run], "loss", epochs=3, axes=axes))
    for trace in figure["data"]:
        if "x" in trace:
            assert numbers(trace["x"]).tolist() == places
        else:
            assert [trace["x0"] + k * trace["dx"] for k in range(3)] == places
    last = figure["layout"]["xaxis"]["range"][1]
    assert last == pytest.approx(np.log10(end) if log_x else end, abs=1e-4)
    ends = {note["x"] for note in figure["layout"]["annotations"]}
    assert ends == {np.log10(end) if log_x else end}


def test_seconds_add_up_and_the_first_epoch_counts_like_the_second() -> None:
    run = line("run", epochs=4)
    spent = np.array([[np.nan], [0.5], [0.5], [0.25]], "float32")
    run = replace(run, columns=(*COLUMNS, "seconds"), history=np.hstack([run.history, spent]))
    train, _ = valid(curves([run], "loss", epochs=4, axes=Axes(across="seconds")))["data"]
    assert numbers(train["x"]).tolist() == [0.5, 1, 1.5, 1.75]
    older = replace(run, history=np.where(np.arange(5) < 4, run.history, np.float32("nan")))
    figure = valid(curves([older], "loss", epochs=4, axes=Axes(across="seconds")))
    assert "annotations" not in figure["layout"]


def test_seconds_of_runs_that_trained_apart_say_so_on_the_axis() -> None:
    columns, axes = (*COLUMNS, "seconds"), Axes(across="seconds")
    both = []
    for label, each in (("first", 0.5), ("second", 0.25)):
        run = line(label, epochs=4)
        spent = np.full((4, 1), each, "float32")
        both.append(replace(run, columns=columns, history=np.hstack([run.history, spent])))

    def title(*lines: Line, axes: Axes = axes) -> str:
        figure = valid(curves(lines, "loss", epochs=4, axes=axes))
        return figure["layout"]["xaxis"]["title"]["text"]

    assert title(*both) == "seconds (not trained together: not comparable)"
    assert title(both[0], both[0]) == "seconds of training"
    assert title(*both, axes=Axes()) == "epoch"


def test_smoothing_is_the_debiased_moving_average_and_skips_gaps() -> None:
    values = np.random.default_rng(0).normal(size=300).astype("float32")
    values[40:43] = np.nan
    average, weight, wanted = 0.0, 0.0, []
    for value in values:
        if np.isfinite(value):
            average, weight = 0.9 * average + 0.1 * value, 0.9 * weight + 0.1
            wanted.append(average / weight)
        else:
            average, weight = 0.9 * average, 0.9 * weight
            wanted.append(np.nan)
    np.testing.assert_allclose(smoothed(values, 0.9), wanted, rtol=1e-4, atol=1e-5)
    np.testing.assert_array_equal(smoothed(values, 0), values)


def test_a_smoothed_curve_has_the_raw_one_behind_it() -> None:
    figure = valid(curves([line("Adam"), line("SGD", position=1)], "loss", epochs=200))
    assert len(figure["data"]) == 4
    smooth = curves([line("Adam")], "loss", epochs=200, axes=Axes(smoothing=0.9))
    raw = [t for t in smooth["data"] if t["line"]["width"] == 1]
    assert [numbers(t["y"])[0] for t in raw] == [np.float32(1.1), np.float32(1.2)]
    assert "raw curves thin" in smooth["layout"]["title"]["text"]


def test_values_below_zero_keep_an_axis_linear_and_it_says_so() -> None:
    below = line("run")
    below.history[:, 0] -= 1
    layout = valid(curves([below], "loss", epochs=200, log_y=True))["layout"]
    assert "type" not in layout["yaxis"]
    assert any("below zero" in note["text"] for note in layout["annotations"])


def test_before_the_first_epoch_the_axis_has_its_full_length() -> None:
    empty = replace(line("run"), history=np.empty((0, 4), "float32"))
    for lines in ([], [empty]):
        assert valid(curves(lines, "loss", epochs=80))["layout"]["xaxis"]["range"] == [0, 80]


@pytest.mark.parametrize("log_y", [False, True])
@pytest.mark.parametrize("epoch", [1, 2, 12])
def test_a_diverged_run_ends_in_a_cross_and_words(epoch: int, log_y: bool) -> None:
    good, bad = line("Adam"), blown_up(line("SGD", position=1), epoch)
    figure = valid(curves([good, bad], "loss", epochs=200, log_y=log_y))
    cross = figure["data"][-1]
    assert cross["x"] == [max(epoch - 1, 1)]
    assert f"diverged at epoch {epoch}" in cross["text"][0]
    assert any(t["name"] == f"SGD: diverged at epoch {epoch}" for t in figure["data"])


def test_only_diverged_runs_still_draw() -> None:
    figure = valid(curves([blown_up(line("SGD"), 1)], "loss", epochs=200))
    assert figure["layout"]["xaxis"]["range"] == [0, 200]


def test_a_run_that_blew_up_does_not_flatten_the_others() -> None:
    good = np.linspace(1, 0.1, 50)
    bad = np.exp(np.arange(50.0))
    spread, cut = value_range([good, bad], logarithmic=False)
    assert cut
    assert spread is not None
    assert spread[1] < 2
    assert value_range([good, 4 * good], logarithmic=False)[1] is False


def test_the_axis_is_left_to_the_reader_once_zoomed() -> None:
    figures = [curves([line("run", epochs=n)], "loss", epochs=200) for n in (5, 50)]
    assert "range" not in figures[0]["layout"]["yaxis"]
    assert figures[0]["layout"]["uirevision"] == figures[1]["layout"]["uirevision"]


def test_accuracy_that_is_low_somewhere_is_drawn_from_zero_to_one() -> None:
    run = line("run")
    run.history[0, COLUMNS.index("accuracy")] = 0.1
    low, high = curves([run], "accuracy", epochs=200)["layout"]["yaxis"]["range"]
    assert low <= 0
    assert 1 <= high < 1.1


@pytest.mark.parametrize(
    ("values", "low", "high"),
    [
        ([0.9, 0.95], 0.89, 0.96),
        ([0.97, 0.98], 0.92, 0.99),  # a hundredth is not stretched over all of the chart
        ([0.99, 1.0], 0.94, 1.01),
        ([0.2, 0.98], -0.05, 1.05),
    ],
)
def test_shares_that_are_high_are_looked_at_closely(
    values: list[float], low: float, high: float
) -> None:
    spread, cut = value_range([np.array(values)], logarithmic=False, share=True)
    assert spread is not None
    assert not cut
    assert low < spread[0] < min(values)
    assert max(values) < spread[1] < high


def test_an_axis_of_shares_says_that_it_does_not_begin_at_zero() -> None:
    run = line("run")
    run.history[:, COLUMNS.index("accuracy")] = np.linspace(0.8, 0.9, len(run.history))
    run.history[:, COLUMNS.index("val_accuracy")] = 0.85
    axis = valid(curves([run], "accuracy", epochs=200))["layout"]["yaxis"]
    assert axis["title"]["text"] == "does not begin at 0"
    assert axis["autorangeoptions"]["include"][0] > 0.7
    run.history[0, COLUMNS.index("accuracy")] = 0.1
    assert "title" not in curves([run], "accuracy", epochs=200)["layout"]["yaxis"]


@pytest.mark.parametrize(
    ("low", "high"), [(0.21, 0.47), (0.55, 0.95), (0.61, 0.68), (2.1, 2.9), (1e-3, 0.4), (1, 1e9)]
)
def test_a_logarithmic_axis_has_two_numbers_at_least(low: float, high: float) -> None:
    axis = logarithmic([np.log10(low), np.log10(high)])
    digits = {"D1": range(1, 10), "D2": (1, 2, 5)}.get(axis["dtick"], (1,))
    step = axis["dtick"] if isinstance(axis["dtick"], int) else 1
    ticks = axis.get("tickvals") or [d * 10.0**k for k in range(-6, 12, step) for d in digits]
    assert 2 <= sum(low <= tick <= high for tick in ticks) <= 11


def test_one_number_for_all_epochs_has_an_axis_around_it() -> None:
    run = line("run")
    run.history[:, :] = 0.01
    axis = valid(curves([run], "loss", epochs=200))["layout"]["yaxis"]
    low, high = axis["autorangeoptions"]["include"]
    assert 0 < low < 0.01 < high < 0.02


def test_losses_of_different_kinds_never_share_an_axis() -> None:
    lines = [line("a"), replace(line("b"), loss="MeanSquaredError")]
    with pytest.raises(ValueError, match="cannot share an axis"):
        curves(lines, "loss", epochs=200)
    panels = loss_panels(lines)
    assert list(panels) == ["BinaryCrossentropy", "MeanSquaredError"]
    for panel in panels.values():
        valid(curves(panel, "loss", epochs=200))


def test_names_at_the_ends_do_not_lie_on_each_other() -> None:
    lines = [line(f"rate {k}", position=k) for k in range(10)]
    figure = curves(lines, "loss", epochs=200, parts=("validation",))
    low, high = value_range([x.values("val_loss") for x in lines], False)[0] or (0, 1)
    per_pixel = (high - low) / (HEIGHT - TOP - BOTTOM - ROW)
    heights = sorted(
        a["y"] / per_pixel + a["yshift"] for a in figure["layout"]["annotations"] if "name" in a
    )
    assert len(heights) == 10
    assert np.diff(heights).min() > 13


def test_a_name_that_no_margin_holds_is_cut_at_the_end_of_its_curve() -> None:
    lines = [line("Adam &amp; lr 0.001 from epoch 200"), line("SGD", position=1)]
    figure = valid(curves(lines, "loss", epochs=200))
    assert {note["text"] for note in figure["layout"]["annotations"]} == {
        *("Adam &amp; lr 0.001 from…", "SGD")
    }
    assert figure["data"][0]["name"] == "Adam &amp; lr 0.001 from epoch 200"


def test_a_legend_of_long_names_has_a_row_for_each() -> None:
    """It wraps at the plot's width; what is not planned for takes the curves' height."""
    layout = curves([line(f"a name of 22 letters {k}", 0, 9) for k in range(8)], "loss", epochs=9)
    layout = layout["layout"]
    assert layout["meta"]["rows"] == 8
    assert layout["height"] - layout["margin"]["t"] - layout["margin"]["b"] == (
        HEIGHT - TOP - BOTTOM - ROW
    )


@pytest.mark.parametrize(
    ("runs", "parts", "most"), [(12, 1, 15_000), (12, 2, 24_000), (30, 1, 40_000)]
)
def test_a_chart_of_many_runs_stays_small(runs: int, parts: int, most: int) -> None:
    lines = [line(f"rate {k % 12}", k, position=k % 12) for k in range(runs)]
    drawn = ("validation", "train")[:parts]
    assert size(valid(curves(lines, "loss", epochs=200, parts=drawn))) < most


@pytest.mark.parametrize("name", [n for n in datasets.NAMES if n != "fashion_mnist"])
def test_every_data_set_has_a_picture(name: str) -> None:
    figure = valid(thumbnail(datasets.load(name, {})))
    assert size(figure) < 12_000


def test_pictures_are_shown_as_a_mosaic() -> None:
    (trace,) = thumbnail(datasets.load("digits", {}))["data"]
    assert trace["z"]["shape"] == "36, 54"
    assert numbers(trace["z"]).max() == 255


PLANES = {
    "moons": "BinaryCrossentropy",
    "blobs": "SparseCategoricalCrossentropy",
    "multilabel": "BinaryCrossentropy",
}


@pytest.mark.parametrize("name", PLANES)
@pytest.mark.parametrize("units", [None, 1, 2, 7])
@pytest.mark.parametrize("activation", ["auto", "tanh", "linear", "softmax"])
@pytest.mark.parametrize("gap", [False, True])
def test_any_output_layer_draws_something(
    name: str, units: int | None, activation: str, gap: bool
) -> None:
    e = experiment(name, PLANES[name], output_units=units, output_activation=activation)
    data = datasets.load(name, {})
    seen = view(data)
    wide = units or {"moons": 1, "blobs": 3, "multilabel": 3}[name]
    outputs = np.random.default_rng(0).normal(size=(len(seen.x), wide)).astype("float16")
    if gap:
        outputs[::2] = np.nan
    (head,) = data.facts.heads
    figure = valid(picture(e, seen, outputs, data, head, epoch=3))
    notes = [note["text"] for note in figure["layout"].get("annotations", ())]
    assert ("no numbers: diverged" in notes) is gap


def test_regions_hold_the_models_answer() -> None:
    data = datasets.load("moons", {})
    seen = view(data)
    (head,) = data.facts.heads
    share = (seen.x[:, :1] > 0).astype("float32")
    ground, *points = valid(boundary(seen.axes, share, data, head))["data"]
    np.testing.assert_array_equal(numbers(ground["z"]), 100 * share[:, 0])
    raw = data.train.x[:, 0] * data.scale[0] + data.centre[0]
    assert ground["x0"] < raw.min()
    assert ground["x0"] + 47 * ground["dx"] > raw.max()
    assert {p["name"] for p in points} == set(head.names)


def test_a_single_softmax_unit_is_called_out() -> None:
    (head,) = datasets.facts("moons", {}).heads
    assert read(np.ones((9, 1)), head, "probability").note == "the output is 1 everywhere"


def test_outputs_become_the_classes_keras_would_count() -> None:
    (moons,), (blobs,) = (datasets.facts(n, {}).heads for n in ("moons", "blobs"))
    assert predicted(read(np.array([[-0.2], [0.2]]), moons, "margin")).tolist() == [0, 1]
    assert predicted(read(np.array([[-3.0], [3.0]]), moons, "logit")).tolist() == [0, 1]
    two = np.array([[0.9, 0.1], [0.2, 0.8]])
    assert predicted(read(two, moons, "probability")).tolist() == [0, 1]
    scores = np.array([[1.0, 5, 2], [9, 5, 2], [np.nan, 0, 1]])
    assert predicted(read(scores, blobs, "logit")).tolist() == [1, 0, -1]


def test_small_multiples_share_their_axes() -> None:
    data = datasets.load("moons", {})
    seen, (head,) = view(data), data.facts.heads
    one = boundary(seen.axes, np.full((48 * 48, 1), np.nan), data, head, title="a", points=60)
    figure = valid(small_multiples([one] * 12, columns=4))
    assert {figure["layout"][f"xaxis{k}"]["matches"] for k in range(2, 13)} == {"x"}
    assert sum("no numbers" in a["text"] for a in figure["layout"]["annotations"]) == 12
    assert valid(small_multiples([]))["data"] == []


def test_a_curve_is_fitted_in_the_datas_own_units() -> None:
    data = datasets.load("sine", {})
    seen, (head,) = view(data), data.facts.heads
    model = valid(fitted(seen.axes[0], seen.x, data, head))["data"][-1]
    np.testing.assert_allclose(
        numbers(model["x"]), seen.axes[0] * data.scale[0] + data.centre[0], rtol=1e-5
    )
    gone = valid(fitted(seen.axes[0], seen.x * np.nan, data, head))
    assert gone["layout"]["annotations"][0]["text"] == "no numbers: diverged"


def test_confusion_counts_rows() -> None:
    ground, text = valid(confusion(np.array([0, 0, 1, 1]), np.array([0, 1, 1, -1]), ("no", "yes")))[
        "data"
    ]
    assert ground["customdata"] == [[1, 1, 0], [0, 1, 1]]
    assert text["text"] == ["1", "1", "1", "1"]
    np.testing.assert_array_equal(numbers(ground["z"]), [50, 50, 0, 0, 50, 50])


@pytest.mark.parametrize("name", ["digits", "iris", "breast_cancer", "diabetes"])
def test_more_dimensions_get_a_table_or_a_diagonal(name: str) -> None:
    losses = {"breast_cancer": "BinaryCrossentropy", "diabetes": "MeanSquaredError"}
    e = experiment(name, losses.get(name, "SparseCategoricalCrossentropy"))
    data = datasets.load(name, {})
    (head,) = data.facts.heads
    outputs = np.random.default_rng(0).random((len(data.validation.x), head.units))
    figure = valid(picture(e, view(data), outputs, data, head))
    kinds = {trace["type"] for trace in figure["data"]}
    assert kinds == ({"scatter"} if name == "diabetes" else {"heatmap", "scatter"})


def test_perfect_predictions_lie_on_the_diagonal() -> None:
    data = datasets.load("diabetes", {})
    (head,) = data.facts.heads
    y = data.validation.y[head.name]
    _, points = valid(predicted_against_true(y, y, head))["data"]
    np.testing.assert_array_equal(numbers(points["x"]), numbers(points["y"]))


def test_each_head_of_two_has_its_picture() -> None:
    losses = {"kind": "BinaryCrossentropy", "amount": "MeanSquaredError"}
    e = experiment("two_output", losses)
    data = datasets.load("two_output", {})
    seen = view(data)
    frame = np.stack([np.full(len(seen.x), 0.25), np.arange(len(seen.x))], 1)
    kind, amount = (valid(picture(e, seen, frame, data, h))["data"][0] for h in data.facts.heads)
    assert set(numbers(kind["z"])) == {25}
    np.testing.assert_array_equal(numbers(amount["z"]), frame[:, 1])


@pytest.mark.parametrize(
    ("name", "loss", "model", "params"),
    [
        ("moons", "BinaryCrossentropy", "linear", {}),
        ("moons", "BinaryCrossentropy", "mlp", {"hidden": [8, 8], "batch_normalization": True}),
        ("moons", "BinaryCrossentropy", "mlp", {"hidden": [8, 8, 8], "dropout": 0.5}),
        ("digits", "SparseCategoricalCrossentropy", "cnn", {}),
        (
            "two_output",
            {"kind": "BinaryCrossentropy", "amount": "MeanSquaredError"},
            "mlp",
            {"hidden": [4, 4, 4]},
        ),
    ],
)
def test_the_drawing_names_all_parameters(
    name: str, loss: Any, model: str, params: dict[str, Any]
) -> None:
    layers = architecture(experiment(name, loss, model, **params))
    layout = valid(network(layers))["layout"]
    assert layout["title"]["text"] == f"{parameters(layers):,} parameters"
    places = [(s["x0"], s["y0"]) for s in layout["shapes"] if s["type"] == "rect"]
    assert len(set(places)) == len(places)


def test_outputs_beside_the_classes_share_a_column():
    figure = confusion(np.array([0, 1, 1]), np.array([0, 65000, -1]), ["a", "b"])
    ticks = figure["layout"]["xaxis"]["ticktext"]
    assert ticks == ["a", "b", "other", "no number"]
    assert figure["data"][0]["customdata"] == [[1, 0, 0, 0], [0, 0, 1, 1]]


def test_a_changed_rate_is_marked_where_the_curve_bends() -> None:
    """Once a part, on the median of the seeds, once the run has come that far."""
    changed = [replace(line("Adam", seed), rates=((20, 0.5), (300, 0.1))) for seed in range(3)]
    figure = valid(curves([*changed, line("SGD", position=1)], "loss", epochs=400))
    (mark,) = (t for t in figure["data"] if t.get("name") == "learning rate changed")
    middle = [changed[1].values(name)[18] for name in ("loss", "val_loss")]
    assert mark["x"] == [19, 19]
    assert mark["y"] == pytest.approx(middle)
    assert mark["text"] == ["Adam: learning rate 0.5 from epoch 20"] * 2
    assert set(mark["marker"]["color"]) == {changed[0].colour}
    assert not mark["showlegend"]
    plain = curves([line("Adam")], "loss", epochs=400)
    assert all(t.get("name") != "learning rate changed" for t in plain["data"])


def test_a_mark_is_drawn_only_where_the_curve_has_a_number() -> None:
    """Not after a divergence; below nought, where an axis cannot be logarithmic, it is."""
    gone = replace(blown_up(line("Adam"), 10), rates=((20, 0.5),))
    assert all(
        t.get("name") != "learning rate changed"
        for t in valid(curves([gone], "loss", epochs=200))["data"]
    )
    whole = line("Adam")
    low = replace(whole, history=-whole.history, rates=((20, 0.5),))
    drawn = curves([low, line("SGD", position=1)], "loss", epochs=200, log_y=True)
    (mark,) = (t for t in valid(drawn)["data"] if t.get("name") == "learning rate changed")
    assert drawn["layout"]["yaxis"].get("type") != "log"
    assert mark["y"] == pytest.approx([low.values(name)[18] for name in ("loss", "val_loss")])
