"""The sessions and gatherings of the calendar tests."""

from tests.exchange.calendars.conftest import gathering, session_with

__all__ = ["gathering", "session_with"]
