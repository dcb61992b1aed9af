"""Pages that are shown in place of what a place usually shows."""
