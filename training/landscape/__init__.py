"""The loss landscape of real runs: a plane in the space of weights, and the loss over it.

`spec`, `plane` and `survey` need no Keras; `walks`, `losses` and `surveying` work on a worker.
"""
