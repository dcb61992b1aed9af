"""Tables over the store: declared columns, rows fetched by the page, one painter of cells."""

from schoolapp.desktop.tables.columns import HANDED, Column, Kind, Source, View
from schoolapp.desktop.tables.model import LazyModel
from schoolapp.desktop.tables.view import Table

__all__ = ["HANDED", "Column", "Kind", "LazyModel", "Source", "Table", "View"]
