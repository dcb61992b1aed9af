"""In which language people are written to about a gathering: the facts for its one rule."""

from collections.abc import Collection

import sqlalchemy as sa

from schoolapp.domain.gatherings import Gathering
from schoolapp.domain.participation import Participation
from schoolapp.domain.people import Person
from schoolapp.domain.recipients import recipient_language
from schoolapp.storage.selecting import among, fetch
from schoolapp.storage.store import DbSession


def language_for(session: DbSession, person: Person, *, gathering_id: int) -> str:
    """The language that somebody is written to in about a gathering."""
    return languages_for(session, [person], gathering_id=gathering_id)[person.id]


def languages_for(
    session: DbSession, people: Collection[Person], *, gathering_id: int
) -> dict[int, str]:
    """The language of each of these people, by their keys; one statement for their groups."""
    gathering = session.get_one(Gathering, gathering_id)
    part = Participation
    chosen = sa.select(part.person_id, part.language_group).where(
        part.gathering_id == gathering_id,
        among(session, part.person_id, [person.id for person in people]),
    )
    groups = dict(fetch(session, chosen))
    return {
        person.id: recipient_language(
            mother_tongue=person.mother_tongue,
            known=[(known.lang, known.level) for known in person.languages],
            group=groups.get(person.id),
            working=gathering.working_languages,
        )
        for person in people
    }
