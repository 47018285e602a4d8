"""All findings about one variant, from the runs of its seeds."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

import numpy as np

from training.diagnosis import rules, words
from training.diagnosis.chance import chance
from training.diagnosis.curves import FEWEST, Curves
from training.diagnosis.finding import Finding, Kind
from training.diagnosis.remedies import remedy
from training.diagnosis.rules import Sign
from training.states import RunState

RULES: dict[Kind, Callable[[Curves], Sign]] = {  # the most serious first
    "diverged": rules.exploded,
    "dead": rules.dead,
    "oscillating": rules.oscillating,
    "frozen": rules.frozen,
    "crawling": rules.crawling,
    "stuck": rules.stuck,
    "overfitting": rules.overfitting,
    "improving": rules.improving,
}
EXPLAINED: dict[Kind, tuple[Kind, ...]] = {  # by what, so that it need not be said as well
    "diverged": (),
    "dead": ("diverged",),
    "oscillating": ("diverged",),
    "frozen": ("diverged",),
    "crawling": ("diverged", "dead", "oscillating", "frozen"),
    "stuck": ("diverged", "dead", "oscillating", "frozen", "crawling"),
    "overfitting": ("diverged", "oscillating", "stuck"),
    "improving": ("diverged", "oscillating", "frozen", "crawling", "stuck", "overfitting"),
}
Seen = dict[Kind, dict[int, Mapping[str, float]]]  # by kind and seed that shows it, its numbers


def diagnose(runs: Sequence[RunState], rival: float | None = None) -> list[Finding]:
    """What holds for a variant, the most serious first; empty where nothing was trained.

    runs: its seeds, ended; rival: how far the best other row came, as `rivals` says it. A finding
    holds when it does for most of the seeds, with the medians of their numbers; only a seed that
    diverged always counts, for it is a fact and not a judgement.
    """
    runs = [run for run in runs if run.diverged or len(run.history)]
    if not runs:
        return []
    seen = _seen(runs, rival)
    found: list[Finding] = []
    for kind in _holding(seen, len(runs)):
        made = _finding(kind, list(seen[kind].values()), runs)
        repeated = made.remedy in [other.remedy for other in found]
        found.append(replace(made, remedy=None) if repeated else made)
    if not found:
        longest = max(len(run.history) for run in runs)
        found.append(_finding("healthy" if longest >= FEWEST else "short", [], runs))
    return found


def _holding(seen: Seen, seeds: int) -> list[Kind]:
    """The kinds that hold; where most seeds show something, but not the same, the most frequent."""
    holding = [kind for kind, its in seen.items() if kind == "diverged" or 2 * len(its) > seeds]
    anyhow = {seed for its in seen.values() for seed in its}
    if not holding and 2 * len(anyhow) > seeds:
        return [max(seen, key=lambda kind: len(seen[kind]))]
    return holding


def _finding(kind: Kind, seen: Sequence[Mapping[str, float]], runs: Sequence[RunState]) -> Finding:
    e = runs[0].experiment
    names = dict.fromkeys(name for numbers in seen for name in numbers)
    middle = {n: float(np.median([its[n] for its in seen if n in its])) for n in names}
    if "ended" in middle:
        ends = [its["ended"] for its in seen if "ended" in its]
        middle = {"first": min(ends), "latest": max(ends)}
    where = words.seeds(len(seen), len(runs))
    sentence, evidence = words.sentence(kind, middle, e, where), words.evidence(kind, middle, e)
    return Finding(kind, sentence, evidence, remedy(kind, e, middle))


def _seen(runs: Sequence[RunState], rival: float | None) -> Seen:
    seen: Seen = {
        "diverged": {i: {"ended": float(r.diverged)} for i, r in enumerate(runs) if r.diverged}
    }
    lengths: dict[int, list[int]] = {}
    for i, run in enumerate(runs):
        if not run.diverged:
            lengths.setdefault(len(run.history), []).append(i)
    known = chance(runs[0].experiment.variant)
    for own in lengths.values():
        for kind, sign in _signs(Curves.of([runs[i] for i in own], known, rival)).items():
            for at in np.flatnonzero(sign.holds):
                numbers = {name: float(values[at]) for name, values in sign.numbers.items()}
                seen.setdefault(kind, {})[own[at]] = numbers
    return {kind: its for kind, its in seen.items() if its}


def _signs(curves: Curves) -> dict[Kind, Sign]:
    """The signs, the most serious first, none where a more serious one explains it."""
    found: dict[Kind, Sign] = {}
    for kind, rule in RULES.items():
        sign = rule(curves)
        others = [found[other].holds for other in EXPLAINED[kind]]
        found[kind] = Sign(
            sign.holds & ~np.any([*others, np.zeros_like(sign.holds)], 0), sign.numbers
        )
    return found
