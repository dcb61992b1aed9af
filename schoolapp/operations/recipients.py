"""In which language people are written to about a gathering: the facts for its one rule."""

from collections.abc import Iterable

import sqlalchemy as sa

from schoolapp.domain.gatherings import Gathering
from schoolapp.domain.participation import Participation
from schoolapp.domain.people import Person
from schoolapp.domain.recipients import recipient_language
from schoolapp.storage.selecting import fetch
from schoolapp.storage.store import DbSession


def language_for(session: DbSession, person: Person, *, gathering_id: int) -> str:
    """The language that somebody is written to in about a gathering."""
    return languages_for(session, [person], gathering_id=gathering_id)[person.id]


def languages_for(
    session: DbSession, people: Iterable[Person], *, gathering_id: int
) -> dict[int, str]:
    """The language of each of these people, by their keys."""
    gathering = session.get_one(Gathering, gathering_id)
    part = Participation
    chosen = sa.select(part.person_id, part.language_group).where(
        part.gathering_id == gathering_id, part.language_group.is_not(None)
    )
    groups = {key: group for key, group in fetch(session, chosen)}  # noqa: C416  # mypy takes no row as a pair
    return {
        person.id: recipient_language(
            mother_tongue=person.mother_tongue,
            known=[(known.lang, known.level) for known in person.languages],
            group=groups.get(person.id),
            working=gathering.working_languages,
        )
        for person in people
    }
