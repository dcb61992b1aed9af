"""Answers to invitations: each is applied to its invitation, or listed with its reason."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import select

from schoolapp.domain.gatherings import Gathering
from schoolapp.domain.invitations import (
    GatheringInvitation,
    HeldReply,
    HeldState,
    InvitationState,
    PartStat,
    SessionInvitation,
)
from schoolapp.domain.mail import Mail
from schoolapp.domain.participation import Participation
from schoolapp.domain.people import Person
from schoolapp.domain.programme import Session
from schoolapp.domain.rules import RuleBroken
from schoolapp.exchange.calendars.reply_mails import read_replies
from schoolapp.operations import programme
from schoolapp.operations.invitations import (
    Incoming,
    Judged,
    Outcome,
    count_held,
    decide_held,
    held_replies,
    prepare_reminders,
    session_answers,
    take_replies,
)
from schoolapp.operations.people.merging import merge_people
from schoolapp.storage.store import Store
from tests import builders as b
from tests.answers import ATTENDEE, mail, reply
from tests.databases import Databases
from tests.operations.invitations.test_preparing import School


class Desk(School):
    """The school of the invitations, which are all sent; answers come in."""

    def answer(self, *files: bytes) -> list[Judged]:
        """Take files in, as one step; what became of each answer."""
        incoming = [
            Incoming(f"{n}.eml", one)
            for n, data in enumerate(files)
            for one in read_replies(data, f"{n}.eml")
        ]
        judged: list[Judged] = self.do(lambda s: take_replies(s, incoming=incoming))
        return judged

    def states(self) -> dict[tuple[int, int], PartStat]:
        """The participation of everybody in every session."""
        return {
            (row.session_id, row.person_id): row.partstat
            for row in self.store.read(lambda s: list(s.scalars(select(SessionInvitation))))
        }


def _invited(store: Store) -> None:
    Desk(store, new=True).send()


@pytest.fixture
def desk(databases: Databases) -> Iterator[Desk]:
    """The desk of a school on a plain file."""
    place = databases.copy("file", "invited", _invited)
    store = place.open()
    yield Desk(store)
    store.close()
    databases.remove(place)


def test_a_reply_sets_the_participation_of_that_person_and_session_alone(desk: Desk) -> None:
    """P05: yes, perhaps and no; the others and everything else stay as they are."""
    before = desk.states()
    for n, answer in enumerate(("ACCEPTED", "TENTATIVE", "DECLINED")):
        [one] = desk.answer(reply(desk.uid("lecture"), partstat=answer, minute=n))
        assert (one.outcome, one.participation) == (Outcome.APPLIED, answer)
        ana = desk.store.read(lambda s: s.get_one(Person, desk.people["Ana"]).uid)
        assert one.person == ana
        assert desk.row("Ana", "lecture").partstat == answer
    key = (desk.slots["lecture"], desk.people["Ana"])
    assert desk.states() == before | {key: PartStat.DECLINED}
    assert desk.store.read(count_held) == 0


def test_the_invitation_to_the_gathering_is_answered_too(desk: Desk) -> None:
    """The first mail asks for it (P01)."""
    sent = desk.store.read(
        lambda s: (
            s.scalars(select(Mail).where(Mail.address == ATTENDEE, Mail.occasion == "programme"))
            .one()
            .parts[0]
            .packed
        )
    )
    from icalendar import Calendar

    from schoolapp.domain.mail import unpack

    [event] = Calendar.from_ical(unpack(sent)).walk("VEVENT")
    [one] = desk.answer(reply(str(event["UID"]), comment="I come on Sunday, late"))
    assert one.outcome is Outcome.APPLIED
    row = desk.store.read(
        lambda s: s.scalars(
            select(GatheringInvitation).where(GatheringInvitation.person_id == desk.people["Ana"])
        ).one()
    )
    assert (row.state, row.comment) == (InvitationState.ACCEPTED, "I come on Sunday, late")


def test_addresses_are_compared_without_regard_to_case(desk: Desk) -> None:
    """linagora/esn-sabre#284: ``mailto:``, ``MAILTO:`` and capitals are one address."""
    [one] = desk.answer(reply(desk.uid("lecture"), attendee="MAILTO:Ana@Example.ORG"))
    assert one.outcome is Outcome.APPLIED


