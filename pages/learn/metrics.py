"""Metrics only watch: the same training with and without them."""

from components.learn import Lesson
from components.learn.figures import lines

page = Lesson("metrics")
page.text(
    """
A [[metric]] is a number that `fit` writes beside the [[loss]]. It is there for you to read.
Gradients come from the loss alone, so the [[optimizer]] never hears of a metric.
"""
)
page.predict(
    "The same model is trained twice, from the same start: once without metrics, once with four. "
    "Do metrics affect the weights?",
    ("Yes, a little", "Yes, much", "No, not at all"),
    "No, not at all",
    "A metric is computed from predictions that training has made anyway.",
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
One thing does act on what metrics say: a callback that reads one. Such as
`EarlyStopping(monitor="val_accuracy")`, which ends training by a metric. It is the callback that
acts; the metric still only watches.
"""
    )
    page.try_next(
        "Add EarlyStopping in the Playground, and see the run end before its last epoch.",
        "Take a metric that does not fit the task, such as Precision on a regression: "
        "training goes on as before, only the number is nonsense.",
    )
    page.open_in(
        "Open in the Playground",
        {
            "dataset": "moons",
            "model": "mlp",
            "compile": {
                "optimizer": "Adam",
                "loss": "BinaryCrossentropy",
                "metrics": ["accuracy", "AUC", "Precision", "Recall"],
            },
            "epochs": 30,
            "batch_size": 32,
            "seed": 0,
        },
    )
page.end("Keras 3, `Trainer.train_step` and `CompileMetrics`", "measured by the run above")
