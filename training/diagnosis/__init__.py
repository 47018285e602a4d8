"""What is wrong with a run, found in its curves, with the numbers that say so and what to try.

`diagnose` looks at the runs of one variant, `rivals` at those of several. Every rule is a rule of
thumb: it has a named margin, the reason for it, and its source where it is borrowed.
"""

from training.diagnosis.diagnose import diagnose
from training.diagnosis.finding import Finding, Kind, Remedy
from training.diagnosis.rivals import rivals

__all__ = ["Finding", "Kind", "Remedy", "diagnose", "rivals"]
