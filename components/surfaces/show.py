"""A race on a surface as it is drawn: map, body, heights by step, and where everybody got."""

from collections.abc import Sequence

import numpy as np
import streamlit as st

from components import presenter, running, scrubber
from components.colours import channels
from components.figures.descent import descent
from components.figures.ground import Ground, Mark, Way
from components.figures.ground_body import body_of
from components.figures.ground_map import map_of
from components.figures.memory import arrows, cross
from components.figures.relief import relief
from components.plot import plot, pointed
from components.surfaces import setup
from components.surfaces.numbers import table
from components.surfaces.scene import Scene
from training.surface.heights import grid, height, heights
from training.surface.moments import notes
from training.surface.names import names
from training.surface.paths import Path
from training.surface.surfaces import known

PREFIX, UNIT = "race", "step"
KEY = "race"  # of races in the session
SPEEDS = (5, 20, 60, 200)  # steps a second
TICK = 0.4  # seconds between two pictures that play
MAP, MOVED, SHOWN = "race:map", "race:moved", "race:shown"
ARROWS = (
    "**Coloured arrow**: where the running mean of gradients (momentum, Adam's m) pulls. **Grey "
    "arrow**: straight downhill, what the newest gradient alone says. **Dotted cross**: by how "
    "much steps in x and in y are divided (the root of Adam's v, of Adagrad's sum). The longest "
    "of each path is drawn equally long: compare along a path, not between paths."
)


def show(scene: Scene, paths: Sequence[Path] | None) -> None:
    """Draw it; without paths the map alone, on which a click sets the start."""
    if paths is not None and st.session_state.get(SHOWN) is not paths:
        st.session_state[SHOWN] = paths
        scrubber.begin(PREFIX, UNIT, 0, playing=True)
    drawing = Drawing(scene, paths or ())

    def tick() -> None:
        if st.session_state.pop(MOVED, False):
            st.rerun()  # what stands outside of this part, too
        drawing.draw()

    st.fragment(tick, run_every=scrubber.pulse(PREFIX, TICK) if paths else None)()
    if paths:
        drawing.numbers()
    places = zip(scene.race.start, (scene.across, scene.up), strict=True)
    if not all(low <= at <= high for at, (low, high) in places):
        st.caption("The start lies outside of the piece that is drawn.")
    for note in notes(scene.race.optimizers):
        st.caption(note)


class Drawing:
    """What does not change from step to step is worked out once."""

    def __init__(self, scene: Scene, paths: Sequence[Path]) -> None:
        self.scene, self.paths, self.race = scene, paths, scene.race
        self.surface = known(self.race.formula)
        self.names = names(self.race.optimizers)
        self.looks = channels(self.names)
        x, y, z = grid(self.race.formula, scene.across, scene.up, setup.SIDE)
        minima = self.surface.minima if self.surface else ()
        reached = [float(np.min(path.heights)) for path in paths]
        deepest = [height(self.race.formula, place) for place in minima[:1]]
        self.lowest = min([*deepest, *(reached if not deepest else ())], default=np.inf)
        self.ground = Ground(x, y, z, relief(z, bool(scene.log), self.lowest))
        self.last = max((path.steps for path in paths), default=0)

    def draw(self) -> None:
        """All that moves with the scrubber."""
        step = 0
        # always there, so that the charts below keep their place
        with st.container(horizontal=True, vertical_alignment="center"):
            if self.paths:
                step = scrubber.scrubber(PREFIX, UNIT, 0, self.last, SPEEDS, 2, TICK)
                st.toggle("Arrows", key=setup.ARROWS, help="What optimizers remember.")
        left, right = st.columns(2)
        with left:
            self._map([self._way(i, step) for i in range(len(self.paths))], step)
        with right:
            # bodies are much to draw: while it plays, not at every picture
            step_of_body = scrubber.coarse(PREFIX, UNIT, self.last, SPEEDS[2], TICK)
            ways = [self._way(i, step_of_body) for i in range(len(self.paths))]
            label = self.surface.label if self.surface else "Surface"
            plot(body_of(self.ground, ways, title=label), key="race:body", alt=f"{label} in 3-D")
        if self.paths and st.session_state.get(setup.ARROWS):
            st.caption(ARROWS)
        if self.paths:
            self._heights(step)

    def _map(self, ways: Sequence[Way], step: int) -> None:
        marks = [Mark("start", "circle-open", [self.race.start])]
        if self.surface:
            marks.append(Mark("lowest", "x-thin-open", self.surface.minima))
        remembered: dict[str, list] = {"arrows": [], "traces": []}
        if st.session_state.get(setup.ARROWS):
            for way, path in zip(ways, self.paths, strict=True):
                remembered["arrows"] += arrows(self.ground, way, path, step)
                remembered["traces"] += cross(self.ground, way, path, step)
        free = presenter.shows("setup")
        title = f"Step {step}" if self.paths else "Click to set the start" if free else "Map"
        figure = map_of(self.ground, ways, marks, title=title, names=self.names, **remembered)
        words = f"Map of the surface with the ways of {', '.join(self.names)}"
        if free:
            pointed(figure, key=MAP, alt=f"{words}; click to start there", on_point=_moved)
        else:
            plot(figure, key=MAP, alt=words)

    def _way(self, lane: int, step: int) -> Way:
        path = self.paths[lane]
        at = path.at(step)
        gone = path.left is not None and step >= path.left
        return Way(
            self.names[lane],
            self.looks[self.names[lane]],
            path.places[: at + 1],
            heights(self.race.formula, *path.places[: at + 1].T),
            "(gone)" if gone else "",
        )

    def _heights(self, step: int) -> None:
        base = min(self.lowest, *(float(path.heights.min()) for path in self.paths))
        above = {
            name: path.heights - base for name, path in zip(self.names, self.paths, strict=True)
        }
        what = "the lowest place" if self.surface else "the lowest that was reached"
        figure = descent(above, self.looks, step, self.last, title=f"Height above {what}")
        plot(figure, key="race:heights", alt=f"Height above {what}, by step")

    def numbers(self) -> None:
        """What became of everybody at the end."""
        st.markdown(f"**After {self.race.steps} steps**")
        table(self.race.formula, self.surface, self.names, self.paths)


def _moved() -> None:
    """A click on the map: start there, and race again if there was a race."""
    sent = (st.session_state.get(MAP) or {}).get("stroke")
    if not sent:
        return
    scene = setup.move(sent[0])
    st.session_state[MOVED] = True
    if scene and SHOWN in st.session_state:
        running.start(scene.race, KEY)
