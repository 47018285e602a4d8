"""The `fit` call as Python: what the page shows, and the callbacks that scripts need too."""

from training.call_code import broken, call
from training.spec import Experiment
from training.weights_code import class_weight_line, fit_arguments, rule_call, whence


def fit_call(experiment: Experiment) -> str:
    """The `fit` that belongs to it, for reading beside the compile call."""
    if experiment.fit.steps_per_epoch:
        return _stream_call(experiment)
    shuffle = "" if experiment.fit.shuffle else "    shuffle=False,\n"
    return (
        f"{whence(experiment)}history = model.fit(\n"
        "    x_train, y_train,\n"
        f"    epochs={experiment.epochs}, batch_size={experiment.batch_size},\n"
        "    validation_data=(x_val, y_val),\n"
        f"{shuffle}{fit_arguments(experiment)}{callbacks_code(experiment)}"
        ")"
    )


def _stream_call(experiment: Experiment) -> str:
    """From rows without an end: given arrays, Keras would stop where they end, with a warning."""
    fit, size = experiment.fit, experiment.batch_size
    weights = f",\n    {rule_call(experiment)},\n" if fit.sample_weight else ""
    given = f"\n    x_train, y_train{weights}" if weights else "x_train, y_train"
    shuffle = ".shuffle(len(x_train))" if fit.shuffle else ""
    return (
        f"{whence(experiment)}rows = tf.data.Dataset.from_tensor_slices(({given}))\n"
        "history = model.fit(\n"
        f"    rows{shuffle}.repeat().batch({size}),\n"
        f"    epochs={experiment.epochs}, steps_per_epoch={fit.steps_per_epoch},\n"
        f"    validation_data=(x_val, y_val), validation_batch_size={size},\n"
        f"{class_weight_line(experiment)}{callbacks_code(experiment)}"
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
