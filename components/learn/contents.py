"""The lesson's table of contents: which pages there are, in the order in which they are learnt."""

from typing import NamedTuple

from components.learn.exhibits import EXHIBITS


class Page(NamedTuple):
    """One page under `pages/learn`."""

    slug: str  # of its file and its address
    title: str
    sentence: str  # what is learnt on it
    predicts: bool = True  # whether the learner commits to a prediction there
    parts: tuple[str, ...] = ()  # each with a prediction of its own; without any, the page has one

    @property
    def questions(self) -> tuple[str, ...]:
        """Under which names its predictions are kept."""
        own = tuple(f"{self.slug}.{part}" for part in self.parts) or (self.slug,)
        return own if self.predicts else ()


CONTENTS: dict[str, tuple[Page, ...]] = {
    "Build-up": (
        Page("metrics", "Metrics only watch", "A metric is computed beside training, not in it."),
    ),
    "Mistakes": (
        Page(
            "museum",
            "Museum of silent failures",
            "Programs that run without an error, and are wrong.",
            parts=tuple(EXHIBITS),
        ),
    ),
}
PAGES: dict[str, Page] = {page.slug: page for pages in CONTENTS.values() for page in pages}
QUESTIONS: frozenset[str] = frozenset(q for page in PAGES.values() for q in page.questions)


def path(slug: str) -> str:
    """The file of a page, as Streamlit wants it."""
    return f"pages/learn/{slug}.py"


def after(slug: str) -> Page | None:
    """The page that comes next, or None after the last one."""
    slugs = list(PAGES)
    following = slugs[slugs.index(slug) + 1 :]
    return PAGES[following[0]] if following else None
