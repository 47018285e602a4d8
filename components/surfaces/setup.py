"""The set-up of a race on a surface, as widgets: surface, start, steps and lanes."""

from contextlib import suppress
from dataclasses import replace
from typing import Any

import streamlit as st

from components import fresh, presenter
from components.choices.fields import as_whole
from components.choices.formula import TALL, mark_error, told
from components.figures.relief import steep
from components.plain import plain
from components.surfaces import lanes
from components.surfaces.scene import Scene
from training.formula.tree import FormulaError
from training.surface.heights import grid, nearest
from training.surface.surfaces import SURFACES, Surface, known

OWN = "own"
SURFACE, FORMULA, STEPS = "race.surface", "race.formula", "race.steps"
START = ("race.start.x", "race.start.y")
SPANS = (("race.x.from", "race.x.to"), ("race.y.from", "race.y.to"))
HEIGHTS, ARROWS = "race.heights", "race.arrows"
SIDE = 81  # places along each side of the map
ON_SHOW = "race:scene"  # JSON of the last scene that could be read


def load(scene: Scene) -> None:
    """Set every widget to a scene."""
    surface, race = known(scene.race.formula), scene.race
    now = st.session_state
    now[SURFACE] = surface.name if surface else OWN
    now[FORMULA], now[STEPS], now[ARROWS] = race.formula, float(race.steps), scene.arrows
    _place(race.start)
    _spans(scene.across, scene.up)
    fresh.put(HEIGHTS, _heights(scene))
    lanes.load(race.optimizers)


def choose() -> Scene | None:
    """Draw the widgets; the scene that they say, or None with a sentence that says what to mend."""
    top = st.columns([2.2, 1, 1, 1, 1.2], vertical_alignment="bottom")
    with top[0]:
        name = st.selectbox(
            "Surface", [*SURFACES, OWN], key=SURFACE, format_func=_label, on_change=_take
        )
    for column, start, axis in zip(top[1:3], START, "xy", strict=True):
        with column:
            _number(f"Start, {axis}", start, "Or click on the map.")
    with top[3]:
        steps = as_whole(st.number_input("Steps", step=1.0, format="%g", key=STEPS))
    with top[4]:
        st.segmented_control(
            "Heights", ["linear", "log"], key=fresh.key(HEIGHTS), required=True, help=_log_help()
        )
    surface = SURFACES.get(name)
    if surface:
        _about(surface)
    else:
        _editor()
    with st.sidebar:
        st.markdown("**Who takes part**")
        chosen = lanes.lanes(steps if isinstance(steps, int) and steps > 0 else 1, surface)
        presenter.switch()
    return _scene(surface, chosen)


def move(place: list[float]) -> Scene | None:
    """Start from another place, as a click says; the scene with it, if there can be one."""
    spans = [fresh.get(high) - fresh.get(low) for low, high in SPANS]
    digits = [max(0, 3 - len(str(int(span)))) for span in spans]
    rounded = [round(v, d + 1) for v, d in zip(place, digits, strict=True)]
    _place((rounded[0], rounded[1]))
    kept = st.session_state.get(ON_SHOW)
    if not kept:
        return None
    try:
        return Scene.from_json(kept | {"race": kept["race"] | {"start": rounded}})
    except ValueError:  # said when the page is drawn
        return None


def _scene(surface: Surface | None, chosen: list[dict[str, Any]]) -> Scene | None:
    now = st.session_state
    spans = [list(surface.across), list(surface.up)] if surface else _own_spans()
    spec = {
        "race": {
            "formula": surface.formula if surface else now[FORMULA],
            "start": [fresh.get(name) for name in START],
            "steps": as_whole(now[STEPS]),
            "optimizers": chosen,
        },
        "map": spans,
        "log": fresh.get(HEIGHTS) == "log",
        "arrows": bool(now.get(ARROWS)),
    }
    try:
        scene = Scene.from_json(spec)
    except FormulaError:
        return None  # marked at the editor
    except ValueError as error:
        st.error(plain(str(error)), icon=":material/error:")
        _elsewhere(spec)
        return None
    now[ON_SHOW] = scene.to_json()
    return scene


def _elsewhere(spec: dict[str, Any]) -> None:
    """A button that starts where the surface has a height, if that is all that is wrong."""
    with suppress(ValueError, TypeError):
        race = spec["race"]
        place = nearest(race["formula"], *map(tuple, spec["map"]), SIDE, race["start"])
        Scene.from_json(spec | {"race": race | {"start": list(place)}})
        label = f"Start at ({place[0]:g}, {place[1]:g}), where there is a height"
        st.button(label, icon=":material/build:", on_click=_place, args=(place,))


def _about(surface: Surface) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.caption(surface.sentence, width="content")
        with st.popover(":material/function:", help=f"The formula of {surface.label}"):
            st.code(surface.formula, language="python")
            lowest = ", ".join(f"({x:.4g}, {y:.4g})" for x, y in surface.minima)
            st.caption(f"Lowest at {lowest}. Source: {surface.source}")


def _editor() -> None:
    text, left, right = st.columns([2.2, 1, 1])
    with text:
        st.text_area(
            "Height of x and y",
            st.session_state[FORMULA],
            key=FORMULA,
            height=TALL,
            help=told("surface"),
        )
        mark_error(st.session_state[FORMULA], "surface", {})
    for (low, high), axis in zip(SPANS, "xy", strict=True):
        with left:
            _number(f"Map, {axis} from", low, "Where the drawn piece begins.")
        with right:
            _number(f"{axis} to", high, "Where it ends.")


def _number(label: str, name: str, help: str) -> None:
    # without bounds: a browser keeps a number outside of them to itself
    st.number_input(label, key=fresh.key(name), help=help, format="%g", step=0.1)


def _label(name: str) -> str:
    return SURFACES[name].label if name in SURFACES else "A formula of one's own"


def _log_help() -> str:
    return (
        "How heights are drawn: as they are, or by their logarithm above the lowest, which shows "
        "deep valleys and high walls at once. It changes no step."
    )


def _take() -> None:
    """Another surface brings its map, its start, and learning rates that suit it."""
    surface = SURFACES.get(st.session_state.get(SURFACE, ""))
    if not surface:
        return
    st.session_state[FORMULA] = surface.formula
    _place(surface.start)
    _spans(surface.across, surface.up)
    z = grid(surface.formula, surface.across, surface.up, SIDE)[2]
    fresh.put(HEIGHTS, "log" if steep(z) else "linear")
    lanes.suit(surface)


def unseen(scene: Scene) -> Scene:
    """A scene as it is drawn where no widget says how."""
    return replace(scene, log=_heights(scene) == "log")


def _heights(scene: Scene) -> str:
    log = scene.log
    if log is None:
        log = steep(grid(scene.race.formula, scene.across, scene.up, SIDE)[2])
    return "log" if log else "linear"


def _place(place: tuple[float, float]) -> None:
    for name, value in zip(START, place, strict=True):
        fresh.put(name, float(value))


def _spans(*spans: tuple[float, float]) -> None:
    for names, span in zip(SPANS, spans, strict=True):
        for name, value in zip(names, span, strict=True):
            fresh.put(name, float(value))


def _own_spans() -> list[list[float]]:
    return [[fresh.get(name) for name in names] for names in SPANS]
