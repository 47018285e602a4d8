"""The losses: every number Keras can make small that fits these tasks.

Traits:
- "batchwise": the value of a batch is not the mean of its rows' own values.
"""

from training.catalog.entry import Entry
from training.catalog.formulas import CUSTOM_LOSS
from training.catalog.losses.classes import CLASSES
from training.catalog.losses.numbers import NUMBERS
from training.catalog.losses.overlap import OVERLAP

LEFT_OUT = {
    "Loss": "Base class to write one's own loss from; it has no formula of its own.",
    "Circle": "Learns distances between embeddings, not labels; no data set here asks for that.",
    "CTC": "Aligns sequences of different lengths (speech, handwriting); no data set here has any.",
}

# An argument of one loss only is written with its class.
LEFT_OUT_ARGUMENTS = {
    "reduction": "Others multiply the loss by the batch size, or give no single number.",
    "name": "A label; changes no number.",
    "dtype": "All runs compute in float32, so that they can be compared.",
    "axis": "Outputs have one axis of classes, the last, which is the default.",
}

LOSSES: dict[str, Entry] = {made.name: made for made in (*CLASSES, *NUMBERS, *OVERLAP, CUSTOM_LOSS)}
