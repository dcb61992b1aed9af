"""Invitations: who is sent what, once, in their language, and what is due after a change."""

import datetime as dt
import email
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from email import policy
from functools import partial
from typing import Any

import pytest
from icalendar import Calendar
from sqlalchemy import select

from schoolapp.base import clock
from schoolapp.domain.applications import ApplicationState
from schoolapp.domain.gatherings import Gathering, Room
from schoolapp.domain.invitations import (
    GatheringInvitation,
    InvitationState,
    PartStat,
    Placed,
    SessionInvitation,
)
from schoolapp.domain.mail import Mail, MailState, unpack
from schoolapp.domain.participation import Participation
from schoolapp.domain.people import Person
from schoolapp.domain.programme import Session, SessionKind, SessionState
from schoolapp.domain.readings import EditionDraft
from schoolapp.exchange.calendars.reply_mails import read_replies
from schoolapp.exchange.mail.message import Sender, as_eml
from schoolapp.operations import gatherings, mail, programme, readings
from schoolapp.operations.calendars.facts import calendar_facts
from schoolapp.operations.gatherings import gathering_row
from schoolapp.operations.invitations import (
    Incoming,
    Kind,
    count_due,
    invitations_due,
    prepare_invitations,
    record_sent,
    take_replies,
)
from schoolapp.operations.mail.reading import message_of
from schoolapp.operations.mail.steps import take_step
from schoolapp.storage.store import Store
from tests import builders as b
from tests.answers import reply
from tests.databases import Databases

NOW = dt.datetime(2027, 9, 1, 8, tzinfo=dt.UTC)
OFFICE = "office@example.org"


@dataclass
class Post:
    """A mail as it arrived: its headers, its words, its calendars by method."""

    to: str
    subject: str
    text: str
    data: bytes
    calendars: dict[str, Calendar] = field(default_factory=dict)

    def event(self, method: str) -> Any:
        """The only event of the calendar with this method."""
        [event] = self.calendars[method].walk("VEVENT")
        return event


def read(data: bytes) -> Post:
    """A mail read back by the standard library and icalendar."""
    mail = email.message_from_bytes(data, policy=policy.default)
    text = mail.get_body(("plain",))
    assert text is not None
    post = Post(mail["To"], mail["Subject"], text.get_content(), data)
    for part in mail.walk():
        if part.get_content_type() == "text/calendar":
            calendar = Calendar.from_ical(part.get_payload(decode=True))  # type: ignore[arg-type]
            assert calendar["METHOD"] == part.get_param("method")
            post.calendars[str(calendar["METHOD"])] = calendar
    return post


