"""Calendars: facts for files and feeds, publishing on a server, other calendars' busy times."""
