"""A store that cannot be read or written, told in a sentence while the rest of a page stays."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import streamlit as st

from components.plain import plain
from training.schema import StoreError

HEARD = "trouble:heard"


@contextmanager
def told() -> Iterator[None]:
    """In place of what the store does not give, the sentence that says why."""
    try:
        yield
    except StoreError as error:
        _say(str(error))


def attempt(act: Callable[..., None], *args: Any) -> None:
    """`act(*args)` from a button's callback; what went wrong is kept for `heard`."""
    try:
        act(*args)
    except StoreError as error:
        st.session_state[HEARD] = str(error)


def heard() -> None:
    """Say once what the last button could not do."""
    sentence = st.session_state.pop(HEARD, "")
    if sentence:
        _say(sentence)


def _say(sentence: str) -> None:
    st.error(plain(sentence), icon=":material/database_off:")