class School:
    """A school of four people with three sessions, and what leaves it."""

    def __init__(self, store: Store, *, new: bool = False) -> None:
        self.store = store
        self.moment = NOW + dt.timedelta(minutes=10)
        self.id = 0
        self.people: dict[str, int] = {}
        self.slots: dict[str, int] = {}
        self.do(self._build if new else self._find)

    def _find(self, session: Any) -> None:
        """The keys in a copy of a school that was made before."""
        self.id = session.scalars(select(Gathering.id)).one()
        people = session.execute(select(Person.display_name, Person.id))
        self.people = {name.split()[0]: key for name, key in people}
        names = {"Opening": "opening", "Ecology": "lecture", "Party": "party"}
        slots = session.execute(select(Session.title, Session.id))
        self.slots = {names[title]: key for title, key in slots}

    def _build(self, session: Any) -> None:
        at = b.gathering(
            session, venue_name="", venue_city="", contact_name="The office", contact_address=OFFICE
        )
        names = {"Ana": "es", "Bilal": "ur", "Chloé": "fr", "Dita": "en"}
        people = {
            name: b.person(
                session,
                name=f"{name} Testperson",
                email=f"{name.lower().replace('é', 'e')}@example.org",
                mother_tongue=tongue,
                languages=(),
            )
            for name, tongue in names.items()
        }
        self.id = at.id
        self.people = {name: one.id for name, one in people.items()}
        for name in ("Ana", "Bilal", "Chloé"):
            b.participation(session, people[name], at)
        plan: dict[str, dict[str, Any]] = {
            "opening": {"title": "Opening", "room": at.rooms[0]},
            "lecture": {
                "title": "Ecology", "day": 1, "speakers": (people["Dita"],), "room": at.rooms[0],
            },
            "party": {"title": "Party", "day": 2, "kind": SessionKind.SOCIAL},
        }  # fmt: skip
        confirmed = SessionState.CONFIRMED
        self.slots = {
            name: b.session(session, at, state=confirmed, **of).id for name, of in plan.items()
        }

    def do(self, work: Callable[[Any], Any]) -> Any:
        """Change something, a minute after the last thing."""
        self.moment += dt.timedelta(minutes=1)
        with clock.at(self.moment):
            return self.store.change("Change", work).value

    def prepare(self) -> Any:
        """Prepare what is due."""
        return self.do(lambda s: prepare_invitations(s, gathering_id=self.id))

    def send(self) -> dict[str, list[Post]]:
        """Prepare and deliver what is due; what arrived, by mailbox."""
        ids = self.prepare().mails
        sender = Sender(address=OFFICE, name="The office")
        arrived: dict[str, list[Post]] = {}
        for key in ids:
            message = self.store.read(lambda s, k=key: message_of(s, mail_id=k, sender=sender))
            post = read(as_eml(message))
            arrived.setdefault(post.to, []).append(post)
        self.do(lambda s: mail.sent_elsewhere(s, ids=ids))
        return arrived

    def move(self, name: str, hours: int = 1) -> None:
        """Begin a session later."""

        def work(session: Any) -> None:
            slot = session.get_one(Session, self.slots[name])
            start = slot.start_local + dt.timedelta(hours=hours)
            programme.move_session(session, session_id=slot.id, start=start)

        self.do(work)

    def uid(self, name: str) -> str:
        """The UID of a session."""
        return str(self.store.read(lambda s: s.get_one(Session, self.slots[name]).uid))

    def row(self, who: str, slot: str) -> Any:
        """The invitation of a person to a session."""
        chosen = select(SessionInvitation).where(
            SessionInvitation.person_id == self.people[who],
            SessionInvitation.session_id == self.slots[slot],
        )
        return self.store.read(lambda s: s.scalars(chosen).one())


def make_school(store: Store) -> None:
    """The school, nothing sent yet."""
    School(store, new=True)


@pytest.fixture
def school(databases: Databases) -> Iterator[School]:
    """The school on a plain file."""
    place = databases.copy("file", "invites", make_school)
    store = place.open()
    yield School(store)
    store.close()
    databases.remove(place)


def test_the_first_mail_holds_the_gathering_and_the_programme(school: School) -> None:
    """P01, S17: one mail each: a REQUEST for the gathering, the programme as one PUBLISH file."""
    arrived = school.send()
    assert {to: len(posts) for to, posts in arrived.items()} == {
        "ana@example.org": 1,
        "bilal@example.org": 1,
        "chloe@example.org": 1,
        "dita@example.org": 1,
    }
    [post] = arrived["ana@example.org"]
    whole = post.event("REQUEST")
    assert (whole["SEQUENCE"], whole["TRANSP"], whole["STATUS"]) == (0, "TRANSPARENT", "CONFIRMED")
    assert whole["DTSTART"].dt == b.START
    assert whole["DTEND"].dt == b.START + dt.timedelta(days=21)  # the first day after it
    assert whole["ORGANIZER"] == f"mailto:{OFFICE}"
    titles = [str(event["SUMMARY"]) for event in post.calendars["PUBLISH"].walk("VEVENT")]
    assert titles == ["Opening", "Ecology"]  # a party asks for no answer
    assert b"ATTENDEE" not in post.calendars["PUBLISH"].to_ical()
    assert len(post.data) < 100_000
    states = school.store.read(
        lambda s: {s.get_one(Session, key).state for key in school.slots.values()}
    )
    assert states == {SessionState.PUBLISHED, SessionState.CONFIRMED}


