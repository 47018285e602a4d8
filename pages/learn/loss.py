"""How hard losses push for which mistake, what one outlier does, and what the number is."""

from components.learn import Lesson
from components.learn.figures import bars, lines
from training.presets import PRESETS

page = Lesson("loss")
page.text(
    """
The [[loss]] turns mistakes into one number, and [[fit]] makes it small. How it does that is decided
by its slope: the [[gradient]] at a prediction says how hard that mistake pushes the
[[weights|weight]].

A classifier gives an example the [[score|logit]] -8, so the [[sigmoid]] makes its probability
0.0003. The true answer is 1: the model is sure, and wrong. Four losses see this mistake:
[[binary crossentropy]], the focal [[crossentropy]] that was made from it, the
[[mean squared error]] and the mean absolute error.
"""
)
page.predict(
    "Which loss pushes this score harder towards the truth?",
    (
        "The squared error, since it squares large mistakes",
        "Both about the same",
        "Binary crossentropy, more than 1000 times as hard",
    ),
    "Binary crossentropy, more than 1000 times as hard",
    "The squared error has its slope multiplied by that of the sigmoid, and out there it is flat.",
)
found = page.experiment("wrong_answers", "Compute the slopes")
if found:
    far = {name: slopes[0] for name, slopes in found["slopes"].items()}
    times = far["binary crossentropy"] / far["mean squared error"]
    lines(
        "Push of one example whose true answer is 1",
        {name: [-slope for slope in slopes] for name, slopes in found["slopes"].items()},
        x=found["scores"],
        across="score",
        up="minus slope of the loss",
        key="loss.slopes",
        alt="Both crossentropies push confident wrong scores with 1, both errors hardly at all.",
    )
    page.proof(
        "Slopes at the score -8",
        ", ".join(f"{name} {slope:.5f}" for name, slope in far.items()),
        all(
            slope < -0.99 if "entropy" in name else -0.001 < slope < 0
            for name, slope in far.items()
        ),
        "below -0.99 for both crossentropies, between -0.001 and 0 for both errors",
    )
    page.proof(
        "Slope of binary crossentropy there, over that of the squared error",
        f"{times:,.0f}",
        times > 1000,
        "above 1000",
    )
    page.verdict()
    page.text(
        """
Where it is most wrong, a classifier that learns by one of the errors is hardly corrected. That is
why a [[crossentropy]] is taken for classes.

#### One outlier
For numbers it is the other way round: nothing flattens the squared error, so its slope grows with
the mistake, and the largest mistake pushes most. Here 20 points lie along y = 2x + 1, and the last
one is moved upwards.
"""
    )
    outlier = page.slider("outlier", "How far the last point is moved", 5.0, 40.0, 20.0, 5.0)
    fits = page.experiment("outlier", "Fit a line by three losses", outlier=outlier)
    if fits:
        lines(
            f"Three lines, the outlier moved by {outlier:g}",
            fits["lines"],
            x=fits["x"],
            points={"points": (fits["x"], fits["y"])},
            across="x",
            up="y",
            key="loss.outlier",
            alt="The line of the squared error bends to the outlier, the two others do not.",
        )
        off = fits["off"]
        page.proof(
            "How far the lines are off the true one at most",
            ", ".join(f"{name} {value:.2f}" for name, value in off.items()),
            off["mean squared error"] > 2 * max(off["mean absolute error"], off["Huber"]),
            "the squared error at least twice as far as both others",
        )
    page.text(
        """
#### What the number is
A smaller loss is better, but the smallest one possible is not always 0, so numbers of different
losses cannot be compared. And what `fit` calls loss is more than the loss that was chosen: a
[[penalty]] of a [[layer]] is added.
"""
    )
    numbers = page.experiment("loss_numbers", "Take perfect predictions")
    if numbers:
        bars(
            "Loss of perfect predictions",
            {name.replace("_", " "): value for name, value in numbers["perfect"].items()},
            up="loss",
            key="loss.perfect",
            alt="Both errors are 0, Poisson is above 0, cosine similarity is -1.",
        )
        page.proof(
            "The best that cosine similarity can be",
            f"{numbers['perfect']['cosine_similarity']:.4f}",
            abs(numbers["perfect"]["cosine_similarity"] + 1) < 1e-4,
            "-1",
        )
        rest = numbers["loss"] - numbers["error"]
        page.proof(
            "Loss minus mean squared error of a model with a penalty, and the penalty",
            f"{rest:.4f} and {numbers['penalty']:.4f}",
            abs(rest - numbers["penalty"]) < 1e-3 * abs(numbers["loss"]),
            "equal, to 1 in 1000 of the loss",
        )
    page.text(
        """
Binary crossentropy with [[labels|label]] 0 and 1 is never below 0. Here is a program that gives it
the labels -1 and 1.
"""
    )
    signed = page.experiment("museum.signed_labels", "Train with labels -1 and 1")
    if signed:
        lines(
            "Binary crossentropy with labels -1 and 1",
            {"loss": signed["curve"]},
            across="epoch",
            up="loss",
            key="loss.signed",
            alt="The loss falls below 0 and goes on falling.",
        )
        page.proof(
            "Loss of the last epoch",
            f"{signed['curve'][-1]:.1f}",
            signed["curve"][-1] < -1,
            "below -1",
        )
        page.text("What this means for the model is a question of the museum:")
        page.see("museum.P8")
    page.try_next(
        "Move the outlier to 40. Which of the three lines moves with it?",
        "Compare crossentropy and the squared error on six classes.",
    )
    page.open_in("Open in Compare", PRESETS["losses"].spec)
page.end(
    "Huber 1964, [Robust Estimation](https://doi.org/10.1214/aoms/1177703732)",
    "Keras 3, `losses`",
    "measured by this page's runs",
)
