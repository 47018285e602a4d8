"""What optimizers remember of a point's gradients: where it pulls, and by what they divide."""

from training.choice import Choice

# Of each optimizer the slot that holds a running mean, and the sign that turns it to where it
# pulls: SGD keeps its last step, most others the mean gradient, which points uphill.
FIRST: dict[str, tuple[str, float]] = {
    "SGD": ("momentums", 1.0),
    "Adamax": ("m", -1.0),
    "CustomOptimizer": ("state_m", -1.0),
    **dict.fromkeys(("RMSprop", "Adam", "AdamW", "Nadam"), ("momentums", -1.0)),
    **dict.fromkeys(("Lion", "Lamb", "Muon"), ("momentums", -1.0)),
}
# The slot by which steps are divided, and whether it holds squares.
SECOND: dict[str, tuple[str, bool]] = {
    "Adagrad": ("accumulators", True),
    "Adadelta": ("accumulated_grads", True),
    "Adafactor": ("v", True),
    "Adamax": ("u", False),
    "CustomOptimizer": ("state_v", True),
    "Ftrl": ("accumulators", True),
    "Muon": ("adam_velocities", True),
    **dict.fromkeys(("RMSprop", "Adam", "AdamW", "Nadam"), ("velocities", True)),
    **dict.fromkeys(("Lamb", "ScheduleFreeAdamW"), ("velocities", True)),
}
NOTES = {
    "Muon": "Muon works on matrices. Two numbers are none, so Keras gives them the steps of AdamW.",
    "Ftrl": "Ftrl forgets where it starts: its first step computes the place anew, near (0, 0).",
    "Lamb": "Lamb's steps are as long as the place is far from (0, 0), times the learning rate.",
    "Adafactor": "Adafactor's steps grow with the distance from (0, 0), and shrink with the steps.",
    "ScheduleFreeAdamW": "ScheduleFreeAdamW averages its own path; what it steps on is drawn.",
}


def notes(optimizers: tuple[Choice, ...]) -> list[str]:
    """What one has to know of some optimizers to read their paths."""
    return [NOTES[name] for name in dict.fromkeys(o.name for o in optimizers) if name in NOTES]
