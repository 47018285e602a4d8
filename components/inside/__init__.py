"""A look inside one run: norms, layers, optimizer slots, predictions, files."""
