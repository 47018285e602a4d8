"""The models: what lies between the inputs and the loss.

Traits:
- "pictures": takes rows x columns x channels only.
"""

from training.catalog.entry import Argument, Entry, Task

ACTIVATIONS = (
    "relu",
    "tanh",
    "sigmoid",
    "elu",
    "gelu",
    "selu",
    "softplus",
    "leaky_relu",
    "swish",
    "linear",
)
INITIALIZERS = (
    "glorot_uniform",
    "glorot_normal",
    "he_uniform",
    "he_normal",
    "lecun_uniform",
    "lecun_normal",
    "random_uniform",
    "random_normal",
    "truncated_normal",
    "orthogonal",
    "ones",
    "zeros",
)

INITIALIZER = Argument(
    "initializer",
    "choice",
    "glorot_uniform",
    "How the weights are drawn before training; zeros and ones keep all units alike.",
    options=INITIALIZERS,
)
DROPOUT = Argument(
    "dropout",
    "float",
    0.0,
    "Switches off this share of hidden units at random in each training step. It adds no term to "
    "the loss, but the training loss is measured with it and the validation loss without.",
    0.0,
    0.9,
)
L2 = Argument(
    "l2",
    "float",
    0.0,
    "Adds this times the sum of squared weights to the loss, as a penalty.",
    0.0,
    1.0,
)
OUTPUT = (
    Argument(
        "output_units",
        "int",
        None,
        "Units of the last layer; left empty it has what task and loss need.",
        1,
        512,
        optional=True,
        empty="as needed",
        advanced=True,
    ),
    Argument(
        "output_activation",
        "choice",
        "auto",
        "Activation of the last layer; auto takes what task and loss need.",
        options=("auto", "linear", "sigmoid", "softmax", "tanh", "relu", "softplus"),
        advanced=True,
    ),
)
TASKS: tuple[Task, ...] = ("binary", "multiclass", "multilabel", "regression")


def _activation(default: str) -> Argument:
    return Argument(
        "activation", "choice", default, "The bend after each hidden layer.", options=ACTIVATIONS
    )


MODELS: dict[str, Entry] = {
    "mlp": Entry(
        "mlp",
        "model",
        "Dense layers",
        "Layers of units, each connected to all units of the layer before.",
        r"h_{k+1} = \varphi(W_k h_k + b_k)",
        "https://keras.io/api/layers/core_layers/dense",
        (
            Argument("hidden", "ints", (16, 16), "Units of each hidden layer.", 1, 512),
            _activation("tanh"),
            INITIALIZER,
            DROPOUT,
            Argument(
                "batch_normalization",
                "bool",
                False,
                "Centres and scales every hidden layer over the batch.",
            ),
            L2,
            *OUTPUT,
        ),
        TASKS,
    ),
    "linear": Entry(
        "linear",
        "model",
        "Linear model",
        "No hidden layer: a weighted sum, which is logistic regression with a sigmoid at its end.",
        r"\hat y = W x + b",
        "https://keras.io/api/layers/core_layers/dense",
        (INITIALIZER, L2, *OUTPUT),
        TASKS,
    ),
    "cnn": Entry(
        "cnn",
        "model",
        "Small convolutional network",
        "Slides small filters over a picture, then decides from what they found.",
        r"h_{k+1} = \mathrm{pool}\left(\varphi(W_k * h_k + b_k)\right)",
        "https://keras.io/api/layers/convolution_layers/convolution2d",
        (
            Argument("filters", "ints", (8, 16), "Filters of each convolution.", 1, 128, longest=3),
            Argument("kernel", "int", 3, "Side of each filter, in pixels.", 1, 7),
            Argument("pool", "bool", True, "Halves the picture after each convolution."),
            Argument("dense", "int", 32, "Units of the layer after the convolutions.", 1, 512),
            _activation("relu"),
            INITIALIZER,
            DROPOUT,
            *OUTPUT,
        ),
        TASKS,
        "Pictures.",
        frozenset({"pictures"}),
    ),
}
