"""A school of one's own, from an empty encrypted file: everything by the window, then undone."""

import csv
import datetime as dt
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from email.message import EmailMessage
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from sqlalchemy import select

from schoolapp.base import clock as program_clock
from schoolapp.base import settings
from schoolapp.domain.applications import Application
from schoolapp.domain.money import Money
from schoolapp.domain.participation import Participation
from schoolapp.domain.programme import Session
from schoolapp.operations import funding
from schoolapp.storage.opening import open_store
from tests.answers import mail, reply
from tests.databases import contents
from tests.mail_server import MailServer, mail_server
from tests.stories.coordinator import CTRL, KEY, SHIFT, Coordinator

THIS_YEAR, NEXT_YEAR = "Global Justice School 2028", "Global Justice School 2029"
MAILBOX = "school@example.org"
ANSWERED = "20270302T100000Z"
FORM = (
    "Timestamp", "Email Address", "Full name", "Date of birth", "Country of residence",
    "Which languages do you speak?", "Gender", "Dietary requirements / allergies",
    "Which modules", "Why do you want to take part?", "Do you need a visa?",
    "Travel costs in EUR", "What should we know?",
)  # fmt: skip
WHY = "To learn how others organise.\n\nAnd to meet them."
APPLICANTS = (
    ("amina", "Amina Khan", "Pakistan", "Urdu, English", "Woman", "Vegetarian", "all"),
    ("bo", "Bo Lind", "Sweden", "Swedish, English", "Man", "", "Module 1"),
    ("carla", "Carla Núñez", "Spain", "Spanish", "Woman", "", "all"),
    ("dewi", "Dewi Lestari", "Indonesia", "English", "Woman", "No pork", "all"),
    ("emeka", "Emeka Obi", "Nigeria", "English, French", "Man", "", "all"),
    ("farah", "Farah Aziz", "Pakistan", "Urdu", "Woman", "", "all"),
    ("gita", "Gita Rao", "India", "English", "Woman", "Vegan", "all"),
    ("hugo", "Hugo Blom", "Netherlands", "Dutch, English", "Man", "", "all"),
    ("ines", "Inés Vega", "Mexico", "Spanish, English", "Woman", "", "all"),
    ("jun", "Jun Reyes", "Philippines", "English", "Prefer not to say", "", "all"),
    ("kofi", "Kofi Mensah", "Ghana", "English", "Man", "", "Module 2"),
    ("lena", "Lena Vos", "Netherlands", "Dutch", "Woman", "", "Module 3"),
)
PROGRAMME = (
    ("Date", "Time", "Title", "Room", "Speaker"),
    ("2028-10-24", "9:30-11:00", "Ecology", "Great hall", "Ana Pérez"),
    ("2028-10-25", "9:30-11:00", "Gender", "Great hall", "Bilal Khan"),
    ("2028-10-30", "9:30-11:00", "Asia today", "Great hall", "Bilal Khan"),
    ("2028-10-31", "9:30-11:00", "Debt", "Great hall", ""),
    ("2028-11-06", "9:30-11:00", "Strategy", "Great hall", "Ana Pérez"),
    ("2028-11-07", "20:00-22:00", "Film evening", "Library", ""),
    ("2028-11-10", "16:00-17:30", "Closing", "Great hall", ""),
)


@pytest.fixture
def desk(qapp: QApplication, tmp_path: Path, clock: object) -> Iterator[Coordinator]:
    """The window on an encrypted file that is made when it opens."""
    made = Coordinator(
        qapp, lambda: open_store(tmp_path / "school.db", bytes(range(32)), actor="Ana")
    )
    yield made
    made.close()


@pytest.fixture
def server() -> Iterator[MailServer]:
    """The mail server of the institute."""
    with mail_server() as made:
        yield made


def on(month: int, day: int, hour: int = 12) -> AbstractContextManager[object]:
    """The clock stands at this time of 2028 (UTC; Amsterdam is one or two hours on)."""
    return program_clock.at(dt.datetime(2028, month, day, hour, tzinfo=dt.UTC))


def sheet(path: Path, rows: Sequence[Sequence[str]]) -> Path:
    """A csv file of these rows."""
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    return path


