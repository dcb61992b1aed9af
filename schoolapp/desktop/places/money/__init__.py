"""The money of the schools: subsidies, payments, delegations, travel claims, gifts."""

from schoolapp.desktop.places.money.place import Money

__all__ = ["Money"]
