"""The compile check: what will work, raise or be silently wrong, said before the run."""

from training.checker.check import check, worst
from training.checker.finding import Finding, Repair
from training.checker.outcome import held
from training.checker.weights import ABOUT

__all__ = ["ABOUT", "Finding", "Repair", "check", "held", "worst"]
