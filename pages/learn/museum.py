"""Museum of silent failures: programs that run, and are wrong."""

import streamlit as st

from components.learn import Lesson, museum

page = Lesson("museum")
page.text(
    """
Every exhibit is a short program with one fault. Keras says nothing of it, or nothing that helps:
at most a warning in the console. Read the code, decide what is wrong, then run it on real Keras.
"""
)
exhibit = museum.chosen()
page.about(exhibit.name)
st.subheader(f"{exhibit.name}. {exhibit.title}", anchor=False)
page.text(exhibit.story)
museum.program(exhibit)
page.predict("What is wrong here?", exhibit.options, exhibit.right, exhibit.why)
program = f"museum.{exhibit.demo}"
found = page.experiment(program, "Run it as found")
if found:
    museum.numbers(found)
    museum.curves(exhibit, found)
    museum.proofs(page, exhibit.found, found)
    page.verdict()
    st.subheader("The cure", anchor=False)
    page.text(exhibit.remedy)
    museum.change(exhibit)
    cured = page.experiment(program, "Cure it", cure=True)
    if cured:
        museum.numbers(found, cured)
        museum.curves(exhibit, found, cured)
        museum.proofs(page, exhibit.cured, cured)
    if exhibit.setup:
        page.open_in("Open in the Playground", exhibit.setup)
    museum.leave(exhibit)
page.try_next(
    "Say the reason aloud before you read it: that is what you will need when nothing raises.",
    "Look at what the numbers have in common: a [[metric]] or a count of your own, on rows that "
    "you can check by hand, tells what the [[loss]] does not.",
)
page.end(
    "Keras 3, `keras.src.backend.tensorflow.nn` and `keras.src.losses`",
    "measured by this page's runs",
)