def create_a_school(desk: Coordinator) -> None:
    """The template of three weeks, with a mailbox, three rooms and the Friday prayers."""
    desk.make_school()
    assert desk.window.gathering.title == THIS_YEAR
    desk.run("home.centres")
    desk.line("Centres", 0)
    desk.enter(Sender="School office", Mailbox=MAILBOX)
    desk.save()
    desk.press(KEY.Key_Escape)
    desk.run("home.edit")
    for name, seats in (("Great hall", "60"), ("Garden room", "20"), ("Attic", "15")):
        desk.click("Add to Rooms")
        desk.enter(Name=name, Seats=seats)
        desk.save()
    desk.click("Add to Times kept free")
    desk.fill_in(
        {"When": "Each Friday", "From": "12:45", "To": "14:30", "Purpose": "Friday prayers"}
    )
    desk.save()
    desk.press(KEY.Key_Escape)


def name_the_team(desk: Coordinator) -> None:
    """Two lecturers and an interpreter are typed by name; one has an address."""
    desk.go(3, "people")
    desk.run("people.add_lecturer")
    for name in ("Ana Pérez", "Bilal Khan"):
        desk.fill(name)
        desk.press(KEY.Key_Return)
    desk.save()
    desk.run("people.add_interpreter")
    desk.fill("Dina Haddad")
    desk.press(KEY.Key_Return)
    desk.fill_in({"Works in these languages": "ur, en"})
    desk.save()
    desk.row("Ana Pérez")
    desk.press(KEY.Key_Return)
    desk.fill_in({"E-mail": "ana@example.org"})
    desk.save()
    desk.press(KEY.Key_Escape)


def import_applicants(desk: Coordinator, folder: Path) -> None:
    """The answers of a form are dropped on the window: twelve new people."""
    rows = [
        (
            f"2028-03-{n + 1:02} 10:00:00", f"{mail}@example.org", name, f"199{n % 9}-05-15",
            country, languages, gender, diet, modules, WHY, "Yes" if n in (0, 3, 4) else "No",
            "600" if n in (0, 3, 4) else "", f"Note {n}",
        )
        for n, (mail, name, country, languages, gender, diet, modules) in enumerate(APPLICANTS)
    ]  # fmt: skip
    desk.go(2, "applications")
    desk.drop(sheet(folder / "form.csv", [FORM, *rows]))
    assert desk.place.pages.importing.summary.text() == "12 new people"
    desk.save()
    desk.press(KEY.Key_Escape)


def decide(desk: Coordinator) -> None:
    """Eight are accepted and confirmed, two wait, two are declined: by one letter each."""
    desk.place.table.setFocus()
    desk.press(KEY.Key_Home)
    desk.click("Decide")
    for key in [KEY.Key_A] * 8 + [KEY.Key_W] * 2 + [KEY.Key_D] * 2:
        desk.press(key)
    desk.run("applications.planned")
    desk.save()
    desk.chip("Accepted")
    desk.place.table.setFocus()
    desk.press(KEY.Key_A, CTRL)
    desk.run("applications.confirm")
    desk.refuse_nothing()
    states = desk.ask(lambda s: [one.state.value for one in s.query(Application)])
    assert [states.count(one) for one in ("confirmed", "waitlisted", "rejected")] == [8, 2, 2]


def write_letters(desk: Coordinator) -> None:
    """Everybody gets the answer in a language of their own."""
    desk.run("applications.letters")
    desk.click("Make all ready")
    desk.press(KEY.Key_Escape)


def support(desk: Coordinator) -> None:
    """A fund gets 5,000; out of it three subsidies are granted, 1,650.50 together."""
    desk.go(7, "money")
    desk.run("money.show_funds")
    desk.press(KEY.Key_N, CTRL)
    desk.fill("Solidarity")
    desk.save()
    desk.click("Add to Income")
    desk.fill("Bread Foundation")
    desk.enter(Amount="5000.00", On="2028-03-01")
    desk.save()
    desk.press(KEY.Key_Escape)
    desk.run("money.show_subsidies")
    for who, travel in (("Amina", "600.00"), ("Dewi", "600.00"), ("Emeka", "450.50")):
        grant(desk, who, travel)
    (fund,) = desk.ask(lambda s: funding.funds_of(s, gathering_id=1))
    assert (fund.reserved, fund.free) == (Money.of("1650.50", "EUR"), Money.of("3349.50", "EUR"))


