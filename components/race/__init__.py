"""A fair race on the page: its set-up, its three modes and what they show."""
