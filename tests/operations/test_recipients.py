"""Everybody is written to in one language, whatever they get: checked over all practice schools."""

import datetime as dt
import io
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pypdf
import pytest
import sqlalchemy as sa

from schoolapp.base import clock
from schoolapp.base.language import RECIPIENT_LANGUAGES
from schoolapp.domain.applications import Application
from schoolapp.domain.delegations import Delegation
from schoolapp.domain.documents import Receipt
from schoolapp.domain.gatherings import Gathering
from schoolapp.domain.letters import Occasion
from schoolapp.domain.mail import Mail
from schoolapp.domain.money import Money
from schoolapp.domain.participation import Participation
from schoolapp.domain.visas import Payer
from schoolapp.exchange.calendars.publishing import Calendars
from schoolapp.exchange.papers.certificates import write_certificate
from schoolapp.exchange.papers.receipt import write_receipt
from schoolapp.exchange.papers.visa_letter import write_letter as write_visa_letter
from schoolapp.operations import certificates, visas
from schoolapp.operations.applications import ApplicationDraft, save_application
from schoolapp.operations.arrivals import desk
from schoolapp.operations.calendars.facts import calendar_facts
from schoolapp.operations.delegations import sheet_facts
from schoolapp.operations.invitations.preparing import Writer, invitations_due
from schoolapp.operations.letters.writing import merged, write_letter
from schoolapp.storage.opening import open_store
from schoolapp.storage.store import DbSession, Store

Languages = dict[tuple[int, int], dict[str, str]]
"""By gathering and person: each kind of what they get, and its language."""


@pytest.fixture
def practice(practice_file: Path, clock: dt.datetime) -> Iterator[Store]:
    """The practice schools in a plain file, before the first of them begins."""
    made = open_store(practice_file)
    yield made
    made.close()


def test_everybody_is_written_to_in_one_language(practice: Store) -> None:
    """Letter, invitation, feed, receipt, visa letter with its mail, certificate and the sheet for
    a delegation's leader: all 411 participants get all of theirs in one language."""
    found = practice.change("Write to everybody", _everything, final=True).value
    assert len(found) == 411
    kinds = {kind for got in found.values() for kind in got}
    assert kinds == {
        *("letter", "invitation", "feed", "receipt", "visa letter", "visa mail"),
        *("certificate", "leader's sheet"),
    }
    assert [got for got in found.values() if len(set(got.values())) != 1] == []
    assert {tag for got in found.values() for tag in got.values()} == {*RECIPIENT_LANGUAGES}


def _everything(session: DbSession) -> Languages:
    found: Languages = defaultdict(dict)
    for gathering in session.scalars(sa.select(Gathering)).all():
        for collect in (_feeds, _invitations, _certificates, _sheets, _papers):
            for person, kind, tag in collect(session, gathering.id):
                found[gathering.id, person][kind] = tag
    return found


Got = Iterator[tuple[int, str, str]]


def _feeds(session: DbSession, key: int) -> Got:
    """The language in which a feed is written, compared octet by octet."""
    facts = calendar_facts(session, gathering_id=key)
    calendars = Calendars(facts.gathering, facts.sessions, feed=True)
    ids = _ids(session, key)
    for person, uids in facts.people:
        feed = calendars.personal(person, uids)
        same = {
            tag
            for tag in RECIPIENT_LANGUAGES
            if calendars.personal(replace(person, language=tag), uids) == feed
        }
        assert len(same) == 1
        yield ids[person.uid], "feed", same.pop()


def _invitations(session: DbSession, key: int) -> Got:
    facts, due = invitations_due(session, gathering_id=key)
    writer, ids = Writer(facts), set(_ids(session, key).values())
    for mail in due.mails:
        if mail.people[0] in ids:  # lecturers get invitations too
            yield mail.people[0], "invitation", writer.compose(mail).language


AFTER = dt.datetime(2027, 12, 1, tzinfo=dt.UTC)
"""When the school is over: before, nobody gets a certificate."""


def _certificates(session: DbSession, key: int) -> Got:
    with clock.at(AFTER):
        certificates.issue_certificates(session, gathering_id=key)
    ids = _ids(session, key)
    for one in certificates.issued(session, gathering_id=key):
        yield ids[one.person_uid], "certificate", one.language


