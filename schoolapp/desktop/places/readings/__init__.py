"""The readings of the schools."""
