"""The pages of People about where everybody sleeps, and which tasks of the house they do."""
