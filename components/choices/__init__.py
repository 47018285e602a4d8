"""From the catalog to widgets to a spec."""

from components.choices.setup import DEFAULT, choose, fill

__all__ = ["DEFAULT", "choose", "fill"]
