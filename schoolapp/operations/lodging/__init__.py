"""Where people sleep and what they do for the house: bedrooms, teams, the tasks of each day."""
