"""Everything that was run: the table, what can be done with its rows, and their curves."""
