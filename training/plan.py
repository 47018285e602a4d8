"""Which experiments can train as one stack; known without TensorFlow."""

from collections.abc import Sequence

from training.data_choice import without_labels
from training.layers import architecture
from training.spec import Choice, Experiment

# History columns that every run has beside Keras's own. `seconds` (training/clock.py) is measured
# and never the same twice; all others are.
# `penalty` is what regularizers add to the loss, `val_penalty` to the validation loss.
EXTRA = (
    *("gradient_norm", "update_norm", "weight_norm", "learning_rate"),
    *("penalty", "val_penalty", "seconds"),
)

# Lanes of one stack: with more, weights and predictions outgrow a worker's memory.
MOST_LANES = 256


def plan(experiments: Sequence[Experiment]) -> list[list[int]]:
    """Positions of `experiments` grouped into stacks, in order of first appearance.

    Lanes of a stack share data set, layers, batch size, epochs and their length; compile choices,
    the way labels are written, and seeds may differ.
    """
    groups: dict[tuple[object, ...], list[int]] = {}
    for position, e in enumerate(experiments):
        data = Choice(e.dataset.name, without_labels(e.dataset.params))
        key = (data, architecture(e), e.batch_size, e.epochs, e.fit.steps_per_epoch)
        groups.setdefault(key, []).append(position)
    return [
        group[start : start + MOST_LANES]
        for group in groups.values()
        for start in range(0, len(group), MOST_LANES)
    ]
