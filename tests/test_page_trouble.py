"""What pages say when the store cannot be read or written, and what stays on them."""

from typing import Any

import pytest
from visits import Quiet, said, spec, visit

from training.schema import StoreError

SENTENCE = "The store is read-only, so nothing can be saved."


def fail(*_: Any) -> None:
    """In place of what the store cannot do."""
    raise StoreError(SENTENCE)


def test_a_run_that_cannot_be_read_leaves_the_playground(
    quiet: Quiet, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The sentence stands in place of the curves; choosing goes on."""
    id = quiet.finish(spec())
    monkeypatch.setattr(quiet, "state", fail)
    app = visit(run=id)
    assert SENTENCE in said(app)
    assert not next(b for b in app.button if b.label == "Train").disabled


def test_a_run_before_that_cannot_be_read_is_left_out(
    quiet: Quiet, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without the ghost the run itself is still shown."""
    id, ghost = quiet.finish(spec()), quiet.finish(spec(seed=1))
    real = quiet.state
    monkeypatch.setattr(quiet, "state", lambda id: fail() if id == ghost else real(id))
    app = visit()
    app.session_state["play:run"], app.session_state["play:ghost"] = id, ghost
    app.run()
    assert not app.exception
    assert SENTENCE in said(app)
    assert "Finished" in [bar.proto.text for bar in app.get("progress")]


@pytest.mark.parametrize(("key", "act"), [("stop", "cancel"), ("pause", "pause")])
def test_a_button_that_fails_says_why(
    quiet: Quiet, monkeypatch: pytest.MonkeyPatch, key: str, act: str
) -> None:
    """Stop and Pause that cannot be saved leave the run on show, and say so once."""
    monkeypatch.setattr(quiet, act, fail)
    app = visit(run=quiet.put(spec()))
    app.button(key=key).click().run()
    assert not app.exception
    assert SENTENCE in said(app)
    assert app.get("progress")
    assert SENTENCE not in said(app.run())


def test_a_row_that_cannot_be_deleted_stays(quiet: Quiet, monkeypatch: pytest.MonkeyPatch) -> None:
    """Delete says why nothing went."""
    monkeypatch.setattr(quiet, "delete", fail)
    id = quiet.finish(spec())
    app = visit("history")
    app.session_state["history:chosen"] = [id]
    del app.session_state["history:shown"]
    app.run()
    app.button(key="delete").click().run()
    assert not app.exception
    assert SENTENCE in said(app)
    assert len(app.dataframe[0].value) == 1


def test_a_history_that_cannot_be_read_is_not_called_empty(
    quiet: Quiet, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A broken store is no empty one."""
    quiet.finish(spec())
    monkeypatch.setattr(quiet, "comparisons", fail)
    app = visit("history")
    assert SENTENCE in said(app)
    assert "Nothing was run yet" not in said(app)
