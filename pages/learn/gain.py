"""Connection: the learning rate as the gain of a feedback loop, and the edge of stability."""

import streamlit as st

from components import presenter
from components.learn import Lesson
from components.learn.edge import edge_chart, track
from components.learn.figures import lines

ENDS = (0.1, 2.1)  # of the slider

page = Lesson("gain")
page.text(
    r"""
Training is a feedback loop: measure the error, correct the [[weights|weight]], measure again. The
[[learning rate]] is the gain of that loop. A weak gain corrects slowly. A strong one corrects too
far, so the error swings from side to side; as long as each swing is smaller than the one before,
training still works. Stronger still, and each swing is larger.

For a straight line and the [[mean squared error]] one can compute where it tips over. Let $\lambda$
say how much the [[gradient]] changes when the weights move by 1, in the direction in which it
changes most. (Mathematicians call it the largest eigenvalue of the [[loss]]'s second derivatives.)
The edge is $2 / \lambda$. Here 200 [[steps|step]] are taken at rates around it.
"""
)
page.predict(
    "One percent below the edge, 200 steps bring the loss close to 0. What do they do one percent "
    "above the edge?",
    (
        "Nearly the same: it is two percent more",
        "The loss stays about where it started",
        "The loss grows to more than 100 times what it was",
    ),
    "The loss grows to more than 100 times what it was",
    "Each step multiplies the error by a factor. Below the edge it is smaller than 1, above it is "
    "larger, and 200 steps are its 200th power.",
)
momentum = float(page.pick("momentum", "Momentum", ("0.0", "0.9")))
edge = 1 + momentum
share = page.slider("share", "Learning rate, in units of the edge of plain SGD", *ENDS, 0.95, 0.05)
if presenter.shows("controls"):
    track(edge, ENDS, share, key="gain.track")
found = page.experiment("rate_edge", "Train at rates around the edge")
if found:
    curves = found["momentum"]
    edge_chart(
        {
            "no momentum" if beta == "0.0" else f"momentum {beta}": curve
            for beta, curve in curves.items()
        },
        found["start"],
        share,
        key="gain.edge",
        alt="Below its edge each curve is far below the loss at the start, above it far higher.",
    )
    st.caption("Losses above $10^{12}$ are drawn at $10^{12}$, where the chart ends.")
    plain = dict(zip(curves["0.0"]["rates"], curves["0.0"]["losses"], strict=True))
    below, above = plain[0.99] / found["start"], plain[1.01] / found["start"]
    page.proof(
        "Loss after 200 steps over the loss at the start",
        f"{below:.2g} at 1 % below the edge, {above:,.0f} at 1 % above it",
        below < 0.01 and above > 100,
        "under 0.01, and over 100",
    )
    rolling = curves["0.9"]
    tame = [
        rate
        for rate, loss in zip(rolling["rates"], rolling["losses"], strict=True)
        if loss < 0.01 * found["start"]
    ]
    page.proof(
        "Highest rate that still trains with momentum 0.9, in units of plain SGD's edge",
        f"{max(tame):.3f}",
        1.8 < max(tame) < rolling["edge"] and len(tame) == 8,
        "all rates tried below 1.9 train, and none above",
    )
    page.verdict()
    page.text(
        rf"""
In this run $\lambda = {found["steepest"]:.2f}$, so the edge is at a learning rate of
{2 / found["steepest"]:.4f}. [[Momentum]] $\beta$ moves it to $2(1+\beta)/\lambda$: with 0.9 to 1.9
times as much. That is one reason why momentum trains where plain SGD runs away.

Set the slider and the momentum above, and look at single steps. With this momentum your rate is
**{share / edge:.2f} times the edge**.
"""
    )
    one = page.experiment(
        "rate_steps", "Look at the steps of your rate", share=round(share, 2), momentum=momentum
    )
    if one:
        lines(
            f"Error along the steepest direction, learning rate {one['rate']:.4f}",
            {f"{share:g} of the edge of plain SGD, momentum {momentum:g}": one["errors"]},
            across="step",
            up="error of the weights",
            x=range(len(one["errors"])),
            key="gain.steps",
            alt="The error by step: it fades, swings around 0, or grows.",
        )
        st.caption(
            f"Loss at the start {one['losses'][0]:.3g}, after {len(one['losses']) - 1} steps "
            f"{one['losses'][-1]:.3g}."
        )
    page.text(
        r"""
No network has one $\lambda$: it changes as weights move, and with each [[batch]]. But the picture
holds. When a loss jumps to huge numbers or to NaN, the gain is over the edge, and a smaller rate
is the first cure.
"""
    )
    page.try_next(
        "Slide to 0.1, 0.95 and 1.05: the error fades, swings, and runs away.",
        "Take 1.5 without momentum, and with 0.9.",
    )
    page.open_in(
        "Look for the edge of a straight line in Compare",
        {
            "base": {
                "dataset": {"name": "linear", "params": {"features": 3}},
                "model": "linear",
                "compile": {
                    "optimizer": {"name": "SGD", "params": {"learning_rate": 0.1}},
                    "loss": "MeanSquaredError",
                    "metrics": [],
                },
                "epochs": 30,
                "batch_size": 640,
                "seed": 0,
            },
            "rows": [{"learning_rate": rate} for rate in (0.1, 0.5, 0.8, 0.9, 1.0, 1.1)],
            "seeds": 1,
        },
    )
page.end(
    "B. T. Polyak (1964), doi:10.1016/0041-5553(64)90137-5, on momentum's larger steps",
    "G. Goh (2017), Why Momentum Really Works, doi:10.23915/distill.00006",
    "measured by this page's runs",
)
