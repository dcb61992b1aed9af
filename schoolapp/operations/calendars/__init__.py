"""Calendars: facts for files and feeds, publishing on a server, busy times of others."""
