"""Small programs in plain Keras, each complete in itself, that lessons run and show."""
