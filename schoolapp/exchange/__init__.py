"""What goes in and out: calendars, spreadsheets, documents, practice packages."""
