"""Every optimizer of Keras on one loss, or on all, at its default learning rate."""

import keras
import numpy as np
import tensorflow as tf

# Each loss with the labels and the last layer that suit it: kind of labels, units, activation.
LOSSES = {
    "BinaryCrossentropy": ("0/1", 1, "sigmoid"),
    "BinaryFocalCrossentropy": ("0/1", 1, "sigmoid"),
    "Dice": ("0/1", 1, "sigmoid"),
    "Tversky": ("0/1", 1, "sigmoid"),
    "Hinge": ("-1/1", 1, "tanh"),
    "SquaredHinge": ("-1/1", 1, "tanh"),
    "CategoricalCrossentropy": ("one-hot", 3, "softmax"),
    "CategoricalFocalCrossentropy": ("one-hot", 3, "softmax"),
    "CategoricalHinge": ("one-hot", 3, "softmax"),
    "KLDivergence": ("one-hot", 3, "softmax"),
    "SparseCategoricalCrossentropy": ("classes", 3, "softmax"),
    "CategoricalGeneralizedCrossEntropy": ("classes", 3, "softmax"),
    "MeanSquaredError": ("numbers", 1, "linear"),
    "MeanAbsoluteError": ("numbers", 1, "linear"),
    "Huber": ("numbers", 1, "linear"),
    "LogCosh": ("numbers", 1, "linear"),
    "MeanAbsolutePercentageError": ("numbers", 1, "softplus"),
    "MeanSquaredLogarithmicError": ("numbers", 1, "softplus"),
    "Poisson": ("numbers", 1, "softplus"),
    "CosineSimilarity": ("pairs", 2, "linear"),
}
OPTIMIZERS = (
    *("SGD", "RMSprop", "Adam", "AdamW", "Adamax", "Nadam", "Adagrad", "Adadelta"),
    *("Adafactor", "Ftrl", "Lion", "Lamb", "Muon", "ScheduleFreeAdamW"),
)


def data(kind):
    """200 points, and their labels of this kind."""
    x = np.random.default_rng(0).normal(size=(200, 2)).astype("float32")
    height = (x[:, :1] + x[:, 1:] ** 2).astype("float32")
    classes = np.digitize(height[:, 0], [0.0, 1.5])
    labels = {
        "0/1": (height > 0.5).astype("float32"),
        "-1/1": np.where(height > 0.5, 1, -1).astype("float32"),
        "one-hot": np.eye(3, dtype="float32")[classes],
        "classes": classes,
        "numbers": np.log1p(np.exp(height)),
        "pairs": x[:, ::-1] * [2, 1],
    }
    return x, labels[kind]


def trained(optimizer, loss, steps):
    """The loss before each step and after the last, and what Keras raised, if it did."""
    kind, units, activation = LOSSES[loss]
    x, y = data(kind)
    keras.utils.set_random_seed(0)
    model = keras.Sequential(
        [
            keras.Input((2,)),
            keras.layers.Dense(16, activation="tanh"),
            keras.layers.Dense(units, activation=activation),
        ]
    )
    try:
        rule = getattr(keras.optimizers, optimizer)()
        # run_eagerly only saves the time of tracing fourteen graphs
        model.compile(optimizer=rule, loss=getattr(keras.losses, loss)(), run_eagerly=True)
        rule.build(model.trainable_variables)
        return [float(model.train_on_batch(x, y)) for _ in range(steps + 1)], ""
    except Exception as error:
        return [], f"{type(error).__name__}: {error}"


def whole_table(say):
    """By loss: its value before, and by optimizer after one step; and what was raised.

    All losses share one model, of whose three outputs each takes as many as it needs, and an
    optimizer is given the gradient of each loss in turn, afresh every time.
    """
    keras.utils.set_random_seed(0)
    model = keras.Sequential(
        [keras.Input((2,)), keras.layers.Dense(8, activation="tanh"), keras.layers.Dense(3)]
    )
    weights = model.trainable_variables
    start = model.get_weights()

    def value(loss):
        kind, units, activation = LOSSES[loss]
        x, y = data(kind)
        predicted = keras.activations.get(activation)(model(x)[:, :units])
        return getattr(keras.losses, loss)()(y, predicted)

    values = tf.function(lambda: {loss: value(loss) for loss in LOSSES})
    before = {loss: float(number) for loss, number in values().items()}
    gradients = {}
    for loss in LOSSES:
        say(f"The gradient of {loss}")
        with tf.GradientTape() as tape:
            number = value(loss)
        gradients[loss] = tape.gradient(number, weights)
    after, raised = {loss: {} for loss in LOSSES}, []
    for name in OPTIMIZERS:
        say(f"{name} takes a step on each loss")
        rule = getattr(keras.optimizers, name)()
        rule.build(weights)
        empty = [variable.numpy() for variable in rule.variables]
        step = tf.function(lambda gradient, rule=rule: rule.apply(gradient, weights))
        for loss in LOSSES:
            model.set_weights(start)
            for variable, number in zip(rule.variables, empty, strict=True):
                variable.assign(number)
            try:
                step(gradients[loss])
                after[loss][name] = float(values()[loss])
            except Exception as error:
                raised.append(f"{name} on {loss}: {type(error).__name__}: {error}")
    return {"before": before, "after": after, "raised": raised}


def run(say=print, loss="Hinge", steps=3, whole=False):
    """By optimizer: the loss before each step and after the last; and what was raised.

    With `whole` it is one step on every loss instead.
    """
    if whole:
        return whole_table(say)
    losses, raised = {}, {}
    for optimizer in OPTIMIZERS:
        say(f"{steps} steps of {optimizer} on {loss}")
        losses[optimizer], raised[optimizer] = trained(optimizer, loss, steps)
    return {"losses": losses, "raised": {name: words for name, words in raised.items() if words}}