def test_an_answer_to_an_old_state_changes_nothing(desk: Desk) -> None:
    """P05, E50: an outdated SEQUENCE is listed; so is one that was never sent."""
    desk.move("lecture")
    desk.send()
    for number, words in ((0, "older state"), (7, "never sent")):
        [one] = desk.answer(reply(desk.uid("lecture"), sequence=number))
        assert one.outcome is Outcome.HELD
        assert words in one.why
    assert desk.row("Ana", "lecture").partstat is PartStat.NEEDS_ACTION
    assert desk.row("Ana", "lecture").sequence == 1
    assert desk.store.read(count_held) == 2


def test_an_older_answer_never_replaces_a_newer_one(desk: Desk) -> None:
    """RFC 5546 2.1.5: DTSTAMP decides, whatever the order of arrival; the same again is known."""
    uid = desk.uid("lecture")
    newer, older = reply(uid, minute=9), reply(uid, partstat="DECLINED", minute=3)
    outcomes = [one.outcome for one in desk.answer(newer, older, newer)]
    assert outcomes == [Outcome.APPLIED, Outcome.HELD, Outcome.IGNORED]
    assert desk.row("Ana", "lecture").partstat is PartStat.ACCEPTED


ODD: list[tuple[dict[str, Any], str]] = [
    ({"uid": "nobody@knows"}, "not known here"),
    ({"uid": ""}, "which invitation"),
    ({"attendee": "mailto:crasher@example.org"}, "crasher@example.org was not invited"),
    ({"attendee": "mailto:second@example.org"}, "another address of Ana Testperson"),
    ({"attendee": ""}, "who answers"),
    ({"more": "ATTENDEE;PARTSTAT=ACCEPTED:mailto:bilal@example.org"}, "several people"),
    ({"method": "COUNTER"}, "another time or place"),
    ({"method": "REFRESH"}, "asks for the invitation again"),
    ({"method": "X-OWN"}, "“X-OWN” is not known"),
    ({"kind": "VTODO"}, "a task"),
    ({"partstat": "DELEGATED"}, "to somebody else"),
    ({"partstat": ""}, "neither yes"),
    ({"partstat": "NEEDS-ACTION"}, "neither yes"),
    ({"more": "RECURRENCE-ID:20271024T073000Z"}, "one date of a series"),
    ({"more": "REQUEST-STATUS:3.7;Invalid calendar user"}, "reports a failure: 3.7"),
    ({"stamp": ""}, "when it was made"),
    ({"stamp": "yesterday"}, "Its DTSTAMP is broken"),
    ({"sequence": "one"}, "Its SEQUENCE is broken"),
]


def test_what_does_not_match_is_listed_with_its_reason(desk: Desk) -> None:
    """P05, E50: never changed silently; the list holds it once, however often it comes in."""

    def join(session: Any) -> int:
        ana = session.get_one(Person, desk.people["Ana"])
        twin = b.person(session, name="Ana Testperson", email="Second@example.org")
        kept, gone = ((one.id, one.version) for one in (ana, twin))
        return merge_people(session, kept=kept, gone=gone)

    desk.do(join)
    before, uid = desk.states(), desk.uid("lecture")
    files = [reply(**({"uid": uid} | changes)) for changes, _words in ODD]
    for _again in range(2):
        for one, (_changes, words) in zip(desk.answer(*files), ODD, strict=True):
            assert one.outcome is Outcome.HELD
            assert words in one.why
    assert desk.states() == before
    rows = desk.store.read(held_replies)
    assert sorted(row.why for row in rows) == sorted(one.why for one in desk.answer(*files))


FORGED: list[tuple[dict[str, str], str]] = [
    ({"sender": "Mallory <mallory@example.net>"}, "comes from mallory@example.net"),
    ({"sender": '"ana@example.org" <mallory@example.net>'}, "comes from mallory@example.net"),
    ({"sender": "ana@example.org, mallory@example.net"}, "The mail comes from"),
    ({"sender": ""}, "The mail comes from"),
    ({"more": "Authentication-Results: mx.example; dkim=none; dmarc=fail"}, "DMARC"),
]


