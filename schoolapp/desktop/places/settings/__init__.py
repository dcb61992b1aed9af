"""Settings: each takes effect at once."""
