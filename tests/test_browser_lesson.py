"""The lesson in a real browser: prediction to score by keyboard, a reload, and the glossary."""

import re

from playwright.sync_api import Locator, expect
from visitor import PATIENCE, Visitor

MANY = 60  # more presses of Tab than any page has places to stop at


def tab_to(visitor: Visitor, what: Locator) -> None:
    """Press Tab until it has the focus."""
    expect(what).to_be_enabled(timeout=PATIENCE)
    for _ in range(MANY):
        visitor.page.keyboard.press("Tab")
        if what.evaluate("element => element === document.activeElement"):
            return
    raise AssertionError(f"Tab does not lead to {what}")


def test_a_learner_goes_from_prediction_to_score_by_keyboard(visitor: Visitor) -> None:
    """Tab, Space, arrows and Enter are enough; a reload keeps what was found."""
    visitor.open("metrics")
    options = visitor.page.get_by_role("radio")
    press = visitor.page.keyboard.press
    tab_to(visitor, options.first)
    press("Space")
    expect(options.first).to_be_checked()
    press("ArrowDown")
    press("ArrowDown")
    expect(options.nth(2)).to_be_checked()
    tab_to(visitor, visitor.button("That is my prediction"))
    press("Enter")
    tab_to(visitor, visitor.button("Train both"))
    press("Enter")
    visitor.sees("Pass mark: exactly 0")
    visitor.sees("You predicted No, not at all")

    visitor.page.reload()
    expect(options.nth(2)).to_be_checked(timeout=PATIENCE)
    expect(options.nth(2)).to_be_disabled()
    visitor.sees("Pass mark: exactly 0")

    visitor.open("learnt")
    visitor.sees("You predicted: No, not at all. It came true.")
    came_true = visitor.page.get_by_test_id("stMetric").filter(has_text="Came true")
    expect(came_true).to_contain_text("1 of 1")
    assert visitor.errors == []


def test_a_word_leads_to_its_place_in_the_glossary(visitor: Visitor) -> None:
    """The page with the word stays open beside it."""
    visitor.open("recompile")
    visitor.page.get_by_role("radio").first.check(force=True)
    with visitor.page.context.expect_page() as opened:
        visitor.page.get_by_role("link", name="learning rate", exact=True).click()
    place = opened.value.get_by_role("heading", name="learning rate", exact=True)
    expect(place).to_be_in_viewport(timeout=PATIENCE)
    expect(opened.value).to_have_url(re.compile("/glossary#learning-rate$"))
    expect(visitor.page.get_by_role("radio").first).to_be_checked()
    assert visitor.errors == []
