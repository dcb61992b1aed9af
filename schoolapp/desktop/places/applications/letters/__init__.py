"""The letters that wait, and their texts."""
