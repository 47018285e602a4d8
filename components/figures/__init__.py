"""Figures as plain Plotly JSON: pure functions from runs and data to dicts."""
