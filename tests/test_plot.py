"""The chart component: small, offline, themed, and honest about what it cannot send."""

import tomllib
from pathlib import Path

import numpy as np
import plotly
import pytest
from streamlit.testing.v1 import AppTest

from components import colours, plot
from components.figures.curves import curves
from components.figures.enlarged import enlarged

ROOT = Path(__file__).parents[1]
CONFIG = tomllib.loads((ROOT / ".streamlit/config.toml").read_text())


def test_the_script_sent_with_every_update_stays_small() -> None:
    assert len((ROOT / "components/plot.js").read_bytes()) < 800


def test_the_served_script_is_written_whole_once(tmp_path: Path) -> None:
    address = plot.chart_js(tmp_path)
    (file,) = tmp_path.iterdir()
    assert address == f"app/static/{file.name}"
    assert plotly.__version__ in file.name
    assert file.read_text(encoding="utf-8").endswith(plot.CHART.read_text(encoding="utf-8"))
    assert file.stat().st_size > 1_000_000
    plot.chart_js.cache_clear()
    before = file.stat().st_mtime_ns
    assert plot.chart_js(tmp_path) == address
    assert file.stat().st_mtime_ns == before


def test_a_full_collection_after_every_tick_stays_off() -> None:
    assert CONFIG["runner"]["postScriptGC"] is False
    assert CONFIG["server"]["enableStaticServing"] is True


@pytest.mark.parametrize(("mode", "palette"), [("light", colours.LIGHT), ("dark", colours.DARK)])
def test_the_theme_holds_the_palette(mode: str, palette: tuple[str, ...]) -> None:
    assert tuple(CONFIG["theme"][mode]["chartCategoricalColors"]) == palette


def _page() -> None:
    from components.figures.curves import curves
    from components.plot import plot

    plot(curves([], "loss", epochs=10), key="chart", alt="no epoch yet")


def test_a_page_sends_figure_height_and_words() -> None:
    app = AppTest.from_function(_page, default_timeout=10).run()
    assert not app.exception
    sent = str(app.get("bidi_component")[0].proto)
    assert "no epoch yet" in sent
    assert str(curves([], "loss", epochs=10)["layout"]["height"]) in sent


def test_a_chart_for_a_class_is_larger_in_all_that_is_read() -> None:
    usual = curves([], "loss", epochs=10)
    data = [{"type": "scatter", "y": [1, 2], "line": {"width": 2}, "marker": {"size": [3, 4]}}]
    large = enlarged(usual | {"data": data}, 1.5)
    assert large["layout"]["height"] == 1.5 * usual["layout"]["height"]
    assert large["layout"]["font"]["size"] == 18
    assert large["layout"]["title"]["font"]["size"] == 21
    assert "font-size:16px" in large["layout"]["title"]["text"]
    (trace,) = large["data"]
    assert (trace["line"]["width"], trace["marker"]["size"], trace["y"]) == (3, [3, 4], [1, 2])
    assert usual["layout"]["title"]["font"]["size"] == 14, "the figure itself was changed"


def test_numbers_that_json_has_not_are_refused() -> None:
    figure = {"data": [{"type": "scatter", "y": [float("nan")]}], "layout": {}}
    with pytest.raises(ValueError, match="not JSON compliant"):
        plot.plot(figure, key="broken", alt="broken")


def _luminance(colour: str) -> float:
    share = np.array([int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)])
    linear = np.where(share <= 0.04045, share / 12.92, ((share + 0.055) / 1.055) ** 2.4)
    return float(linear @ [0.2126, 0.7152, 0.0722])


@pytest.mark.parametrize(
    ("palette", "page"), [(colours.LIGHT, "#FFFFFF"), (colours.DARK, "#171614")]
)
def test_every_colour_is_seen_on_its_page(palette: tuple[str, ...], page: str) -> None:
    for colour in palette:
        dark, light = sorted((_luminance(colour), _luminance(page)))
        assert (light + 0.05) / (dark + 0.05) >= 3, colour


def test_an_optimizer_looks_the_same_in_every_company() -> None:
    alone = colours.channels(["Adam"])["Adam"]
    among = colours.channels(["batch 8", "SGD", "RMSprop 0.01", "Adam"])
    assert among["Adam"] == alone
    assert among["RMSprop 0.01"] == colours.channels(["RMSprop"])["RMSprop"]


@pytest.mark.parametrize(
    "labels",
    [
        [f"learning rate {k}" for k in range(12)],
        ["Adam", *(f"Adam 0.{k}" for k in range(11))],
    ],
)
def test_twelve_variants_have_twelve_colours_and_symbols(labels: list[str]) -> None:
    looks = colours.channels(labels).values()
    assert len({look.colour for look in looks}) == len({look.symbol for look in looks}) == 12


def test_all_optimizers_at_once_stay_apart() -> None:
    """In more than colour: an open marker on a thick line looks like a filled one of its shape."""
    looks = colours.channels(colours.OPTIMIZERS)
    shapes = {look.symbol.removesuffix("-open") for look in looks.values()}
    assert len(shapes) == len(colours.OPTIMIZERS)
