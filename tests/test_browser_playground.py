"""The Playground in a real browser: training, watching, holding and stopping."""

import time

import pytest
from playwright.sync_api import expect
from visitor import PATIENCE, Visitor

from training.lab import Lab
from training.states import RunState

LOSS, PICTURE = "Loss of", "Predictions of"
RANGE = """() => {
  const { xaxis, yaxis } = document.querySelector('[aria-label^="Loss of"]')._fullLayout;
  return [...xaxis.range, ...yaxis.range];
}"""
SURFACE = """() => {
  const [surface] = document.querySelector('[aria-label^="Predictions of"]')?._fullData ?? [];
  return surface && Array.from(surface.z, row => Array.from(row)).flat();
}"""


def spec(seed: int, epochs: int = 20, batch_size: int = 64) -> dict:
    """Two moons, for a run of its own: results are shared by whoever asks for the same."""
    return {
        "dataset": {"name": "moons", "params": {}},
        "model": {"name": "mlp", "params": {"hidden": [8]}},
        "compile": {
            "optimizer": {"name": "Adam", "params": {"learning_rate": 0.01}},
            "loss": "BinaryCrossentropy",
            "metrics": ["accuracy"],
        },
        "epochs": epochs,
        "batch_size": batch_size,
        "seed": seed,
    }


def long(seed: int) -> dict:
    """A run that is still alive when a test stops it."""
    return spec(seed, epochs=5000, batch_size=2)


def run_of(lab: Lab, visitor: Visitor) -> RunState:
    """What is kept of the run on show."""
    state = lab.state(visitor.query["run"])
    assert state is not None
    return state.runs[0]


def test_curves_grow_while_another_choice_is_made(visitor: Visitor) -> None:
    """Training goes on behind the page, which can be used as ever."""
    visitor.begin(long(1))
    visitor.sees_growth(2)
    visitor.choose("Optimizer", "RMSprop")
    expect(visitor.code()).to_contain_text("keras.optimizers.RMSprop", timeout=PATIENCE)
    visitor.sees_growth(2)
    expect(visitor.button("Stop")).to_be_enabled()
    looks = {trace["name"]: trace["dash"] for trace in visitor.traces(LOSS)}
    assert looks["train"] == "solid"
    assert looks["validation"] not in ("solid", None)
    assert visitor.errors == []


@pytest.mark.live  # it times the stop
def test_a_stopped_run_keeps_its_curve(visitor: Visitor, lab: Lab) -> None:
    visitor.begin(long(2))
    visitor.sees_growth(2)
    before = visitor.points(LOSS, "train")
    clicked = time.time()
    visitor.button("Stop").click()
    visitor.sees("Stopped at epoch")
    run = run_of(lab, visitor)
    assert len(before) <= run.epochs_done < run.epochs
    visitor.sees_epoch(run.epochs_done)
    # The axis now ends where training did, so other epochs may be drawn, at the same heights.
    trained = run.history[:, run.columns.index("loss")]
    after = visitor.points(LOSS, "train")
    assert max(after) == run.epochs_done
    for epoch, loss in [*before.items(), *after.items()]:
        assert loss == pytest.approx(trained[int(epoch) - 1], rel=1e-6)
    expect(visitor.button("Stop")).to_be_disabled()
    assert run.finished is not None
    # One second is the goal; after three a worker that does not listen is restarted.
    assert run.finished - clicked < 3


def test_a_paused_run_holds_until_it_is_resumed(visitor: Visitor, lab: Lab) -> None:
    visitor.begin(long(3))
    visitor.sees_growth()
    visitor.button("Pause").click()
    visitor.sees("Paused at")
    held = run_of(lab, visitor).epochs_done
    visitor.choose("Optimizer", "RMSprop")
    expect(visitor.code()).to_contain_text("RMSprop", timeout=PATIENCE)
    visitor.sees(f"Paused at {held:,} of 5,000 epochs")
    assert run_of(lab, visitor).epochs_done == held
    visitor.button("Resume").click()
    visitor.sees_growth()
    assert run_of(lab, visitor).epochs_done > held


def test_zoom_survives_ticks(visitor: Visitor) -> None:
    """Somebody who looks closer at a curve is left in peace while it grows."""
    visitor.begin(long(4))
    visitor.sees_growth()
    box = visitor.page.locator(f'[aria-label^="{LOSS}"] .nsewdrag').bounding_box()
    assert box is not None
    whole = visitor.page.evaluate(RANGE)
    mouse = visitor.page.mouse
    mouse.move(box["x"] + 0.2 * box["width"], box["y"] + 0.2 * box["height"])
    mouse.down()
    mouse.move(box["x"] + 0.6 * box["width"], box["y"] + 0.7 * box["height"], steps=5)
    mouse.up()
    visitor.page.wait_for_function(f"whole => ({RANGE})()[1] < whole[1]", arg=whole)
    zoomed = visitor.page.evaluate(RANGE)
    visitor.sees_growth(3)
    assert visitor.page.evaluate(RANGE) == zoomed