def test_words_and_calendar_are_in_the_language_of_the_recipient(school: School) -> None:
    """P01, E51: Spanish, Urdu, French; no line over 75 octets."""
    arrived = school.send()
    words = {"ana": "Te invitamos", "bilal": "دعوت", "chloe": "programme"}
    for name, word in words.items():
        [post] = arrived[f"{name}@example.org"]
        assert word in post.text
        for part in email.message_from_bytes(post.data).walk():
            if part.get_content_type() == "text/calendar":
                lines = part.get_payload(decode=True).split(b"\r\n")  # type: ignore[union-attr]
                assert max(map(len, lines)) <= 75


def test_who_works_in_a_session_is_asked_for_it_alone(school: School) -> None:
    """A speaker gets a REQUEST for each session of their own, as its chair."""
    [post] = school.send()["dita@example.org"]
    event = post.event("REQUEST")
    assert event["UID"] == school.uid("lecture")
    assert event["ATTENDEE"].params["ROLE"] == "CHAIR"
    assert "You speak in this session" in post.text


def test_nothing_is_due_twice(school: School) -> None:
    """S17, E49: what was prepared stays as it is; what was sent is not due again."""
    first = school.prepare()
    assert school.prepare().mails == first.mails
    assert len(first.mails) == 4
    school.send()
    assert school.prepare().mails == ()
    assert "Nothing is due" in school.prepare().numbers.sentence()


def test_a_change_is_reported_once_and_to_its_invitees_alone(school: School) -> None:
    """P03, E48: same UID, SEQUENCE + 1, the old time beside the new one."""
    school.send()
    school.do(lambda s: _elsewhere(s, school).id)
    school.send()
    school.move("lecture")
    arrived = school.send()
    assert sorted(arrived) == [
        f"{name}@example.org" for name in ("ana", "bilal", "chloe", "dita")
    ]  # not the person who came later for the last day only
    for posts in arrived.values():
        [post] = posts
        event = post.event("REQUEST")
        assert (event["UID"], event["SEQUENCE"]) == (school.uid("lecture"), 1)
        assert event["DTSTART"].dt.hour == 10
    [post] = arrived["dita@example.org"]
    assert "10:30 to 12:00 (Europe/Amsterdam, UTC+02:00)" in post.text
    assert "Before: Sunday, 24 October 2027, 09:30 to 11:00" in post.text


def _elsewhere(session: Any, school: School) -> Participation:
    """A person who is there on the last day only."""
    late = b.person(session, name="Emre Testperson", email="emre@example.org")
    at = session.get_one(Gathering, school.id)
    last = dt.datetime.combine(at.end_date, dt.time(8))
    return b.participation(session, late, at, stay=(last, last.replace(hour=20)))


def test_another_room_counts_as_a_change_and_a_new_title_does_not(school: School) -> None:
    """P03: a new room is sent at once; a new text goes with the next mail."""
    school.send()

    def room(session: Any) -> None:
        slot = session.get_one(Session, school.slots["opening"])
        other = session.scalars(select(Room).where(Room.code == "R2")).one()
        programme.move_session(
            session, session_id=slot.id, start=slot.start_local, room_id=other.id
        )

    school.do(room)
    [post] = school.send()["chloe@example.org"]
    assert post.event("REQUEST")["LOCATION"] == "Room 2"
    assert "Room 2" in post.text
    assert "Room 1" in post.text

    def title(session: Any) -> None:
        slot = session.get_one(Session, school.slots["opening"])
        b.edit_session(session, slot, title="A new title")

    school.do(title)
    assert school.send() == {}


def test_there_and_back_again_is_no_news(school: School) -> None:
    """A session whose time and place are as sent needs no mail."""
    school.send()
    school.move("lecture", 1)
    assert len(school.prepare().mails) == 4
    school.move("lecture", -1)
    assert school.prepare().mails == ()
    states = school.store.read(lambda s: list(s.scalars(select(Mail.state))))
    assert states.count(MailState.DISCARDED) == 4


