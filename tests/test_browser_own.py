"""Own data in a real browser: a file is uploaded, and a brush draws where it went."""

import re

import pytest
from playwright.sync_api import expect
from visitor import PATIENCE, Visitor

from datasets.own.examples import PLACE


def test_a_brush_draws_where_it_went_and_the_model_learns_it(visitor: Visitor) -> None:
    page = visitor.page
    visitor.open("draw")
    chart = page.locator(".js-plotly-plot").first
    expect(chart.locator(".main-svg").first).to_be_visible(timeout=PATIENCE)
    for name, side in (("A", 0.3), ("B", 0.7)):
        page.get_by_role("radio", name=name, exact=True).click()
        visitor.ready()
        plane = chart.locator(".plot-container .xy .plot, .draglayer .nsewdrag").last.bounding_box()
        x, top, tall = plane["x"] + side * plane["width"], plane["y"], plane["height"]
        page.mouse.move(x, top + 0.2 * tall)
        page.mouse.down()
        for step in range(20):
            page.mouse.move(x, top + (0.2 + 0.03 * step) * tall)
        page.mouse.up()
        expect(page.get_by_text(re.compile(rf"points:.* of {name}\."))).to_be_visible()
    drawn = chart.evaluate(
        "el => el._fullData.map(t => [t.name, Array.from(t.x), Array.from(t.y)])"
    )
    sides = {name: xs for name, xs, _ in drawn if xs}
    middles = {name: sum(xs) / len(xs) for name, xs in sides.items()}
    assert middles["A"] == pytest.approx(-2.4, abs=0.4)  # 0.3 of the way from -6 to 6
    assert middles["B"] == pytest.approx(2.4, abs=0.4)
    assert min(map(len, sides.values())) > 30
    every = f"{sum(map(len, sides.values()))} points:"
    page.wait_for_function("sessionStorage.getItem('compile-lab:drawing').includes('B')")
    page.reload()  # what is not saved is kept by the tab
    expect(page.get_by_text(every)).to_be_visible(timeout=PATIENCE)
    visitor.button("Save and open in Playground").click()
    visitor.train()
    expect(page.get_by_text("Final numbers")).to_be_visible(timeout=PATIENCE)
    assert visitor.errors == []


def test_an_uploaded_file_is_read_saved_and_trained_on(visitor: Visitor) -> None:
    visitor.open("own")
    large = {"name": "large.csv", "mimeType": "text/csv", "buffer": b"a,b\n" + b"1,2\n" * 1_500_000}
    visitor.page.set_input_files("input[type=file]", large)
    refused = visitor.page.get_by_text("large.csv has 6.0 MB; up to 5 MB can be taken")
    expect(refused).to_be_visible(timeout=PATIENCE)
    visitor.page.set_input_files("input[type=file]", PLACE / "tumours.csv")
    expect(refused).to_be_hidden(timeout=PATIENCE)
    visitor.button("Save and open in Playground").click()
    visitor.train()
    expect(visitor.page.get_by_text("Final numbers")).to_be_visible(timeout=PATIENCE)
    assert visitor.errors == []