def grant(desk: Coordinator, who: str, travel: str) -> None:
    """Ask, review and grant, decided by a lecturer; the person accepts."""
    desk.press(KEY.Key_N, CTRL)
    desk.pick("Person", who)
    desk.fill_in({"Parts of the grant, Travel": travel})
    desk.save()
    desk.row(who)
    desk.press(KEY.Key_Return)
    desk.step("step_score")
    desk.step("step_grant")
    desk.pick("Who decides", "Bilal")
    desk.save()
    desk.row(who)
    desk.press(KEY.Key_Return)
    desk.step("step_accept")
    desk.press(KEY.Key_Escape)


def plan_ten_sessions(desk: Coordinator, folder: Path) -> None:
    """The template's programme goes in one step; three are typed, seven come from a list."""
    desk.go(4, "programme")
    desk.press(KEY.Key_V)
    desk.place.table.setFocus()
    desk.press(KEY.Key_A, CTRL)
    desk.press(KEY.Key_Delete, SHIFT)
    assert desk.ask(lambda s: s.query(Session).count()) == 0
    plan(
        desk, {"Title": "Opening", "Starts": "2028-10-21 15:00", "Room": "Great hall"}, "Ana Pérez"
    )
    plan(desk, {"Title": "Economics", "Starts": "2028-10-23 09:30"}, "Bilal Khan")
    desk.press(KEY.Key_N, CTRL)
    desk.fill_in({"Title": "Groups", "Kind": "Working groups", "Starts": "2028-10-23 14:30"})
    for language, room in (("English", "Garden room"), ("Spanish", "Attic")):
        desk.click("Add a group")
        desk.fill_in({"Group": language, "Room of the group": room})
    desk.save()
    desk.press(KEY.Key_Escape)
    desk.take("programme.import", sheet(folder / "programme.csv", PROGRAMME))
    assert desk.ask(lambda s: s.query(Session).count()) == 10


def plan(desk: Coordinator, fields: dict[str, str], speaker: str) -> None:
    """Type a session and who speaks."""
    desk.press(KEY.Key_N, CTRL)
    desk.fill_in(fields)
    desk.go_to("Speakers")
    desk.fill(speaker)
    desk.press(KEY.Key_Return)
    desk.save()
    desk.press(KEY.Key_Escape)


def interpret(desk: Coordinator) -> None:
    """The interpreter whispers one lecture into Spanish."""
    desk.row("Economics")
    desk.press(KEY.Key_Return)
    desk.fill_in({"Spoken in": "English"})
    desk.click("Add interpretation")
    desk.fill_in({"Into": "Spanish", "How": "Whispered"})
    desk.go_to("Interpreters")
    desk.fill("Dina Haddad")
    desk.press(KEY.Key_Return)
    desk.press(KEY.Key_Escape)


def assign_a_reading(desk: Coordinator) -> None:
    """A text is put on the list of the session in groups."""
    desk.go(5, "readings")
    desk.press(KEY.Key_N, CTRL)
    desk.enter(Author="Rosa Luxemburg", Title="Reform or revolution", Language="en", Pages="80")
    desk.save()
    desk.press(KEY.Key_Escape)
    desk.row("Reform or revolution")
    desk.press(KEY.Key_A)
    desk.enter(Session="Groups")
    desk.save()
    desk.press(KEY.Key_Escape)


def send(desk: Coordinator, server: MailServer) -> list[EmailMessage]:
    """Approve and send what is in the outbox; the mails that came."""
    before = len(server.received)
    for key, value in (
        (settings.MAIL_SERVER, "localhost"), (settings.MAIL_PORT, server.port),
        (settings.MAIL_SECURITY, "plain"), (settings.MAIL_ADDRESS, MAILBOX),
        (settings.MAIL_PER_MINUTE, 600),
    ):  # fmt: skip
        desk.kept.put(key, value)
    desk.go(8, "outbox")
    desk.place.table.setFocus()
    desk.press(KEY.Key_A, CTRL)
    desk.run("outbox.approve")
    desk.run("outbox.send")
    desk.save()
    desk.click("Send now")
    desk.refuse_nothing()
    return server.mails()[before:]


def invite(desk: Coordinator) -> str:
    """Three sessions are published; what the page says of the mails that are due."""
    desk.go(4, "programme")
    for title in ("Opening", "Economics", "Groups"):
        desk.row(title)
        desk.run("programme.confirm")
        desk.run("programme.publish")
    return prepare(desk)


def prepare(desk: Coordinator) -> str:
    """Put the invitations that are due into the outbox; how many they are."""
    desk.go(4, "programme")
    desk.press(KEY.Key_I, CTRL | SHIFT)
    said = str(desk.place.invitations.sending.summary.text())
    desk.save()
    return said


