"""Callbacks that come late: of a widget whose state was dropped before the page drew it again."""

import ast
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest
from visits import Quiet, key_now, visit

from components.compare.setup import AXIS, COUNT, LOADED
from training.presets import PRESETS

FOLDER = Path(__file__).parent.parent / "components"
MODULES = sorted(FOLDER.rglob("*.py"))
EVENTS = ("on_change", "on_click", "on_select", "on_stroke")


def callbacks(tree: ast.AST) -> set[str]:
    """Names of a module's functions that widgets call."""
    given = [k for n in ast.walk(tree) if isinstance(n, ast.Call) for k in n.keywords]
    events = [node for k in given if k.arg in EVENTS for node in ast.walk(k.value)]
    return {node.id for node in events if isinstance(node, ast.Name)}


def read_from_session(function: ast.AST) -> list[str]:
    """What a function reads as `st.session_state[...]`, which fails where there is nothing."""
    return [
        ast.unparse(node)
        for node in ast.walk(function)
        if isinstance(node, ast.Subscript)
        and isinstance(node.ctx, ast.Load)
        and ast.unparse(node.value) == "st.session_state"
    ]


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.relative_to(FOLDER).as_posix())
def test_no_callback_trusts_that_its_widget_is_still_known(module: Path) -> None:
    tree = ast.parse(module.read_text())
    called = callbacks(tree)
    functions = [f for f in ast.walk(tree) if isinstance(f, ast.FunctionDef) and f.name in called]
    assert {f.name: read_from_session(f) for f in functions if read_from_session(f)} == {}


def dropped(app: AppTest, key: str) -> None:
    """Leave a menu as it was drawn, while the session forgets it: its value seems to be new."""
    menu = app.selectbox(key=key)
    menu.set_value(menu.value)
    del app.session_state[key]


def test_a_preset_after_a_preset_before_the_page_is_drawn_does_no_harm(quiet: Quiet) -> None:
    app = visit("compare")
    dropped(app, "compare.schedule")
    dropped(app, "compare.dataset")
    app.button(key="compare:preset.quantiles").click().run()
    assert not app.exception
    assert app.session_state[key_now(app, "compare.number.loss")] == "CustomLoss"
    dropped(app, key_now(app, "compare.number.loss.CustomLoss.formula.example"))
    app.button(key="compare:preset.batches").click().run()
    assert not app.exception
    assert app.session_state[key_now(app, "compare.class.loss")] == "BinaryCrossentropy"


def test_a_click_before_a_preset_is_drawn_finds_all_of_it(quiet: Quiet) -> None:
    """The browser still shows the menus as they were, and sends them with the click."""
    app = visit("compare")
    app.button(key="compare:preset.batches").click().run()
    loaded = PRESETS["losses"].design()
    app.session_state[LOADED] = loaded
    app.session_state[f"{key_now(app, 'compare')}:filled"] = loaded.base
    app.number_input(key=COUNT).set_value(3)
    app.selectbox(key=AXIS).set_value("batch_size")
    app.selectbox(key=key_now(app, "compare.dataset")).set_value("moons").run()
    assert not app.exception
    (train,) = (b for b in app.button if b.label == "Train")
    train.click().run()
    (kept,) = quiet.comparisons()
    assert tuple(r.experiment for r in quiet.state(kept.id).runs) == loaded.comparison.experiments