def test_a_cancelled_session_is_taken_out_of_calendars(school: School) -> None:
    """P04, E48: CANCEL with STATUS and the same UID; what comes back has a new one."""
    school.send()
    old = school.uid("lecture")
    school.do(lambda s: programme.cancel_session(s, session_id=school.slots["lecture"]))
    for posts in school.send().values():
        event = posts[0].event("CANCEL")
        assert (event["UID"], event["SEQUENCE"], event["STATUS"]) == (old, 1, "CANCELLED")
    assert school.row("Ana", "lecture").state is InvitationState.CANCELLED
    back = school.do(lambda s: programme.bring_back(s, session_id=school.slots["lecture"]))
    school.do(lambda s: programme.take_step(s, session_id=back, step="confirm"))
    [post] = school.send()["ana@example.org"]
    assert post.event("REQUEST")["UID"] != old
    assert post.event("REQUEST")["SEQUENCE"] == 0


def test_who_is_taken_off_a_session_hears_of_that_alone(school: School) -> None:
    """Acceptance 1: CANCEL for that session only, without STATUS; put back: invited again."""
    school.send()

    def drop(session: Any) -> None:
        b.edit_session(session, session.get_one(Session, school.slots["lecture"]), speakers=())

    school.do(drop)
    arrived = school.send()
    assert list(arrived) == ["dita@example.org"]
    event = arrived["dita@example.org"][0].event("CANCEL")
    assert (event["UID"], event["SEQUENCE"]) == (school.uid("lecture"), 1)
    assert "STATUS" not in event
    assert "no longer in your programme" in arrived["dita@example.org"][0].text

    def again(session: Any) -> None:
        slot = session.get_one(Session, school.slots["lecture"])
        b.edit_session(session, slot, speakers=(school.people["Dita"],))

    school.do(again)
    [post] = school.send()["dita@example.org"]
    assert post.event("REQUEST")["SEQUENCE"] == 2
    assert school.row("Dita", "lecture").state is InvitationState.SENT


def test_who_comes_for_less_gets_a_cancellation_of_what_falls_out(school: School) -> None:
    """A session outside the new stay is cancelled for that person; the others get nothing."""
    school.send()

    def leave(session: Any) -> None:
        chosen = select(Participation).where(Participation.person_id == school.people["Ana"])
        place = session.scalars(chosen).one()
        leaves = dt.datetime.combine(b.START, dt.time(20))
        b.edit_place(session, place, stays=((place.stays[0].arrival, leaves),))

    school.do(leave)
    arrived = school.send()
    assert list(arrived) == ["ana@example.org"]
    assert arrived["ana@example.org"][0].event("CANCEL")["UID"] == school.uid("lecture")


def test_who_does_not_come_gets_one_mail_for_everything(school: School) -> None:
    """The gathering is cancelled for that person, and a file strikes out all sessions."""
    school.send()

    def leave(session: Any) -> None:
        ana = session.get_one(Person, school.people["Ana"])
        b.cancelled(session, ana, session.get_one(Gathering, school.id))

    school.do(leave)
    arrived = school.send()
    assert list(arrived) == ["ana@example.org"]
    [post] = arrived["ana@example.org"]
    assert (post.event("CANCEL")["SEQUENCE"], "STATUS" in post.event("CANCEL")) == (1, False)
    off = post.calendars["PUBLISH"].walk("VEVENT")
    assert [(str(one["STATUS"]), one["SEQUENCE"]) for one in off] == [("CANCELLED", 1)] * 2
    assert school.prepare().mails == ()

    def return_(session: Any) -> None:
        ana = session.get_one(Person, school.people["Ana"])
        at = session.get_one(Gathering, school.id)
        b.application(session, ana, at, state=ApplicationState.CONFIRMED)

    school.do(return_)
    [post] = school.send()["ana@example.org"]
    assert post.event("REQUEST")["SEQUENCE"] == 2


def test_other_days_of_the_gathering_are_reported(school: School) -> None:
    """The invitation to the gathering is updated with a higher SEQUENCE."""
    school.send()

    def longer(session: Any) -> None:
        at = session.get_one(Gathering, school.id)
        b.edit_gathering(session, at, end_date=at.end_date + dt.timedelta(days=1))

    school.do(longer)
    arrived = school.send()
    assert sorted(arrived) == ["ana@example.org", "bilal@example.org", "chloe@example.org"]
    assert arrived["ana@example.org"][0].event("REQUEST")["SEQUENCE"] == 1


