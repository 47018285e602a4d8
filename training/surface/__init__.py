"""Surfaces over a plane on which optimizers race: formulas, heights, steps, code to take home.

Only `stepping` imports Keras; the server draws surfaces without it.
"""
