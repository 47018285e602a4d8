"""What else a comparison can be set up to: a split of the data for each seed, more data sets."""

import json

import streamlit as st

from components import fresh, presenter
from components.choices.own import title
from components.compare.fitting import fitting, kept
from components.progress import number_of
from datasets import own
from training.catalog import entry
from training.choice import Choice
from training.code import called
from training.design import Design
from training.problems import MOST
from training.spec import Experiment

SPLITS, DATASETS = "compare:splits", "compare:datasets"
CELLS = "Empty cells are as set up in the left panel; an empty name is made from what differs."


def load(design: Design) -> None:
    """Set the widgets to a design."""
    fresh.put(SPLITS, design.vary_split)
    fresh.put(DATASETS, [_text(dataset) for dataset in design.datasets])


def chosen() -> list[Choice]:
    """The further data sets."""
    return [_choice(text) for text in fresh.get(DATASETS)]


def more(base: Experiment) -> None:
    """The switch and the menu behind a button, which counts what is set."""
    st.session_state.setdefault(fresh.key(SPLITS), False)
    st.session_state.setdefault(fresh.key(DATASETS), [])
    now = [_text(dataset) for dataset in kept(base, chosen())]
    st.session_state[fresh.key(DATASETS)] = now
    count = bool(fresh.get(SPLITS)) + len(now)
    label = ":material/tune: More" + (f" ({count})" if count else "")
    with st.popover(label, width="stretch", help="Vary the split too; several data sets"):
        st.toggle(
            "Vary the split too",
            key=fresh.key(SPLITS),
            help="Each seed also puts other rows into training, validation and test, the same in "
            "every row of the table. What a split happens to favour is luck as well. It trains "
            "slower: every split is a stack of its own.",
        )
        st.multiselect(
            "Further data sets",
            list(dict.fromkeys([*map(_text, fitting(base)), *now])),
            key=fresh.key(DATASETS),
            format_func=lambda text: _shown(_choice(text)),
            max_selections=MOST - 1,
            help="Every row is trained on each of them too, with the same model, loss and metrics. "
            "Offered is what these fit.",
            placeholder=f"none beside {_shown(base.dataset)}",
        )


def summary(design: Design) -> str:
    """What will be trained, in a line."""
    seeds = number_of("seed", design.seeds)
    if design.vary_split and design.seeds > 1:
        seeds += " with a split each"
    runs = number_of("run", len(design.comparison.experiments))
    rows, epochs = number_of("row", len(design.rows)), number_of("epoch", design.base.epochs)
    base = design.base.dataset
    data = _shown(base) if base.name in own.OWN else entry("dataset", base.name).label
    if design.datasets:
        data = f"{1 + len(design.datasets)} data sets"
    said = f"{rows}, {seeds}: {runs} of {epochs} on {data}."
    return f"{said} {CELLS}" if presenter.shows("setup") else said


def _text(dataset: Choice) -> str:
    """As an option of a menu, which cannot hold a choice itself."""
    return json.dumps(dataset.to_json(), sort_keys=True)


def _choice(text: str) -> Choice:
    return Choice(**json.loads(text))


def _shown(dataset: Choice) -> str:
    if dataset.name in own.OWN:
        return title(dataset.params.get("digest", ""), dataset.name)
    label = entry("dataset", dataset.name).label
    changed = {k: v for k, v in dataset.params.items() if k != "labels"}
    return called(Choice(label, changed)) if changed else label
