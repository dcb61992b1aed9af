"""What People asks and does, as functions for the database worker, which imports what they need."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from schoolapp.base.language import _, current, isolate, mark
from schoolapp.desktop.look.formats import country_name, language_name
from schoolapp.desktop.tables import View

ROLES = {
    "participant": mark("Participant"),
    "coordinator": mark("Coordinator"),
    "lecturer": mark("Lecturer"),
    "interpreter": mark("Interpreter"),
    "finance": mark("Finance"),
    "kitchen": mark("Kitchen"),
    "application": mark("Applied"),
}


@dataclass(frozen=True, slots=True)
class PersonLine:
    """A line of the table of people; ``name`` is as it is shown, ``plain`` as it is kept."""

    id: int
    plain: str
    name: str
    country: str
    languages: str
    age: int | None
    roles: str
    email: str


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """All that the panel shows of one person; ``part`` is the draft in the gathering shown."""

    draft: Any
    roles: tuple[Any, ...]
    gathering_id: int | None
    part: Any
    offers: Any


def ids(session: Any, view: View) -> list[int]:
    """The people of a view."""
    from schoolapp.operations.people import editing

    return editing.people_ids(session, _asked(view))


def rows(gathering_id: int | None, session: Any, wanted: Sequence[int]) -> Mapping[int, PersonLine]:
    """Their lines; age and roles are those in the gathering."""
    from schoolapp.operations.people import editing

    found = editing.people_rows(session, list(wanted), gathering_id=gathering_id)
    return {key: _line(row) for key, row in found.items()}


def counts(session: Any, view: View) -> Mapping[str, int]:
    """How many people each chip stands for."""
    from schoolapp.operations.people import editing

    return editing.people_counts(session, _asked(view))


def facts(person_id: int, gathering_id: int | None, session: Any) -> PersonFacts:
    """All that the panel shows of one person."""
    from schoolapp.operations.people import editing, participations

    draft = editing.draft_of(session, person_id=person_id)
    roles = editing.roles_of(session, person_id=person_id, language=current())
    if gathering_id is None:
        return PersonFacts(draft, roles, None, None, None)
    key = participations.participation_id(session, gathering_id=gathering_id, person_id=person_id)
    part = participations.draft_of(session, participation_id=key) if key else None
    offers = participations.offers(session, gathering_id=gathering_id)
    return PersonFacts(draft, roles, gathering_id, part, offers)


def new_person() -> Any:
    """The draft that the sheet begins with."""
    from schoolapp.operations.people.editing import PersonDraft

    return PersonDraft()


def check(draft: Any) -> dict[str, str]:
    """What is wrong with a person, in the language in use."""
    from schoolapp.operations.people import editing

    return {name: _(sentence) for name, sentence in editing.check(draft).items()}


def save(draft: Any, session: Any) -> Any:
    """Save a person and read it again."""
    from schoolapp.operations.people import editing

    key = editing.save_person(session, draft=draft)
    return editing.draft_of(session, person_id=key)


def create(draft: Any, gathering_id: int | None, session: Any) -> int:
    """Add a person, as a participant where a gathering is chosen; the key."""
    from schoolapp.operations.people import editing

    key = editing.save_person(session, draft=draft)
    if gathering_id is not None:
        add_to(gathering_id, key, session)
    return key


def remove(person_id: int, version: int, session: Any) -> None:
    """Remove a person who has no part in any gathering."""
    from schoolapp.operations.people import editing

    editing.remove_person(session, person_id=person_id, version=version)


def join(one: int, other: int, session: Any) -> int:
    """Make two people one."""
    from schoolapp.operations.people.merging import merge_people, sides

    found = sides(session, [one, other])
    return merge_people(session, kept=(one, found[one].version), gone=(other, found[other].version))


def add_to(gathering_id: int, person_id: int, session: Any) -> int:
    """Let a person take part in a gathering."""
    from schoolapp.operations.people import participations

    return participations.add_participant(session, gathering_id=gathering_id, person_id=person_id)


def check_part(draft: Any) -> dict[str, str]:
    """What is wrong with a participation, in the language in use."""
    from schoolapp.operations.people import participations

    return {name: _(sentence) for name, sentence in participations.check(draft).items()}


def save_part(draft: Any, session: Any) -> Any:
    """Save a participation and read it again."""
    from schoolapp.operations.people import participations

    key = participations.save_participation(session, draft=draft)
    return participations.draft_of(session, participation_id=key)


def take_out(participation_id: int, version: int, session: Any) -> None:
    """Take a person out of a gathering."""
    from schoolapp.operations.people import participations

    participations.remove_participation(session, participation_id=participation_id, version=version)


def role_words(role: str) -> str:
    """A role in the language in use; one that somebody made up stays as it is."""
    return _(ROLES[role]) if role in ROLES else role.replace("_", " ")


def _line(row: Any) -> PersonLine:
    name = isolate(row.name)
    if row.native_name:
        name = _("{name} ({native})").format(name=name, native=isolate(row.native_name))
    return PersonLine(
        row.id,
        row.name,
        name,
        country_name(row.country) if row.country else "",
        ", ".join(language_name(code) for code in row.languages),
        row.age,
        ", ".join(role_words(role) for role in row.roles),
        row.email or "",
    )


def _asked(view: View) -> Any:
    from schoolapp.operations.people.editing import PeopleView

    return PeopleView(
        gathering_id=view.gathering,
        part=str(view.filters.get("state", "")),
        search=view.search,
        sort=view.sort,
        descending=view.descending,
    )
