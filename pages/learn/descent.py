"""Connection: gradient descent by hand, Keras's SGD, and where other optimizers step."""

from components.learn import Lesson
from components.learn.figures import lines

page = Lesson("descent")
page.text(
    r"""
Textbooks write gradient descent as $w \leftarrow w - \eta\, g$: take from each [[weight]] the
[[learning rate]] times its [[gradient]]. That is three lines of NumPy. Below they find a straight
line over two inputs, and so does `compile` with four [[optimizers|optimizer]]: same data, same
start, all rows in every [[batch]], the same learning rate.
"""
)
page.predict(
    "Whose **third** [[step]] goes straight down, exactly against the gradient?",
    ("Those of all four", "SGD's, with momentum or without", "SGD's without momentum alone"),
    "SGD's without momentum alone",
    "The others also use what they remember of earlier gradients. Only plain SGD is the textbook's "
    "gradient descent.",
)
found = page.experiment("descent", "Take the steps")
if found:
    ways = {"by hand": found["hand"], "by Keras": found["keras"]}
    lines(
        "Two weights, by hand and by Keras's SGD",
        {
            f"weight {i + 1} {way}": [weights[i] for weights in path]
            for i in (0, 1)
            for way, path in ways.items()
        },
        across="step",
        up="weight",
        x=range(len(found["hand"])),
        key="descent.weights",
        alt="For both weights the line of Keras lies on that made by hand.",
    )
    lines(
        "How straight down each step goes",
        found["cosines"],
        across="step",
        up="cosine with minus the gradient",
        key="descent.cosines",
        alt="SGD stays at 1. The others are below, momentum even goes uphill at times.",
    )
    page.proof(
        "Largest difference between a weight by hand and by Keras, in all steps",
        f"{found['difference']:.2g}",
        found["difference"] < 1e-5,
        "below 1e-5, the rounding of a few float32 steps",
    )
    third = {name: values[2] for name, values in found["cosines"].items()}
    page.proof(
        "Cosine of the third step",
        ", ".join(f"{name} {value:.4f}" for name, value in third.items()),
        min(found["cosines"]["SGD"]) > 0.999
        and all(value < 0.99 for name, value in third.items() if name != "SGD"),
        "SGD above 0.999 in every step, the others below 0.99",
    )
    page.verdict()
    page.text(
        """
A cosine of 1 is straight down, 0 is along a level line (the [[loss]] stays the same), below 0 is
uphill.

- **SGD** is gradient descent, to the last digits.
- **[[momentum]]** starts straight. Then it rolls on: it passes the bottom of the steep direction
  and for a while goes up the other side.
- **RMSprop** and **Adam** divide each gradient by its own size. They turn away from the steep
  direction already in the first step.

Straight down is not the best way here: one input is spread wider than the other, so the valley
is narrow, and the steepest way points at its wall.
"""
    )
    page.try_next(
        "In the code, give both inputs the same spread: momentum goes straight down for longer.",
        "Set `RATE` to 0.18 there: SGD swings wider with every step. The next page says why.",
    )
    page.open_in(
        "Compare the four on a straight line",
        {
            "base": {
                "dataset": {"name": "linear", "params": {"features": 2}},
                "model": "linear",
                "compile": {
                    "optimizer": {"name": "SGD", "params": {"learning_rate": 0.05}},
                    "loss": "MeanSquaredError",
                    "metrics": ["MeanAbsoluteError"],
                },
                "epochs": 20,
                "batch_size": 640,
                "seed": 0,
            },
            "rows": [
                {"optimizer": "SGD"},
                {"label": "Momentum", "optimizer_arguments": {"momentum": 0.9}},
                {"optimizer": "RMSprop"},
                {"optimizer": "Adam"},
            ],
            "seeds": 1,
        },
    )
page.end("Keras 3, `keras.optimizers.SGD`", "measured by this page's run")
