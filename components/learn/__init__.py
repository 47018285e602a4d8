"""The lesson's pages: what they are made of."""

from components.learn.lesson import Lesson

__all__ = ["Lesson"]
