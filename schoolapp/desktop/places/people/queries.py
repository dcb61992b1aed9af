"""What People asks where one operation is not the whole answer; all of it runs in the worker."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from schoolapp.base.language import _, current, isolate, mark
from schoolapp.desktop.look.formats import country_name, language_name
from schoolapp.desktop.tables import View
from schoolapp.domain.people import PersonDraft
from schoolapp.domain.working import EngagementDraft
from schoolapp.operations.people import editing, participations
from schoolapp.operations.people.editing import PeopleView, PersonRow, RoleRow
from schoolapp.operations.people.engagements import engagements_of
from schoolapp.operations.people.merging import merge_people, sides
from schoolapp.operations.people.participations import Fee, Offers, ParticipationDraft
from schoolapp.storage.store import DbSession

ROLES = {
    "participant": mark("Participant"),
    "coordinator": mark("Coordinator"),
    "lecturer": mark("Lecturer"),
    "interpreter": mark("Interpreter"),
    "finance": mark("Finance"),
    "kitchen": mark("Kitchen"),
    "staff": mark("Staff"),
    "volunteer": mark("Volunteer"),
    "application": mark("Applied"),
}
ROLES_OF_PARTICIPANTS = tuple(role for role in ROLES if role != "application")
"""What somebody who has a place may come as; others work without one."""


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
class Here:
    """A person in a gathering: part and fee if there is one, what its form offers, the work."""

    gathering_id: int
    part: ParticipationDraft | None
    fee: Fee | None
    offers: Offers
    work: tuple[EngagementDraft, ...]


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """All that the panel shows of one person; ``here`` is None while all gatherings are shown."""

    id: int
    draft: PersonDraft
    roles: tuple[RoleRow, ...]
    here: Here | None


def ids(session: DbSession, view: View) -> list[int]:
    """The people of a view."""
    return editing.people_ids(session, _asked(view))


def rows(
    session: DbSession, wanted: Sequence[int], *, gathering_id: int | None
) -> Mapping[int, PersonLine]:
    """Their lines; age and roles are those in the gathering."""
    found = editing.people_rows(session, list(wanted), gathering_id=gathering_id)
    return {key: _line(row) for key, row in found.items()}


def counts(session: DbSession, view: View) -> Mapping[str, int]:
    """How many people each chip stands for."""
    return editing.people_counts(session, _asked(view))


def facts(session: DbSession, *, person_id: int, gathering_id: int | None) -> PersonFacts:
    """All that the panel shows of one person."""
    draft = editing.draft_of(session, person_id=person_id)
    roles = editing.roles_of(session, person_id=person_id, language=current())
    here = None if gathering_id is None else _here(session, person_id, gathering_id)
    return PersonFacts(person_id, draft, roles, here)


def save(session: DbSession, *, draft: PersonDraft) -> PersonDraft:
    """Save a person and read it again, with its new version."""
    key = editing.save_person(session, draft=draft)
    return editing.draft_of(session, person_id=key)


def create(session: DbSession, *, draft: PersonDraft, gathering_id: int | None) -> int:
    """Add a person, as a participant where a gathering is chosen; the key."""
    key = editing.save_person(session, draft=draft)
    if gathering_id is not None:
        participations.add_participant(session, gathering_id=gathering_id, person_id=key)
    return key


def join(session: DbSession, *, one: int, other: int) -> int:
    """Make two people one, as both are stored now."""
    found = sides(session, [one, other])
    return merge_people(session, kept=(one, found[one].version), gone=(other, found[other].version))


def save_part(session: DbSession, *, draft: ParticipationDraft) -> ParticipationDraft:
    """Save a participation and read it again, with its new version."""
    key = participations.save_participation(session, draft=draft)
    return participations.draft_of(session, participation_id=key)


def role_words(role: str) -> str:
    """A role in the language in use; a role that somebody made up stays as it is."""
    return _(ROLES[role]) if role in ROLES else role.replace("_", " ")


def _here(session: DbSession, person_id: int, gathering_id: int) -> Here:
    key = participations.participation_id(session, gathering_id=gathering_id, person_id=person_id)
    offers = participations.offers(session, gathering_id=gathering_id)
    work = engagements_of(session, gathering_id=gathering_id, person_id=person_id)
    if key is None:
        return Here(gathering_id, None, None, offers, work)
    part = participations.draft_of(session, participation_id=key)
    fee = participations.fee_of(session, participation_id=key)
    return Here(gathering_id, part, fee, offers, work)


def _line(row: PersonRow) -> PersonLine:
    name = isolate(row.name)
    if row.native_name:
        name = _("{name} ({native})").format(name=name, native=isolate(row.native_name))
    return PersonLine(
        id=row.id,
        plain=row.name,
        name=name,
        country=country_name(row.country) if row.country else "",
        languages=", ".join(language_name(code) for code in row.languages),
        age=row.age,
        roles=", ".join(role_words(role) for role in row.roles),
        email=row.email or "",
    )


def _asked(view: View) -> PeopleView:
    return PeopleView(
        gathering_id=view.gathering,
        part=view.text("state"),
        search=view.search,
        sort=view.sort,
        descending=view.descending,
    )
