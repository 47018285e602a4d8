"""What a comparison shows while it trains and afterwards: curves, proof, pictures, numbers."""

from collections.abc import Sequence

from components.compare.curves import curves
from components.compare.evidence import proof_line, verdict_line
from components.compare.inside import inside
from components.compare.numbers import numbers
from components.compare.pictures import pictures
from components.compare.problem import one_problem
from components.compare.rates import rates
from training.lab import Lab
from training.states import ComparisonState


def results(lab: Lab, state: ComparisonState, names: Sequence[str], title: str = "") -> None:
    """Everything about a comparison; `names` has the label of each run's variant.

    title: what charts say of where the learning rates come from.
    """
    state, names = one_problem(state, names)
    metric = curves(state, names, title)
    proof_line(state.runs, names)
    verdict_line(state.runs, names, metric)
    rates(state.runs, metric)
    pictures(lab, state, names)
    numbers(state, names, metric)
    inside(lab, state, names)
