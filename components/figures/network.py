"""A drawing of a model: its layers as blocks from left to right, each head in a row of its own."""

from dataclasses import dataclass
from typing import Any

from training.layers import Architecture, Layer, Size, sizes

ACROSS = 4  # blocks in a row, so that a narrow screen can read them
ROW = 96  # pixels
GREY, BLUE, ORANGE = "#808080", "#005FA3", "#D55E00"
WIDE, TALL = 0.84, 0.74  # of a cell


@dataclass(frozen=True)
class Block:
    """A layer as it is drawn: three short lines."""

    name: str
    detail: str
    shape: str
    count: str
    colour: str


def network(architecture: Architecture) -> dict[str, Any]:
    """Blocks with name, output shape and parameters; Activation and Dropout join their layer."""
    trunk = sizes(architecture.shape, architecture.trunk)
    end = trunk[-1].shape if trunk else architecture.shape
    total = sum(size.parameters for size in trunk)
    outputs = []
    for name, layers in architecture.heads:
        own = sizes(end, layers)
        total += sum(size.parameters for size in own)
        outputs.append(_blocks(own, name if len(architecture.heads) > 1 else "output")[-1])
    placed = _placed([_input(architecture.shape), *_blocks(trunk)], outputs)
    last = len(placed) - len(outputs)
    shapes, notes = [], []
    for i, (x, y, block) in enumerate(placed):
        shapes.append(_box(x, y, block))
        notes.append(_text(x, y, block))
        if i:
            line, arrow = _edge(placed[min(i, last) - 1][:2], (x, y))
            shapes += line
            notes.append(arrow)
    return {"data": [], "layout": _layout(placed, shapes, notes, total)}


def _placed(chain: list[Block], outputs: list[Block]) -> list[tuple[int, int, Block]]:
    """Column and row of each block: the chain wrapped, the outputs below each other at its end."""
    placed = [(i % ACROSS, i // ACROSS, block) for i, block in enumerate(chain)]
    x, y = len(chain) % ACROSS, len(chain) // ACROSS
    if (
        x == 0 and len(outputs) > 1
    ):  # the last block goes along, so that the outputs stand beside it
        placed[-1] = (0, y, chain[-1])
        x = 1
    return placed + [(x, y + i, block) for i, block in enumerate(outputs)]


def _edge(
    start: tuple[int, int], end: tuple[int, int]
) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """A line with corners, and the arrow that is its last stretch."""
    (x0, y0), (x1, y1) = start, end
    if y0 == y1:
        return [], _arrow((x0 + WIDE / 2, y0), (x1 - WIDE / 2, y1))
    if x1 > x0:
        return [_path((x0, y0 + TALL / 2), (x0, y1))], _arrow((x0, y1), (x1 - WIDE / 2, y1))
    middle = y1 - 0.5
    return [_path((x0, y0 + TALL / 2), (x0, middle), (x1, middle))], _arrow(
        (x1, middle), (x1, y1 - TALL / 2)
    )


def _path(*points: tuple[float, float]) -> dict[str, Any]:
    return {
        "type": "path",
        "path": "M" + "L".join(f"{x:g},{y:g}" for x, y in points),
        "line": {"color": GREY, "width": 1.2},
        "layer": "below",
    }


def _blocks(layers: list[Size], output: str = "") -> list[Block]:
    blocks: list[Block] = []
    for size in layers:
        layer = size.layer
        if blocks and layer.name in {"Activation", "Dropout"}:
            said = layer.params.get("activation") or f"dropout {layer.params['rate']:g}"
            last = blocks[-1]
            detail = f"{last.detail},<br>{said}" if last.detail else str(said)
            blocks[-1] = Block(last.name, detail, last.shape, last.count, last.colour)
            continue
        colour = ORANGE if output else BLUE if size.parameters else GREY
        name = f"{layer.name}: {output}" if output else layer.name
        count = f"{size.parameters:,} parameters" if size.parameters else "no parameters"
        blocks.append(Block(name, _detail(layer), _shape(size.shape), count, colour))
    return blocks


def _detail(layer: Layer) -> str:
    p = layer.params
    match layer.name:
        case "Dense":
            return str(p.get("activation", "linear"))
        case "Conv2D":
            return f"{p['kernel_size']}x{p['kernel_size']}, {p.get('activation', 'linear')}"
    return ""


def _input(shape: tuple[int, ...]) -> Block:
    return Block("Input", "", _shape(shape), "", GREY)


def _shape(shape: tuple[int, ...]) -> str:
    return " x ".join(map(str, shape))


def _box(x: int, y: int, block: Block) -> dict[str, Any]:
    return {
        "type": "rect",
        "x0": x - WIDE / 2,
        "x1": x + WIDE / 2,
        "y0": y - TALL / 2,
        "y1": y + TALL / 2,
        "line": {"color": block.colour, "width": 1.5},
        "fillcolor": block.colour + "1F",
        "layer": "below",
    }


def _text(x: int, y: int, block: Block) -> dict[str, Any]:
    name = block.name.replace("BatchNormalization", "Batch norm.")
    lines = [f"<b>{name}</b>", block.detail, block.shape, block.count]
    return {
        "text": "<br>".join(line for line in lines if line),
        "x": x,
        "y": y,
        "showarrow": False,
        "font": {"size": 10},
    }


def _arrow(start: tuple[float, float], end: tuple[float, float]) -> dict[str, Any]:
    return {
        "text": "",
        "x": end[0],
        "y": end[1],
        "ax": start[0],
        "ay": start[1],
        "axref": "x",
        "ayref": "y",
        "showarrow": True,
        "arrowhead": 2,
        "arrowwidth": 1.2,
        "arrowcolor": GREY,
    }


def _layout(
    placed: list[tuple[int, int, Block]],
    shapes: list[dict[str, Any]],
    notes: list[dict[str, Any]],
    total: int,
) -> dict[str, Any]:
    rows = 1 + max(y for _, y, _ in placed)
    widest = 1 + max(x for x, _, _ in placed)
    still = {"visible": False, "fixedrange": True}
    return {
        "height": 40 + ROW * rows,
        "title": {"text": f"{total:,} parameters", "x": 0, "xref": "paper", "font": {"size": 14}},
        "margin": {"t": 34, "b": 4, "l": 4, "r": 4},
        "xaxis": still | {"range": [-0.5, widest - 0.5]},
        "yaxis": still | {"range": [rows - 0.5, -0.5]},
        "shapes": shapes,
        "annotations": notes,
        "hovermode": False,
        "uirevision": "network",
    }
