"""The rules: which runs show a sign of trouble, each with the numbers that it was seen in.

Borrowed, with margins set on runs of every data set here:
- loss curves that swing or turn up: https://developers.google.com/machine-learning/crash-course/overfitting/interpreting-loss-curves
- a step of a thousandth of the weights as usual, and ReLU units that large steps kill:
  https://cs231n.github.io/neural-networks-3/ and https://cs231n.github.io/neural-networks-1/
- the epoch of the lowest validation loss as the one to stop at: Goodfellow, Bengio and Courville,
  "Deep Learning" (2016), section 7.8, https://www.deeplearningbook.org
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from training.diagnosis.curves import FEWEST, TINY, Curves
from training.diagnosis.remedies import SLOW

EXPLODED = 10.0  # times the loss of a guess: no answer that was learned costs so much

SWINGS = 10  # epochs, below which half a curve has too few jumps to count
TURNS = 0.4  # share of jumps that go back on the one before; 2/3 in pure noise, 0 on a smooth curve
JUMP = 0.1  # typical jump as a share of the loss
SEEN = 0.03  # ... and of a guess's loss: on a tiny loss, large jumps in percent are harmless

DYING = 0.6  # share of a layer: with half of its units a layer here still learns as well
PRUNED = 0.9  # where an L2 term makes weights vanish, which kills units that are not needed

GUESSING = 0.97  # of a guess's loss: above it nothing was learned that is worth its name
GAINED = 0.25  # of the way from a guess's accuracy to 1

RISE = 0.1  # of the lowest validation loss, so that it is seen on the chart
RISE_SEEN = 0.02  # ... and of a guess's loss
RISE_NOISE = 3.0  # typical jumps
EARLY = 0.8  # a minimum later than this share of the epochs may well be the end of the way down
FELL = 0.05  # of the training loss: while it falls and the validation loss rises, it memorizes

STEADY = 2.5  # standard errors of the slope in the last fifth
FALL = 0.01  # ... of the loss: at the pace of a power law, 3 % in as many epochs again
LEFT = 0.03  # of a guess's loss: with less there is little to gain
CREEP, SMOOTH, HIGH = 0.002, 10.0, 0.3  # a slower fall, if it is smooth and the loss still high

COLD = 1e-6  # of the largest learning rate: float32 weights feel no step of that size
LONG = 0.25  # of the epochs: many schedules end at 0, which costs a moment only

LITTLE = 0.25  # of the way that another row went: less is hardly a move
FAR = 0.5  # times the loss: another row that came below it did far better


@dataclass(frozen=True)
class Sign:
    """Which seeds show it, bool (seeds,), and the numbers behind it, each (seeds,)."""

    holds: np.ndarray
    numbers: Mapping[str, np.ndarray]


def exploded(curves: Curves) -> Sign:
    """The loss ended far above that of a guess, though it stayed a number."""
    loss = curves.at_end(curves.loss)
    return Sign(loss > EXPLODED * curves.scale, {"loss": loss, "guess": curves.scale})


def dead(curves: Curves) -> Sign:
    """Most units of a ReLU layer put out 0 for every row."""
    share = np.array([max(d.values()) if d else 0.0 for d in curves.dead])
    margin = PRUNED if curves.experiment.model.full("model").get("l2") else DYING
    numbers = {"share": share}
    for name in next((d for d in curves.dead if d), {}):
        numbers[f"layer {name}"] = np.array([d[name] if d else 0.0 for d in curves.dead])
    return Sign(share >= margin, numbers)


def oscillating(curves: Curves) -> Sign:
    """The validation loss jumps up and down, far, in the last half."""
    if curves.epochs < SWINGS:
        return _none(curves)
    jumps = curves.jumps(curves.val_loss)
    turns = np.mean(jumps[:, 1:] * jumps[:, :-1] < 0, 1)
    jump = np.median(np.abs(jumps), 1)
    level = np.median(curves.val_loss[:, curves.epochs // 2 :], 1)
    holds = (turns >= TURNS) & (jump > JUMP * np.abs(level)) & (jump > SEEN * curves.scale)
    numbers = {"turns": turns, "jump": jump, "level": level, "guess": curves.scale}
    return Sign(holds, numbers)


def stuck(curves: Curves) -> Sign:
    """Neither loss nor accuracy of the training rows is better than a guess's."""
    known, first = curves.chance.loss is not None, curves.loss[:, 0]
    guess = curves.scale if known else first
    now = curves.at_end(curves.loss)
    step = curves.step
    numbers = {"loss": now, "guess": guess, "known": np.full(len(now), known), "step": step}
    holds = np.minimum(now, curves.at_end(curves.val_loss)) >= GUESSING * guess
    if curves.accuracy is not None and curves.chance.accuracy is not None:
        accuracy, likely = curves.at_end(curves.accuracy), curves.chance.accuracy
        numbers |= {"accuracy": accuracy, "likely": np.full(len(now), likely)}
        # where no formula gives a guess's loss, the accuracy alone decides
        holds = (accuracy - likely < GAINED * (1 - likely)) & (holds | (not known))
    elif curves.experiment.model.full("model").get("l2"):
        return _none(curves)  # the L2 term is part of the loss, and how large it is is not known
    elif not known and (curves.epochs < FEWEST or curves.experiment.fit.weighted):
        return _none(curves)  # what has learnt all in its first epoch would seem to have nothing
    if curves.epochs >= FEWEST:
        fall, _, sure = _fall(curves.val_loss[:, -curves.last_fifth :])
        holds = holds & ~((fall > FALL) & (sure > STEADY))  # on its way down from a bad start
    return Sign(holds, numbers)