def test_a_forged_mail_changes_nothing(desk: Desk) -> None:
    """T8: the sender of the mail must be the one who answers."""
    uid = desk.uid("lecture")
    judged = desk.answer(*(mail(reply(uid), **headers) for headers, _words in FORGED))
    for one, (_headers, words) in zip(judged, FORGED, strict=True):
        assert one.outcome is Outcome.HELD
        assert words in one.why
    assert desk.row("Ana", "lecture").partstat is PartStat.NEEDS_ACTION


def test_somebody_who_answers_for_another_is_named(desk: Desk) -> None:
    """SENT-BY is valid (RFC 5546); a person decides whether it counts."""
    data = reply(desk.uid("lecture"), parameters=';SENT-BY="mailto:helper@example.org"')
    [one] = desk.answer(mail(data, sender="helper@example.org"))
    assert "helper@example.org answers on behalf of ana@example.org" in one.why


def test_an_answer_to_a_cancelled_session_is_listed(desk: Desk) -> None:
    """Nobody takes part in a session that does not take place."""
    desk.do(lambda s: programme.cancel_session(s, session_id=desk.slots["lecture"]))
    desk.send()
    [one] = desk.answer(reply(desk.uid("lecture"), sequence=1))
    assert (one.outcome, "cancelled since" in one.why) == (Outcome.HELD, True)


def test_a_mailbox_of_two_people_asks_who_answered(desk: Desk) -> None:
    """E25: the program cannot know whose answer it is."""

    def share(session: Any) -> None:
        b.edit_person(session, session.get_one(Person, desk.people["Bilal"]), email=ATTENDEE)

    desk.do(share)
    [one] = desk.answer(reply(desk.uid("lecture")))
    assert (one.outcome, one.person) == (Outcome.HELD, None)
    assert "Several people read ana@example.org" in one.why


def test_what_is_no_answer_is_ignored_or_refused(desk: Desk) -> None:
    """A mail without a calendar, somebody's own invitation, and a file that is too large."""
    request = reply(desk.uid("lecture"), method="REQUEST")
    plain = b"From: a@example.org\r\nSubject: Hello\r\n\r\nHow are you?\r\n"
    huge = b"BEGIN:VCALENDAR\r\n" + b"X:" + b"x" * 5_000_000
    outcomes = [one.outcome for one in desk.answer(request, plain, huge)]
    assert outcomes == [Outcome.IGNORED, Outcome.IGNORED, Outcome.REFUSED]


def test_a_broken_calendar_is_listed(desk: Desk) -> None:
    """It is listed with what is wrong, and the UID if it can be read."""
    [one] = desk.answer(reply(desk.uid("lecture"))[:-30])
    assert (one.outcome, one.method, one.uid) == (Outcome.HELD, "REPLY", desk.uid("lecture"))
    assert one.why == "The calendar is broken: it ends in the middle."


def test_a_person_decides_about_what_was_listed(desk: Desk) -> None:
    """Applied or put aside; one that names nobody invited can only be put aside."""
    desk.answer(mail(reply(desk.uid("lecture")), sender="helper@example.org"))
    [row] = desk.store.read(held_replies)
    assert (row.who, row.what, row.can_apply) == ("Ana Testperson", "Ecology", True)
    desk.do(lambda s: decide_held(s, held_id=row.id, version=row.version, apply=True))
    assert desk.row("Ana", "lecture").partstat is PartStat.ACCEPTED
    assert desk.store.read(count_held) == 0

    desk.answer(reply("nobody@knows"))
    [row] = desk.store.read(held_replies)
    assert not row.can_apply
    with pytest.raises(RuleBroken, match="names no invitation"):
        desk.do(lambda s: decide_held(s, held_id=row.id, version=row.version, apply=True))
    desk.do(lambda s: decide_held(s, held_id=row.id, version=row.version, apply=False))
    states = desk.store.read(lambda s: list(s.scalars(select(HeldReply.state))))
    assert states == [HeldState.APPLIED, HeldState.DISMISSED]


