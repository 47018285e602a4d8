"""How an entry for a loss is written, and what several families of losses share."""

from training.catalog.entry import Argument, Entry, Task

PROBABILITY_PAGE = "https://keras.io/api/losses/probabilistic_losses"
CLASSIFICATION: tuple[Task, ...] = ("binary", "multiclass", "multilabel")
ANY: tuple[Task, ...] = (*CLASSIFICATION, "regression")


def loss(
    name: str,
    label: str,
    sentence: str,
    formula: str,
    source: str,
    tasks: tuple[Task, ...],
    needs: str,
    *arguments: Argument,
    traits: frozenset[str] = frozenset(),
) -> Entry:
    """An entry for a loss."""
    return Entry(name, "loss", label, sentence, formula, source, arguments, tasks, needs, traits)
