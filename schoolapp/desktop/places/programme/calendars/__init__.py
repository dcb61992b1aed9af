"""Calendars of others: where sessions are published, when people and rooms are busy."""
