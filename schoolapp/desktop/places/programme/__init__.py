"""The programme of a school, seminar or camp."""

from schoolapp.desktop.places.programme.place import Programme

__all__ = ["Programme"]
