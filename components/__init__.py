"""What the pages are built from: choices, live runs, figures and the chart that shows them."""
