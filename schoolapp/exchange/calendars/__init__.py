"""Calendar files: sessions of a gathering as iCalendar, for everybody and for each person."""

from schoolapp.exchange.calendars.feeds import export_feeds
from schoolapp.exchange.calendars.publishing import (
    Calendars,
    export_calendars,
    export_person,
    export_programme,
)
from schoolapp.exchange.calendars.values import (
    CalendarGathering,
    CalendarGroup,
    CalendarPerson,
    CalendarReading,
    CalendarSession,
)

__all__ = [
    "CalendarGathering",
    "CalendarGroup",
    "CalendarPerson",
    "CalendarReading",
    "CalendarSession",
    "Calendars",
    "export_calendars",
    "export_feeds",
    "export_person",
    "export_programme",
]
