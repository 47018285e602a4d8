"""The optimizers: every rule Keras has for turning gradients into new weights.

Traits:
- "whole": looks at a whole tensor (its norm, its rows and columns), so weights of several runs must
  not be laid side by side in one variable. All others work number by number, also with a learning
  rate of its own for each row.
- "scalar_rate": needs one number as learning rate, not one per row. None does in Keras 3.15.
"""

from training.catalog.entry import Argument, Entry
from training.catalog.formulas import CUSTOM_OPTIMIZER
from training.catalog.optimizer_arguments import (
    ACCUMULATOR,
    AMSGRAD,
    BETA_1,
    BETA_2,
    COMMON,
    DECAY_ON,
    SHARED,
    epsilon,
    rate,
    share,
    strength,
)

LEFT_OUT = {
    "Optimizer": "Base class to write one's own optimizer from; it has no rule of its own.",
    "LossScaleOptimizer": "Wrapper for half-precision training; all runs here compute in float32.",
    "MultiOptimizer": "Wrapper that gives groups of layers different optimizers; not one choice.",
    "OptimizerMap": "Part of MultiOptimizer: says which layers belong to which optimizer.",
}

# An argument of one optimizer only is written with its class.
LEFT_OUT_ARGUMENTS = {
    "name": "A label; changes no number.",
    "loss_scale_factor": "For half precision: scales the loss up and the gradients down again.",
    "Muon.exclude_layers": "Names of layers, which differ from model to model.",
    "Muon.exclude_embeddings": "These models have no embedding layer.",
    "Muon.muon_a": "Fixed coefficient of the Newton-Schulz iteration; Keras says to leave it.",
    "Muon.muon_b": "Fixed coefficient of the Newton-Schulz iteration; Keras says to leave it.",
    "Muon.muon_c": "Fixed coefficient of the Newton-Schulz iteration; Keras says to leave it.",
}


def _optimizer(
    name: str,
    sentence: str,
    formula: str,
    source: str,
    *own: Argument,
    needs: str = "",
    common: tuple[Argument, ...] = COMMON,
    traits: frozenset[str] = frozenset(),
) -> Entry:
    return Entry(
        name,
        "optimizer",
        name,
        sentence,
        formula,
        source,
        (*own, *common),
        ("binary", "multiclass", "multilabel", "regression"),
        needs,
        traits,
    )


WHOLE = frozenset({"whole"})

