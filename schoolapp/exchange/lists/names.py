"""The names of the kinds of lists, apart from their words: a command needs no more of them."""

import enum


class ListName(enum.StrEnum):
    """What a list is of."""

    ROOMS = "rooms"
    SESSIONS = "sessions"
    PEOPLE = "people"
    TEXTS = "texts"
    MARKS = "marks"