def test_a_session_that_is_added_later_is_an_invitation(school: School) -> None:
    """It is not an update: SEQUENCE 0, to the people it concerns."""
    school.send()

    def add(session: Any) -> None:
        at = session.get_one(Gathering, school.id)
        b.session(session, at, title="More", day=3, state=SessionState.CONFIRMED)

    school.do(add)
    arrived = school.send()
    assert sorted(arrived) == ["ana@example.org", "bilal@example.org", "chloe@example.org"]
    assert arrived["ana@example.org"][0].event("REQUEST")["SEQUENCE"] == 0


def test_two_people_with_one_mailbox_get_one_mail(school: School) -> None:
    """E25: both are named in it, and the address is in it once."""

    def share(session: Any) -> None:
        bilal = session.get_one(Person, school.people["Bilal"])
        b.edit_person(session, bilal, email="Ana@example.org")

    school.do(share)
    arrived = {to.lower(): posts for to, posts in school.send().items()}
    [post] = arrived["ana@example.org"]
    attendee = post.event("REQUEST")["ATTENDEE"]
    assert sorted(attendee.params["CN"].split(", ")) == ["Ana Testperson", "Bilal Testperson"]
    assert sorted(arrived) == ["ana@example.org", "chloe@example.org", "dita@example.org"]


def test_who_has_no_address_is_counted(school: School) -> None:
    """E28: they get no mail, and the numbers say so before anything is sent."""

    def lose(session: Any) -> None:
        b.edit_person(session, session.get_one(Person, school.people["Ana"]), email="")

    school.do(lose)
    numbers = school.prepare().numbers
    assert (numbers.mails, numbers.without_address) == (3, 1)
    assert numbers.sentence().startswith("3 mails; 2 first invitations, 1 new")
    assert numbers.sentence().endswith("1 person without an address.")


def test_what_is_over_is_not_reported(school: School) -> None:
    """A change to a session of last month reaches nobody."""
    school.send()
    school.move("lecture")
    school.moment = dt.datetime(2027, 11, 10, tzinfo=dt.UTC)
    assert school.prepare().mails == ()


def test_a_mail_that_is_on_its_way_counts_as_reported(school: School) -> None:
    """S17: nothing is sent twice: queued mails are not prepared again, failed ones wait."""
    ids = school.prepare().mails

    def queue(session: Any) -> None:
        mail.queue(session, ids=ids)

    school.do(queue)
    assert school.prepare().mails == ()
    school.move("lecture")
    kinds = school.store.read(
        lambda s: {mail.kind for mail in invitations_due(s, gathering_id=school.id)[1].mails}
    )
    assert kinds == {Kind.CHANGED}


def test_a_mail_that_came_back_goes_to_the_new_address(school: School) -> None:
    """Undeliverable until there is another address; then it is an invitation again."""
    school.send()
    mails = school.store.read(
        lambda s: list(s.scalars(select(Mail.id).where(Mail.address == "dita@example.org")))
    )
    school.do(lambda s: mail.bounced(s, ids=mails, reason="unknown"))
    assert school.row("Dita", "lecture").state is InvitationState.UNDELIVERABLE
    assert school.prepare().mails == ()

    def correct(session: Any) -> None:
        dita = session.get_one(Person, school.people["Dita"])
        b.edit_person(session, dita, email="dita.new@example.org")

    school.do(correct)
    assert list(school.send()) == ["dita.new@example.org"]
    assert school.row("Dita", "lecture").state is InvitationState.SENT


def accept_all(session: Any) -> None:
    """Everybody says yes to every session."""
    found = select(Session.uid, Person.email).join(SessionInvitation.session)
    for uid, address in session.execute(found.join(SessionInvitation.person)).all():
        for one in read_replies(reply(uid, attendee=f"mailto:{address}"), "a.eml"):
            take_replies(session, incoming=[Incoming("a.eml", one)])


