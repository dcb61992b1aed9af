"""The import of a sheet: the page, the review of its rows, what its columns mean."""

from schoolapp.desktop.places.applications.importing.page import ImportPage
from schoolapp.desktop.places.applications.importing.words import SHEETS

__all__ = ["SHEETS", "ImportPage"]
