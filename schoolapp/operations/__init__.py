"""Everything a user can do or ask, as functions over a database session."""
