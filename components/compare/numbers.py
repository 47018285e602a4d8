"""The table of results on the page: its controls, the frame, and what has to be known of it."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
import streamlit as st

from components.compare.cells import APART, SECONDS, STAR, column_config, styled
from components.compare.curves import notes
from components.compare.intervals import LEVEL
from components.compare.marks import best_rows
from components.compare.shown import CURVE, at_first, offered, shown, unremarkable_last
from components.compare.sparkline import LIVE_POINTS, POINTS, Sparklines, sparklines
from components.compare.table import Measured, framed, measure
from components.compare.table_words import evaluated, summed_up
from components.compare.target import NOT_TOGETHER, trained_together
from components.compare.verdict import FEWEST
from components.plain import plain
from components.results import numbers_title
from training.monitored import stopped_early
from training.states import ComparisonState
from training.target import Target, stored_target

KEPT = "compare:numbers"  # the last one made: a page asks again at every tick


@dataclass(frozen=True)
class Numbers:
    """Everything the table can show; best: by column, the row that the seeds support.

    together: whether all rows trained in one graph, so that their seconds can be compared.
    """

    found: Measured
    frame: pd.DataFrame
    lines: Sparklines
    best: dict[str, str]
    target: Target | None
    together: bool


def made(
    state: ComparisonState, names: Sequence[str], metric: str, replay: bool = False
) -> Numbers:
    """The table of a comparison; `metric` rules where losses of different kinds cannot."""
    target = stored_target(state.plan, state.runs[0].experiment)
    found = measure(state.runs, names, state.ended, target, metric)
    lines = sparklines(found.rows, found.by, POINTS if state.ended else LIVE_POINTS)
    frame = framed(found)
    if replay:
        frame["Outcome"] = frame["Outcome"].str.replace("running", "replayed")
    early = any(map(stopped_early, state.runs))
    if state.ended and frame["Epochs"].nunique() == 1 and not early:
        frame = frame.drop(columns="Epochs")  # nothing was stopped: the set-up says it
    frame.insert(1, CURVE, [lines.curves[name] for name in frame["Variant"]])
    if not any(run.ended and run.status != "finished" for run in state.runs):
        frame = unremarkable_last(frame)
    one_loss = not notes([run.experiment for run in state.runs])
    best = best_rows(found, one_loss) if state.ended else {}
    together = trained_together(state.runs)
    if not together:
        best = {column: row for column, row in best.items() if column not in SECONDS}
    return Numbers(found, frame, lines, best, target, together)


def numbers(
    state: ComparisonState, names: Sequence[str], metric: str = "", replay: bool = False
) -> None:
    """A row per variant; `names` has the row of each run, `metric` is the one on show."""
    length = sum(len(run.history) for run in state.runs)
    asked = (state.id, state.version, tuple(names), metric, length, replay)
    kept: tuple[object, Numbers] | None = st.session_state.get(KEPT)
    table = kept[1] if kept and kept[0] == asked else made(state, names, metric, replay)
    st.session_state[KEPT] = (asked, table)
    st.markdown(f"**{numbers_title(state.runs)}**")
    frame = _chosen(state, table)
    st.dataframe(
        # written numbers are sent beside the numbers: too much for every tick
        styled(frame, table.best, table.together) if state.ended else frame.replace(np.inf, np.nan),
        hide_index=True,
        height="content",
        placeholder="-",
        column_config=column_config(frame, table.lines, state.ended),
        alt="A row per variant with the numbers after the last epoch",
    )
    st.caption(" ".join(_said(state, table, frame)))


def _chosen(state: ComparisonState, table: Numbers) -> pd.DataFrame:
    """What the controls leave of the table."""
    columns = table.found.columns
    there = offered(columns)
    with st.container(horizontal=True, vertical_alignment="center"):
        groups = st.pills(
            "Columns",
            there,
            default=at_first(columns, state.ended),
            selection_mode="multi",
            key=f"compare:table.{'+'.join(there)}",
            label_visibility="collapsed",
        )
        differing = st.toggle(
            "Differences only",
            key="compare:table.differing",
            help="Leaves out columns that are equal in every row.",
        )
        rows = st.multiselect(
            "Rows",
            list(table.found.rows),
            key=f"compare:table.rows.{state.id}",
            placeholder="all rows",
            label_visibility="collapsed",
            width=260,
        )
    return shown(table.frame, columns, groups, rows, differing)


def _said(state: ComparisonState, table: Numbers, frame: pd.DataFrame) -> list[str]:
    """Sentences on what the shown part of the table means."""
    said = ["A click on a column's head sorts; the table scrolls sideways."]
    seeds = [len(runs) for runs in table.found.rows.values()]
    if state.ended:
        said.append(evaluated(state.runs))
    if over := summed_up(table.found.columns, frame.columns, max(seeds)):
        said.append(over)
    if any(run.diverged for run in state.runs):
        said.append("Diverged runs have no numbers, so means leave them out: see the outcome.")
    if table.target:
        miss = "∞ is a miss" if state.ended else "an empty cell has not reached it"
        race = (state.plan or {}).get("race") or {}
        when = "tuned rows trained" if race.get("aimed") else "training"
        said.append(f"Target, set before {when}: {plain(table.target.text)}; {miss}.")
    if not table.found.by:
        said.append("The small curves have a scale each, for their losses differ in kind.")
    said += _timing(table, frame)
    if state.ended:
        second = sorted(seeds)[-2:][0]  # two rows suffice to be ranked
        said.append(_marking(bool(set(table.best) & set(frame.columns)), second))
    return said


def _timing(table: Numbers, frame: pd.DataFrame) -> list[str]:
    """What seconds mean, where the shown part has some."""
    if not {*SECONDS} & {*frame.columns}:
        return []
    if not table.together:
        return [f"{APART} {NOT_TOGETHER}"]
    return ["Runs of one graph share its time equally, whatever their optimizer costs."]


def _marking(starred: bool, seeds: int) -> str:
    """What a star means, or why there is none."""
    if seeds < FEWEST:
        count = "one seed" if seeds == 1 else f"{seeds} seeds"
        return f"No best value is marked: {count} cannot support one, at least {FEWEST} are needed."
    if not starred:
        return f"No best value is marked ({STAR}): in none of these columns is a row surely ahead."
    return (
        f"{STAR} marks a best value that the seeds support: its interval, {LEVEL:.0%} of bootstrap "
        "samples, overlaps no other row's that has all its seeds."
    )
