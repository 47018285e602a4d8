"""The lesson's last pages: takeaways, a summary that scores predictions, and the glossary."""

import pytest
from streamlit.testing.v1 import AppTest
from test_lessons import experiments, predict
from visits import Quiet, said, visit

from components.learn.answers import ANSWERS, Answer
from components.learn.contents import PAGES, path
from components.learn.glossary import TERMS, anchor
from components.learn.takeaways import TAKEAWAYS


@pytest.fixture
def app(quiet: Quiet) -> AppTest:
    """A learner on the summary, without any prediction."""
    return visit("learn/learnt")


def test_each_takeaway_leads_to_the_page_that_shows_it(quiet: Quiet) -> None:
    app = visit("learn/takeaways")
    labels = [link.proto.label for link in app.get("page_link")]
    assert labels[: len(TAKEAWAYS)] == [PAGES[slug].title for slug in TAKEAWAYS]
    assert "[[" not in said(app), "a glossary mark was not linked"
    # the microscope shows what these say, and teaches nothing else
    taught = [slug for slug, page in PAGES.items() if page.predicts and slug != "microscope"]
    assert list(TAKEAWAYS) == taught


def test_each_word_has_a_place_of_its_own(quiet: Quiet) -> None:
    app = visit("learn/glossary")
    assert [(h.value, h.anchor) for h in app.subheader] == [(t, anchor(t)) for t in TERMS]
    assert len({h.anchor for h in app.subheader}) == len(TERMS)
    assert all(sentence in said(app) for sentence in TERMS.values())


def test_the_summary_says_what_came_true_and_what_to_look_at_again(app: AppTest) -> None:
    assert "no prediction yet" in said(app)
    app.session_state[ANSWERS] = {
        "metrics": Answer("No, not at all", True, True),
        "loss": Answer("Both about the same", False, True),
        "museum.P2": Answer("Nothing is wrong", False, True),
        "names": Answer("It refuses one-hot labels", False, False),
    }
    app.run()
    numbers = {metric.label: metric.value for metric in app.metric}
    assert numbers["Predictions"].startswith("4 of ")
    assert numbers["Came true"] == "1 of 3"
    assert numbers["To look at again"] == "2"
    titles = [heading.value for heading in app.subheader]
    assert titles == [
        "Look at these again",
        "Predicted, and not yet seen",
        "What you learnt",
        "Still to come",
    ]
    links = [link.proto for link in app.get("page_link")]
    assert [link.label for link in links[:4]] == [
        "**The loss**",
        "**Museum of silent failures**, P2",
        "**Names and strings**",
        "**The metrics**",
    ]
    assert links[1].query_string == "part=P2"
    assert "Something else happened" not in said(app).split("refuses one-hot")[1], (
        "scored too early"
    )
    assert PAGES["metrics"].sentence in said(app)
    assert PAGES["loss"].sentence not in said(app), "the answer stands beside Predict again"


def test_a_page_can_be_predicted_again_as_if_it_were_new(app: AppTest, quiet: Quiet) -> None:
    app.switch_page(path("loss")).run()
    predict(app, "loss", 1)
    experiments(app)[0].click().run()
    quiet.obey()
    app.run()
    assert "What happened:" in said(app)
    app.switch_page(path("learnt")).run()
    app.button(key="learnt.again.loss").click().run()
    assert app.title[0].value == "The loss"
    app.switch_page(path("loss")).run()  # AppTest itself does not follow
    assert "What happened:" not in said(app), "the answer is shown before the prediction"
    assert experiments(app)[0].disabled
    predict(app, "loss", 2)
    assert "What happened:" in said(app), "what was found before is not shown"
    app.switch_page(path("learnt")).run()
    assert {metric.label: metric.value for metric in app.metric}["Came true"] == "1 of 1"
