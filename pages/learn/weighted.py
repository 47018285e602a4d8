"""Expert: weighted losses, of classes and of several heads."""

from components.learn import Lesson
from components.learn.figures import bars

page = Lesson("weighted")
page.text(
    """
Of some rows, 5 % are positive, and the two classes overlap. A model that never says yes is right
on 95 %. `class_weight` makes positives count more in the [[loss]]: 19 times, so that both classes
weigh the same. Two equal models are trained, without it and with it, and measured on other rows.

`AUC` says how well the model ranks: how often a positive gets a higher score than a negative.
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
    equal, weighted = found["equal"], found["weighted"]
    names = {"BinaryAccuracy": "accuracy", "Recall": "recall", "Precision": "precision"}
    names["AUC"] = "AUC"
    bars(
        "On rows that were not trained on",
        {
            f"{title}, {way}": metrics[name]
            for name, title in names.items()
            for way, metrics in (("equal", equal), (f"weight {weight:g}", weighted))
        },
        up="metric",
        key="weighted.metrics",
        alt="With the weight recall is higher, precision and accuracy are lower, AUC is the same.",
    )
    if weight >= 9:
        page.proof(
            "Recall with the weight and without it",
            f"{weighted['Recall']:.3f} and {equal['Recall']:.3f}",
            weighted["Recall"] > equal["Recall"] + 0.1
            and weighted["Precision"] < equal["Precision"],
            "0.1 more with it, and less precision",
        )
    page.proof(
        "Change of AUC by the weight",
        f"{weighted['AUC'] - equal['AUC']:+.4f}",
        abs(weighted["AUC"] - equal["AUC"]) < 0.03,
        "less than 0.03 either way",
    )
    heads, weights = found["heads"], found["weights"]
    parts = {name: heads[f"{name}_loss"] for name in weights}
    total = sum(weights[name] * parts[name] for name in weights)
    page.proof(
        "Total of two heads, by hand and by Keras",
        f"{total:.5f} and {heads['loss']:.5f}",
        abs(total - heads["loss"]) < 1e-4 * abs(total),
        "equal to 4 digits",
    )
    page.verdict()
    summed = " + ".join(f"{weights[name]:g} × {parts[name]:.4f}" for name in weights)
    page.text(
        f"""
A class weight acts much like another [[threshold]]: more is called positive. So it is honest to
ask whether moving the threshold of the plain model would do. Which mistake costs more is a
question about the task, and no [[metric]] answers it.

With several outputs, `loss_weights` says what each counts. The total that training makes small is
plain arithmetic, here {summed} = {total:.4f}. A head with a large loss by its scale drowns the
others, and a weight below 1 gives them room.
"""
    )
    page.try_next(
        "Set the weight to 1: then both models are one.",
        "In the run below, move the decision threshold and watch recall and precision trade.",
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
