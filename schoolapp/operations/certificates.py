"""Certificates: earned by people, and issued with a number and a signature."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import selectinload

from schoolapp.base import clock
from schoolapp.base.language import mark
from schoolapp.domain.certificates import (
    Attested,
    Certificate,
    CertificateRule,
    SigningKey,
    Waiting,
    over_at,
)
from schoolapp.domain.gatherings import Gathering, title_in
from schoolapp.domain.participation import Participation, ParticipationState
from schoolapp.domain.people import Person
from schoolapp.domain.rules import RuleBroken
from schoolapp.exchange.papers import signatures
from schoolapp.operations.attendance.attendants import Attendant
from schoolapp.operations.attendance.counting import Registers, Slot, registers
from schoolapp.operations.attendance.reporting import CAME, EVERYTHING, by_session
from schoolapp.operations.recipients import languages_for
from schoolapp.storage.selecting import fetch
from schoolapp.storage.store import DbSession


@dataclass(frozen=True, slots=True)
class Earning:
    """How near somebody is to a certificate: ``attended`` of the ``core`` sessions in their stay.

    ``sessions`` and the minutes are those of all sessions with a register, core or not; ``number``
    is that of the certificate, if there is one. ``over_at`` is the wall time at which the stay or
    the gathering ends, ``waits`` what has to happen before a certificate may be given.
    """

    person: Attendant
    attended: int
    core: int
    sessions: int
    minutes: int
    minutes_possible: int
    earned: bool
    number: int | None
    over_at: dt.datetime
    waits: Waiting | None


@dataclass(frozen=True, slots=True)
class IssuedCertificate:
    """A certificate as it is printed: in this language, with this signed text."""

    language: str
    native_name: str
    signed: str
    person_uid: str
    number: int


def earnings(
    session: DbSession, *, gathering_id: int, rule: CertificateRule | None = None
) -> list[Earning]:
    """Everybody who takes part, and whether the rule gives them a certificate; three statements."""
    return _earnings(session, registers(session, gathering_id, EVERYTHING, details=True), rule)


def _earnings(session: DbSession, kept: Registers, rule: CertificateRule | None) -> list[Earning]:
    rule = rule or CertificateRule()
    slots = {slot.uid: slot for slot in kept.slots}
    attended, core, sessions = Counter[str](), Counter[str](), Counter[str]()
    minutes, possible = Counter[str](), Counter[str]()
    for uid, _title, _start, person, _name, status, done in by_session(session, kept):
        if done is None:
            continue  # nothing is known of it, or it did not apply to this person
        sessions[person] += 1
        minutes[person] += done
        possible[person] += slots[uid].minutes
        if slots[uid].kind in rule.kinds:
            core[person] += 1
            attended[person] += status in CAME
    now = clock.to_wall(clock.now(), kept.tz)
    return [
        Earning(
            person=p,
            attended=attended[p.uid],
            core=core[p.uid],
            sessions=sessions[p.uid],
            minutes=minutes[p.uid],
            minutes_possible=possible[p.uid],
            earned=rule.earned(attended[p.uid], core[p.uid]),
            number=p.details.certificate if p.details else None,
            over_at=_over_at(kept, p),
            waits=_waits(kept, p, now),
        )
        for p in kept.people
        if p.state != ParticipationState.CANCELLED
    ]


def _over_at(kept: Registers, person: Attendant) -> dt.datetime:
    return over_at(kept.last_day, [departure for _arrival, departure in person.stays])


def _waits(kept: Registers, person: Attendant, now: dt.datetime) -> Waiting | None:
    """What a certificate of this person waits for: the end, and that no register can change."""
    if now < _over_at(kept, person):
        return Waiting.STAY
    return Waiting.REGISTERS if any(_open_registers(kept, person)) else None


def _open_registers(kept: Registers, person: Attendant) -> list[Slot]:
    """The registers of a person's sessions that are neither closed nor lost."""
    if kept.finished:
        return []
    return [
        slot
        for slot in kept.slots
        if not (slot.closed or slot.lost) and person.is_there(slot.start, slot.end, slot.module_id)
    ]


