"""People: found, edited, merged, erased, and their place in gatherings."""
