"""Columns whose rows keep codes and which show the names of what they stand for."""

from typing import TYPE_CHECKING

from schoolapp.desktop import formats
from schoolapp.desktop.tables import Column

if TYPE_CHECKING:
    from schoolapp.desktop.tables import Row


class CountryColumn(Column):
    """The name of the country whose code a row has."""

    __slots__ = ()

    def text(self, row: "Row") -> str:
        """The name, as it is shown, spoken and copied."""
        code = self.value(row)
        return formats.country_name(code) if code else ""


class LanguagesColumn(Column):
    """The names of the languages whose codes a row has, parted by commas."""

    __slots__ = ()

    def text(self, row: "Row") -> str:
        """The names, as they are shown, spoken and copied."""
        return formats.language_names((self.value(row) or "").split(", "))
