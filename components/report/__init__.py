"""A comparison as one HTML page that opens offline."""
