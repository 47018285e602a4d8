"""Expert: why fit and evaluate report different numbers of the same rows."""

from components.learn import Lesson
from components.learn.figures import lines
from components.learn.setups import MOONS

page = Lesson("train_evaluate")
page.text(
    """
After each [[epoch]] of [[fit]], [[evaluate]] is called on the very rows that were trained on. One
model has a [[dropout]] [[layer]], the other is the same with a dropout of 0. Both calls report
[[loss]] and [[accuracy]].
"""
)
page.predict(
    "In which model does `fit` report a higher loss for the epoch than `evaluate` right after it?",
    (
        "In neither: they are the same rows",
        "In the one with dropout only",
        "In both",
    ),
    "In both",
    "Dropout is one reason. The other is that `fit` averages over the epoch, while the "
    "[[weights|weight]] still get better.",
)
found = page.experiment("train_evaluate", "Train and evaluate")
if found:
    for name, title in (("with", "With dropout"), ("without", "Without dropout")):
        one = found[name]
        lines(
            f"{title}: loss on the training rows",
            {
                "fit, mean of the epoch": one["fit"],
                "after it, in training mode": one["dropout on"],
                "after it, by evaluate": one["evaluate"],
            },
            across="epoch",
            up="loss",
            key=f"train_evaluate.{name}",
            alt="The loss of fit is highest, above all in the first epoch.",
        )
    lines(
        "Accuracy on the training rows",
        {
            f"{who}, {name} dropout": found[name][which]
            for name in ("with", "without")
            for who, which in (("fit", "fit accuracy"), ("evaluate", "accuracy"))
        },
        across="epoch",
        up="accuracy",
        key="train_evaluate.accuracy",
        alt="In the first epoch fit reports a lower accuracy than evaluate.",
    )
    first = {name: {k: v[0] for k, v in one.items()} for name, one in found.items()}
    pairs = first.items()
    page.proof(
        "First epoch, loss of fit minus loss of evaluate",
        ", ".join(f"{one['fit'] - one['evaluate']:.3f} {name} dropout" for name, one in pairs),
        all(one["fit"] > one["evaluate"] + 0.01 for one in first.values()),
        "above 0.01 in both",
    )
    page.proof(
        "What training mode adds to the loss after the epoch",
        ", ".join(
            f"{one['dropout on'] - one['evaluate']:.4f} {name} dropout" for name, one in pairs
        ),
        first["with"]["dropout on"] > first["with"]["evaluate"] + 0.001
        and abs(first["without"]["dropout on"] - first["without"]["evaluate"]) < 1e-5,
        "more than 0.001 with dropout, nothing without, up to rounding",
    )
    page.proof(
        "First epoch, accuracy by fit and by evaluate",
        ", ".join(
            f"{one['fit accuracy']:.3f} and {one['accuracy']:.3f} {name} dropout"
            for name, one in pairs
        ),
        all(one["accuracy"] > one["fit accuracy"] for one in first.values()),
        "higher by evaluate in both",
    )
    page.verdict()
    page.text(
        """
Two causes, and the middle line tells them apart:

- **The weights move.** `fit` reports the mean over all [[batches|batch]] of an epoch, and the
  first ones met a worse model. This is the way from the first line to the second. It shrinks as
  training slows down.
- **Layers in training mode.** Dropout switches units off in `fit` and not in `evaluate`. This is
  the way from the second line to the third, and it stays.

Accuracy shows it too, the other way round: it is the lower one that `fit` reports. So a
[[validation]] loss below the training loss is no wonder and no fault. To compare training with
validation fairly, `evaluate` both.
"""
    )
    page.try_next(
        "In the code, set the learning rate to 0.0001: the first cause all but vanishes.",
        "Raise the dropout to 0.8: the second one grows.",
    )
    page.open_in(
        "Compare dropouts",
        {
            "base": MOONS,
            "rows": [{"dropout": 0.0}, {"dropout": 0.3}, {"dropout": 0.6}],
            "seeds": 3,
        },
    )
page.end("Keras 3, `Trainer.fit` and `keras.layers.Dropout`", "measured by this page's run")
