"""The views of attendance: the roll call, and those that are made when they are first needed."""

from functools import cached_property

from PySide6.QtWidgets import QStackedWidget

from schoolapp.desktop.places.attendance.arrivals.page import ArrivalPage
from schoolapp.desktop.places.attendance.certificates import CertificatePage
from schoolapp.desktop.places.attendance.day_lists import DayListPage
from schoolapp.desktop.places.attendance.heat import HeatPage
from schoolapp.desktop.places.attendance.register.roll_call import RollCall, RollHost

ROLL, ARRIVALS, DAYS = "", "arrivals", "days"
HEAT, CERTIFICATES = "heat", "certificates"
"""The names of the views, as the keys of their chips."""
View = RollCall | ArrivalPage | DayListPage | HeatPage | CertificatePage


class Views(QStackedWidget):
    """Holds the views and shows one of them."""

    def __init__(self, host: RollHost) -> None:
        super().__init__()
        self._host = host
        self.shown = ROLL
        self.roll = RollCall(host)
        self.addWidget(self.roll)

    @cached_property
    def heat(self) -> HeatPage:
        """The heat map."""
        made = HeatPage(self._host.desk)
        self.addWidget(made)
        return made

    @cached_property
    def arrivals(self) -> ArrivalPage:
        """The arrival desk."""
        made = ArrivalPage(self._host)
        self.addWidget(made)
        return made

    @cached_property
    def days(self) -> DayListPage:
        """The day list."""
        made = DayListPage(self._host)
        self.addWidget(made)
        return made

    @cached_property
    def certificates(self) -> CertificatePage:
        """The certificates, and how near everybody is to one."""
        made = CertificatePage(self._host)
        self.addWidget(made)
        return made

    @property
    def view(self) -> View:
        """The view that is shown."""
        if self.shown == ARRIVALS:
            return self.arrivals
        if self.shown == HEAT:
            return self.heat
        if self.shown == DAYS:
            return self.days
        return self.certificates if self.shown == CERTIFICATES else self.roll

    def show_view(self, key: str) -> None:
        """Show another view."""
        self.shown = key
        self.setCurrentWidget(self.view)
