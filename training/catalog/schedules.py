"""The schedules: plans that give every step its learning rate, in place of one number.

Traits:
- "required:<argument>": Keras demands it; our default is a suggestion and always passed on.

A step is one batch; steps count from 0.
"""

from training.catalog.entry import Argument, Entry

LEFT_OUT = {
    "LearningRateSchedule": "Base class to write one's own schedule from; it plans nothing.",
}
LEFT_OUT_ARGUMENTS = {"name": "A label; changes no number."}

PLACE = "https://keras.io/api/optimizers/learning_rate_schedules"
MOST_STEPS = 10_000_000
TASKS = ("binary", "multiclass", "multilabel", "regression")


def _initial(sentence: str = "The learning rate of the first step.") -> Argument:
    return Argument("initial_learning_rate", "float", 0.01, sentence, 0.0, 1000.0, logarithmic=True)


def _steps(sentence: str, name: str = "decay_steps") -> Argument:
    return Argument(name, "int", 1000, sentence, 1, MOST_STEPS)


def _least(share: str) -> Argument:
    return Argument("alpha", "float", 0.0, f"What is left at the end, as a share of {share}.", 0, 1)


STAIRCASE = Argument(
    "staircase", "bool", False, "Falls once every decay_steps, and stays level in between."
)


def _schedule(
    name: str, label: str, sentence: str, formula: str, source: str, *arguments: Argument, need: int
) -> Entry:
    """`need`: how many of the first arguments Keras demands."""
    traits = frozenset(f"required:{argument.name}" for argument in arguments[:need])
    return Entry(
        name, "schedule", label, sentence, formula, source, arguments, TASKS, traits=traits
    )


_ENTRIES = (
    _schedule(
        "ExponentialDecay",
        "Exponential decay",
        "Multiplies the rate by the same factor again and again.",
        r"\eta_t = \eta_0\, r^{\,t/T}",
        f"{PLACE}/exponential_decay",
        _initial(),
        _steps("After so many steps the rate has fallen by decay_rate."),
        Argument(
            "decay_rate", "float", 0.5, "What is left of the rate after decay_steps.", 1e-6, 10.0
        ),
        STAIRCASE,
        need=3,
    ),
    _schedule(
        "CosineDecay",
        "Cosine decay, with warm-up",
        "Falls along half a cosine: slowly, then fast, then slowly; may rise in a straight line "
        "before.",
        r"\eta_t = \eta_0\left((1-\alpha)\,\tfrac12\left(1+\cos\pi\tfrac{t}{T}\right)"
        r"+\alpha\right)",
        "Loshchilov and Hutter 2016, arXiv:1608.03983",
        _initial("The learning rate of the first step; with a warm-up, what it rises from."),
        _steps("How many steps the fall takes, after the warm-up; then the rate stays."),
        _least("the highest rate"),
        Argument(
            "warmup_target",
            "float",
            None,
            "The highest rate, which the warm-up rises to; off means no warm-up.",
            1e-9,
            1000.0,
            optional=True,
            logarithmic=True,
        ),
        Argument(
            "warmup_steps",
            "int",
            0,
            "How many steps the warm-up takes; does something only with warmup_target.",
            0,
            MOST_STEPS,
        ),
        need=2,
    ),
    _schedule(
        "CosineDecayRestarts",
        "Cosine decay with restarts",
        "Falls along half a cosine and jumps back up, each time for longer.",
        r"\eta_t = \eta_0\left((1-\alpha)\,\tfrac{m^i}{2}\left(1+\cos\pi\tfrac{t_i}{T_i}\right)"
        r"+\alpha\right), \qquad T_i = T_0\, k^i",
        "Loshchilov and Hutter 2016, arXiv:1608.03983",
        _initial(),
        _steps("How many steps the first fall takes.", "first_decay_steps"),
        Argument("t_mul", "float", 2.0, "How many times longer each fall is.", 1.0, 10.0),
        Argument("m_mul", "float", 1.0, "How many times higher each restart is.", 0.01, 10.0),
        _least("the first rate"),
        need=2,
    ),
    _schedule(
        "InverseTimeDecay",
        "Inverse time decay",
        "Divides the rate by a number that grows with the steps.",
        r"\eta_t = \frac{\eta_0}{1 + r\,t/T}",
        f"{PLACE}/inverse_time_decay",
        _initial(),
        _steps("After so many steps the divisor has grown by decay_rate."),
        Argument("decay_rate", "float", 1.0, "How much the divisor grows.", 0.0, 1000.0),
        STAIRCASE,
        need=3,
    ),
    _schedule(
        "PiecewiseConstantDecay",
        "Steps by hand",
        "Stays level and changes at the steps that are named.",
        r"\eta_t = v_i \quad \text{for } b_{i-1} < t \le b_i",
        f"{PLACE}/piecewise_constant_decay",
        Argument(
            "boundaries",
            "ints",
            (500, 1000),
            "The last step of each rate but the last one, ascending.",
            0,
            MOST_STEPS,
            longest=19,
        ),
        Argument(
            "values",
            "floats",
            (0.01, 0.003, 0.001),
            "The rates, one more than boundaries.",
            0.0,
            1000.0,
            longest=20,
        ),
        need=2,
    ),
    _schedule(
        "PolynomialDecay",
        "Polynomial decay, or warm-up alone",
        "Goes from one rate to another: in a straight line with power 1, and upwards as a warm-up.",
        r"\eta_t = (\eta_0 - \eta_T)\left(1 - \tfrac{t}{T}\right)^p + \eta_T",
        f"{PLACE}/polynomial_decay",
        _initial(),
        _steps("How many steps the way takes; then the rate stays."),
        Argument(
            "end_learning_rate",
            "float",
            0.0001,
            "The learning rate at the end.",
            0.0,
            1000.0,
            logarithmic=True,
        ),
        Argument(
            "power", "float", 1.0, "1 is a straight line; above, the fall slows down.", 0.01, 20
        ),
        Argument(
            "cycle",
            "bool",
            False,
            "At the end it jumps back up and falls anew, each time more slowly.",
        ),
        need=2,
    ),
)

SCHEDULES: dict[str, Entry] = {made.name: made for made in _ENTRIES}
