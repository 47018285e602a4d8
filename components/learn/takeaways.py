"""The key takeaways of the lesson, each with the page that shows it."""

import streamlit as st

from components.learn import answers
from components.learn.contents import CONTENTS, PAGES, path
from components.learn.glossary import linked

TAKEAWAYS: dict[str, str] = {  # by the page's slug
    "compile": "[[Compile]] stores three choices: an [[optimizer]], a [[loss]] and "
    "[[metrics|metric]]. It moves no [[weight]].",
    "optimizer": "The optimizer turns one [[gradient]] into a [[step]]. At the same "
    "[[learning rate]] these steps differ widely in size, so choose the rate for yours.",
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
    "metrics_train": "The same training can show two accuracies. A better number is no proof that "
    "more was learnt.",
    "without_compile": "Only `fit`, `evaluate` and `train_on_batch` need compile. "
    "A loop of your own trains without it.",
    "compile_changes": "Compile leaves the layers as they are. "
    "After you [[freeze]] one, compile again, or it may go on learning.",
    "any_loss": "Every optimizer takes every loss that has a gradient. What must fit together is "
    "loss, [[labels|label]] and [[last layer]].",
    "descent": "SGD is the textbook's formula, to the last digits. "
    "The other optimizers also use what they remember.",
    "gain": "The learning rate has an edge. A little below it training works, "
    "a little above it runs away.",
    "first_call": "The first step is slow because it compiles. "
    "Leave it out when you measure speed.",
    "minimise_accuracy": "Accuracy has no gradient, so it cannot be a loss. "
    "Beside a regression it says nothing.",
    "skip_compile": "A copy of a model may have lost its compile. `model.compiled` tells.",
    "label_forms": "An error about `target` and `output` is about labels. "
    "Another optimizer does not mend it.",
    "museum": "Many mistakes in a compile call raise nothing. "
    "Check a number that you can work out yourself.",
    "clinic": "Compile looks at little of what it is given. Most mistakes speak up in the first "
    "step of `fit`.",
    "memory": "Adam remembers two numbers for each weight. A `.keras` file keeps them, "
    "weights alone do not.",
    "weighted": "A [[class weight]] moves where the model draws its line, "
    "and hardly the order in which it ranks examples.",
    "train_evaluate": "What `fit` reports for an epoch and what [[evaluate]] says after it are two "
    "measurements.",
    "when_not": "A model that only predicts needs no compile. `evaluate` does.",
    "production": "A default learning rate is a guess. Try several, and read more than one metric.",
    "production_runs": "Very large errors break training. Scale the targets or clip the gradient.",
}


def takeaways() -> None:
    """A sentence each, with a link to its page, marked where the learner has seen it happen."""
    section = ""
    for slug, sentence in TAKEAWAYS.items():
        if (own := _section(slug)) != section:
            st.subheader(own, anchor=False)
            section = own
        with st.container(border=True):
            st.markdown(linked(sentence))
            st.page_link(
                path(slug),
                label=PAGES[slug].title,
                icon=":material/visibility:" if _seen(slug) else ":material/arrow_forward:",
                help="You have seen it happen." if _seen(slug) else "See it happen.",
            )


def _section(slug: str) -> str:
    return next(name for name, pages in CONTENTS.items() if PAGES[slug] in pages)


def _seen(slug: str) -> bool:
    given = answers.given()
    return any(given[question].seen for question in PAGES[slug].questions if question in given)
