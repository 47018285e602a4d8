"""The `fit` call as Python: what the page shows, and the callbacks that scripts need too."""

from training.call_code import broken, call
from training.spec import Experiment
from training.weights_code import fit_arguments


def fit_call(experiment: Experiment) -> str:
    """The `fit` that belongs to it, for reading beside the compile call."""
    callbacks = callbacks_code(experiment)
    shuffle = "" if experiment.fit.shuffle else "    shuffle=False,\n"
    return (
        "history = model.fit(\n"
        "    x_train, y_train,\n"
        f"    epochs={experiment.epochs}, batch_size={experiment.batch_size},\n"
        "    validation_data=(x_val, y_val),\n"
        f"{shuffle}{fit_arguments(experiment)}{callbacks}"
        ")"
    )


def callbacks_code(experiment: Experiment) -> str:
    """The argument of `fit` that watches the run or changes its learning rate, or "" without one.

    Keras counts epochs from 0 here.
    """
    listed = []
    if experiment.rates:
        table = ", ".join(f"{epoch - 1}: {rate!r}" for epoch, rate in experiment.rates)
        listed.append(
            "keras.callbacks.LearningRateScheduler(\n"
            f"            lambda epoch, rate: {{{table}}}.get(epoch, rate)  # epochs from 0\n"
            "        )"
        )
    for callback in experiment.fit.callbacks:
        called = call(f"keras.callbacks.{callback.name}", callback.params)
        listed.append(broken(called, callback.params, 8))
    inner = "".join(f"        {code},\n" for code in listed)
    return f"    callbacks=[\n{inner}    ],\n" if listed else ""
