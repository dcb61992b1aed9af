"""The pages shown in place of the list of people: duplicates, bedrooms, teams, daily tasks."""

from functools import cached_property
from typing import Protocol, TypeVar

from PySide6.QtCore import SignalInstance
from PySide6.QtWidgets import QStackedWidget, QWidget

from schoolapp.desktop.kit.host import PlaceHost
from schoolapp.desktop.kit.pages.list_page import F, ListPage
from schoolapp.desktop.places.people.duplicates import DuplicatesPage
from schoolapp.desktop.places.people.lodging.bedrooms_page import BedroomsPage
from schoolapp.desktop.places.people.lodging.rota_page import RotaPage
from schoolapp.desktop.places.people.lodging.teams_page import TeamsPage
from schoolapp.desktop.tables.columns import R

P = TypeVar("P", bound=QWidget)


class PagesHost(PlaceHost, Protocol):
    """What the pages need from the place over whose list they are opened."""

    def page_opens(self) -> None:
        """A page is about to cover the list."""

    def page_closed(self) -> None:
        """The list is back."""


class Pages:
    """One is open at a time; each is made when it is first opened, and kept."""

    def __init__(self, host: PagesHost, stack: QStackedWidget, table: QWidget) -> None:
        self._host, self._stack, self._table = host, stack, table

    @cached_property
    def duplicates(self) -> DuplicatesPage:
        """The page of people who may be known twice."""
        made = DuplicatesPage(self._host.desk)
        return self._keep(made, made.closed)

    @cached_property
    def bedrooms(self) -> BedroomsPage:
        """The page of where everybody sleeps."""
        made = BedroomsPage(self._host)
        return self._keep(made, made.closed)

    @cached_property
    def teams(self) -> TeamsPage:
        """The page of the teams that cook and clean."""
        made = TeamsPage(self._host)
        return self._keep(made, made.closed)

    @cached_property
    def rota(self) -> RotaPage:
        """The page of what is to be done each day."""
        made = RotaPage(self._host)
        return self._keep(made, made.closed)

    def open_duplicates(self) -> None:
        """Show pairs of people who may be one."""
        self._show(self.duplicates)
        self.duplicates.refresh()

    def open_list(self, page: ListPage[F, R]) -> None:
        """Show a page about the gathering."""
        self._show(page)
        page.open()

    def refresh(self) -> None:
        """Ask for the pairs again while they are shown; the other pages ask by themselves."""
        if self._stack.currentWidget() is self.__dict__.get("duplicates"):
            self.duplicates.refresh()

    def leave_gathering(self) -> None:
        """Another gathering was chosen: a page about the one before goes."""
        if isinstance(self._stack.currentWidget(), ListPage):
            self.close_page()

    def close_page(self) -> None:
        """Show the list again."""
        self._stack.setCurrentWidget(self._table)
        self._host.page_closed()

    def _show(self, page: QWidget) -> None:
        self._host.page_opens()
        self._stack.setCurrentWidget(page)

    def _keep(self, made: P, closed: SignalInstance) -> P:
        closed.connect(self.close_page)
        self._stack.addWidget(made)
        return made
