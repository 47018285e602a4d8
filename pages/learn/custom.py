"""A loss and an optimizer of one's own, and the shapes that must be right."""

from components.learn import Lesson
from components.learn.figures import bars, lines
from components.learn.setups import SMALL
from training.formula.presets import LOSSES

page = Lesson("custom")
page.text(
    """
The argument `loss` of [[compile]] also takes a function of your own. It is given the
[[labels|label]] and the predictions, and returns one value for each example. This is the pinball
[[loss]]:

```python
def loss(y_true, y_pred):
    miss = y_true - y_pred
    return ops.maximum(tau * miss, (tau - 1) * miss)
```
"""
)
page.predict(
    "A model is trained on noisy points with `tau = 0.9`. Where will its curve lie?",
    (
        "Through the middle of the points",
        "Above about 9 of 10 points",
        "Below about 9 of 10 points",
    ),
    "Above about 9 of 10 points",
    "A point above the curve costs nine times as much as one as far below it, so the curve rises "
    "until a tenth of the points is left above.",
)
found = page.experiment("pinball", "Train with three values of tau")
if found:
    lines(
        "Points to train on, and three curves",
        found["curves"],
        x=found["x"],
        points={"points": (found["x"], found["y"])},
        across="x",
        up="y",
        key="custom.pinball",
        alt="The curve of tau 0.1 lies below most points, that of 0.9 above most of them.",
    )
    page.proof(
        "Share of test points, 4000 others, below the curves of tau = 0.1, 0.5 and 0.9",
        ", ".join(f"{share:.3f}" for share in found["below"].values()),
        all(abs(share - float(tau)) < 0.06 for tau, share in found["below"].items()),
        "tau itself, to 0.06",
    )
    page.verdict()
    page.text(
        """
#### An [[optimizer]] of your own
An [[optimizer]] is a class with one method that must be written. Three lines give one that moves
every [[weight]] by the [[learning rate]], whatever its [[gradient]]:

```python
class SignSGD(keras.optimizers.Optimizer):
    def update_step(self, gradient, variable, learning_rate):
        self.assign_sub(variable, learning_rate * ops.sign(gradient))
```
"""
    )
    signs = page.experiment("sign_sgd", "Train with SignSGD")
    if signs:
        before, history = signs["at first"], signs["history"]
        lines(
            "Training loss of SignSGD",
            {"SignSGD": history["loss"]},
            across="epoch",
            up="loss",
            key="custom.sign",
            alt="The loss falls.",
        )
        page.proof(
            "Smallest and largest first step of a weight",
            f"{min(signs['steps']):.5f} and {max(signs['steps']):.5f}",
            all(abs(step / signs["rate"] - 1) < 1e-3 for step in signs["steps"]),
            f"the learning rate {signs['rate']:g}, to 1 in 1000",
        )
        page.proof(
            "Loss before training and after it",
            f"{before['loss']:.3f} and {history['loss'][-1]:.3f}",
            history["loss"][-1] < before["loss"] / 2,
            "less than half",
        )
        page.proof(
            "Accuracy before training and after it",
            f"{before['accuracy']:.3f} and {history['accuracy'][-1]:.3f}",
            history["accuracy"][-1] > max(0.8, before["accuracy"]),
            "higher, and above 0.8",
        )
    page.text(
        """
#### The trap of shapes
Labels of shape (N,) and predictions of shape (N, 1) do not pair up by rows: [[broadcasting]] makes
a table of all N × N differences, and no error tells you. Here a model predicts every label exactly,
so its squared error is 0. It is computed by hand, and by `fit`.
"""
    )
    trap = page.experiment("shape_trap", "Call it by hand and by fit")
    if trap:
        bars(
            "Squared error of perfect predictions",
            {
                "by hand, (N,)": trap["by hand"],
                "by hand, (N, 1)": trap["right"],
                "by fit, (N,)": trap["by fit"],
            },
            up="loss",
            key="custom.trap",
            alt="By hand on labels of shape (N,) it is another number.",
        )
        page.proof(
            "By hand on labels (N,), by hand on (N, 1), by fit on (N,)",
            f"{trap['by hand']:.3f}, {trap['right']:.3f}, {trap['by fit']:.3f}",
            max(trap["by fit"], trap["right"]) < 1e-6 < 1 < trap["by hand"],
            "above 1, then 0 twice",
        )
        page.text(
            f"""
By hand the values had the shape {tuple(trap["shape by hand"])}. `fit` gives labels the shape
{tuple(trap["shapes in fit"][0])} before the loss sees them, so there it is right. In a training
loop of your own nobody does that for you: write `y.reshape(-1, 1)`.
"""
        )
    page.try_next(
        "Write the pinball loss as a formula in the Playground, with a tau of your own.",
        "Return the mean instead of a value for each example: training works as before, but class "
        "and sample weights can no longer tell the rows apart.",
    )
    falling = {"name": "CosineDecay", "params": {"initial_learning_rate": 0.05, "decay_steps": 400}}
    pinball = next(loss for loss in LOSSES if loss.label.startswith("Pinball"))
    page.open_in(
        "Open three values of tau in Compare",
        {
            "base": SMALL
            | {
                "dataset": {"name": "sine", "params": {"samples": 625, "noise": 0.3, "waves": 1}},
                "compile": {
                    "optimizer": {"name": "Adam", "params": {"learning_rate": falling}},
                    "loss": {"name": "CustomLoss", "params": {"formula": pinball.text}},
                    "metrics": ["MeanAbsoluteError"],
                },
                "epochs": 400,
                "batch_size": 400,
            },
            "rows": [{"loss_arguments": {"tau": tau}} for tau in (0.1, 0.5, 0.9)],
            "seeds": 3,
        },
    )
page.end(
    "Koenker and Bassett 1978, [Regression Quantiles](https://doi.org/10.2307/1913643)",
    "Bernstein et al. 2018, [signSGD](https://arxiv.org/abs/1802.04434)",
    "Keras 3, `Optimizer.update_step`",
    "measured by this page's runs",
)
