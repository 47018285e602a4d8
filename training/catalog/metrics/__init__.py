"""The metrics: every ruler of Keras that can be held to these tasks; none of them changes training.

Traits:
- "higher" or "lower": which way is better. Neither: there is no better (counts depend on the data).
- "vector": gives several numbers by default, one per class.
- "batchwise": an epoch's value is a mean of batches' values, not a number about all its rows.
- "required:<argument>": Keras has no default; ours is a suggestion and must always be passed on.
"""

from training.catalog.entry import Entry
from training.catalog.formulas import CUSTOM_METRIC
from training.catalog.metrics.accuracy import ACCURACY
from training.catalog.metrics.confusion import CONFUSION
from training.catalog.metrics.overlap import OVERLAP
from training.catalog.metrics.probability import PROBABILITY
from training.catalog.metrics.ranking import RANKING
from training.catalog.metrics.regression import REGRESSION

LEFT_OUT = {
    "Metric": "Base class to write one's own metric from; it measures nothing.",
    "Mean": "Averages any stream of numbers; it does not look at labels.",
    "Sum": "Adds up any stream of numbers; it does not look at labels.",
    "MeanMetricWrapper": "Makes a metric out of a function; it measures nothing by itself.",
    "Accuracy": "Wants outputs exactly equal to labels, so probabilities always score 0.",
    "binary_focal_crossentropy": "A loss without a metric class; choose it as the loss.",
    "categorical_focal_crossentropy": "A loss without a metric class; choose it as the loss.",
    "log_cosh": "The function behind LogCoshError.",
    "huber": "A loss without a metric class; choose it as the loss.",
}

# An argument of one metric only is written with its class.
LEFT_OUT_ARGUMENTS = {
    "name": "A label; changes no number.",
    "dtype": "All runs compute in float32, so that they can be compared.",
    "axis": "Outputs have one axis of classes, the last, which is the default.",
    "AUC.thresholds": "num_thresholds evenly spaced ones do the same.",
    "AUC.num_labels": "Keras counts the labels itself.",
    "AUC.label_weights": "Weights of single labels, whose number depends on the data.",
    "SparseTopKCategoricalAccuracy.from_sorted_ids": "For models that return ranked items.",
}

_ENTRIES = (
    *(*ACCURACY, *CONFUSION, *RANKING, *OVERLAP, *REGRESSION, *PROBABILITY),
    CUSTOM_METRIC,
)

METRICS: dict[str, Entry] = {made.name: made for made in _ENTRIES}
