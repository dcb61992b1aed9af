"""Who a session is for: the one rule that calendars, room sizes and lists of people use."""

import datetime as dt
import enum
from collections.abc import Mapping
from dataclasses import dataclass, field

from schoolapp.domain.attendance import applies as lies_in_a_stay
from schoolapp.domain.attendance import in_modules


class Audience(enum.StrEnum):
    """The people a session invites, in the words of the practice packages."""

    ALL = "all"
    LANGUAGE_GROUP = "by language group"
    SELF_SELECTED = "self-selected"
    WOMEN = "self-selected: women"
    OWN_DELEGATION = "own delegation"
    TWO_DELEGATIONS = "two delegations"
    CHOOSE_ONE = "choose one"
    COORDINATION = "delegation coordination"


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """What in a session decides who it is for.

    ``start`` and ``end`` are wall times; ``delegations`` and ``language_groups`` lead to the room
    of each group; ``at_work`` are the persons who speak or interpret.
    """

    audience: str
    start: dt.datetime
    end: dt.datetime
    module_id: int | None = None
    delegations: Mapping[int, int] = field(default_factory=dict)
    language_groups: Mapping[str, int] = field(default_factory=dict)
    at_work: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Attendee:
    """What in a person decides which sessions apply.

    ``stays`` are wall times, empty for somebody who only works in sessions (a lecturer).
    ``coordinates``: sits in the coordination for their delegation.
    """

    person_id: int
    stays: tuple[tuple[dt.datetime, dt.datetime], ...] = ()
    modules: frozenset[int] = frozenset()
    delegation_id: int | None = None
    language_group: str | None = None
    gender: str | None = None
    pronouns: str | None = None
    coordinates: bool = False


def applies_to(slot: Slot, person: Attendee) -> bool:
    """Whether a session applies to a person: this is what their calendar holds.

    It lies entirely inside one of the stays, in a module that the person attends (all of them if
    no modules are noted) or in none, and
    its audience includes the person, or the person speaks or interprets in it. Somebody who is
    there only to work has no stays: their own sessions apply. Registers do not matter here: social
    evenings and spaces are included. Cancelled sessions are left out by the caller.
    """
    works = person.person_id in slot.at_work
    if not person.stays:
        return works
    if not lies_in_a_stay(slot.start, slot.end, list(person.stays)):
        return False
    return works or (in_modules(slot.module_id, person.modules) and is_intended(slot, person))


def is_intended(slot: Slot, person: Attendee) -> bool:
    """Whether the audience of a session includes a person, wherever they are at the time."""
    match slot.audience:
        case Audience.OWN_DELEGATION:
            return person.delegation_id in slot.delegations
        case Audience.TWO_DELEGATIONS:
            # without groups the program does not know which two: the title says so
            return not slot.delegations or person.delegation_id in slot.delegations
        case Audience.COORDINATION:
            return person.coordinates
        case Audience.WOMEN:
            # people of whom nothing is known are invited as well: it is their own choice (E59)
            if person.gender is not None:
                return person.gender == "woman"
            return person.pronouns in ("she", None)
        case _:
            return True


def room_for(slot: Slot, person: Attendee) -> int | None:
    """The room of a person's own group; None where the session has no group of theirs."""
    if person.delegation_id is not None and person.delegation_id in slot.delegations:
        return slot.delegations[person.delegation_id]
    return slot.language_groups.get(person.language_group or "")
