"""What label smoothing adds to a cross-entropy: a floor that no model comes below."""

from math import log

from datasets import Head
from training.spec import Choice


def floor(loss: Choice, head: Head) -> float | None:
    """The lowest value of a cross-entropy with label smoothing; None for other losses.

    A model that says exactly the smoothed labels has it: their entropy. Two classes become s/2 and
    1 - s/2; of C classes the right one becomes 1 - s + s/C and the others s/C (Szegedy et al. 2016,
    arXiv 1512.00567).
    """
    smoothing = loss.full("loss").get("label_smoothing", 0.0)
    if not smoothing:
        return None
    if loss.name == "BinaryCrossentropy":
        return _entropy([smoothing / 2, 1 - smoothing / 2])
    if loss.name == "CategoricalCrossentropy":
        count = len(head.names)
        rest = smoothing / count
        return _entropy([1 - smoothing + rest, *[rest] * (count - 1)])
    return None


def _entropy(shares: list[float]) -> float:
    """In nats."""
    return -sum(share * log(share) for share in shares if share > 0)
