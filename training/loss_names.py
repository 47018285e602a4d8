"""What the losses of all outputs are called together."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from training.catalog import entry
from training.formula.presets import title
from training.loss_weights import Weights

if TYPE_CHECKING:
    from training.choice import Choice


def summed(
    losses: Sequence[tuple[str, "Choice"]], weights: Weights, name: Callable[["Choice"], str]
) -> str:
    """The losses as they count in the total; a formula by what it computes, others by `name`."""
    times = {head: f"{weight:g} × " for head, weight in weights}
    return " + ".join(f"{times.get(h, '')}{_formula(loss) or name(loss)}" for h, loss in losses)


def _formula(loss: "Choice") -> str:
    """The label or the lines of a formula; "" where Keras has the loss."""
    found = entry("loss", loss.name)
    return title(loss.full("loss")["formula"]) if "formula" in found.traits else ""
