"""The summary of the lesson: predictions scored, what was learnt, and what to look at again."""

from collections.abc import Mapping

import streamlit as st

from components.learn import answers
from components.learn.answers import Answer
from components.learn.contents import CONTENTS, QUESTIONS, part_of, path
from components.plain import plain


def summary() -> None:
    """All pages by how their predictions went, with a way to each of them."""
    given = answers.given()
    came_true, revisit, unseen = sorted_by_outcome(given)
    numbers = {
        "Predictions": f"{len(given)} of {len(QUESTIONS)}",
        "Came true": f"{len(came_true)} of {len(came_true) + len(revisit)}",
        "To look at again": str(len(revisit)),
    }
    with st.container(horizontal=True, gap="large"):
        for name, number in numbers.items():
            st.metric(name, number, width="content")
    if not given:
        st.info("You have made no prediction yet. They are kept as long as this tab is open.")
    _section("Look at these again", revisit, given)
    _section("Predicted, and not yet seen", unseen, given)
    _section("What you learnt", came_true, given)
    _left(given)


def sorted_by_outcome(given: Mapping[str, Answer]) -> tuple[list[str], list[str], list[str]]:
    """Questions whose prediction came true, did not, and whose outcome nobody has seen yet."""
    made = [question for question in QUESTIONS if question in given]
    seen = [question for question in made if given[question].seen]
    return (
        [question for question in seen if given[question].right],
        [question for question in seen if not given[question].right],
        [question for question in made if not given[question].seen],
    )


def _section(title: str, questions: list[str], given: Mapping[str, Answer]) -> None:
    if not questions:
        return
    st.subheader(title, anchor=False)
    for question in questions:
        with st.container(border=True):
            _one(question, given[question])


def _one(question: str, answer: Answer) -> None:
    """A prediction, how it went, and the way to its page; an answer is not beside its question."""
    page, part = QUESTIONS[question], part_of(question)
    place = {"part": part} if part else None
    with st.container(
        horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"
    ):
        name = f"**{page.title}**" + (f", {part}" if part else "")
        st.page_link(path(page.slug), label=name, query_params=place)
        again = answer.seen and not answer.right
        if again and st.button(
            "Predict again", key=f"learnt.again.{question}", icon=":material/replay:"
        ):
            answers.forget(question)
            st.switch_page(path(page.slug), query_params=place)
    if answer.seen and answer.right and not part:
        st.markdown(page.sentence)
    came = "It came true." if answer.right else "Something else happened."
    end = came if answer.seen else "Run the experiment to see what happens."
    st.caption(f"You predicted: {plain(answer.said)}. {end}")


def _left(given: Mapping[str, Answer]) -> None:
    """Links to the pages on which a prediction is still to be made, by section."""
    left = {
        section: [page for page in pages if not given.keys() >= {*page.questions}]
        for section, pages in CONTENTS.items()
    }
    if not any(left.values()):
        return
    st.subheader("Still to come", anchor=False)
    for section, pages in left.items():
        if pages:
            st.caption(section)
            for page in pages:
                st.page_link(path(page.slug), label=page.title, icon=":material/arrow_forward:")
