"""In which languages a session can be followed: what follows from groups and interpreters.

A language that somebody wished for is none: without an interpreter nobody hears it.
"""

from collections.abc import Iterable
from typing import NamedTuple

NO_LANGUAGE = "-"
"""No floor, or each group its own; as a target of interpretation: whoever asks."""
_NONE = ("", NO_LANGUAGE)


class Spoken(NamedTuple):
    """The languages of the floor or of the groups, and those that somebody interprets into."""

    floor: tuple[str, ...] = ()
    interpreted: tuple[str, ...] = ()

    @property
    def all(self) -> tuple[str, ...]:
        """All languages in which the session can be followed."""
        return (*self.floor, *self.interpreted)


def spoken_in(floor: str, covered: Iterable[str], groups: Iterable[str | None] = ()) -> Spoken:
    """What can be heard in a session.

    ``covered`` are the targets of the lines of interpretation that have an interpreter, ``groups``
    the languages of its groups: each group speaks its own, whatever the floor was.
    """
    own = tuple(dict.fromkeys(tag for tag in groups if tag and tag not in _NONE))
    heard = own or (() if floor in _NONE else (floor,))
    others = dict.fromkeys(tag for tag in covered if tag not in (*_NONE, *heard))
    return Spoken(heard, tuple(others))
