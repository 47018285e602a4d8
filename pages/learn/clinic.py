"""Error clinic: what Keras says to a mistake, what it means, and the repair."""

import streamlit as st

from components.learn import Lesson, clinic
from components.learn.patients import PATIENTS

page = Lesson("clinic")
page.text(
    f"""
Here are {len(PATIENTS)} mistakes around [[compile]] that Keras does not let pass. Every exception
on this page is raised when you press the button, by the code that is shown.
"""
)
page.predict(
    "Most of these mistakes stand in the arguments of `compile`. Which call raises the exception?",
    (
        "Mostly `compile`",
        "Mostly `fit`, in its first step or before",
        "Mostly none: wrong numbers are all that shows",
    ),
    "Mostly `fit`, in its first step or before",
    "`compile` stores what it is given, and looks at little of it. [[Labels|label]] and "
    "predictions meet in the first [[step]]; that is when names are looked up and shapes compared.",
)
every = page.experiment("clinic.broken", "Provoke them all")
if every:
    clinic.overview(every)
    noticed = clinic.share(every, "fit")
    page.proof("Share that `fit` raised", f"{noticed:.0%}", noticed > 0.5, "more than half")
    page.verdict()

st.subheader("One at a time", anchor=False)
name = clinic.chosen()
clinic.program(name)
alone = page.experiment("clinic.broken", "Provoke it", case=name)
if alone:
    found = alone[name]
    clinic.raised(found)
    page.proof("Raised", found["type"], found["type"] != "nothing", "an exception")
    page.text(f"**Cause.** {PATIENTS[name].cause}")
    page.text(f"**Repair.** {PATIENTS[name].remedy}")
    clinic.change(name)
    repaired = page.experiment("clinic.repaired", "Repair", case=name)
    if repaired:
        page.proof("The repaired program ran", clinic.numbers(repaired), True, "no exception")
page.try_next(
    "Read a long message from its end: the cause stands there, the way to it above.",
    "Open the Playground: its compile check says most of this before anything is trained.",
    "Go to the museum for the mistakes that raise nothing.",
)
page.end(
    "Keras 3, `Trainer.compile` and `CompileLoss.build`",
    "the exceptions that this page's runs raise",
)
