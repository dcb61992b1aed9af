"""Somebody as a form names them; apart, because the first screen needs no entities."""

Who = int | str
"""A person by key, or the name of somebody who is not known yet."""
