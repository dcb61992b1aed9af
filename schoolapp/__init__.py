"""schoolapp organises schools, seminars and youth camps."""

__version__ = "0.1.0"
