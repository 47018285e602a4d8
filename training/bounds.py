"""Between which numbers a column of the history lies, by what it measures."""

from math import inf

from training.direction import direction, metric_of
from training.loss_weights import weight_of
from training.spec import Experiment

Bounds = tuple[float, float]  # from the lowest number that there can be to the highest

ANY: Bounds = (-inf, inf)
LOSSES: dict[str, Bounds] = {  # others are never below 0
    "CosineSimilarity": (-1, 1),
    "KLDivergence": ANY,  # of outputs that are no probabilities
    "Poisson": ANY,
    "CustomLoss": ANY,
}
METRICS: dict[str, Bounds] = {  # of others more is better from 0 to 1, less from 0 up
    "R2Score": (-inf, 1),
    "CosineSimilarity": (-1, 1),
    "PearsonCorrelation": (-1, 1),
    "ConcordanceCorrelation": (-1, 1),
    "KLDivergence": ANY,
    "Poisson": ANY,
    "CustomMetric": ANY,
}


def bounds(experiment: Experiment, column: str) -> Bounds:
    """Of a column of loss or metric, without "val_"."""
    if column.endswith("loss"):
        return _of_loss(experiment, column)
    metric = metric_of(experiment, column)
    usual = (0.0, 1.0) if direction(experiment, column) == "higher" else (0.0, inf)
    return METRICS.get(metric.name, usual) if metric else ANY


def _of_loss(experiment: Experiment, column: str) -> Bounds:
    """Of the total, or of one output's own loss; an L2 term is never below 0."""
    losses = dict(experiment.compile.losses)
    own = {head: LOSSES.get(loss.name, (0.0, inf)) for head, loss in losses.items()}
    if (head := column.removesuffix("_loss")) in own:
        return own[head]
    weights = experiment.compile.loss_weights
    times = {head: weight_of(weights, head) for head in own}
    low = sum(times[head] * lowest for head, (lowest, _) in own.items() if times[head])
    high = sum(times[head] * highest for head, (_, highest) in own.items() if times[head])
    return low, inf if experiment.model.full("model").get("l2") else high
