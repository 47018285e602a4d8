"""The shapes of what a model trains, known without building it."""

from training.layers import Architecture, Layer, sizes


def trained_shapes(architecture: Architecture) -> list[tuple[int, ...]]:
    """Shapes of `model.trainable_variables`, layer by layer."""
    trunk = sizes(architecture.shape, architecture.trunk)
    end = trunk[-1].shape if trunk else architecture.shape
    chains = [(architecture.shape, architecture.trunk)]
    chains += [(end, layers) for _, layers in architecture.heads]
    found = []
    for before, layers in chains:
        for size in sizes(before, layers):
            found += _trained(size.layer, before)
            before = size.shape
    return found


def _trained(layer: Layer, before: tuple[int, ...]) -> list[tuple[int, ...]]:
    params = layer.params
    match layer.name:
        case "Dense":
            bias = [(params["units"],)] if params.get("use_bias", True) else []
            return [(before[-1], params["units"]), *bias]
        case "Conv2D":
            width, filters = params["kernel_size"], params["filters"]
            return [(width, width, before[-1], filters), (filters,)]
        case "BatchNormalization":
            return [(before[-1],), (before[-1],)]
    return []
