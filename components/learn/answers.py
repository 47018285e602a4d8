"""What the learner predicted, page by page, kept as long as the browser's tab is open."""

from collections.abc import Mapping
from typing import Any, NamedTuple

import streamlit as st

from components.learn.contents import QUESTIONS

ANSWERS = "learn:answers"


class Answer(NamedTuple):
    """A prediction, and whether it came true."""

    said: str
    right: bool
    seen: bool = False  # whether the learner has seen what happens


def given() -> Mapping[str, Answer]:
    """All predictions so far, by question: a page, or "page.part"."""
    return st.session_state.get(ANSWERS, {})


def give(question: str, said: str, right: bool) -> None:
    """Commit to a prediction; the first one counts."""
    st.session_state[ANSWERS] = {question: Answer(said, right), **given()}


def see(question: str) -> None:
    """The learner has seen what happens, so the prediction can be scored."""
    if question in given():
        seen = given()[question]._replace(seen=True)
        st.session_state[ANSWERS] = {**given(), question: seen}


def forget(question: str) -> None:
    """Take a prediction back, to learn the page anew."""
    st.session_state[ANSWERS] = {q: answer for q, answer in given().items() if q != question}


def restore(kept: Any) -> None:
    """Take back what the browser kept of an earlier session."""
    st.session_state[ANSWERS] = read(kept) | given()


def read(kept: Any) -> dict[str, Answer]:
    """What a browser sent, without anything that is no answer."""
    if not isinstance(kept, Mapping):
        return {}
    return {
        question: Answer(*answer)
        for question, answer in kept.items()
        if question in QUESTIONS
        and isinstance(answer, list)
        and [*map(type, answer)] == [str, bool, bool]
    }
