"""Programs with one fault each that nothing tells, as found and cured."""
