"""The race on surfaces in a real browser: a click on the map sets the start."""

import pytest
from playwright.sync_api import expect
from visitor import PATIENCE, Visitor


def test_a_click_on_the_map_is_where_the_race_starts(visitor: Visitor) -> None:
    page = visitor.page
    visitor.open("race")
    chart = page.locator(".js-plotly-plot").first
    expect(chart.locator(".main-svg").first).to_be_visible(timeout=PATIENCE)
    plane = chart.locator(".draglayer .nsewdrag").first.bounding_box()
    # the map goes from -3 to 3, both ways
    page.mouse.click(plane["x"] + 0.75 * plane["width"], plane["y"] + 0.25 * plane["height"])
    for axis, before in (("x", "-2.5"), ("y", "-1")):
        # until the page has been drawn anew the field of before stands behind the new one
        field = page.get_by_label(f"Start, {axis}", exact=True).first
        expect(field).not_to_have_value(before, timeout=PATIENCE)
        assert float(field.input_value()) == pytest.approx(1.5, abs=0.1)
    assert visitor.errors == []
