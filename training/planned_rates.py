"""The learning rates that a schedule plans, without Keras: for drawing them before training.

Formulas as in the docstrings of keras.optimizers.schedules (3.15), which the engine itself asks.
"""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from training.choice import Choice
from training.scheduled import schedule_of
from training.spec import Experiment

MOST = 400  # points of a drawn plan


def changing(experiment: Experiment) -> bool:
    """Whether the learning rate is not one number for all steps."""
    lowered = any(c.name == "ReduceLROnPlateau" for c in experiment.fit.callbacks)
    return bool(lowered or experiment.rates or schedule_of(experiment.compile.optimizer))


def planned_rates(schedule: Choice, steps: np.ndarray) -> np.ndarray:
    """The rates of some steps, float64 (steps,); steps count from 0."""
    with np.errstate(all="ignore"):
        return FORMULAS[schedule.name](schedule.full("schedule"), steps.astype("float64"))


def _fraction(p: Mapping[str, Any], step: np.ndarray) -> np.ndarray:
    part = step / p["decay_steps"]
    return np.floor(part) if p["staircase"] else part


def _exponential(p: Mapping[str, Any], step: np.ndarray) -> np.ndarray:
    return p["initial_learning_rate"] * p["decay_rate"] ** _fraction(p, step)


def _inverse_time(p: Mapping[str, Any], step: np.ndarray) -> np.ndarray:
    return p["initial_learning_rate"] / (1 + p["decay_rate"] * _fraction(p, step))


def _half_cosine(part: np.ndarray) -> np.ndarray:
    return 0.5 * (1 + np.cos(np.pi * part))


def _cosine(p: Mapping[str, Any], step: np.ndarray) -> np.ndarray:
    start, top = p["initial_learning_rate"], p["warmup_target"]
    before = 0 if top is None else p["warmup_steps"]
    top = start if top is None else top
    part = np.clip(step - before, 0, p["decay_steps"]) / p["decay_steps"]
    falling = top * ((1 - p["alpha"]) * _half_cosine(part) + p["alpha"])
    rising = start + (top - start) * step / max(1, before)
    return np.where(step < before, rising, falling)


def _restarts(p: Mapping[str, Any], step: np.ndarray) -> np.ndarray:
    part, longer = step / p["first_decay_steps"], p["t_mul"]
    if longer == 1:
        restart = np.floor(part)
        part = part - restart
    else:
        # the smallest slip of rounding would take a restart for the end of the fall before it
        restart = np.floor(np.log(1 + part * (longer - 1)) / np.log(longer) + 1e-9)
        part = (part - (longer**restart - 1) / (longer - 1)) / longer**restart
    fall = p["m_mul"] ** restart * _half_cosine(part)
    return p["initial_learning_rate"] * ((1 - p["alpha"]) * fall + p["alpha"])


def _piecewise(p: Mapping[str, Any], step: np.ndarray) -> np.ndarray:
    return np.array(p["values"])[np.searchsorted(p["boundaries"], step, side="left")]


def _polynomial(p: Mapping[str, Any], step: np.ndarray) -> np.ndarray:
    start, end, span = p["initial_learning_rate"], p["end_learning_rate"], p["decay_steps"]
    rounds = np.maximum(1, np.ceil(step / span)) if p["cycle"] else 1
    part = np.minimum(step / (span * rounds), 1)
    return (start - end) * (1 - part) ** p["power"] + end


FORMULAS: dict[str, Callable[[Mapping[str, Any], np.ndarray], np.ndarray]] = {
    "ExponentialDecay": _exponential,
    "CosineDecay": _cosine,
    "CosineDecayRestarts": _restarts,
    "InverseTimeDecay": _inverse_time,
    "PiecewiseConstantDecay": _piecewise,
    "PolynomialDecay": _polynomial,
}