def uid_of(mail: EmailMessage) -> str:
    """The UID in the calendar of a mail."""
    (found,) = (part for part in mail.walk() if part.get_content_type() == "text/calendar")
    text = found.get_content().replace("\r\n ", "")
    return str(text.partition("UID:")[2].split()[0])


def take_an_answer(desk: Coordinator, invitation: EmailMessage, folder: Path) -> None:
    """The lecturer's mail program accepts; its mail is read, and the session shows it."""
    file = folder / "answer.eml"
    calendar = reply(uid_of(invitation), attendee="mailto:ana@example.org", stamp=ANSWERED)
    file.write_bytes(mail(calendar, sender="ana@example.org"))
    desk.go(4, "programme")
    desk.choose_files("programme.read_answers", file)
    said = desk.place.invitations.answers.summary.text()
    assert said.startswith("1 applied, 0 to check, 0 without an answer.")
    desk.press(KEY.Key_Escape)
    desk.row("Opening")
    desk.press(KEY.Key_Return)
    (accepted, silent) = desk.place.panels.panel.answers
    assert (accepted.names, len(silent.names)) == (("Ana Pérez",), 7), "one comes a day later"
    desk.press(KEY.Key_Escape)


def move_a_group(desk: Coordinator) -> None:
    """The Spanish group meets in another room."""
    desk.row("Groups")
    desk.press(KEY.Key_Return)
    desk.go_to("Room of the group")
    desk.press(KEY.Key_Tab)
    desk.enter(Room_of_the_group="Library")
    desk.press(KEY.Key_Escape)


def receive(desk: Coordinator) -> None:
    """Six come on the first day, one of them leaves on the third; five stay to the end."""
    desk.go(6, "attendance")
    with on(10, 21, 13):
        desk.run("attendance.arrivals")
        at_the_desk(desk, ("Ami", "Car", "Dew", "Eme", "Far", "Git"))
    with on(10, 23, 18):
        at_the_desk(desk, ("Git",))
    with on(11, 11, 9):
        at_the_desk(desk, ("Ami", "Car", "Dew", "Eme", "Far"))


def at_the_desk(desk: Coordinator, names: Sequence[str]) -> None:
    """A few letters, Enter, why a point is open, Ctrl+Enter."""
    for letters in names:
        desk.fill(letters)
        desk.press(KEY.Key_Return)
        desk.fill_in({"What is missing, and why": "the papers are still on their way"})
        desk.save()


def keep_the_registers(desk: Coordinator) -> None:
    """Hugo never comes; everybody else who is expected is there, ten times."""
    with on(11, 11, 18):
        desk.run("attendance.roll")
        for _turn in range(10):
            desk.run("attendance.previous")
        for size in (7, 8, 8, 7, 7, 6, 6, 6, 6, 6):
            roll = desk.place.roll
            assert len(roll.lines) == size
            (hugo,) = (line.id for line in roll.lines if line.name == "Hugo Blom")
            assert roll.pane.table.select_id(hugo)
            roll.pane.table.setFocus()
            desk.press(KEY.Key_A)
            desk.press(KEY.Key_A, CTRL | SHIFT)
            desk.run("attendance.next")
        desk.run("attendance.close_all")
        desk.refuse_nothing()


def report_to_the_funder(desk: Coordinator, folder: Path) -> None:
    """The person-days that were recorded are those that can be counted by hand."""
    desk.kept.put(settings.EXPORT_FOLDER, str(folder))
    with on(11, 11, 20):
        desk.press(KEY.Key_E, CTRL)
        desk.enter(Report="Person-days for the funder", Format="CSV")
        desk.save()
    with (folder / "person_days.csv").open(encoding="utf-8", newline="") as file:
        rows = {row["Name"]: int(row["Person-days recorded"]) for row in csv.DictReader(file)}
    days = 11 + 11  # 21 to 31 October, 1 to 11 November
    assert rows == {
        "Amina Khan": days, "Carla Núñez": days, "Dewi Lestari": days, "Emeka Obi": days,
        "Farah Aziz": days,
        "Bo Lind": 3,  # registers of the 23rd, 24th and 25th, never at the desk
        "Gita Rao": 3,  # came on the 21st, left on the 23rd
        "Hugo Blom": 0,
    }  # fmt: skip
    assert sum(rows.values()) == 116


