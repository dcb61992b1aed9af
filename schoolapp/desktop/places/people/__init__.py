"""People: everybody who is known, with their duplicates."""
