"""The limits that optimizers of Keras do have."""

import keras
import numpy as np

X = np.random.default_rng(0).normal(size=(64, 2)).astype("float32")
Y = (X[:, :1] > 0).astype("float32")


def made():
    """A small model, always with the same weights."""
    keras.utils.set_random_seed(0)
    return keras.Sequential(
        [
            keras.Input((2,)),
            keras.layers.Dense(8, activation="tanh", name="hidden"),
            keras.layers.Dense(1, activation="sigmoid", name="last"),
        ]
    )


def length(model):
    """All weights as one vector, its length."""
    return float(np.sqrt(sum((w**2).sum() for w in model.get_weights())))


def mistakes(y_true, y_pred):
    """A count of wrong answers: it jumps and never slopes, so it has no gradient."""
    return keras.ops.cast(keras.ops.not_equal(y_true, keras.ops.round(y_pred)), "float32")


def raised(optimizer):
    """What fit says when the loss has no gradient."""
    model = made()
    model.compile(optimizer=optimizer, loss=mistakes, run_eagerly=True)
    try:
        model.fit(X, Y, verbose=0)
    except Exception as error:
        return f"{type(error).__name__}: {str(error).split('.')[0]}."
    return "works"


def after_one_step(optimizer, built_first):
    """The length of the weights after one step of fit."""
    model = made()
    if built_first:
        optimizer.build(model.trainable_variables)
    model.compile(optimizer=optimizer, loss="binary_crossentropy")
    model.fit(X, Y, batch_size=64, epochs=1, verbose=0)
    return length(model)


def slots(optimizer):
    """What an optimizer remembers of the hidden layer, by weight."""
    model = made()
    optimizer.build(model.trainable_variables)
    names = [variable.path.split("/")[-1] for variable in optimizer.variables]
    return {
        weight: [n.split("_")[-1] for n in names if f"hidden_{weight}_" in n]
        for weight in ("kernel", "bias")
    }


def wrapped():
    """What compile makes of Adam where layers compute with half precision."""
    keras.config.set_dtype_policy("mixed_float16")
    try:
        model = made()
        model.compile(optimizer=keras.optimizers.Adam(), loss="binary_crossentropy")
    finally:
        keras.config.set_dtype_policy("float32")
    return type(model.optimizer).__name__


def run(say=print):
    """What each limit looks like."""
    say("Three optimizers on a loss without a gradient")
    without = {name: raised(name) for name in ("sgd", "adam", "muon")}
    say("One step of Ftrl")
    lengths = {"start": length(made()), "Ftrl": after_one_step(keras.optimizers.Ftrl(), True)}
    say("One step of ScheduleFreeAdamW")
    free = keras.optimizers.ScheduleFreeAdamW
    lengths["free"] = after_one_step(free(), False)
    lengths["free, built first"] = after_one_step(free(), True)
    return {
        "without": without,
        "lengths": lengths,
        "Muon": slots(keras.optimizers.Muon()),
        "half": wrapped(),
    }
