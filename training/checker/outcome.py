"""The compile check, held against what really happened."""

from training.checker.check import check, worst
from training.monitored import stopped_early
from training.states import RESULTS, RunState

ENDED = "trained to the end"


def held(run: RunState) -> tuple[bool, str]:
    """Whether it went as foretold, and that in a sentence; (True, "") while nothing is known yet.

    Only whether Keras raised can be seen from outside; what is silently wrong ends like the rest.
    """
    raised = run.status == "failed" and run.error_type is not None
    if not raised and run.status not in RESULTS:
        return True, ""
    end = "trained without an error, and stopped early" if stopped_early(run) else ENDED
    findings = check(run.experiment.variant)
    said = worst(findings)
    if raised:
        if said == "raises" or any("or stops" in f.why for f in findings):
            return True, "As the compile check foretold: Keras raised an error."
        return False, f"Not foretold: the compile check said “{said}”, and it raised an error."
    if said == "raises":
        return False, f"Not foretold: the compile check said “raises”, and it {end}."
    if run.status == "diverged":
        return True, "The compile check foretold no error, and there was none; the loss diverged."
    if said == "works":
        return True, f"As the compile check foretold: it {end}."
    return True, (
        "As the compile check foretold: no error, although something is silently wrong; "
        "distrust the numbers."
    )
