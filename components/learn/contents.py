"""The lesson's table of contents: which pages there are, in the order in which they are learnt."""

from typing import NamedTuple

from components.learn.exhibits import EXHIBITS


class Page(NamedTuple):
    """One page under `pages/learn`."""

    slug: str  # of its file and its address
    title: str
    sentence: str  # what is learnt on it
    predicts: bool = True  # whether the learner commits to a prediction there
    parts: tuple[str, ...] = ()  # each with a prediction of its own, and `part` in the address

    @property
    def questions(self) -> tuple[str, ...]:
        """Under which names its predictions are kept."""
        own = tuple(f"{self.slug}.{part}" for part in self.parts) or (self.slug,)
        return own if self.predicts else ()


CONTENTS: dict[str, tuple[Page, ...]] = {
    "Build-up": (
        Page(
            "compile",
            "What compile does",
            "Compile stores choices. Weights and predictions stay, the graph comes with fit.",
        ),
        Page(
            "optimizer",
            "The optimizer",
            "Each optimizer makes a step of its own size and direction from the same gradient.",
        ),
        Page(
            "loss",
            "The loss",
            "The loss decides how hard each mistake pushes, and its number is one of many rulers.",
        ),
        Page("metrics", "The metrics", "A metric is computed beside training, not in it."),
        Page(
            "names",
            "Names and strings",
            "A string stands for a class with its defaults, chosen for you.",
        ),
        Page(
            "custom",
            "A loss and an optimizer of your own",
            "What compile takes can be written in a few lines, if the shapes are right.",
        ),
        Page(
            "internals",
            "Inside fit",
            "Python runs through a training step in the first call of fit only; then a graph does.",
        ),
    ),
    "Under the hood": (
        Page(
            "recompile",
            "Build once, compile many",
            "Compiling again keeps the weights and loses what the optimizer remembered.",
        ),
        Page(
            "microscope",
            "Compile microscope",
            "All that compile attaches to a model, and what waits for the first step.",
        ),
    ),
    "Myths": (
        Page(
            "metrics_train",
            "Myth: metrics train the model",
            "Two accuracies, far apart, of one and the same training.",
        ),
        Page(
            "without_compile",
            "Myth: no training without compile",
            "Three methods need compile. Training does not.",
        ),
        Page(
            "compile_changes",
            "Myth: compile changes the model",
            "It changes nothing in it, and a layer frozen too late goes on learning.",
        ),
        Page(
            "any_loss",
            "Myth: loss and optimizer must match",
            "Every optimizer takes every loss that has a gradient. The labels must match.",
        ),
    ),
    "Connections": (
        Page(
            "descent",
            "Gradient descent by hand",
            "Keras's SGD is the textbook's formula. Other optimizers go other ways.",
        ),
        Page(
            "gain",
            "The learning rate as loop gain",
            "There is an edge: a little below it training works, a little above it runs away.",
        ),
        Page(
            "first_call",
            "First call and later calls",
            "Compile records no graph. The first step does, and the first of another size.",
        ),
    ),
    "Mistakes": (
        Page(
            "minimise_accuracy",
            "Minimising accuracy",
            "Accuracy cannot be trained on, and beside a regression it says nothing.",
        ),
        Page(
            "skip_compile",
            "Forgetting compile",
            "Most ways of copying a model bring its compile along. Some do not.",
        ),
        Page(
            "label_forms",
            "Incompatible loss and optimizer",
            "The error is real, but it comes from the labels.",
        ),
        Page(
            "museum",
            "Museum of silent failures",
            "Programs that run without an error, and are wrong.",
            parts=tuple(EXHIBITS),
        ),
        Page(
            "clinic",
            "Error clinic",
            "What Keras says to a mistake, what it means, and the repair.",
        ),
    ),
    "Expert zone": (
        Page(
            "memory",
            "Optimizers remember",
            "What an optimizer keeps takes room, and belongs to the training.",
        ),
        Page(
            "weighted",
            "Weighted losses",
            "Weights of classes move the threshold more than the ranking.",
        ),
        Page(
            "train_evaluate",
            "Training numbers, evaluated numbers",
            "fit averages over an epoch, in training mode; evaluate does neither.",
        ),
        Page(
            "when_not",
            "When not to compile",
            "Predictions and features need no compile. evaluate does.",
        ),
        Page(
            "production",
            "Production: rate and metrics",
            "A default rate is a guess, and one metric names one winner.",
        ),
        Page(
            "production_runs",
            "Production: safe and fast",
            "Scale or clip what is too large, and take many steps in one call.",
        ),
    ),
    "Wrap-up": (
        Page("takeaways", "Key takeaways", "What to remember, and where it was seen.", False),
        Page("learnt", "What you learnt", "Your predictions, and what to look at again.", False),
        Page("glossary", "Glossary", "The words of the lesson, a sentence each.", False),
    ),
}
# The menus of the navigation, and the sections in each: more would not fit beside the other pages.
MENUS: dict[str, tuple[str, ...]] = {
    "Lesson": ("Build-up", "Under the hood"),
    "Myths": ("Myths", "Connections"),
    "Mistakes": ("Mistakes",),
    "Further": ("Expert zone", "Wrap-up"),
}
PAGES: dict[str, Page] = {page.slug: page for pages in CONTENTS.values() for page in pages}
QUESTIONS: dict[str, Page] = {q: page for page in PAGES.values() for q in page.questions}


def path(slug: str) -> str:
    """The file of a page, as Streamlit wants it."""
    return f"pages/learn/{slug}.py"


def part_of(question: str) -> str:
    """The part of its page that a question is about; empty where the page has no parts."""
    return question.partition(".")[2]


def after(slug: str) -> Page | None:
    """The page that comes next, or None after the last one."""
    slugs = list(PAGES)
    following = slugs[slugs.index(slug) + 1 :]
    return PAGES[following[0]] if following else None
