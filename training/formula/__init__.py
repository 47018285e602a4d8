"""Losses, metrics and optimizers written as text: read, checked, shown as Keras code, and built.

Text is read with Python's `ast` into a small tree of our own, which is all that is ever evaluated.
Only `running` and `built` here import Keras; the server reads and checks without it.
"""
