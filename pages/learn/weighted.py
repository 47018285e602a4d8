"""Expert: weighted losses, of classes and of several heads."""

from components.learn import Lesson
from components.learn.figures import groups

page = Lesson("weighted")
page.text(
    """
Of some rows, 5 % are positive, and the two classes overlap. A model that never says yes is right
on 95 %: that is its [[accuracy]]. A [[class weight]] makes positives count more in the [[loss]]: 19
times, so that both classes weigh the same. Two equal models are trained, without it and with it,
and measured on other rows.

[[Recall]] is the share of positives that was found, [[precision]] the share of found ones that are
positive. `AUC` says how well the model ranks: how often a positive gets a higher score than a
negative.
"""
)
page.predict(
    "What does the class weight do?",
    (
        "It makes the model better in every metric",
        "It finds more positives, with more false alarms; the ranking hardly changes",
        "It ranks much better, so it finds more positives without more false alarms",
    ),
    "It finds more positives, with more false alarms; the ranking hardly changes",
    "Weighting shifts all scores up. Who stands above whom stays almost the same.",
)
weight = page.slider("weight", "Class weight of the positives", 1.0, 39.0, 19.0, 2.0)
found = page.experiment("class_weights", "Train with and without the weight", weight=weight)
if found:
    equal, weighted, moved = found["equal"], found["weighted"], found["moved"]
    groups(
        "On rows that were not trained on",
        {"equal rows": equal, f"positives count {weight:g} times": weighted},
        up="metric",
        key="weighted.metrics",
        alt=f"Recall {equal['recall']:.2f} and {weighted['recall']:.2f} with the weight, precision "
        f"{equal['precision']:.2f} and {weighted['precision']:.2f}, AUC nearly the same.",
    )
    if weight == 1:
        page.proof(
            "Largest difference between any two weights of the models",
            f"{found['apart']:g}",
            found["apart"] == 0.0,
            "exactly 0",
        )
        page.text(
            """
A [[class weight]] of 1 is none: both trainings are the same, so there is nothing to see. Choose a
larger one to see what became of your prediction.
"""
        )
    else:
        page.proof(
            "Recall with equal rows, and with the weight",
            f"{equal['recall']:.3f} and {weighted['recall']:.3f}",
            weighted["recall"] > equal["recall"] + 0.1,
            "0.1 more with it",
        )
        page.proof(
            "Precision with equal rows, and with the weight",
            f"{equal['precision']:.3f} and {weighted['precision']:.3f}",
            weighted["precision"] < equal["precision"],
            "less with it",
        )
        page.proof(
            "Change of AUC by the weight",
            f"{weighted['AUC'] - equal['AUC']:+.4f}",
            abs(weighted["AUC"] - equal["AUC"]) < 0.03,
            "less than 0.03 either way",
        )
        page.verdict()
        page.text(
            f"""
A class weight acts much like another [[threshold]]: more is called positive. So would the model
with equal rows do, with its threshold moved to 1 / (1 + {weight:g}) = {found["threshold"]:.3f}?
"""
        )
        for name in ("recall", "precision"):
            page.proof(
                f"{name.capitalize()} of the weighted model, and of the other with that threshold",
                f"{weighted[name]:.3f} and {moved[name]:.3f}",
                abs(weighted[name] - moved[name]) < 0.1,
                "less than 0.1 apart",
            )
        page.text(
            "Which mistake costs more is a question about the task, and no [[metric]] answers it."
        )
    heads, weights = found["heads"], found["weights"]
    parts = {name: heads[f"{name}_loss"] for name in weights}
    total = sum(weights[name] * parts[name] for name in weights)
    summed = " + ".join(f"{weights[name]:g} × {parts[name]:.4f}" for name in weights)
    page.text(
        f"""
#### Several outputs
A model with several outputs has a loss for each of them, and the argument `loss_weights` of
[[compile]] says what each counts. This run also measured a model with two: one tells a side, with
[[binary crossentropy]], the other a size, with the squared error. By hand their total is
{summed} = {total:.4f}.
"""
    )
    page.proof(
        "Total of the two losses, by hand and by Keras",
        f"{total:.5f} and {heads['loss']:.5f}",
        abs(total - heads["loss"]) < 1e-4 * abs(total),
        "equal to 4 digits",
    )
    page.text(
        """
This total is what training makes small. A loss that is large by its scale drowns the others, and a
[[weight below 1|loss weight]] gives them room.
"""
    )
    page.try_next(
        "Set the weight to 1: then both models are one.",
        "Train the comparison below and open one of its runs by Inside a run: under Predictions "
        "you can move the threshold, and watch recall and precision trade.",
    )
    page.open_in(
        "Compare class weights",
        {
            "base": {
                "dataset": {"name": "imbalanced", "params": {"samples": 2000, "noise": 2.0}},
                "model": {"name": "mlp", "params": {"hidden": [16]}},
                "compile": {
                    "optimizer": {"name": "Adam", "params": {"learning_rate": 0.01}},
                    "loss": "BinaryCrossentropy",
                    "metrics": ["accuracy", "Precision", "Recall", "AUC"],
                },
                "epochs": 30,
                "batch_size": 64,
                "seed": 0,
            },
            "rows": [
                {"label": "equal"},
                {"label": "weight 5", "class_weight": [1, 5]},
                {"label": "weight 19", "class_weight": [1, 19]},
            ],
            "seeds": 3,
        },
    )
page.end("Keras 3, `Trainer.fit` and `CompileLoss`", "measured by this page's run")