_ENTRIES = (
    _optimizer(
        "SGD",
        "Steps straight down the gradient; with momentum it keeps rolling in the old direction.",
        r"v \leftarrow \mu v - \eta g, \qquad w \leftarrow w + v",
        "Robbins and Monro 1951; momentum: Sutskever et al. 2013 (proceedings.mlr.press/v28)",
        rate(0.01),
        Argument("momentum", "float", 0.0, "How much of the last step is repeated.", 0.0, 1.0),
        Argument(
            "nesterov", "bool", False, "Looks one step ahead; does something only with momentum."
        ),
    ),
    _optimizer(
        "RMSprop",
        "Divides each gradient by its recent size, so all weights move at a similar pace.",
        r"v \leftarrow \rho v + (1-\rho) g^2, \qquad "
        r"w \leftarrow w - \frac{\eta\, g}{\sqrt{v + \epsilon}}",
        "Tieleman and Hinton 2012, Coursera lecture 6e",
        rate(0.001),
        share("rho", 0.9, "How much of the running mean of squared gradients is kept."),
        Argument("momentum", "float", 0.0, "How much of the last step is repeated.", 0.0, 1.0),
        epsilon(),
        Argument(
            "centered",
            "bool",
            False,
            "Subtracts the squared mean gradient first: divides by the spread, not the size.",
        ),
    ),
    _optimizer(
        "Adagrad",
        "Divides by everything each gradient has been so far, so steps get smaller for good.",
        r"a \leftarrow a + g^2, \qquad w \leftarrow w - \frac{\eta\, g}{\sqrt{a + \epsilon}}",
        "Duchi, Hazan and Singer 2011 (jmlr.org/papers/v12/duchi11a.html)",
        rate(0.001),
        ACCUMULATOR,
        epsilon(),
    ),
    _optimizer(
        "Adadelta",
        "Like RMSprop, but sets the step's size from how far the weights moved lately.",
        r"w \leftarrow w + \eta\,\Delta, \qquad "
        r"\Delta = -\frac{\sqrt{E[\Delta^2] + \epsilon}}{\sqrt{E[g^2] + \epsilon}}\, g",
        "Zeiler 2012, arXiv:1212.5701 (the paper's learning rate is 1, Keras takes 0.001)",
        rate(0.001),
        share("rho", 0.95, "How much of both running means is kept at each step."),
        epsilon(),
    ),
    _optimizer(
        "Adam",
        "Follows the mean of recent gradients, each divided by its own recent size.",
        r"m \leftarrow \beta_1 m + (1-\beta_1) g, \quad "
        r"v \leftarrow \beta_2 v + (1-\beta_2) g^2, \quad "
        r"w \leftarrow w - \eta\,\frac{m/(1-\beta_1^t)}{\sqrt{v/(1-\beta_2^t)} + \epsilon}",
        "Kingma and Ba 2015, arXiv:1412.6980",
        rate(0.001),
        BETA_1,
        BETA_2,
        epsilon(),
        AMSGRAD,
    ),
    _optimizer(
        "AdamW",
        "Adam with weight decay switched on: weights also shrink a little at each step.",
        r"w \leftarrow w - \eta\,\lambda w, \quad \text{then the step of Adam}",
        "Loshchilov and Hutter 2019, arXiv:1711.05101",
        rate(0.001),
        DECAY_ON,
        BETA_1,
        BETA_2,
        epsilon(),
        AMSGRAD,
        common=SHARED,
    ),
    _optimizer(
        "Adamax",
        "Adam that divides by the largest recent gradient instead of the mean square.",
        r"u \leftarrow \max(\beta_2 u, |g|), \qquad "
        r"w \leftarrow w - \frac{\eta}{1-\beta_1^t}\,\frac{m}{u + \epsilon}",
        "Kingma and Ba 2015, section 7, arXiv:1412.6980",
        rate(0.001),
        BETA_1,
        share("beta_2", 0.999, "How slowly the largest recent gradient is forgotten."),
        epsilon(),
    ),
    _optimizer(
        "Nadam",
        "Adam that looks one step ahead, as Nesterov momentum does.",
        r"w \leftarrow w - \frac{\eta}{\sqrt{\hat v} + \epsilon}"
        r"\left(\frac{\mu_{t+1} m}{1-\prod_{i=1}^{t+1}\mu_i} + "
        r"\frac{(1-\mu_t) g}{1-\prod_{i=1}^{t}\mu_i}\right)",
        "Dozat 2016 (openreview.net/forum?id=OM0jvwB8jIp57ZJjtNEZ)",
        rate(0.001),
        BETA_1,
        BETA_2,
        epsilon(),
    ),
    _optimizer(
        "Adafactor",
        "Keeps one size per row and column instead of per weight, and scales steps to weights.",
        r"w \leftarrow w - \max(\epsilon_2, \mathrm{RMS}(w))\,\rho_t\,"
        r"\frac{u}{\max(1, \mathrm{RMS}(u)/d)}, \qquad u = \frac{g}{\sqrt{\hat v}}",
        "Shazeer and Stern 2018, arXiv:1804.04235",
        rate(0.001),
        Argument(
            "beta_2_decay",
            "float",
            -0.8,
            "How fast the memory of squared gradients lengthens with the steps.",
            -5.0,
            -0.01,
            advanced=True,
        ),
        Argument(
            "epsilon_1",
            "float",
            1e-30,
            "Added to squared gradients, so that it never divides by zero.",
            1e-37,
            1.0,
            logarithmic=True,
            advanced=True,
        ),
        Argument(
            "epsilon_2",
            "float",
            0.001,
            "The least size of weights that steps are scaled to.",
            1e-12,
            1.0,
            logarithmic=True,
            advanced=True,
        ),
        Argument(
            "clip_threshold",
            "float",
            1.0,
            "The largest typical step, before scaling to the weights.",
            1e-3,
            1000.0,
            logarithmic=True,
        ),
        Argument(
            "relative_step",
            "bool",
            True,
            "Takes 1 / sqrt(step) as learning rate where that is less than the one given here.",
        ),
        traits=WHOLE,
    ),
    _optimizer(
        "Ftrl",
        "Computes the weights anew from the sum of all gradients, and can set weak ones to zero.",
        r"w = \begin{cases} 0 & |z| \le \lambda_1 \\ -\dfrac{z - \mathrm{sgn}(z)\,\lambda_1}"
        r"{(\beta + n^{-p})/\eta + 2\lambda_2} & \text{otherwise} \end{cases}",
        "McMahan et al. 2013 (research.google/pubs/pub41159)",
        rate(0.001),
        Argument(
            "learning_rate_power",
            "float",
            -0.5,
            "How fast steps shrink as squared gradients add up; 0 keeps them fixed.",
            -2.0,
            0.0,
        ),
        ACCUMULATOR,
        strength("l1_regularization_strength", "Pulls weights to exactly zero."),
        strength("l2_regularization_strength", "Pulls weights towards zero, large ones most."),
        strength("l2_shrinkage_regularization_strength", "Adds a penalty on large weights."),
        strength("beta", "Makes early steps smaller."),
        needs="It forgets the initial weights at its first step; made for linear models.",
    ),
    _optimizer(
        "Lion",
        "Takes only the sign of a mean gradient, so every weight moves by the learning rate.",
        r"w \leftarrow w - \eta\,\mathrm{sgn}(\beta_1 m + (1-\beta_1) g), \qquad "
        r"m \leftarrow \beta_2 m + (1-\beta_2) g",
        "Chen et al. 2023, arXiv:2302.06675",
        rate(0.001),
        share("beta_1", 0.9, "How much of the running mean goes into this step.", 1e-6),
        share("beta_2", 0.99, "How much of the running mean of gradients is kept."),
        needs="A learning rate a third to a tenth of Adam's.",
    ),
    _optimizer(
        "Lamb",
        "Adam whose step in each weight tensor is as long as the tensor times the learning rate.",
        r"w \leftarrow w - \eta\,\frac{\lVert w \rVert}{\lVert r \rVert}\, r, \qquad "
        r"r = \frac{\hat m}{\sqrt{\hat v} + \epsilon}",
        "You et al. 2020, arXiv:1904.00962",
        rate(0.001),
        BETA_1,
        BETA_2,
        epsilon(),
        needs="The class: Keras does not know the string 'lamb'.",
        traits=WHOLE,
    ),
    _optimizer(
        "Muon",
        "Makes the step of each weight matrix equally strong in all its directions.",
        r"m \leftarrow \mu m + g, \qquad "
        r"W \leftarrow W - 0.2\,\eta\sqrt{\max(r, c)}\;\mathrm{orthogonal}(g + \mu m)",
        "Jordan 2024 (kellerjordan.github.io/posts/muon); Liu et al. 2025, arXiv:2502.16982",
        rate(0.001),
        Argument(
            "weight_decay",
            "float",
            0.004,
            "Shrinks matrices by this share times the learning rate at each step.",
            0.0,
            10.0,
            optional=True,
        ),
        share("momentum", 0.95, "How much of the last mean gradient is kept."),
        Argument("nesterov", "bool", True, "Looks one step ahead with the momentum."),
        Argument(
            "ns_steps", "int", 5, "How often the matrix is made more orthogonal in a step.", 1, 20
        ),
        Argument(
            "rms_rate",
            "float",
            0.2,
            "Scales steps to the size of Adam's; left empty they are not scaled.",
            1e-3,
            10.0,
            optional=True,
            advanced=True,
        ),
        share("adam_beta_1", 0.9, "beta_1 of the Adam steps for all that is no matrix."),
        share("adam_beta_2", 0.999, "beta_2 of the Adam steps for all that is no matrix."),
        Argument(
            "adam_weight_decay",
            "float",
            0.004,
            "Weight decay of all that is no matrix.",
            0.0,
            10.0,
            optional=True,
            advanced=True,
        ),
        Argument(
            "adam_lr_ratio",
            "float",
            1.0,
            "Learning rate of the Adam steps, as a multiple of learning_rate.",
            1e-3,
            1000.0,
            logarithmic=True,
            advanced=True,
        ),
        epsilon(),
        common=SHARED,
        needs="Weight matrices; biases and convolutions get Adam's steps.",
        traits=WHOLE,
    ),
    _optimizer(
        "ScheduleFreeAdamW",
        "Adam that averages its own path, so that no plan for the learning rate is needed.",
        r"z \leftarrow z - \frac{\eta\, g}{\sqrt{\hat v} + \epsilon}, \quad "
        r"x \leftarrow \left(1 - \tfrac1t\right) x + \tfrac1t z, \quad "
        r"w = (1-\beta_1) z + \beta_1 x",
        "Defazio et al. 2024, arXiv:2405.15682",
        rate(0.0025),
        # Keras divides by beta_1 here.
        share("beta_1", 0.9, "How far the weights lie towards the averaged path.", 1e-6),
        BETA_2,
        epsilon(1e-8),
        Argument(
            "warmup_steps",
            "int",
            0,
            "Lets the learning rate rise from zero over this many steps.",
            0,
            1_000_000,
        ),
        needs="optimizer.build(...) before the first fit, or Keras drops the initial weights.",
    ),
)

OPTIMIZERS: dict[str, Entry] = {made.name: made for made in (*_ENTRIES, CUSTOM_OPTIMIZER)}
