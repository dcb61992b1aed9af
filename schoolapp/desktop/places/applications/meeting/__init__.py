"""The meeting: applications decided one by one, what is prepared, the minutes."""
