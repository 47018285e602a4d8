"""What the browser's tab keeps of the lesson through a reload, with which the server forgets it."""

import json
import re
from collections.abc import Mapping
from typing import Any

import streamlit as st

from components import running, tab
from components.learn import answers
from training.demo import edition

KEEPER = "learn:keeper"


def keep() -> None:
    """Have the tab keep predictions and experiments, and take up those that it kept before."""
    lesson = {
        "answers": {question: list(answer) for question, answer in answers.given().items()},
        "asked": {place: id for place, id in running.asked().items() if _of_lesson(place)},
        "edition": edition(),
    }
    fresh = answers.ANSWERS not in st.session_state and running.ASKED not in st.session_state
    text = json.dumps(lesson, separators=(",", ":"))
    tab.keep("lesson", text, fresh=fresh, key=KEEPER, restore=_restore)


def _restore() -> None:
    restore(tab.kept(KEEPER))


def restore(kept: Any) -> None:
    """Go on where an earlier session of the same tab was; `kept` is what the browser sent."""
    try:
        lesson = json.loads(kept)
    except (TypeError, ValueError):
        return
    if not isinstance(lesson, Mapping):
        return
    answers.restore(lesson.get("answers"))
    asked = lesson.get("asked")
    # results of other demonstrations may not be what pages read now
    if isinstance(asked, Mapping) and lesson.get("edition") == edition():
        running.take_up({place: id for place, id in asked.items() if _of_lesson(place) and _id(id)})


def _of_lesson(place: str) -> bool:
    return place.startswith("learn:")


def _id(found: Any) -> bool:
    return isinstance(found, str) and re.fullmatch("[0-9a-f]{32}", found) is not None
