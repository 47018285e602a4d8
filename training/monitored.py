"""Callbacks of a run: whether they fit its experiment, and what is said of a run they ended."""

from dataclasses import replace
from typing import TYPE_CHECKING

from training.choice import Choice
from training.scheduled import schedule_of

if TYPE_CHECKING:
    from training.spec import Experiment
    from training.states import RunState


def judged(experiment: "Experiment", where: str) -> "Experiment":
    """The experiment itself; ValueError where a callback watches or changes what is not there."""
    for i, callback in enumerate(experiment.fit.callbacks):
        at = f"{where}fit.callbacks[{i}]"
        columns, watched = watchable(experiment), callback.full("callback")["monitor"]
        if watched not in columns:
            raise ValueError(
                f"{at}.monitor: {watched!r} is no column of this run; "
                f"give one of {', '.join(columns)}."
            )
        if callback.name == "ReduceLROnPlateau":
            _lowerable(experiment, at)
    return experiment


def watchable(experiment: "Experiment") -> list[str]:
    """Columns that hold one number for Keras, those of validation rows first."""
    vectors = {
        name
        for listed in experiment.metric_columns
        for names in listed
        if len(names) > 1
        for name in names
    }
    single = [c for c in experiment.columns if c.removeprefix("val_") not in vectors]
    return sorted(single, key=lambda name: not name.startswith("val_"))


def watching_still(experiment: "Experiment") -> "Experiment":
    """The experiment, with callbacks that watch a column it no longer has on its loss instead."""
    columns = watchable(experiment)
    kept = tuple(
        callback if callback.full("callback")["monitor"] in columns else _on_loss(callback)
        for callback in experiment.fit.callbacks
    )
    return replace(experiment, fit=replace(experiment.fit, callbacks=kept))


def stopping(experiment: "Experiment") -> Choice | None:
    """The callback that may end the run before its last epoch."""
    named = {callback.name: callback for callback in experiment.fit.callbacks}
    return named.get("EarlyStopping")


def stopped_early(run: "RunState") -> int | None:
    """The epoch after which early stopping ended a run, or None where it went on to the last."""
    early = run.status == "finished" and not run.diverged and run.epochs_done < run.epochs
    return run.epochs_done if early and stopping(run.experiment) else None


def _on_loss(callback: Choice) -> Choice:
    """The same, watching the validation loss as by default; its mode was for the other column."""
    kept = {k: v for k, v in callback.params.items() if k not in ("monitor", "mode")}
    return Choice(callback.name, kept)


def _lowerable(experiment: "Experiment", where: str) -> None:
    """ValueError where something else decides the learning rate."""
    if schedule_of(experiment.compile.optimizer):
        raise ValueError(
            f"{where}: ReduceLROnPlateau cannot change a learning rate that a schedule decides; "
            "take a constant one, or leave the callback out."
        )
    if experiment.rates:
        raise ValueError(
            f"{where}: ReduceLROnPlateau and changes in mid-run cannot both decide the learning "
            "rate; take one of the two."
        )
