"""The lines of an exported script that make the data: all rows, their split, their labels."""

from datasets.parameters import VALIDATION
from datasets.script import Source
from training.layers import labels_form
from training.spec import Experiment


def rows_code(experiment: Experiment, source: Source) -> str:
    """All rows, x and y."""
    called = source.call.format(**experiment.data_params)
    told = source.told or experiment.dataset.name
    return f"# All rows of the data: {told}\nx, y = {called}"


def parts_code(experiment: Experiment, source: Source, seed: str) -> str:
    """The three parts of x and y; `seed` is the expression that decides them."""
    held_back = experiment.facts.validation
    share = "" if held_back == VALIDATION.default else f", validation={held_back!r}"
    return "\n".join(
        [
            "# Split, and standardised on the training part",
            f"parts = split(x, y, {seed}, {source.stratify}{share})",
            *([source.whole] if source.whole else []),
            "x_train, x_val, x_test, centre, scale = standardise(*(x for x, _ in parts))",
            "t_train, t_val, t_test = (y for _, y in parts)",
        ]
    )


def labels_code(experiment: Experiment) -> list[str]:
    """Targets in the form that the loss wants."""
    heads = experiment.facts.heads
    forms = [labels_form(experiment, head) for head in heads]
    lines = []
    for part in ("train", "val"):
        codes = [
            f'encode(t_{part}{key}, "{head.task}", {head.units}, "{form}")'
            for head, form in zip(heads, forms, strict=True)
            for key in [f'["{head.name}"]' if len(heads) > 1 else ""]
        ]
        if len(heads) == 1:
            lines.append(f"y_{part} = {codes[0]}")
            continue
        named = zip(heads, codes, strict=True)
        lines += [
            f"y_{part} = {{",
            *(f'    "{head.name}": {code},' for head, code in named),
            "}",
        ]
    return lines