def test_an_answer_to_the_gathering_can_be_applied_by_hand(desk: Desk) -> None:
    """From another address of the same person, for example."""
    uid = desk.store.read(
        lambda s: s.scalars(select(GatheringInvitation)).first().gathering.uid  # type: ignore[union-attr]
    )
    data = reply(f"{uid}@schoolapp.example", partstat="DECLINED")
    desk.answer(mail(data, sender="helper@example.org"))
    [row] = desk.store.read(held_replies)
    assert row.can_apply
    desk.do(lambda s: decide_held(s, held_id=row.id, version=row.version, apply=True))
    states = desk.store.read(
        lambda s: [one.state for one in s.scalars(select(GatheringInvitation))]
    )
    assert states.count(InvitationState.DECLINED) == 1


def _mails(session: Any, ids: tuple[int, ...]) -> list[Mail]:
    return [session.get_one(Mail, key) for key in ids]


def test_who_did_not_answer_is_reminded(desk: Desk) -> None:
    """The same invitation again, to those alone; an answer to it counts."""
    desk.answer(reply(desk.uid("lecture")))
    shown = {
        row.name: row.state
        for row in desk.store.read(lambda s: session_answers(s, session_id=desk.slots["lecture"]))
    }
    assert shown == {
        "Ana Testperson": InvitationState.ACCEPTED,
        "Bilal Testperson": InvitationState.SENT,
        "Chloé Testperson": InvitationState.SENT,
        "Dita Testperson": InvitationState.SENT,
    }
    ids = desk.do(lambda s: prepare_reminders(s, session_id=desk.slots["lecture"]))
    mails = desk.store.read(
        lambda s: {m.address: (m.occasion, m.parts[0].method) for m in _mails(s, ids)}
    )
    assert sorted(mails) == ["bilal@example.org", "chloe@example.org", "dita@example.org"]
    assert set(mails.values()) == {("reminder", "REQUEST")}
    desk.do(lambda s: s.get_one(Session, desk.slots["lecture"]).title)
    assert desk.prepare().mails == ()
    with pytest.raises(RuleBroken, match="no longer there"):
        desk.do(lambda s: prepare_reminders(s, session_id=999))


def test_times_of_answers_are_utc(desk: Desk) -> None:
    """The last answer applied is recognised by its DTSTAMP."""
    desk.answer(reply(desk.uid("lecture"), minute=4))
    stamp = dt.datetime(2027, 9, 2, 10, 4, tzinfo=dt.UTC)
    assert desk.row("Ana", "lecture").answered == stamp


def test_who_was_invited_is_not_removed_and_what_was_held_goes_along(desk: Desk) -> None:
    """Answers in the list never keep a person, a session or a gathering from being removed."""
    from schoolapp.operations import gatherings
    from schoolapp.operations.people import editing

    def remove(session: Any) -> None:
        dita = session.get_one(Person, desk.people["Dita"])
        editing.remove_person(session, person_id=dita.id, version=dita.version)

    with pytest.raises(RuleBroken, match="has a part in a gathering"):
        desk.do(remove)

    def end(session: Any) -> None:
        at = session.get_one(Gathering, desk.id)
        for one in session.scalars(select(Participation)):
            session.delete(one)
        session.flush()
        gatherings.remove_gathering(session, gathering_id=at.id, version=at.version)

    with pytest.raises(RuleBroken, match="People were invited to sessions"):
        desk.do(end)

    def add(session: Any) -> int:
        other = b.person(session, name="Emre", email="emre@example.org")
        at = b.gathering(session)
        slot = b.session(session, at)
        emre = "mailto:emre@example.org"
        answers = [reply(slot.uid), reply("nobody@knows", attendee=emre)]
        found = [one for data in answers for one in read_replies(data, "")]
        take_replies(session, incoming=[Incoming("", one) for one in found])
        assert count_held(session) == 2
        editing.remove_person(session, person_id=other.id, version=other.version)
        programme.remove_session(session, session_id=slot.id, version=slot.version)
        gatherings.remove_gathering(session, gathering_id=at.id, version=at.version)
        return desk.id

    desk.do(add)
    assert desk.store.read(count_held) == 0
