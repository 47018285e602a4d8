"""Loss and metric curves: train solid, validation dashed, one run or many in one chart."""

from collections.abc import Sequence
from typing import Any

from components.figures.axes import Axes
from components.figures.drawing import figure
from components.figures.frame import HEIGHT
from components.figures.panel import Panel
from components.figures.parts import BOTH, PREFIX, Part
from components.figures.run import Line


def curves(
    lines: Sequence[Line],
    column: str,
    *,
    epochs: int,
    title: str = "",
    log_y: bool = False,
    parts: Sequence[Part] = BOTH,
    height: int = HEIGHT,
    axes: Axes | None = None,
) -> dict[str, Any]:
    """Curves of one column ("loss", not "val_loss") over all `epochs`; empty axes before the first.

    `title` stands in place of the column's name. `height` in pixels grows with what stands around
    the curves. With several seeds each is thin, their median thick, and a band says how far they
    are apart. Raises ValueError when a loss is asked for and the lines were trained with different
    losses: take `loss_panels` first.
    """
    made = panel(lines, column, epochs=epochs, title=title, log_y=log_y, parts=parts, axes=axes)
    return figure(made, height)


def panel(
    lines: Sequence[Line],
    column: str,
    *,
    epochs: int,
    title: str = "",
    log_y: bool = False,
    parts: Sequence[Part] = BOTH,
    axes: Axes | None = None,
) -> Panel:
    """The same before it is drawn, so that its range can be fitted to that of others."""
    _one_loss(lines, column)
    drawn = [p for p in parts if any(PREFIX[p] + column in line.columns for line in lines)]
    return Panel(tuple(lines), column, epochs, title, log_y, tuple(drawn or parts), axes or Axes())


def loss_panels(lines: Sequence[Line]) -> dict[str, list[Line]]:
    """Lines by the name of their loss, so that each chart holds one kind; former runs go along."""
    return {
        name: [line for line in lines if line.loss == name]
        for name in dict.fromkeys(line.loss for line in lines if not line.ghost)
    }


def _one_loss(lines: Sequence[Line], column: str) -> None:
    kinds = {line.loss for line in lines}
    if column.endswith("loss") and len(kinds) > 1:
        raise ValueError(
            f"{' and '.join(sorted(kinds))} measure different things and cannot share an axis; "
            "draw one chart for each loss."
        )