def test_a_delivery_that_is_recorded_twice_changes_nothing(school: School) -> None:
    """An answer that came in between stays."""
    ids = school.prepare().mails
    school.do(lambda s: [record_sent(s, s.get_one(Mail, key)) for key in ids])
    school.do(accept_all)
    school.do(lambda s: [record_sent(s, s.get_one(Mail, key)) for key in ids])
    assert school.row("Ana", "lecture").partstat is PartStat.ACCEPTED
    rows = school.store.read(lambda s: list(s.scalars(select(GatheringInvitation.address))))
    assert sorted(rows) == ["ana@example.org", "bilal@example.org", "chloe@example.org"]


def test_a_move_asks_again(school: School) -> None:
    """People who accepted the old time have not accepted the new one."""
    school.send()
    school.do(accept_all)
    school.move("lecture")
    school.send()
    assert school.row("Ana", "lecture").partstat is PartStat.NEEDS_ACTION
    assert school.row("Ana", "opening").partstat is PartStat.ACCEPTED


def test_texts_are_those_that_the_person_reads(school: School) -> None:
    """P06: at most three, the required ones first; a note where none is in their language."""

    def assign(session: Any) -> None:
        for n, lang in enumerate(("fr", "fr", "fr", "fr", "en")):
            text = EditionDraft(title=f"Text {n}", author="A", lang=lang)
            key = {
                "session_id": school.slots["lecture"],
                "edition_id": readings.save_edition(session, text),
            }
            readings.assign(session, **key, required=n == 3)

    school.do(assign)
    school.send()
    school.move("lecture")
    arrived = school.send()
    french = str(arrived["chloe@example.org"][0].event("REQUEST")["DESCRIPTION"])
    assert re.findall(r"Text \d", french) == ["Text 3", "Text 0", "Text 1"]
    spanish = str(arrived["ana@example.org"][0].event("REQUEST")["DESCRIPTION"])
    assert "Text" not in spanish
    assert "español" in spanish


def test_loaded_invitations_count_as_sent(practice_file: Any) -> None:
    """S17, E49, acceptance 1: nothing is due of the Amsterdam school; a move reaches 25 people."""
    from schoolapp.storage.opening import open_store

    store = open_store(practice_file, None, actor="desk")
    try:
        key = store.read(lambda s: gathering_row(s, code="gjs2027")).id
        _facts, due = store.read(lambda s: invitations_due(s, gathering_id=key))
        assert (due.mails, due.without_address) == ((), ())

        def move(session: Any) -> None:
            uid = "gjs2027-s026@schoolapp.example"
            slot = session.scalars(select(Session).where(Session.uid == uid)).one()
            start = slot.start_local + dt.timedelta(hours=1)
            programme.move_session(session, session_id=slot.id, start=start)

        store.change("Move", move)
        _facts, due = store.read(lambda s: invitations_due(s, gathering_id=key))
        assert {(mail.kind, mail.sequence) for mail in due.mails} == {(Kind.CHANGED, 2)}
        assert len(due.mails) == 25
        assert due.mails[0].was is not None
        assert due.mails[0].was.start == dt.datetime(2027, 11, 2, 10, 30)  # noqa: DTZ001

        store.change(
            "Forget", lambda s: [s.delete(row) for row in s.scalars(select(SessionInvitation))]
        )
        _facts, due = store.read(lambda s: invitations_due(s, gathering_id=key))
        numbers = count_due(due)
        assert numbers.kinds[Kind.PROGRAMME] == 25
        sessions = sum(len(m.each[p]) for m in due.mails for p in m.people if m.uid is None)
        assert sessions == 1351  # inside the stays: 1,375, less 24 of the one that is cancelled
        prepared = store.change("Go", lambda s: prepare_invitations(s, gathering_id=key)).value
        first = store.read(lambda s: unpack(s.get_one(Mail, prepared.mails[-1]).parts[0].packed))
        assert first.startswith(b"BEGIN:VCALENDAR\r\n")
        assert len(prepared.mails) == numbers.mails
    finally:
        store.close()


