"""Surfaces to race on: formulas in the language of those that people type themselves."""

from dataclasses import dataclass
from math import sqrt

Span = tuple[float, float]
Place = tuple[float, float]


@dataclass(frozen=True)
class Surface:
    """One surface: its formula, the part of it that is drawn, and what is known of it."""

    name: str
    label: str
    formula: str
    across: Span  # of x
    up: Span  # of y
    start: Place
    # learning rates to begin with: of rules whose steps are as long as the gradient says, and of
    # those that divide by its size
    rates: tuple[float, float]
    minima: tuple[Place, ...]  # the lowest places
    sentence: str  # what to see on it
    source: str


PLAIN = {"SGD", "CustomOptimizer"}  # their steps are as long as the gradient says
FACTORS = {"Adagrad": 5.0, "Adadelta": 50.0, "Ftrl": 5.0, "Lion": 0.3, "ScheduleFreeAdamW": 2.0}
_MOMENTUM = "Goh 2017, Why momentum really works (distill.pub/2017/momentum)"
_LIBRARY = "Surjanovic and Bingham, Virtual Library of Simulation Experiments (sfu.ca/~ssurjano)"
_ENTRIES = (
    Surface(
        "bowl",
        "Round bowl",
        "0.5 * x ** 2 + 0.5 * y ** 2",
        (-3.0, 3.0),
        (-3.0, 3.0),
        (-2.5, 1.5),
        (0.1, 0.1),
        ((0.0, 0.0),),
        "Alike in all directions: plain SGD goes straight to the bottom, up to a learning rate "
        "of 2.",
        _MOMENTUM,
    ),
    Surface(
        "ravine",
        "Ravine along an axis",
        "0.5 * x ** 2 + 25 * y ** 2",
        (-3.0, 3.0),
        (-1.5, 1.5),
        (-2.5, 1.0),
        (0.03, 0.1),
        ((0.0, 0.0),),
        "50 times steeper in y than in x: SGD must step small for y, and then crawls in x. "
        "Beyond a learning rate of 0.04 it leaves.",
        _MOMENTUM,
    ),
    Surface(
        "tilted",
        "Tilted ravine",
        "0.25 * (x + y) ** 2 + 5 * (x - y) ** 2",
        (-3.0, 3.0),
        (-3.0, 3.0),
        (-2.5, -1.0),
        (0.05, 0.1),
        ((0.0, 0.0),),
        "A ravine between the axes: Adam and RMSprop scale x and y each by itself, which helps "
        "less here than along an axis.",
        _MOMENTUM,
    ),
    Surface(
        "saddle",
        "Saddle",
        "x ** 2 - y ** 2 + 0.25 * y ** 4",
        (-2.5, 2.5),
        (-2.5, 2.5),
        (-2.0, 0.001),
        (0.05, 0.05),
        ((0.0, sqrt(2)), (0.0, -sqrt(2))),
        "Down in x, then almost flat at the middle: who takes small gradients for small steps "
        "waits there, who divides by their size does not.",
        "Dauphin et al. 2014, arXiv:1406.2572",
    ),
    Surface(
        "rosenbrock",
        "Rosenbrock's valley",
        "(1 - x) ** 2 + 100 * (y - x ** 2) ** 2",
        (-2.0, 2.0),
        (-1.0, 3.0),
        (-1.2, 1.0),
        (0.001, 0.1),
        ((1.0, 1.0),),
        "A bent valley: to get down into it is easy, to follow its floor to (1, 1) is not.",
        f"Rosenbrock 1960, The Computer Journal 3(3); {_LIBRARY}",
    ),
    Surface(
        "beale",
        "Beale's plain",
        "a = 1.5 - x + x * y\n"
        "b = 2.25 - x + x * y ** 2\n"
        "c = 2.625 - x + x * y ** 3\n"
        "a ** 2 + b ** 2 + c ** 2",
        (-4.5, 4.5),
        (-4.5, 4.5),
        (1.0, 1.6),
        (0.005, 0.1),
        ((3.0, 0.5),),
        "Cliffs at the corners and a plain in the middle: gradients differ by a factor of "
        "thousands.",
        f"Beale 1958; {_LIBRARY}",
    ),
    Surface(
        "himmelblau",
        "Himmelblau's four",
        "(x ** 2 + y - 11) ** 2 + (x + y ** 2 - 7) ** 2",
        (-5.5, 5.5),
        (-5.5, 5.5),
        (0.0, -0.5),
        (0.005, 0.2),
        (
            (3.0, 2.0),
            (-2.805118, 3.131313),
            (-3.779310, -3.283186),
            (3.584428, -1.848127),
        ),
        "Four valleys, all equally deep: start and optimizer decide which one is found.",
        "Himmelblau 1972, Applied Nonlinear Programming",
    ),
    Surface(
        "rastrigin",
        "Rastrigin's pits",
        "waves = cos(6.283185307 * x) + cos(6.283185307 * y)\n20 + x ** 2 + y ** 2 - 10 * waves",
        (-5.12, 5.12),
        (-5.12, 5.12),
        (-3.3, 2.7),
        (0.002, 0.2),
        ((0.0, 0.0),),
        "A pit at every whole number, one of them the deepest: what follows gradients stays in "
        "one nearby, unless its steps are large.",
        f"Rastrigin 1974; {_LIBRARY}",
    ),
)
SURFACES: dict[str, Surface] = {surface.name: surface for surface in _ENTRIES}


def suits(surface: Surface, optimizer: str) -> float:
    """A learning rate to begin with on a surface."""
    return surface.rates[optimizer not in PLAIN] * FACTORS.get(optimizer, 1.0)


def known(formula: str) -> Surface | None:
    """The surface that has this formula, if it is one of these."""
    return next((surface for surface in _ENTRIES if surface.formula == formula), None)
