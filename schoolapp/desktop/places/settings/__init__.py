"""Settings: each works at once."""
