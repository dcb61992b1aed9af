"""The readings of the schools."""

from schoolapp.desktop.places.readings.place import Readings

__all__ = ["Readings"]
