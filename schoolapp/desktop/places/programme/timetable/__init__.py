"""The timetable: days, the grid, and what clashes in it."""
