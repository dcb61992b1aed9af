"""Applications: who wants to come, decided one by one, registered by hand or imported."""

from schoolapp.desktop.places.applications.place import Applications

__all__ = ["Applications"]
