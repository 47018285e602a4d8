"""The key takeaways of the lesson, each with the page that shows it."""

import streamlit as st

from components.learn import answers
from components.learn.contents import PAGES, path
from components.learn.glossary import linked

TAKEAWAYS: dict[str, str] = {  # by the page's slug
    "compile": "[[Compile]] stores three choices: an [[optimizer]], a [[loss]] and "
    "[[metrics|metric]]. It moves no [[weight]].",
    "optimizer": "The optimizer turns one [[gradient]] into a [[step]]. The same "
    "[[learning rate]] is another step in each of them, so choose it for yours.",
    "loss": "The loss decides which mistakes push. "
    "It is the only number that training makes small.",
    "metrics": "A metric only watches. What acts on one is a [[callback]].",
    "names": "A string is a class with its defaults. "
    "Write the class, and the rate, where it matters.",
    "custom": "A loss is a function and an optimizer a class; both fit in a few lines. "
    "Labels and predictions must have the same shape.",
    "internals": "Compile makes no [[graph]]; the first call of [[fit]] does. "
    "From then on Python only hands over batches.",
    "recompile": "A model is built once and compiled as often as you like. Weights stay, the "
    "optimizer's [[slots|slot]] go.",
    "without_compile": "Only `fit`, `evaluate` and `train_on_batch` need compile. "
    "A loop of your own trains without it.",
    "compile_changes": "Compile leaves the layers as they are. "
    "After you [[freeze]] one, compile again, or it may go on learning.",
    "any_loss": "Every optimizer takes every loss that has a gradient. What must fit together is "
    "loss, [[labels|label]] and [[last layer]].",
    "gain": "The learning rate has an edge. A little below it training works, "
    "a little above it runs away.",
    "museum": "Many mistakes in a compile call raise nothing. "
    "Check a number that you can work out yourself.",
    "weighted": "A [[class weight]] moves where the model draws its line, "
    "and hardly the order in which it ranks examples.",
    "train_evaluate": "What `fit` reports for an epoch and what [[evaluate]] says after it are two "
    "measurements.",
}


def takeaways() -> None:
    """A sentence each, with a link to its page, marked where the learner has seen it happen."""
    for slug, sentence in TAKEAWAYS.items():
        with st.container(border=True):
            st.markdown(linked(sentence))
            st.page_link(
                path(slug),
                label=PAGES[slug].title,
                icon=":material/visibility:" if _seen(slug) else ":material/arrow_forward:",
                help="You have seen it happen." if _seen(slug) else "See it happen.",
            )


def _seen(slug: str) -> bool:
    given = answers.given()
    return any(given[question].seen for question in PAGES[slug].questions if question in given)
