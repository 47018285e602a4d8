"""What the choices send to the browser to draw first, before any state reaches it."""

import pytest
from visits import visit

from components.link import pack

SETUP = {
    "dataset": {"name": "circles", "params": {}},
    "model": {"name": "mlp", "params": {"hidden": [5, 7], "activation": "sigmoid"}},
    "compile": {
        "optimizer": {"name": "RMSprop", "params": {"learning_rate": 0.03, "rho": 0.5}},
        "loss": "BinaryCrossentropy",
        "metrics": ["AUC"],
    },
    "epochs": 37,
    "batch_size": 50,
    "seed": 11,
}


@pytest.mark.usefixtures("quiet")
def test_a_link_is_drawn_right_at_once() -> None:
    """A slow browser never shows, nor sends back, choices that are not those of the link."""
    app = visit(setup=pack(SETUP))
    wanted = {
        "epochs": 37,
        "batch_size": 50,
        "seed": 11,
        "optimizer.RMSprop.rho": 0.5,
        "model.mlp.hidden": "5, 7",
    }
    fields = [*app.number_input, *app.text_input]
    drawn = {field.key: field.proto.default for field in fields}
    assert {name: drawn[f"play.{name}"] for name in wanted} == wanted
    menus = {menu.key: menu.options[menu.proto.default] for menu in app.selectbox}
    assert menus["play.model.mlp.activation"] == "sigmoid"
    assert menus["play.optimizer.RMSprop.learning_rate"] == "0.03"
    assert menus["play.optimizer"] == "RMSprop"