def _need_over(kept: Registers, found: list[Earning]) -> None:
    """``RuleBroken`` while what would be certified is over for nobody."""
    waiting = {one.waits for one in found}
    if None in waiting:
        return
    if Waiting.REGISTERS in waiting:
        raise RuleBroken(
            mark(
                "Registers are still open and can change. Close them in Attendance, or end the"
                " gathering on Home: then certificates can be given."
            )
        )
    first = min((one.over_at for one in found), default=over_at(kept.last_day, []))
    if clock.to_wall(clock.now(), kept.tz) < first:
        raise RuleBroken(
            mark(
                "A certificate says what was attended, so it is given afterwards. The first stay"
                " ends on {date}."
            ),
            date=first.date(),
        )


def issue_certificates(
    session: DbSession, *, gathering_id: int, rule: CertificateRule | None = None
) -> int:
    """Give a certificate to everybody who has earned one and has none; how many were given.

    People whose stay is not over, or whose registers are still open, wait; ``RuleBroken`` while
    everybody waits. Run it as a final step: a number that was given is never given again.
    """
    gathering = session.get_one(Gathering, gathering_id)
    kept = registers(session, gathering_id, EVERYTHING, details=True)
    found = _earnings(session, kept, rule)
    _need_over(kept, found)
    key = _signing_key(session)
    have, languages = set(_holders(session, gathering.code)), _languages(session, gathering_id)
    number = session.scalar(sa.select(sa.func.max(Certificate.number))) or 0
    given = 0
    for one in found:
        if one.earned and one.waits is None and one.person.uid not in have:
            given += 1
            language = languages[one.person.uid]
            session.add(_certificate(one, gathering, language, number + given, key))
    session.flush()
    return given


def _holders(session: DbSession, gathering_code: str) -> list[str]:
    """The people who have a certificate of a gathering, by their uids."""
    statement = sa.select(Certificate.person_uid).where(
        Certificate.gathering_code == gathering_code
    )
    return [uid for (uid,) in fetch(session, statement)]


def _languages(session: DbSession, gathering_id: int) -> dict[str, str]:
    """The language that each participant is written to in, by the uid of the person."""
    part = sa.select(Participation.person_id).where(Participation.gathering_id == gathering_id)
    chosen = sa.select(Person).where(Person.id.in_(part)).options(selectinload(Person.languages))
    people = session.scalars(chosen).all()
    known = languages_for(session, people, gathering_id=gathering_id)
    return {person.uid: known[person.id] for person in people}


def _certificate(
    one: Earning, gathering: Gathering, language: str, number: int, key: SigningKey
) -> Certificate:
    person = one.person
    days = [moment.date() for stay in person.stays for moment in stay]
    attested = Attested(
        number=number,
        name=person.name,
        gathering=title_in(gathering.titles, language),
        first_day=min(days, default=gathering.start_date),
        last_day=max(days, default=gathering.end_date),
        minutes=one.minutes,
        minutes_possible=one.minutes_possible,
        sessions=one.sessions,
        issued_on=clock.to_wall(clock.now(), gathering.tz).date(),
    )
    return Certificate(
        number=number,
        gathering_code=gathering.code,
        person_uid=person.uid,
        native_name=person.details.native_name if person.details else "",
        language=language,
        signed=signatures.signed(attested.text(), key.private),
    )


def issued(session: DbSession, *, gathering_id: int) -> list[IssuedCertificate]:
    """The certificates of a gathering, by number; one statement. None of erased people is left."""
    kept = Certificate
    statement = (
        sa.select(kept.language, kept.native_name, kept.signed, kept.person_uid, kept.number)
        .join(Gathering, Gathering.code == kept.gathering_code)
        .where(Gathering.id == gathering_id, kept.signed != "")
        .order_by(kept.number)
    )
    return [IssuedCertificate(*row) for row in fetch(session, statement)]


def public_keys(session: DbSession) -> list[str]:
    """The institute's public keys, the newest first: what a certificate is checked with."""
    statement = sa.select(SigningKey.public).order_by(SigningKey.id.desc())
    return [key for (key,) in fetch(session, statement)]


def _signing_key(session: DbSession) -> SigningKey:
    """The newest key; the first time one is made."""
    kept = session.scalars(sa.select(SigningKey).order_by(SigningKey.id.desc())).first()
    if kept is None:
        private, public = signatures.new_key()
        kept = SigningKey(private=private, public=public, made_at=clock.now())
        session.add(kept)
    return kept
