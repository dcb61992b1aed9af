"""Which languages people need in a session and nobody interprets into (S15).

An example: a lecture is in English. Of 23 participants 9 belong to the French group; four of them
read English, and nobody interprets into French: five people need it.
"""

from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from schoolapp.domain.attendance import applies, in_modules
from schoolapp.domain.audience import Audience
from schoolapp.domain.planned import Follower, PlannedGathering, PlannedSession
from schoolapp.domain.programme import SessionKind

FOR_ALL = frozenset({Audience.ALL, Audience.LANGUAGE_GROUP})
"""The audiences of which every participant is one."""


class Uncovered(NamedTuple):
    """A session, a language that nobody interprets into, and how many people need it."""

    session: PlannedSession
    language: str
    people: int


def uncovered(gathering: PlannedGathering) -> Iterator[Uncovered]:
    """What is not covered in the sessions of a gathering, by session and language.

    Somebody who understands a language that is heard needs nothing, and a social evening needs no
    interpreter. Sessions without a floor, or for some people only, are left to the coordinator.
    """
    for session in gathering.sessions if gathering.followers else ():
        heard = frozenset(session.spoken.all)
        if session.spoken.floor and _is_interpreted(session):
            needs: dict[str, int] = defaultdict(int)
            for follower, number in gathering.followers.items():
                heard_of = {follower.language, *follower.understands} & heard
                if not heard_of and _attends(follower, session):
                    needs[follower.language] += number
            for language, people in sorted(needs.items()):
                yield Uncovered(session, language, people)


def _is_interpreted(session: PlannedSession) -> bool:
    return session.audience in FOR_ALL and session.kind is not SessionKind.SOCIAL


def _attends(follower: Follower, session: PlannedSession) -> bool:
    there = applies(session.start_local, session.end_local, list(follower.stays))
    return there and in_modules(session.module_id, follower.modules)