def _sheets(session: DbSession, key: int) -> Got:
    ids = set(_ids(session, key).values())
    leaders = sa.select(Delegation.id, Delegation.leader_id).where(Delegation.gathering_id == key)
    for delegation, leader in session.execute(leaders).all():
        if leader in ids:
            facts = sheet_facts(session, delegation_id=delegation)
            yield leader, "leader's sheet", facts.language


def _papers(session: DbSession, key: int) -> Got:
    parts = session.scalars(sa.select(Participation).where(Participation.gathering_id == key)).all()
    for part in parts:
        person = part.person_id
        yield person, "receipt", _receipt(session, part).language
        draft = visas.letter_draft(session, participation_id=part.id)
        draft = replace(draft, name=draft.name or "X", address=draft.address or "Here")
        letter = visas.issue_letter(session, draft=replace(draft, payer=Payer.HOST))
        yield person, "visa letter", letter.language
        ready = visas.newest_letter(session, participation_id=part.id)
        mail = visas.mail_letter(session, letter_id=ready.id, pdf=b"%PDF")
        yield person, "visa mail", session.get_one(Mail, mail).language
        yield person, "letter", _letter(session, part)


def _receipt(session: DbSession, part: Participation) -> Receipt:
    paid = Money(100, session.get_one(Gathering, part.gathering_id).currency)
    return desk.take_cash(session, participation_id=part.id, paid_as=paid)


def _letter(session: DbSession, part: Participation) -> str:
    """The language whose words a letter of acceptance has."""
    gathering = session.get_one(Gathering, part.gathering_id)
    known = sa.select(Application).where(
        Application.gathering_id == gathering.id, Application.person_id == part.person_id
    )
    application = session.scalars(known).first()
    if application is None:
        draft = ApplicationDraft(gathering_id=gathering.id, person_id=part.person_id)
        key = save_application(session, draft=draft)
        application = session.get_one(Application, key)
    due = gathering.start_date
    letter = write_letter(session, application=application, occasion=Occasion.ACCEPTED, due=due)
    assert letter is not None
    mail = session.get_one(Mail, letter)
    same = [
        tag
        for tag in RECIPIENT_LANGUAGES
        if merged(session, application, Occasion.ACCEPTED, tag, question="", due=due)
        == (mail.subject, mail.text)
    ]
    assert same == [mail.language]
    return same[0]


def _ids(session: DbSession, key: int) -> dict[str, int]:
    """The participants of a gathering: uid to key of the person."""
    parts = session.scalars(sa.select(Participation).where(Participation.gathering_id == key))
    return {part.person.uid: part.person_id for part in parts}


@pytest.mark.parametrize("tag", RECIPIENT_LANGUAGES)
def test_papers_are_in_the_language_that_was_found(practice: Store, tag: str) -> None:
    """Receipt, visa letter and certificate of somebody say in the file which language it is in."""

    def make(session: DbSession) -> list[bytes]:
        key = session.scalars(sa.select(Gathering.id).where(Gathering.code == "gjs2027")).one()
        person = session.scalars(
            sa.select(Participation).where(Participation.gathering_id == key)
        ).first()
        assert person is not None
        person.person.mother_tongue = tag
        session.flush()
        with clock.at(AFTER):
            certificates.issue_certificates(session, gathering_id=key)
        uid = person.person.uid
        paper = next(
            one for one in certificates.issued(session, gathering_id=key) if one.person_uid == uid
        )
        draft = visas.letter_draft(session, participation_id=person.id)
        letter = visas.issue_letter(session, draft=replace(draft, payer=Payer.HOST))
        at = dt.datetime(2027, 3, 1, tzinfo=dt.UTC)
        return [
            write_receipt(_receipt(session, person), at=at),
            write_visa_letter(letter),
            write_certificate(
                signed=paper.signed, native_name=paper.native_name, language=paper.language
            ),
        ]

    files = practice.change("Make papers", make, final=True).value
    said = [pypdf.PdfReader(io.BytesIO(file)).trailer["/Root"].get("/Lang") for file in files]
    assert said == [tag] * 3
