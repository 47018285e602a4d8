"""Which runs of this server are looked at, and in which plane, as widgets."""

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

import streamlit as st

from components import address
from components.choices.fields import as_whole
from components.compare.names import names_of
from components.inside.section import lookable
from components.plain import plain
from components.session import lab
from components.surfaces.page_setup import SIDES, Look
from training.landscape.spec import MOST_LANES, PARTS, PLANES, Landscape, alike
from training.spec import Experiment
from training.states import RESULTS, ComparisonState, Summary

SHOWN = 200  # comparisons in the menu
USUAL = 6  # runs that are chosen at first
OF = "land:of"  # the runs that the widgets are about
ADDRESS = "landscape"  # whose run is in the address
PART_NAMES = {"train": "training rows", "validation": "validation rows"}
PLANE_NAMES = {"paths": "of the paths", "random": "random directions"}
COMPARISON, RUNS, PART, PLANE = "land.comparison", "land.runs", "land.part", "land.plane"
AROUND, SEED, SIDE = "land.around", "land.seed", "land.side"


class Chosen(NamedTuple):
    """A landscape, the look that says it, and what its runs are called."""

    landscape: Landscape
    look: Look
    names: list[str]  # of the variants, as everywhere
    labels: list[str]  # with the seed where that is needed


def choose(look: Look) -> Chosen | None:
    """Draw the widgets, at first as `look` says; None with a sentence if nothing can be shown."""
    state = _comparison()
    if state is None:
        return None
    usable = [i for i, run in enumerate(state.runs) if lookable(run)]
    if not usable:
        st.info("None of these runs has been trained to its end; wait for it, or choose another.")
        return None
    experiments = [run.experiment for run in state.runs]
    group = _group(experiments, usable, look)
    labels = _labels(state, names_of(experiments), group)
    of = st.session_state.get(OF)
    if of != (state.id, group) or RUNS not in st.session_state:
        # the look is of the comparison that it came with
        own = of in (None, (state.id, group))
        _fill(look if own else replace(look, runs=()), group, experiments)
        st.session_state[OF] = (state.id, group)
    runs = _widgets(labels)
    if not runs:
        st.info("Choose at least one run.", icon=":material/south:")
        return None
    now, around = st.session_state, st.session_state[AROUND]
    around = around if around in runs else runs[0]
    made = Look(tuple(runs), now[PART], now[PLANE], now[SIDE], around, as_whole(now.get(SEED) or 0))
    spec = {name: getattr(made, name) for name in ("part", "plane", "side", "seed")}
    spec |= {"experiments": [experiments[i].to_json() for i in runs], "lane": runs.index(around)}
    try:
        asked = Landscape.from_json(spec)
    except ValueError as error:
        st.error(plain(str(error)), icon=":material/error:")
        return None
    names = names_of(experiments)
    return Chosen(asked, made, [names[i] for i in runs], [labels[i] for i in runs])


def _comparison() -> ComparisonState | None:
    """The one that is chosen: in the address at first, else the newest."""
    rows = {row.id: row for row in lab().comparisons(limit=SHOWN) if _ended(row)}
    asked = address.run(ADDRESS)
    if asked and asked not in rows and (state := lab().state(asked)):
        ids = [asked, *rows]
        titles = {asked: state.title}
    else:
        ids, titles = list(rows), {}
    if not ids:
        st.info(
            "Nothing was trained on this server yet. Train something in Compare first; its loss "
            "landscape can then be seen here.",
            icon=":material/terrain:",
        )
        st.page_link("pages/play/compare.py", label="Go to Compare", icon=":material/science:")
        return None
    titles |= {id: row.title for id, row in rows.items()}
    if asked not in ids and asked:
        st.warning("The run in this link is not in the store any more.", icon=":material/link_off:")
    st.session_state[COMPARISON] = asked if asked in ids else ids[0]
    chosen = st.selectbox(
        "Comparison",
        ids,
        key=COMPARISON,
        format_func=lambda id: titles[id],
        on_change=lambda: address.keep_run(ADDRESS, st.session_state[COMPARISON]),
        help="What was trained on this server and has ended, the newest first.",
    )
    address.keep_run(ADDRESS, chosen)
    return lab().state(chosen)


def _ended(row: Summary) -> bool:
    return bool({*RESULTS} & set(row.statuses))


def _group(experiments: Sequence[Experiment], usable: list[int], look: Look) -> tuple[int, ...]:
    """Positions of runs that share data, layers and loss; a menu where there are several such."""
    groups = [tuple(usable[i] for i in g) for g in alike([experiments[i] for i in usable])]
    if len(groups) == 1:
        return groups[0]
    names = names_of(experiments)
    first = next((n for n, g in enumerate(groups) if look.runs and look.runs[0] in g), 0)
    number = st.selectbox(
        "Runs that share data, layers and loss",
        range(len(groups)),
        st.session_state.setdefault("land.group", first) % len(groups),
        format_func=lambda n: ", ".join(dict.fromkeys(names[i] for i in groups[n])),
        help="Only such runs have one landscape: others have other weights, or another loss.",
    )
    return groups[number]


def _labels(state: ComparisonState, names: Sequence[str], group: Sequence[int]) -> dict[int, str]:
    """By position, the name of a run, with seed and split where others have the name too."""
    found = {}
    for i in group:
        twins = [state.runs[j].experiment for j in group if names[j] == names[i]]
        own = state.runs[i].experiment
        told = [f"seed {own.seed}"] if len({e.seed for e in twins}) > 1 else []
        found[i] = ", ".join([names[i], *told])
    return found


def _fill(look: Look, group: Sequence[int], experiments: Sequence[Experiment]) -> None:
    """Set the widgets to a look as far as it is one of these runs."""
    now, names = st.session_state, names_of(experiments)
    firsts = list({names[i]: i for i in reversed(group)}.values())[::-1]
    asked = [i for i in look.runs if i in group]
    now[RUNS] = asked or sorted(firsts)[:USUAL]
    now[PART], now[PLANE], now[SIDE] = look.part, look.plane, look.side
    now[SEED] = float(look.seed)
    now[AROUND] = look.around if look.around in now[RUNS] else now[RUNS][0]


def _widgets(labels: dict[int, str]) -> list[int]:
    runs = st.multiselect(
        "Runs", list(labels), key=RUNS, format_func=labels.__getitem__, max_selections=MOST_LANES
    )
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.segmented_control(
            "Loss of", PARTS, key=PART, required=True, format_func=PART_NAMES.__getitem__
        )
        st.segmented_control(
            "Plane", PLANES, key=PLANE, required=True, format_func=PLANE_NAMES.__getitem__
        )
        st.segmented_control(
            "Places along each side",
            SIDES,
            key=SIDE,
            required=True,
            help="The loss is worked out at all of them: 25 by 25 are 625 places.",
        )
        if st.session_state[PLANE] == "random" and runs:
            if st.session_state.get(AROUND) not in runs:
                st.session_state[AROUND] = runs[0]
            st.selectbox("Around the end of", runs, key=AROUND, format_func=labels.__getitem__)
            st.number_input("Seed of the directions", step=1.0, format="%g", key=SEED, width=180)
    return sorted(runs)
