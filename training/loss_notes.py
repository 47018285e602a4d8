"""What is in a loss beside the mistakes of the model, a sentence for each such choice."""

from collections.abc import Iterator

from training.loss_weights import weight_of
from training.smoothing import floor
from training.spec import Experiment


def loss_notes(experiment: Experiment) -> list[str]:
    """Sentences for the reader of a run's loss curves; empty where there is nothing to know."""
    return [*_weights(experiment), *_smoothing(experiment), *_dropout(experiment)]


def _weights(experiment: Experiment) -> Iterator[str]:
    if not experiment.fit.weighted:
        return
    yield (
        "Rows count differently in the training loss and in weighted metrics of the training rows. "
        "Keras does not weigh validation rows, and the final numbers are unweighted too: training "
        "and validation loss do not measure the same."
    )


def _smoothing(experiment: Experiment) -> Iterator[str]:
    for head in experiment.facts.heads:
        loss = dict(experiment.compile.losses)[head.name]
        least = floor(loss, head)
        if least is not None and len(experiment.facts.heads) == 1:
            least *= weight_of(experiment.compile.loss_weights, head.name)
        if least is not None:
            yield (
                f"Label smoothing {loss.params['label_smoothing']:g} alone puts {least:.4g} into "
                f"{loss.name}: no model comes below, since being sure costs more. What is above it "
                "is the model's."
            )


def _dropout(experiment: Experiment) -> Iterator[str]:
    if experiment.model.full("model").get("dropout"):
        yield (
            "The training loss is measured with dropout on, while the weights still move; the "
            "validation loss with all units, after the epoch. So it may well be the lower one."
        )
