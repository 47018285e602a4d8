"""Speed and memory, measured against plain Keras and against the targets."""
