"""Puts the programme into a calendar on a server (RFC 4791) and keeps it up to date there."""

from schoolapp.exchange.caldav.content import Seen
from schoolapp.exchange.caldav.discovering import FoundCalendar, find_calendars, whole_address
from schoolapp.exchange.caldav.pushing import carry_out, settle, survey
from schoolapp.exchange.caldav.server import Away, CalendarServer, Login
from schoolapp.exchange.caldav.values import (
    REMOVING,
    Act,
    Conflict,
    Known,
    Outcome,
    Plan,
    Step,
    Wanted,
)

__all__ = [
    "REMOVING",
    "Act",
    "Away",
    "CalendarServer",
    "Conflict",
    "FoundCalendar",
    "Known",
    "Login",
    "Outcome",
    "Plan",
    "Seen",
    "Step",
    "Wanted",
    "carry_out",
    "find_calendars",
    "settle",
    "survey",
    "whole_address",
]
