"""Numbered letters of invitation: prepared, issued, and reprinted unchanged at any later time."""

import datetime as dt
from dataclasses import dataclass, replace

import sqlalchemy as sa

from schoolapp.base import clock
from schoolapp.domain.applications import Application
from schoolapp.domain.applications import ApplicationState as S
from schoolapp.domain.documents import LetterText, letter_file
from schoolapp.domain.gatherings import Gathering
from schoolapp.domain.participation import Participation
from schoolapp.domain.recipients import ours
from schoolapp.domain.visas import (
    LetterSeries,
    Payer,
    VisaLetter,
    check_letter,
    name_in_passport,
    next_revision,
    number_of,
    refuse_wrong,
    series_of,
)
from schoolapp.operations.applications import move_application
from schoolapp.operations.centres import first_centre, mailbox_of
from schoolapp.operations.recipients import language_for
from schoolapp.operations.visas.rules import rules_for
from schoolapp.storage.journal import actor_of
from schoolapp.storage.store import DbSession

PLAIN = (
    "language", "name", "starts", "ends", "address", "payer", "payer_name", "consulate", "born",
    "nationality", "passport_number",
)  # fmt: skip
"""The fields of a letter that its draft has too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterDraft:
    """A letter to be issued; ``number`` and ``revision`` are what it would get.

    Nobody is said to pay before somebody has said so.
    """

    gathering_id: int
    person_id: int
    language: str
    name: str
    starts: dt.date
    ends: dt.date
    address: str
    payer: Payer | None = None
    payer_name: str = ""
    consulate: str = ""
    born: dt.date | None = None
    nationality: str | None = None
    passport_number: str = ""
    number: str = ""
    revision: int = 1
    has_passport_name: bool = True

    @property
    def file_name(self) -> str:
        """The name of its file, if nobody takes the number before."""
        return letter_file(self.number, self.revision)


def letter_draft(session: DbSession, *, participation_id: int) -> LetterDraft:
    """The letter of a participant, filled with what is known, or as it was issued last."""
    part = session.get_one(Participation, participation_id)
    gathering, person = session.get_one(Gathering, part.gathering_id), part.person
    rules = {rule.nationality: rule for rule in rules_for(session, country=gathering.country)}
    rule = rules.get(person.nationality or "")
    wanted = ours(rule.language) if rule else None  # the consulate reads it, not the person
    fresh = LetterDraft(
        gathering_id=gathering.id,
        person_id=person.id,
        language=wanted or language_for(session, person, gathering_id=gathering.id),
        name=name_in_passport(person.passport_name, person.display_name),
        starts=part.stays[0].arrival.date() if part.stays else gathering.start_date,
        ends=part.stays[-1].departure.date() if part.stays else gathering.end_date,
        address=", ".join(t for t in (gathering.venue_name, gathering.venue_city) if t),
        consulate=rule.consulate if rule else "",
        born=person.born,
        nationality=person.nationality,
        number=next_number(session, gathering),
        has_passport_name=bool((person.passport_name or "").strip()),
    )
    return _as_issued(session, fresh)


def _as_issued(session: DbSession, fresh: LetterDraft) -> LetterDraft:
    """The draft of a revision: what the last letter said, except where more is known now."""
    last = _last(session, fresh.gathering_id, fresh.person_id)
    if last is None:
        return fresh
    kept = ("address", "payer", "payer_name", "consulate", "passport_number", "language")
    return replace(
        fresh,
        number=number_of(last.series, last.serial),
        revision=last.revision + 1,
        **{name: getattr(last, name) for name in kept},
    )


def check_letter_draft(draft: LetterDraft) -> dict[str, str]:
    """What is wrong with a letter: field to a sentence marked for translation."""
    return check_letter(
        draft.name, draft.starts, draft.ends, draft.address, draft.payer, draft.payer_name
    )


def issue_letter(session: DbSession, *, draft: LetterDraft) -> LetterText:
    """Issue a letter: a new number of the centre's series, or a revision of the one there is.

    The centre that holds the gathering invites, not the venue. Run it as a final change: a number
    that left the program is never given again. A person who has a confirmed place waits for the
    visa from now on.
    """
    refuse_wrong(check_letter_draft(draft))
    gathering = session.get_one(Gathering, draft.gathering_id)
    last = _last(session, draft.gathering_id, draft.person_id)
    if last is None:
        counter = _counter(session, gathering)
        counter.last += 1
        series, serial, revision = counter.name, counter.last, 1
    else:
        series, serial, revision = last.series, last.serial, next_revision([last.revision])
    host = first_centre(session, gathering.host_centre)
    made = VisaLetter(
        gathering_id=gathering.id,
        person_id=draft.person_id,
        series=series,
        serial=serial,
        revision=revision,
        issued_by=actor_of(session),
        host=host.name,
        host_address=host.address,
        contact=mailbox_of(session, gathering_id=gathering.id).address,
        **{name: getattr(draft, name) for name in PLAIN},
    )
    session.add(made)
    _ask_visa(session, draft)
    session.flush()
    return letter_text(session, letter_id=made.id)


def letters_of(session: DbSession, *, gathering_id: int, person_id: int) -> tuple[VisaLetter, ...]:
    """The letters of a person for a gathering, the newest first."""
    v = VisaLetter
    query = sa.select(v).where(v.gathering_id == gathering_id, v.person_id == person_id)
    return tuple(session.scalars(query.order_by(v.revision.desc())))


def letter_text(session: DbSession, *, letter_id: int) -> LetterText:
    """A letter as it was issued, ready to be typeset; the same at any later time."""
    letter = session.get_one(VisaLetter, letter_id)
    gathering = session.get_one(Gathering, letter.gathering_id)
    return LetterText(
        number=number_of(letter.series, letter.serial),
        revision=letter.revision,
        issued=clock.to_wall(letter.issued_at, gathering.tz).date(),
        at=letter.issued_at,
        gathering=dict(gathering.titles),
        city=gathering.venue_city,
        country=gathering.country,
        host=letter.host,
        host_address=letter.host_address,
        contact=letter.contact,
        **{name: getattr(letter, name) for name in PLAIN},
    )


def next_number(session: DbSession, gathering: Gathering) -> str:
    """The number that the next letter of the gathering's centre would get."""
    name = _series(gathering)
    last = sa.select(LetterSeries.last).where(LetterSeries.name == name)
    return number_of(name, (session.execute(last).scalar() or 0) + 1)


def _ask_visa(session: DbSession, draft: LetterDraft) -> None:
    a = Application
    mine = sa.select(a).where(
        a.gathering_id == draft.gathering_id,
        a.person_id == draft.person_id,
        a.state == S.CONFIRMED,
    )
    confirmed = session.scalars(mine).first()
    if confirmed is not None:
        if confirmed.needs_visa is not True:
            confirmed.needs_visa = True
        move_application(session, application_id=confirmed.id, step="ask_visa")


def _counter(session: DbSession, gathering: Gathering) -> LetterSeries:
    name = _series(gathering)
    locked = sa.select(LetterSeries).where(LetterSeries.name == name).with_for_update()
    found = session.scalars(locked).first()
    if found is None:
        found = LetterSeries(name=name)
        session.add(found)
        session.flush()
    return found


def _series(gathering: Gathering) -> str:
    centre = gathering.host_centre or gathering.country
    return series_of(centre, clock.to_wall(clock.now(), gathering.tz).year)


def _last(session: DbSession, gathering_id: int, person_id: int) -> VisaLetter | None:
    found = letters_of(session, gathering_id=gathering_id, person_id=person_id)
    return next(iter(found), None)
