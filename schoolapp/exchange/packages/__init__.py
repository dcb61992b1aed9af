"""Practice packages: a folder of files to entities and back, without losing a field."""
