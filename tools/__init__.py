"""Commands for those who work on schoolapp; not part of the program."""
