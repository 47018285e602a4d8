"""Metrics only watch: the same training with and without them."""

from components.learn import Lesson
from components.learn.figures import lines
from components.learn.setups import SMALL, moons

page = Lesson("metrics")
page.text(
    """
A [[metric]] is a number that [[fit]] reports beside the [[loss]], such as [[accuracy]]. [[Compile]]
takes as many as you like.
"""
)
page.predict(
    "The same model is trained twice, from the same start: once without metrics, once with four. "
    "Do metrics affect the [[weights|weight]]?",
    ("Yes, a little", "Yes, much", "No, not at all"),
    "No, not at all",
    "A metric is computed from predictions that training has made anyway. [[Gradients|gradient]] "
    "come from the "
    "loss alone, so the [[optimizer]] never hears of a metric.",
)
found = page.experiment("metrics_watch", "Train both")
if found:
    lines(
        "Training loss",
        {"without metrics": found["without"], "with four metrics": found["with"]},
        across="epoch",
        up="loss",
        key="metrics.loss",
        alt="Both loss curves lie on each other.",
    )
    page.proof(
        "Largest difference between any two weights",
        f"{found['difference']:g}",
        found["difference"] == 0.0,
        "exactly 0",
    )
    page.verdict()
    page.text(
        """
#### Somebody may act on it
A [[callback]] can read a metric and do something.
`EarlyStopping(monitor="val_accuracy", patience=1)` ends training as soon as an [[epoch]] brought no
better [[validation]] accuracy. Here the same model is trained with it and without.
"""
    )
    ended = page.experiment("early_stopping", "Train with and without the callback")
    if ended:
        lines(
            "Validation accuracy",
            {"without callback": ended["without"], "with EarlyStopping": ended["with"]},
            across="epoch",
            up="accuracy",
            key="metrics.stopping",
            alt="Both curves lie on each other until the callback ends its training.",
        )
        page.proof(
            "Epochs without the callback, and with it",
            f"{len(ended['without'])} and {len(ended['with'])}",
            len(ended["with"]) < len(ended["without"]),
            "fewer with it",
        )
        page.proof(
            "Largest difference between any two weights",
            f"{ended['difference']:.3g}",
            ended["difference"] > 0,
            "above 0",
        )
        page.text(
            "It is the callback that acts, and only on when to stop. The metric still only watches."
        )
    page.try_next(
        "Add EarlyStopping in the Playground, and see the run end before its last epoch.",
        "Take a metric that does not fit the task, such as Precision on a regression: "
        "training goes on as before, only the number is nonsense.",
    )
    page.open_in(
        "Open in the Playground",
        moons(metrics=["accuracy", "AUC", "Precision", "Recall"])
        | {"dataset": SMALL["dataset"], "model": SMALL["model"]},
    )
page.end("Keras 3, `Trainer.train_step` and `CompileMetrics`", "measured by this page's run")
