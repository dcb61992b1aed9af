"""The readings of the schools."""

from schoolapp.desktop.places.readings.place import ReadingsPlace

__all__ = ["ReadingsPlace"]
