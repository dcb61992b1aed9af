"""Home: the gatherings, and what is due in them."""
