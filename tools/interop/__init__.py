"""Times of our calendar files as other programs read them, with our VTIMEZONE alone."""
