"""The loss landscape of real runs as it is drawn: map, body, and how far from it the runs are."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
import streamlit as st

from components import scrubber
from components.colours import channels
from components.figures.ground import Ground, Mark, Way
from components.figures.ground_body import body_of
from components.figures.ground_map import map_of
from components.figures.relief import relief, steep
from components.plot import plot
from components.surfaces.run_setup import PART_NAMES, Chosen
from training.landscape.survey import Survey

PREFIX, UNIT = "landscape", "epoch"
KEY = "landscape"  # of surveys in the session
SHOWN, HEIGHTS = "landscape:shown", "land.heights"
NUMBERS = {
    "loss": ("Loss at the end", "Of the trained weights themselves, as evaluate says it."),
    "below": ("Loss below it", "At the place in the plane that is nearest to them."),
    "off": ("Off the plane", "How far the trained weights lie from that place."),
    "moved": ("Moved in the plane", "How far from where they began, along the plane."),
}


def landscape(chosen: Chosen, survey: Survey) -> None:
    """Draw it."""
    if st.session_state.get(SHOWN) is not survey:
        st.session_state[SHOWN] = survey
        scrubber.begin(PREFIX, UNIT, _last(survey))
        st.session_state[HEIGHTS] = "log" if steep(survey.losses) else "linear"
    every = scrubber.pulse(PREFIX)
    st.fragment(lambda: _draw(chosen, survey), run_every=every)()
    _told(chosen, survey)
    _table(chosen.labels, survey)


def _draw(chosen: Chosen, survey: Survey) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        epoch = scrubber.scrubber(PREFIX, UNIT, 0, _last(survey), scrubber.EPOCHS)
        st.segmented_control(
            "Heights", ["linear", "log"], key=HEIGHTS, required=True, label_visibility="collapsed"
        )
    lowest = min(float(np.nanmin(track.losses)) for track in survey.tracks)
    rising = relief(survey.losses, st.session_state[HEIGHTS] == "log", lowest)
    ground = Ground(survey.across, survey.up, survey.losses, rising, _axes(chosen, survey), "loss")
    ways = _ways(chosen, survey, epoch)
    starts = [tuple(map(float, track.places[0])) for track in survey.tracks]
    left, right = st.columns(2)
    with left:
        figure = map_of(
            ground,
            ways,
            [Mark("start", "circle-open", starts)],
            title=f"Epoch {epoch}",
            names=chosen.labels,
        )
        words = f"Loss over a plane of weights, with the ways of {', '.join(chosen.labels)}"
        plot(figure, key="landscape:map", alt=words)
    with right:
        title = f"Loss of {PART_NAMES[chosen.look.part]}"
        plot(body_of(ground, ways, title=title), key="landscape:body", alt=f"{title} in 3-D")


def _ways(chosen: Chosen, survey: Survey, epoch: int) -> list[Way]:
    looks = channels(list(dict.fromkeys(chosen.names)))
    ways = []
    for name, label, track in zip(chosen.names, chosen.labels, survey.tracks, strict=True):
        count = max(1, int((track.epochs <= epoch).sum()))
        ways.append(Way(label, looks[name], track.places[:count], track.shadows[:count]))
    return ways


def _axes(chosen: Chosen, survey: Survey) -> tuple[str, str]:
    what = "component" if chosen.look.plane == "paths" else "random direction"
    first, second = (
        f"{n} {what} ({100 * share:.2g} % of the variance)"
        for n, share in zip(("first", "second"), survey.shares.tolist(), strict=True)
    )
    return first, second


def _told(chosen: Chosen, survey: Survey) -> None:
    """What the picture is of, and what it leaves out."""
    both = 100 * float(survey.shares.sum())
    off = max(float(track.off.max()) for track in survey.tracks)
    wide = float(np.hypot(np.ptp(survey.across), np.ptp(survey.up)))
    if chosen.look.plane == "paths":
        said = (
            f"The plane in which the paths spread most (PCA): it holds {both:.3g} % of the "
            f"variance of all recorded weights. They lie up to {off:.3g} off it; the map is "
            f"{wide:.3g} from corner to corner. Where a path lies far off, the loss below it is "
            "not the loss that it had."
        )
    else:
        around = chosen.labels[chosen.landscape.lane]
        said = (
            f"Two random directions around the end of {around}, which is the middle of the map; "
            "each filter as long as in the trained weights, biases held (Li et al. 2018, "
            f"arXiv:1712.09913). Of the paths' variance they hold {both:.2g} %: what training does "
            "is hardly seen in random directions, what surrounds its end is."
        )
    st.caption(said)
    first = chosen.landscape.experiments[chosen.landscape.lane]
    if first.model.full("model").get("batch_normalization"):
        st.caption(
            "Running averages of batch normalisation are those of "
            f"{chosen.labels[chosen.landscape.lane]} all over the plane."
        )
    if any(e.fit.weighted for e in chosen.landscape.experiments):
        st.caption("All rows count alike here, as in evaluate; in training they did not.")


def _table(labels: Sequence[str], survey: Survey) -> None:
    rows = [
        {
            "loss": float(track.losses[-1]),
            "below": float(track.shadows[-1]),
            "off": float(track.off[-1]),
            "moved": float(np.hypot(*(track.places[-1] - track.places[0]))),
        }
        for track in survey.tracks
    ]
    config = {
        name: st.column_config.NumberColumn(label, format="%.4g", help=help)
        for name, (label, help) in NUMBERS.items()
    }
    st.dataframe(
        pd.DataFrame(rows, pd.Index(labels, name="run")),
        column_config=config,
        height="content",
        alt="Loss of each run at its end, and how far it lies off the plane",
    )


def _last(survey: Survey) -> int:
    return max(int(track.epochs[-1]) for track in survey.tracks)
