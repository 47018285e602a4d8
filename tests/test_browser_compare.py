"""Compare in a real browser: several variants side by side, from a preset to the final table."""

from playwright.sync_api import expect
from visitor import PATIENCE, Visitor

PRESET = "SGD vs Momentum vs RMSprop vs Adam"
NAMES = ["SGD", "Momentum", "RMSprop", "Adam"]
LOSS = "cross-entropy of SGD"
# The grid is a canvas; what it says is in a table for those who cannot see it.
CELLS = """() => Array.from(
  document.querySelectorAll('[data-testid="stDataFrame"]:last-of-type [role="gridcell"]'),
  cell => cell.textContent)"""


def test_four_optimizers_train_together(visitor: Visitor) -> None:
    """One click on a preset, one on Train: four named curves grow, then a table and the proof."""
    visitor.open("compare")
    visitor.page.get_by_role("button", name=PRESET).click()
    visitor.sees("how far does each rule come")
    visitor.ready()  # what is typed before would be overwritten by the preset
    visitor.fill("Seeds", "1")
    visitor.sees("4 rows, 1 seed: 4 runs")
    visitor.train()
    visitor.sees_growth(chart=LOSS)
    visitor.sees("Final numbers")
    visitor.sees_epoch(150, chart=LOSS)

    shown = [trace for trace in visitor.traces(LOSS) if trace["legend"]]
    assert sorted(trace["name"] for trace in shown) == sorted(NAMES)
    assert {trace["epoch"] for trace in shown} == {150}
    assert len({tuple(trace["y"]) for trace in shown}) == 4
    assert {t["name"] for t in visitor.traces("accuracy of SGD") if t["legend"]} == set(NAMES)

    proof = visitor.page.get_by_text("Same data").first
    for same in ("initial weights", "batch order"):
        expect(proof).to_contain_text(f"same {same}", timeout=PATIENCE)
    # the table of the rows has cells too, and earlier
    ended = f"() => ({CELLS})().filter(cell => cell == 'finished').length >= 4"
    visitor.page.wait_for_function(ended, timeout=PATIENCE)
    cells = visitor.page.evaluate(CELLS)
    assert set(NAMES) <= set(cells)
    assert cells.count("finished") == 4
    assert visitor.errors == []


def test_a_reload_brings_rows_and_curves_back(visitor: Visitor) -> None:
    """The address has the design and the run, so that nothing has to be trained again."""
    visitor.open("compare")
    visitor.page.get_by_role("button", name=PRESET).click()
    visitor.sees("how far does each rule come")
    visitor.ready()  # what is typed before would be overwritten by the preset
    visitor.fill("Seeds", "1")
    visitor.sees("4 rows, 1 seed: 4 runs")
    visitor.train()
    visitor.sees_epoch(1, chart=LOSS)
    query = visitor.query
    visitor.page.reload()
    visitor.sees("4 rows, 1 seed: 4 runs")
    visitor.sees("Final numbers")
    visitor.sees_epoch(150, chart=LOSS)
    assert visitor.query == query
    assert {t["name"] for t in visitor.traces(LOSS) if t["legend"]} == set(NAMES)
