"""What a head's loss asks of the labels and of the layer that puts out its predictions."""

from datasets import Head
from training.catalog import Needs, needs
from training.choice import Choice

NATURAL = {
    "binary": Needs(("0/1",), "one", "sigmoid"),
    "multiclass": Needs(("int",), "classes", "softmax"),
    "multilabel": Needs(("0/1",), "heads units", "sigmoid"),
    "regression": Needs(("number",), "heads units", "linear"),
}


def asked(loss: Choice, head: Head) -> Needs:
    """What the loss asks; what the task asks if the loss fits none."""
    return needs(loss.name, loss.full("loss"), head.task) or NATURAL[head.task]


def units(model: Choice, loss: Choice, head: Head) -> int:
    """Units of the head's last layer: as chosen, or as the loss needs them."""
    chosen = model.full("model")["output_units"]
    return natural_units(loss, head) if chosen is None else int(chosen)


def natural_units(loss: Choice, head: Head) -> int:
    """Units that the loss needs."""
    natural = {"one": 1, "classes": max(head.units, 2), "heads units": head.units}
    return natural[asked(loss, head).units]