def test_who_is_put_on_a_loaded_session_is_invited_to_it(practice_file: Any) -> None:
    """S17: a loaded table counts as sent for the people in the package; a speaker and an
    interpreter added here get a REQUEST for that session, once, and nobody else gets a mail.
    """
    from schoolapp.storage.opening import open_store

    store = open_store(practice_file, None, actor="desk")
    uid = "gjs2027-s001@schoolapp.example"
    try:
        key = store.read(lambda s: gathering_row(s, code="gjs2027")).id

        def due() -> list[tuple[Kind, str | None, str, tuple[int, ...]]]:
            found = store.read(lambda s: invitations_due(s, gathering_id=key))[1].mails
            return sorted((one.kind, one.uid, one.role, one.people) for one in found)

        def put_on(session: Any, codes: tuple[str, str]) -> tuple[int, ...]:
            people = [
                session.scalars(select(Person.id).where(Person.code == c)).one() for c in codes
            ]
            slot = session.scalars(select(Session.id).where(Session.uid == uid)).one()
            draft = programme.draft_of(session, slot)
            first, *others = draft.interpretation
            line = replace(first, interpreters=(people[1], *first.interpreters))
            draft = replace(draft, speakers=(people[0],), interpretation=(line, *others))
            programme.save_session(session, draft)
            return tuple(people)

        def send(session: Any) -> None:
            for mail in prepare_invitations(session, gathering_id=key).mails:
                record_sent(session, session.get_one(Mail, mail))
                take_step(session, session.get_one(Mail, mail), "approve")
                take_step(session, session.get_one(Mail, mail), "sent_elsewhere")

        speaker, interpreter = store.change("Add", partial(put_on, codes=("P0003", "P0004"))).value
        expected = [
            (Kind.INVITATION, uid, "interpreter", (interpreter,)),
            (Kind.INVITATION, uid, "speaker", (speaker,)),
        ]
        assert due() == expected
        store.change("Send", send)
        assert due() == []
        store.undo()
        assert due() == expected
        store.redo()

        def move(session: Any) -> None:
            slot = session.scalars(select(Session).where(Session.uid == uid)).one()
            start = slot.start_local + dt.timedelta(minutes=15)
            programme.move_session(session, session_id=slot.id, start=start)

        store.change("Move", move)
        assert len(due()) == 27
        store.change("Send", send)
        assert due() == []  # the people in the package are not suddenly asked
    finally:
        store.close()


def test_an_invitation_leads_to_its_place_on_the_map(school: School) -> None:
    """RFC 5545 3.8.1.6: the venue's coordinates, those of a place away from it, none for a session
    that is online alone; new ones alone send nothing.
    """
    school.send()

    def place(session: Any) -> None:
        at = session.get_one(Gathering, school.id)
        b.edit_gathering(session, at, coordinates="52.3676, 4.9041")
        farm = gatherings.RoomDraft(name="Farm", coordinates="-0.5, 120")
        room = gatherings.save_room(session, gathering_id=at.id, draft=farm)
        slot = session.get_one(Session, school.slots["lecture"])
        b.edit_session(session, slot, room_id=room)

    school.do(place)
    arrived = school.send()
    event = arrived["ana@example.org"][0].event("REQUEST")
    assert (event["GEO"].to_ical(), "Farm" in event["LOCATION"]) == ("-0.5;120.0", True)
    facts = school.store.read(lambda s: calendar_facts(s, gathering_id=school.id))
    found = {one.uid: one.geo for one in facts.sessions}
    assert found.pop(school.uid("lecture")) == (-0.5, 120.0)
    assert set(found.values()) == {(52.3676, 4.9041)}
    assert facts.gathering.geo == (52.3676, 4.9041)
    assert not school.send()


def test_what_was_reported_is_kept_as_one_line() -> None:
    """Times, folds, zone and place come back as they were."""
    moment = dt.datetime(2027, 10, 30, 22, 30)  # noqa: DTZ001
    at = Placed(
        start=moment,
        end=moment + dt.timedelta(hours=4),
        tz="Europe/Amsterdam",
        place="",
        fold_end=1,
    )
    assert Placed.parse(at.text()) == at