def frozen(curves: Curves) -> Sign:
    """The learning rate fell to nearly nothing, with many epochs still to go."""
    top = curves.rate.max(1)
    cold = curves.rate < COLD * top[:, None]
    since = curves.epochs - np.cumprod(cold[:, ::-1], 1).sum(1)  # epochs before it stayed cold
    holds = curves.epochs - since > LONG * curves.epochs
    return Sign(holds, {"since": since + 1.0, "from": top, "to": curves.rate[:, -1]})


def crawling(curves: Curves) -> Sign:
    """The loss hardly moved, by small steps, though another row did far better."""
    if curves.rival is None or curves.epochs < FEWEST:
        return _none(curves)
    first, last = curves.val_loss[:, 0], curves.at_end(curves.val_loss)
    numbers = {"first": first, "last": last, "step": curves.step}
    same = {"rival": curves.rival, "epochs": float(curves.epochs)}
    numbers |= {name: np.full(len(last), value) for name, value in same.items()}
    little = first - last < LITTLE * (first - curves.rival)
    holds = little & (curves.rival < FAR * last) & (curves.step < SLOW)
    return Sign(holds, numbers)


def overfitting(curves: Curves) -> Sign:
    """The validation loss rose again while the training loss went on falling."""
    best, last = curves.best, curves.at_end(curves.val_loss)
    low, then = curves.at(curves.smooth, best), curves.at(curves.loss, best)
    now = curves.at_end(curves.loss)
    numbers = {"epoch": best + 1.0, "low": low, "last": last, "then": then, "now": now}
    if curves.epochs < FEWEST:
        return _none(curves)
    noise = np.median(np.abs(curves.jumps(curves.val_loss)), 1)
    margin = np.max([RISE * np.abs(low), RISE_SEEN * curves.scale, RISE_NOISE * noise], 0)
    fell = then - now > FELL * np.abs(then)
    return Sign((best + 1 <= EARLY * curves.epochs) & (last - low > margin) & fell, numbers)


def improving(curves: Curves) -> Sign:
    """Both losses still go down in the last fifth."""
    if curves.epochs < FEWEST:
        return _none(curves)
    last = curves.last_fifth
    fall, level, sure = _fall(curves.val_loss[:, -last:])
    _, _, also = _fall(curves.loss[:, -last:])
    falls = (fall > FALL) & (np.minimum(sure, also) > STEADY) & (level > LEFT * curves.scale)
    creeps = (fall > CREEP) & (np.minimum(sure, also) > SMOOTH) & (level > HIGH * curves.scale)
    ends = {"from": curves.val_loss[:, -last], "to": curves.val_loss[:, -1]}
    return Sign(falls | creeps, {"fall": fall, "last": np.full(len(level), float(last)), **ends})


def _fall(last: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Of a straight line through curves (seeds, epochs): its fall as a share of the mean, the
    mean, and how many standard errors its slope has.
    """
    count = last.shape[1]
    x = np.arange(count) - (count - 1) / 2
    slope, level = last @ x / (x @ x), last.mean(1)
    rest = last - level[:, None] - slope[:, None] * x
    error = np.sqrt(np.sum(rest**2, 1) / (count - 2) / (x @ x))
    size = np.maximum(np.abs(level), TINY)
    return -slope * (count - 1) / size, level, -slope / np.maximum(error, TINY)


def _none(curves: Curves) -> Sign:
    return Sign(np.zeros(len(curves.loss), bool), {})