def test_a_reload_picks_the_run_up(visitor: Visitor) -> None:
    visitor.begin(long(5))
    visitor.sees_growth()
    has = visitor.epoch()
    visitor.page.reload()
    visitor.ready()
    visitor.sees_growth(2)
    assert visitor.epoch() > has
    field = visitor.page.get_by_role("spinbutton", name="epochs", exact=True)
    expect(field).to_have_value("5000")
    expect(visitor.button("Stop")).to_be_enabled()
    assert visitor.errors == []


def test_the_slider_goes_back_and_the_former_run_stays_as_a_ghost(visitor: Visitor) -> None:
    visitor.begin(spec(6))
    visitor.sees("Final numbers")
    visitor.sees_epoch(20)
    first = visitor.curve(LOSS, "train")
    assert len(first) == 20

    visitor.page.wait_for_function(SURFACE)
    learnt = visitor.page.evaluate(SURFACE)
    slider = visitor.page.get_by_role("slider", name="Epoch")
    slider.focus()
    slider.press("Home")
    at = visitor.page.locator(f'[aria-label^="{PICTURE}"][aria-label$="at epoch 0"]')
    expect(at).to_be_visible(timeout=PATIENCE)
    other = f"learnt => ({SURFACE})().some((z, i) => z != learnt[i])"
    visitor.page.wait_for_function(other, arg=learnt)

    before = visitor.page.url
    visitor.page.evaluate("""() => document.querySelector('[aria-label^="Loss of"]').mine = true""")
    visitor.fill("seed", "7")
    visitor.page.wait_for_function("url => location.href != url", arg=before)
    visitor.train()
    visitor.page.wait_for_function(
        """() => document.querySelector('[aria-label^="Loss of"]')
        ?._fullData?.some(trace => trace.name == "former run")""",
        timeout=PATIENCE,
    )
    visitor.sees("Final numbers")
    visitor.sees_epoch(20)
    same = """() => document.querySelector('[aria-label^="Loss of"]').mine"""
    assert visitor.page.evaluate(same), "the chart was made anew instead of being drawn again"
    ghost = next(t for t in visitor.traces(LOSS) if t["name"] == "former run")
    assert ghost["y"] == first
    assert ghost["opacity"] < 0.6
    assert visitor.curve(LOSS, "train") != first


def test_the_loss_axis_follows_a_run_with_another_loss(visitor: Visitor) -> None:
    """Nothing of the former chart is left, neither its curve nor its range."""
    visitor.begin(spec(8))
    visitor.sees("Final numbers")
    visitor.sees_epoch(20)
    before = visitor.page.url
    visitor.choose("Loss", "Mean squared error")
    former = visitor.curve(LOSS, "train")
    visitor.page.wait_for_function("url => location.href != url", arg=before)
    visitor.train()
    visitor.sees_another(LOSS, "train", former)
    visitor.sees_epoch(20)
    low, high = visitor.page.evaluate(
        """() => document.querySelector('[aria-label^="Loss of"]')._fullLayout.yaxis.range"""
    )
    points = visitor.curve(LOSS, "train") + visitor.curve(LOSS, "validation")
    assert low < min(points) < max(points) < high
    assert high - low < 1.5 * (max(points) - min(points))


def test_without_a_connection_fashion_says_so_and_the_rest_works(visitor: Visitor) -> None:
    """One clear sentence, no traceback; another data set trains in the same session."""
    fashion = spec(8, epochs=1)
    fashion["dataset"] = {"name": "fashion_mnist", "params": {}}
    fashion["compile"]["loss"] = "SparseCategoricalCrossentropy"
    visitor.begin(fashion)
    sentence = "could not be downloaded: no connection"
    visitor.sees(sentence)
    expect(visitor.page.get_by_text(sentence)).to_have_count(1)
    visitor.choose(":material/scatter_plot: **Data**", "Two moons")
    expect(visitor.code()).to_contain_text("BinaryCrossentropy", timeout=PATIENCE)
    visitor.train()
    visitor.sees("Final numbers")
    assert visitor.page.get_by_test_id("stException").count() == 0
    assert visitor.errors == []
