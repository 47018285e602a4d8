"""The glossary's words are linked where a page of the lesson first says them."""

import ast
import re
from pathlib import Path

import pytest

from components.learn.contents import PAGES, path
from components.learn.exhibits import EXHIBITS, Exhibit
from components.learn.glossary import TERMS

ROOT = Path(__file__).parent.parent
LINK = re.compile(r"\[\[(?:[^\]|]+\|)?([^\]|]+)\]\]")
CODE = re.compile(r"`[^`]*`|\$[^$]*\$|gradient descent")
SAYING = {"text": (0,), "predict": (0, 3)}  # arguments that are prose


def prose(slug: str) -> str:
    """What a page says before it ends in ideas to try: texts, question, and reason."""
    tree = ast.parse((ROOT / path(slug)).read_text())
    calls = [c for c in ast.walk(tree) if isinstance(c, ast.Call)]
    calls = [c for c in calls if isinstance(c.func, ast.Attribute) and c.func.attr in SAYING]
    said = [(c.args[i], c.lineno) for c in calls for i in SAYING[c.func.attr]]
    return "\n".join(words(text) for text, line in sorted(said, key=lambda one: one[1]))


def words(text: ast.expr) -> str:
    """Of an f-string what stands in it."""
    parts = text.values if isinstance(text, ast.JoinedStr) else [text]
    return "".join(part.value for part in parts if isinstance(part, ast.Constant))


def unlinked_terms(text: str) -> set[str]:
    """Those that are first said without a link."""
    text, first, bare = CODE.sub(" ", text), {}, {}
    for found in LINK.finditer(text):
        first.setdefault(found[1].lower(), found.start())
    text = LINK.sub(lambda found: "_" * len(found[0]), text)
    for term in sorted(map(str.lower, TERMS), key=len, reverse=True):
        said = re.compile(rf"\b{re.escape(term)}(s|es)?\b".replace(r"\ ", r"\s"), re.I)
        if found := said.search(text):
            bare[term] = found.start()
        text = said.sub(lambda found: "_" * len(found[0]), text)
    return {term for term, place in bare.items() if place < first.get(term, len(text))}


@pytest.mark.parametrize("slug", [s for s, p in PAGES.items() if p.predicts])
def test_a_word_is_linked_where_a_page_first_says_it(slug: str) -> None:
    assert unlinked_terms(prose(slug)) == set()


@pytest.mark.parametrize("exhibit", EXHIBITS.values(), ids=EXHIBITS)
def test_a_word_is_linked_where_an_exhibit_first_says_it(exhibit: Exhibit) -> None:
    assert unlinked_terms(f"{exhibit.story} {exhibit.why} {exhibit.remedy}") == set()


def test_words_without_a_link_are_found() -> None:
    text = "A [[loss]], its losses, weights and `fit`; then a [[weight]] and class weights."
    assert unlinked_terms(text) == {"weight", "class weight"}