def claim_travel(desk: Coordinator) -> None:
    """A claim with a flight and a visa: the fare counts up to the grant, what is more does not."""
    desk.go(7, "money")
    desk.run("money.show_claims")
    desk.press(KEY.Key_N, CTRL)
    desk.save()
    for what, paid in (("Flight", "580.00"), ("Train", "70.00")):
        desk.click("Add to Lines")
        desk.fill_in({"What": what, "On": "2028-10-20", "What was paid": paid})
        for proof in ("There is a receipt", "There is a boarding pass"):
            desk.go_to(proof)
            desk.press(KEY.Key_Space)
        desk.save()
    assert "600.00" in desk.place.body.side.sums.text()
    desk.step("step_submit")
    desk.step("step_approve")
    desk.enter(Approved="600.00")
    desk.save()


def give_certificates(desk: Coordinator) -> None:
    """Before the end they are refused; afterwards seven of eight have earned one, for good."""
    desk.go(6, "attendance")
    desk.run("attendance.certificates")
    desk.click("Issue certificates")
    desk.press(KEY.Key_Return, CTRL)
    assert "given afterwards" in desk.refused()
    with on(11, 12):
        desk.press(KEY.Key_Return, CTRL)
    desk.refuse_nothing()
    assert "7 certificates were issued" in desk.place.views.certificates.words.text()


def copy_to_next_year(desk: Coordinator) -> None:
    """On the same weekday: the programme with its rooms comes along, no people do."""
    desk.go(1, "home")
    desk.run("home.copy")
    desk.fill_in({"First day": "2029-10-20", "Title": NEXT_YEAR})
    desk.save()
    new = desk.window.gathering.id
    assert desk.window.gathering.title == NEXT_YEAR
    of_next_year = select(Session.start_local).filter_by(gathering_id=new)
    starts = desk.ask(lambda s: sorted(s.scalars(of_next_year)))
    assert (len(starts), str(starts[0])) == (10, "2029-10-20 15:00:00")
    assert desk.ask(lambda s: s.query(Participation).filter_by(gathering_id=new).count()) == 0


def test_undone_to_nothing_until_something_leaves(desk: Coordinator, tmp_path: Path) -> None:
    """All that comes before the first mail is undone to the empty file, and done again."""
    start = contents(desk.store)
    prepare_a_school(desk, tmp_path)
    end = contents(desk.store)
    undone, final = desk.undo_all()
    assert (final, contents(desk.store)) == ([], start)
    assert desk.redo_all() == undone[::-1]
    assert contents(desk.store) == end


def test_a_school_of_ones_own(desk: Coordinator, server: MailServer, tmp_path: Path) -> None:
    """From the template to the copy for next year; what has left is final, the rest is undone."""
    prepare_a_school(desk, tmp_path)
    assert len(send(desk, server)) == 12
    assert invite(desk).startswith("9 mails; 8 first invitations, 1 new, 0 changed")
    (invitation,) = (one for one in send(desk, server) if one["To"] == "ana@example.org")
    take_an_answer(desk, invitation, tmp_path)
    move_a_group(desk)
    assert prepare(desk).startswith("2 mails; 0 first invitations, 0 new, 2 changed")
    heard = {one["To"] for one in send(desk, server)}
    assert heard == {"carla@example.org", "farah@example.org"}, "and whoever is in no group"
    receive(desk)
    keep_the_registers(desk)
    report_to_the_funder(desk, tmp_path)
    claim_travel(desk)
    give_certificates(desk)
    copy_to_next_year(desk)
    end = contents(desk.store)
    undone, final = desk.undo_all()
    assert {"Add Opening", "Remove 56 sessions", "Make 12 letters ready"} <= set(final)
    assert (final[-1], undone[0]) == (f"Create {THIS_YEAR}", f"Copy as {NEXT_YEAR}")
    assert {"Change Groups", "Confirm 8 places", "Make the fund Solidarity"} <= set(undone)
    assert desk.redo_all() == undone[::-1]
    assert contents(desk.store) == end


def prepare_a_school(desk: Coordinator, folder: Path) -> None:
    """All that is done before the first mail leaves."""
    create_a_school(desk)
    name_the_team(desk)
    import_applicants(desk, folder)
    decide(desk)
    write_letters(desk)
    support(desk)
    plan_ten_sessions(desk, folder)
    interpret(desk)
    assign_a_reading(desk)
    desk.refuse_nothing()
