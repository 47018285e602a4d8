"""The performance profile on the page: chart, what it supports, and the numbers behind it."""

from collections.abc import Mapping, Sequence

import pandas as pd
import streamlit as st

from components.colours import channels
from components.compare.measure import Measure, measures, numbers
from components.compare.profile import FARTHEST, Profile, profiles, share
from components.compare.profile_words import about_area, reading, said
from components.figures.profile import profile
from components.plain import plain
from components.plot import plot
from training.problems import Problem
from training.states import ComparisonState


def profile_view(state: ComparisonState, names: Sequence[str], problems: Sequence[Problem]) -> None:
    """All data sets together, when all runs have ended."""
    st.markdown(f"**All {len(problems)} data sets: performance profile**")
    if not state.ended:
        st.caption("It is drawn when everything has ended; below is one data set at a time.")
        return
    offered = {one.name: one for one in measures(state.runs)}
    if not offered:
        st.caption(
            "The rows share no number that a factor can be told of: a loss of one kind, or a "
            "metric that is never below 0."
        )
        return
    chosen = st.selectbox("Measured by", list(offered), key="compare:measure", width=320)
    _measured(state, names, problems, offered[chosen])


def _measured(
    state: ComparisonState, names: Sequence[str], problems: Sequence[Problem], measure: Measure
) -> None:
    rows, lacking = numbers(state.runs, names, problems, measure)
    if rows:
        floors = [measure.floor(state.runs[one.places[0]].experiment) for one in problems]
        made = profiles(rows, floors)
        chart, table = st.columns([3, 2])
        with chart:
            looks = channels(list(dict.fromkeys(names)))
            figure = profile({name: steps(one.ratios) for name, one in made.items()}, looks)
            alt = f"Share of data sets within a factor of the best, of {', '.join(made)}"
            plot(figure, key="profile", alt=alt)
        with table:
            _table(made, problems, measure)
        seeds = min(len(own) for by_problem in rows.values() for own in by_problem)
        sentence, best = said(made, len(problems), seeds)
        icon = ":material/trophy:" if best else ":material/balance:"
        st.markdown(f"{icon} {plain(sentence)}")
        st.caption(reading(len(problems), measure.name))
    if lacking:
        st.caption(f"{plain(', '.join(lacking))} left out: not all runs have finished.")


def steps(ratios: Sequence[float]) -> list[tuple[float, float]]:
    """(factor, share from there on), from 1 to FARTHEST."""
    factors = sorted({1.0, FARTHEST, *(ratio for ratio in ratios if ratio <= FARTHEST)})
    return [(factor, share(ratios, factor)) for factor in factors]


def _table(made: Mapping[str, Profile], problems: Sequence[Problem], measure: Measure) -> None:
    """A row each: the area, and the number on each data set."""
    records = [
        {"Row": name, "Area": one.area.value, "from": one.area.low, "to": one.area.high}
        | {problem.name: v for problem, v in zip(problems, one.values, strict=True)}
        for name, one in made.items()
    ]
    frame = pd.DataFrame(records)
    shown = {name: st.column_config.NumberColumn(format="%.3g") for name in frame.columns[4:]}
    area = {name: st.column_config.NumberColumn(format="%.2f") for name in ("Area", "from", "to")}
    pinned = {"Row": st.column_config.TextColumn(pinned=True)}
    st.dataframe(
        frame,
        hide_index=True,
        height="content",
        column_config=pinned | area | shown,
        alt="A row per variant with the area under its profile and its number on each data set",
    )
    st.caption(
        f"{about_area()} Behind it the {measure.name}, interquartile mean over the seeds; "
        "inf: diverged."
    )
