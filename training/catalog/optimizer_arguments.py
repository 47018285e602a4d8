"""Arguments that several optimizers share, with what each does to the update."""

from training.catalog.entry import Argument

RATE = "How far one step goes; the argument that decides most."
EPSILON = "Added where it divides, so that tiny gradients do not make huge steps."


def rate(default: float) -> Argument:
    """The learning rate."""
    return Argument(
        *("learning_rate", "float", default, RATE, 1e-9, 1000.0),
        logarithmic=True,
        nested="schedule",
    )


def share(name: str, default: float, sentence: str, low: float = 0.0) -> Argument:
    """A share that is kept from step to step, below 1."""
    return Argument(name, "float", default, sentence, low, 0.999999)


def epsilon(default: float = 1e-7) -> Argument:
    """The small number added where it divides."""
    return Argument(
        "epsilon", "float", default, EPSILON, 1e-16, 1.0, logarithmic=True, advanced=True
    )


def strength(name: str, sentence: str) -> Argument:
    """The strength of a penalty."""
    return Argument(name, "float", 0.0, sentence, 0.0, 100.0, advanced=True)


BETA_1 = share("beta_1", 0.9, "How much of the running mean of gradients is kept at each step.")
BETA_2 = share("beta_2", 0.999, "How much of the running mean of squared gradients is kept.")
AMSGRAD = Argument(
    "amsgrad", "bool", False, "Divide by the largest running mean so far, so steps never grow back."
)
ACCUMULATOR = Argument(
    "initial_accumulator_value",
    "float",
    0.1,
    "What the sum of squared gradients starts from; larger means smaller first steps.",
    0.0,
    100.0,
    advanced=True,
)
WEIGHT_DECAY = Argument(
    "weight_decay",
    "float",
    None,
    "Shrinks every weight by this share times the learning rate at each step.",
    0.0,
    10.0,
    optional=True,
    advanced=True,
)
DECAY_ON = Argument("weight_decay", "float", 0.004, WEIGHT_DECAY.sentence, 0.0, 10.0)
SHARED = (
    Argument(
        "clipnorm",
        "float",
        None,
        "Shortens the gradient of each weight tensor to at most this length.",
        1e-6,
        1e6,
        optional=True,
        logarithmic=True,
        advanced=True,
    ),
    Argument(
        "clipvalue",
        "float",
        None,
        "Cuts each number of the gradient to between minus and plus this value.",
        1e-6,
        1e6,
        optional=True,
        logarithmic=True,
        advanced=True,
    ),
    Argument(
        "global_clipnorm",
        "float",
        None,
        "Shortens the gradient of all weights together to at most this length.",
        1e-6,
        1e6,
        optional=True,
        logarithmic=True,
        advanced=True,
    ),
    Argument(
        "use_ema",
        "bool",
        False,
        "Keeps a running mean of the weights, and takes it as the weights when training ends.",
        advanced=True,
    ),
    Argument(
        "ema_momentum",
        "float",
        0.99,
        "How much of the running mean of weights is kept at each step; only with use_ema.",
        0.0,
        1.0,
        advanced=True,
    ),
    Argument(
        "ema_overwrite_frequency",
        "int",
        None,
        "Also takes the running mean as the weights every so many steps; only with use_ema.",
        1,
        1_000_000,
        optional=True,
        advanced=True,
    ),
    Argument(
        "gradient_accumulation_steps",
        "int",
        None,
        "Averages the gradients of this many batches and then takes one step.",
        2,
        1000,
        optional=True,
        advanced=True,
    ),
)
COMMON = (WEIGHT_DECAY, *SHARED)
