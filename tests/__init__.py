"""The tests of schoolapp, a folder for each layer."""
