"""The parameters of every data set, their defaults and limits, and the check of what was asked."""

import difflib
from collections.abc import Mapping
from dataclasses import dataclass
from numbers import Integral, Real


@dataclass(frozen=True)
class Parameter:
    """A number that can be chosen; whole when its default is an int. Limits are inclusive."""

    default: int | float
    low: int | float
    high: int | float


SEED = Parameter(0, 0, 2**31 - 1)
SPLIT = Parameter(0, 0, 2**31 - 1)
VALIDATION = Parameter(0.2, 0.05, 0.5)  # share of the rows that the test leaves
SAMPLES = Parameter(1000, 100, 5000)
# How any data set is drawn and parted.
DRAWS: dict[str, Parameter] = {"seed": SEED, "split": SPLIT, "validation": VALIDATION}


def _generated(noise: Parameter, **more: Parameter) -> dict[str, Parameter]:
    return {"samples": SAMPLES, "noise": noise, **more, **DRAWS}


PARAMETERS: dict[str, dict[str, Parameter]] = {
    "moons": _generated(Parameter(0.2, 0.0, 1.0)),
    "circles": _generated(Parameter(0.1, 0.0, 0.5), factor=Parameter(0.5, 0.1, 0.9)),
    "spirals": _generated(Parameter(0.03, 0.0, 0.3), turns=Parameter(1.5, 0.5, 3.0)),
    "blobs": _generated(Parameter(1.0, 0.1, 3.0), centers=Parameter(3, 3, 6)),
    "xor": _generated(Parameter(0.05, 0.0, 0.5)),
    "imbalanced": _generated(Parameter(1.0, 0.1, 2.0), share=Parameter(0.05, 0.01, 0.5)),
    "multilabel": _generated(Parameter(0.05, 0.0, 0.5)),
    "two_output": _generated(Parameter(0.1, 0.0, 1.0)),
    "linear": _generated(Parameter(0.3, 0.0, 3.0), features=Parameter(1, 1, 10)),
    "sine": _generated(Parameter(0.1, 0.0, 1.0), waves=Parameter(2, 1, 5)),
    "outliers": _generated(Parameter(0.3, 0.0, 3.0), share=Parameter(0.1, 0.0, 0.4)),
    "iris": DRAWS,
    "wine": DRAWS,
    "breast_cancer": DRAWS,
    "digits": DRAWS,
    "diabetes": DRAWS,
    "fashion_mnist": {"samples": Parameter(2000, 500, 20000), **DRAWS},
}


def split_seed(full: Mapping[str, int | float]) -> int:
    """The seed that `split` takes for all parameters of a data set.

    Another `split` draws other parts of the same rows; 0 is the draw that goes with `seed`.
    """
    return full["seed"] + full["split"]


def complete(name: str, params: Mapping[str, int | float]) -> dict[str, int | float]:
    """All parameters of a data set, those not given by default; ValueError if one cannot be."""
    if name not in PARAMETERS:
        near = difflib.get_close_matches(str(name), PARAMETERS, n=1)
        hint = f"did you mean '{near[0]}'?" if near else f"choose one of {', '.join(PARAMETERS)}."
        raise ValueError(f"There is no data set '{name}'; {hint}")
    known = PARAMETERS[name]
    for parameter in params:
        if parameter not in known:
            raise ValueError(f"{name} has no parameter '{parameter}'; it has {', '.join(known)}.")
    return {p: _checked(name, p, params.get(p, known[p].default)) for p in known}


def _checked(name: str, parameter: str, value: object) -> int | float:
    limits = PARAMETERS[name][parameter]
    whole = isinstance(limits.default, int)
    fits = isinstance(value, Integral if whole else Real) and not isinstance(value, bool)
    if not fits or not limits.low <= value <= limits.high:  # NaN is in no range
        kind = "a whole number" if whole else "a number"
        raise ValueError(
            f"{name}: {parameter} must be {kind} from {limits.low} to {limits.high}, not {value!r}."
        )
    return int(value) if whole else float(value)
