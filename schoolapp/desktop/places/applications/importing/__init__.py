"""The import of a sheet: the page, the review of its rows, what its columns mean."""

from schoolapp.desktop.places.applications.importing.page import ImportPage

__all__ = ["ImportPage"]
