"""From the catalog to widgets to a spec."""

from components.choices.fill import DEFAULT, fill, filled
from components.choices.setup import choose

__all__ = ["DEFAULT", "choose", "fill", "filled"]
