"""The summary of the lesson: predictions scored, what was learnt, and what to look at again."""

from collections.abc import Mapping

import streamlit as st

from components.learn import answers
from components.learn.answers import Answer
from components.learn.contents import CONTENTS, PAGES, Page, path
from components.plain import plain

PREDICTING = [page for page in PAGES.values() if page.predicts]


def summary() -> None:
    """All pages by how their predictions went, with a way to each of them."""
    given = answers.given()
    came_true, revisit, unseen = sorted_by_outcome(given)
    for column, (name, number) in zip(
        st.columns(3),
        {
            "Predictions": f"{len(given)} of {len(PREDICTING)}",
            "Came true": f"{len(came_true)} of {len(came_true) + len(revisit)}",
            "To look at again": str(len(revisit)),
        }.items(),
        strict=True,
    ):
        column.metric(name, number)
    if not given:
        st.info("You have made no prediction yet. They are kept as long as this tab is open.")
    _section("Look at these again", revisit, given)
    _section("Predicted, and not yet seen", unseen, given)
    _section("What you learnt", came_true, given)
    _left(given)


def sorted_by_outcome(given: Mapping[str, Answer]) -> tuple[list[Page], list[Page], list[Page]]:
    """Pages whose prediction came true, did not, and whose outcome nobody has seen yet."""
    made = [page for page in PREDICTING if page.slug in given]
    seen = [page for page in made if given[page.slug].seen]
    return (
        [page for page in seen if given[page.slug].right],
        [page for page in seen if not given[page.slug].right],
        [page for page in made if page not in seen],
    )


def _section(title: str, pages: list[Page], given: Mapping[str, Answer]) -> None:
    if not pages:
        return
    st.subheader(title, anchor=False)
    for page in pages:
        answer = given[page.slug]
        with st.container(border=True):
            with st.container(horizontal=True, horizontal_alignment="distribute"):
                st.page_link(path(page.slug), label=f"**{page.title}**")
                if answer.seen and st.button(
                    "Predict again", key=f"learnt.again.{page.slug}", icon=":material/replay:"
                ):
                    answers.forget(page.slug)
                    st.switch_page(path(page.slug))
            if answer.seen:
                st.markdown(page.sentence)
            came = "It came true." if answer.right else "It came otherwise."
            end = came if answer.seen else "Run the experiment to see what happens."
            st.caption(f"You predicted: {plain(answer.said)}. {end}")


def _left(given: Mapping[str, Answer]) -> None:
    """Links to the pages without a prediction, by section."""
    left = {
        section: [page for page in pages if page.predicts and page.slug not in given]
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
