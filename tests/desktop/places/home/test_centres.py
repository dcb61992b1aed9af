"""From an empty profile, by keys: centres of one's own, who letters come from, kinds, a copy."""

import datetime as dt
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog

from schoolapp.base import settings
from schoolapp.desktop.places.home.place import Home
from schoolapp.desktop.places.outbox.place import Outbox
from schoolapp.desktop.places.people.place import People
from schoolapp.desktop.places.programme.place import Programme
from schoolapp.desktop.places.settings.place import SettingsPlace
from schoolapp.domain.gatherings import Gathering
from schoolapp.domain.people import PersonDraft
from schoolapp.operations import centres, gatherings
from schoolapp.operations.people.editing import save_person
from schoolapp.operations.people.participations import add_participant
from schoolapp.operations.programme import move_session, take_step
from schoolapp.operations.programme.editing import draft_of
from schoolapp.storage.store import DbSession
from tests.databases import Place
from tests.desktop.entries import entries
from tests.desktop.real import CTRL, SHIFT, Driver
from tests.mail_server import MailServer, mail_server

KEY = Qt.Key
PLACES = (Home, People, Programme, Outbox, SettingsPlace)


@pytest.fixture
def driver(qapp: QApplication, file_place: Place, clock: object) -> Iterator[Driver]:
    """A window on an empty database; it is 1 March 2027."""
    made = Driver(qapp, file_place.open, entries(*PLACES))
    yield made
    made.close()


@pytest.fixture
def server(driver: Driver) -> Iterator[MailServer]:
    """A mail server on this machine that the settings name."""
    with mail_server() as made:
        for setting, value in (
            (settings.MAIL_SERVER, "localhost"),
            (settings.MAIL_SECURITY, "plain"),
        ):
            driver.kept.put(setting, value)
        driver.kept.put(settings.MAIL_PORT, made.port)
        driver.kept.put(settings.MAIL_PER_MINUTE, 600)
        yield made


def run(driver: Driver, words: str) -> None:
    """Run a command by the palette."""
    driver.press(KEY.Key_K, CTRL)
    driver.fill(words)
    driver.press(KEY.Key_Return)


def enter(driver: Driver, **fields: str) -> None:
    """Fill fields that are reached by Tab, by their names."""
    for label, text in fields.items():
        driver.go_to(label.replace("_", " "))
        driver.fill(text)


def add_lisbon(driver: Driver) -> None:
    """A fourth centre, by keys."""
    run(driver, "centres")
    driver.go_to("Add to Centres")
    driver.press(KEY.Key_Space)
    enter(driver, Name="Institute Lisbon", Town="Lisboa", Country="Portugal")
    enter(driver, Time_zone="Europe/Lisbon", Currency="EUR", Sender="Institute Lisbon")
    enter(driver, Mailbox="lisbon@example.org")
    driver.press(KEY.Key_Return, CTRL)


def change(driver: Driver, operation: Any) -> Any:
    """What another desk does, by an operation that its window has."""
    answers: list[Any] = []
    driver.desktop.tasks.change(driver.window, "Elsewhere", operation, answers.append)
    driver.settle()
    assert driver.failures == []
    return answers[0]


def people_come(driver: Driver, key: int, *addresses: str) -> None:
    """People with these addresses take part, and the first session is confirmed."""

    def work(session: DbSession) -> None:
        for number, address in enumerate(addresses):
            draft = PersonDraft(display_name=f"Person {number}", email=address)
            person_id = save_person(session, draft=draft)
            add_participant(session, gathering_id=key, person_id=person_id)
        take_step(session, session_id=1, step="confirm")

    change(driver, work)


def go(driver: Driver, words: str) -> None:
    """Open a place by the palette."""
    run(driver, words)


def prepare(driver: Driver) -> None:
    """Put the invitations that are due into the outbox."""
    go(driver, "Programme")
    driver.press(KEY.Key_I, CTRL | SHIFT)
    driver.place.invitations.sending.go_button.setFocus()
    driver.press(KEY.Key_Space)


def send_all(driver: Driver) -> None:
    """Approve and send all that waits, without the ten seconds."""
    go(driver, "Outbox")
    driver.place.table.setFocus()
    driver.press(KEY.Key_A)
    driver.press(KEY.Key_S, CTRL | SHIFT)
    driver.press(KEY.Key_Return, CTRL)
    driver.place.sending.strip.go_button.setFocus()
    driver.press(KEY.Key_Space)


def organizers(mail: EmailMessage) -> set[str]:
    """The organisers of all calendars of a mail."""
    found = set()
    for part in mail.walk():
        if part.get_content_type() in ("text/calendar", "application/ics"):
            for event in Calendar.from_ical(part.get_payload(decode=True)).walk("VEVENT"):
                found.add(str(event["organizer"]).removeprefix("mailto:"))
    return found


def test_a_new_profile_has_three_centres_without_a_mailbox(driver: Driver) -> None:
    """Nobody can be written to in the name of an example: the addresses are to be entered."""
    found = driver.read(centres.centres_of)
    assert [one.name for one in found] == ["IIRE Amsterdam", "IIRE Manila", "IIRE Islamabad"]
    assert {one.mailbox_address for one in found} == {""}
    run(driver, "centres")
    words = driver.place.centres.items.list.item(0).text()
    assert "no mailbox yet" in words


def test_a_fourth_centre_is_added_used_changed_and_removed(driver: Driver) -> None:
    """Its zone, currency, country and mailbox are those of the gatherings made there."""
    add_lisbon(driver)
    assert driver.failures == []
    (made,) = [c for c in driver.read(centres.centres_of) if c.name == "Institute Lisbon"]
    assert (made.country, made.tz, made.city) == ("PT", "Europe/Lisbon", "Lisboa")
    driver.kept.put(settings.CENTRE, "institute-lisbon")
    key = driver.make_school("2027-10-23")
    school = driver.read(lambda s: s.get_one(Gathering, key))
    assert (school.host_centre, school.country, school.tz) == (
        "institute-lisbon", "PT", "Europe/Lisbon",
    )  # fmt: skip
    mailbox = driver.read(partial(centres.mailbox_of, gathering_id=key))
    assert mailbox == ("Institute Lisbon", "lisbon@example.org")
    run(driver, "centres")
    lines = driver.place.centres.items.list
    lines.setCurrentRow(3)
    driver.press(KEY.Key_Delete)
    assert "holds gatherings" in str(driver.failures.pop())
    driver.press(KEY.Key_Return)
    enter(driver, Town="Porto")
    driver.press(KEY.Key_Return, CTRL)
    assert driver.read(centres.centres_of)[3].city == "Porto"
    driver.press(KEY.Key_Z, CTRL)
    assert driver.read(centres.centres_of)[3].city == "Lisboa"
    lines.setCurrentRow(1)
    lines.setFocus()
    driver.press(KEY.Key_Delete)
    assert [one.name for one in driver.read(centres.centre_lines)] == [
        "IIRE Amsterdam", "IIRE Islamabad", "Institute Lisbon",
    ]  # fmt: skip
    assert driver.failures == []


@pytest.mark.parametrize(
    ("field", "text", "sentence"),
    [
        ("Name", " ", "Give the centre a name"),
        ("Time zone", "Europe/Nowhere", "time zone is not known"),
        ("Currency", "Euro", "currency is not known"),
        ("Mailbox", "not an address", "not a valid address"),
    ],
)
def test_a_centre_with_a_mistake_is_not_saved(
    driver: Driver, field: str, text: str, sentence: str
) -> None:
    """The sentence stands at the field, and what was typed stays."""
    run(driver, "centres")
    driver.press(KEY.Key_Return)
    enter(driver, **{field: text})
    driver.press(KEY.Key_Return, CTRL)
    assert sentence in " ".join(driver.place.centres.items.form.problems().values())
    assert driver.read(centres.centres_of)[0].version == 1


def test_the_first_invitation_asks_whom_it_comes_from(driver: Driver, server: MailServer) -> None:
    """Name and address are asked once; From, Reply-To and ORGANIZER are that one mailbox."""
    key = driver.make_school("2027-10-23")
    people_come(driver, key, "ana@people.org", "ben@people.org")
    prepare(driver)
    assert driver.name() == "Name that people see"
    enter(driver, Address_of_the_mailbox="school@example.org")
    driver.press(KEY.Key_Return, CTRL)
    panel = driver.place.invitations.sending._asking.panel
    assert "only an example" in panel.form.problems()["address"]
    enter(driver, Name_that_people_see="The School", Address_of_the_mailbox="school@institute.org")
    driver.press(KEY.Key_Return, CTRL)
    assert driver.failures == []
    send_all(driver)
    mails = server.mails()
    assert len(mails) == 2
    for mail in mails:
        assert mail["From"] == mail["Reply-To"] == "The School <school@institute.org>"
        assert organizers(mail) == {"school@institute.org"}
        assert mail["Message-ID"].endswith("@institute.org>")
    assert driver.read(centres.centres_of)[0].mailbox_address == "school@institute.org"


def test_an_invitation_keeps_its_organiser_until_it_is_called_off(
    driver: Driver, server: MailServer
) -> None:
    """After the mailbox of the centre changed, updates still come from the first one."""
    key = driver.make_school("2027-10-23")
    people_come(driver, key, "ana@people.org")
    prepare(driver)
    enter(driver, Name_that_people_see="School", Address_of_the_mailbox="old@institute.org")
    driver.press(KEY.Key_Return, CTRL)
    send_all(driver)
    centre = driver.read(centres.centres_of)[0]
    sender = centres.SenderDraft(
        centre_id=centre.id, version=centre.version, centre="", name="School",
        address="new@institute.org",
    )  # fmt: skip
    change(driver, partial(centres.save_sender, draft=sender))

    def later(session: DbSession) -> None:
        slot = draft_of(session, 1)
        move_session(session, session_id=1, start=slot.start + dt.timedelta(hours=1))

    change(driver, later)
    prepare(driver)
    send_all(driver)
    first, second = server.mails()
    assert first["From"] == second["From"] == "School <old@institute.org>"
    assert organizers(first) == organizers(second) == {"old@institute.org"}


def test_saving_as_files_asks_too_and_refuses_examples(
    driver: Driver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A letter saved as a file has the same sender; the folder is asked for afterwards."""
    asked: list[str] = []

    def folder(widget: object, title: str) -> str:
        asked.append(title)
        return str(tmp_path)

    monkeypatch.setattr(QFileDialog, "getExistingDirectory", folder)
    from schoolapp.operations import mail

    change(
        driver,
        lambda s: mail.write_draft(
            s, occasion="accepted", language="en", address="ana@people.org", subject="Hello",
            text="Hello",
        ),
    )  # fmt: skip
    go(driver, "Outbox")
    driver.press(KEY.Key_E, CTRL)
    assert asked == []
    enter(driver, Address_of_the_mailbox="school@institute.org")
    driver.press(KEY.Key_Return, CTRL)
    assert asked == ["A folder for the letters"]
    (file,) = tmp_path.glob("*.eml")
    found = message_from_bytes(file.read_bytes(), policy=policy.default)
    assert found["From"] == found["Reply-To"] == "IIRE Amsterdam <school@institute.org>"
    assert ".invalid" not in found["Message-ID"]


@pytest.mark.parametrize(("template", "kind"), [(3, "Conference or congress"), (4, "Public event")])
def test_conferences_and_public_events_are_made_and_shown(
    driver: Driver, template: int, kind: str
) -> None:
    """Both have a template, a word in the table, and a choice in the gathering's panel."""
    driver.press(KEY.Key_N, CTRL)
    for _step in range(template):
        driver.press(KEY.Key_Down)
    driver.press(KEY.Key_Return)
    driver.fill("2027-05-07")
    driver.press(KEY.Key_Return, CTRL)
    (row,) = driver.read(gatherings.list_gatherings)
    assert row.kind == ("conference", "public")[template - 3]
    assert driver.failures == []
    driver.window.choose(None)
    driver.settle()
    assert driver.place.table.lazy.row(row.id).kind == kind


def test_a_gathering_is_described_in_its_panel(driver: Driver) -> None:
    """Kind, centre, ages, deposit, a title in French; a room with equipment and a note."""
    key = driver.make_school("2027-10-23")
    driver.press(KEY.Key_F2)
    enter(
        driver, Note_on_the_venue="No lift", Youngest="16", Oldest="30", Ages_count_on="2027-10-01"
    )
    driver.go_to("Minors per adult, at most")
    driver.fill("8")
    enter(driver, Deposit="50")
    driver.go_to("Title in other languages, Français")
    driver.fill("École 2027")
    driver.go_to("Kind")
    driver.press(KEY.Key_Down)
    driver.go_to("Centre")
    driver.press(KEY.Key_Down)
    driver.press(KEY.Key_Return, CTRL)
    assert driver.failures == []
    found = driver.read(lambda s: s.get_one(Gathering, key))
    assert (found.age_from, found.age_to, found.minors_per_adult) == (16, 30, 8)
    assert found.age_reference_date == dt.date(2027, 10, 1)
    assert (str(found.deposit), found.kind) == ("50.00 EUR", "seminar")
    assert found.venue_note == "No lift"
    assert (found.titles["fr"], found.host_centre) == ("École 2027", "manila")
    driver.press(KEY.Key_F2)
    driver.go_to("Add to Rooms")
    driver.press(KEY.Key_Space)
    enter(driver, Name="Library", Equipment="Projector", Note="Key at the desk")
    driver.go_to("Parts it can be divided into")
    driver.fill("2")
    driver.press(KEY.Key_Return, CTRL)
    room = driver.read(partial(gatherings.rooms_of, gathering_id=key))[-1]
    assert (room.name, room.equipment, room.note) == ("Library", "Projector", "Key at the desk")
    assert room.divisible == 2
    assert driver.failures == []


def test_a_gathering_is_copied_to_the_next_year(driver: Driver) -> None:
    """S02: the day and the title are proposed; one step makes it, one undo takes it away."""
    key = driver.make_school("2027-10-23")
    people_come(driver, key, "ana@people.org")
    run(driver, "copy this gathering")
    assert driver.name() == "First day"
    driver.fill("2028-10-22")
    driver.press(KEY.Key_Return, CTRL)
    form = driver.place.opened.copy_panel.form
    assert "same weekday" in form.problems()["start_date"]
    driver.go_to("First day")
    driver.fill("2028-10-21")
    driver.press(KEY.Key_Return, CTRL)
    assert driver.failures == []
    assert driver.window.gathering.title == "Global Justice School 2028"
    by_code = {row.code: row for row in driver.read(gatherings.list_gatherings)}
    before, after = by_code["gjs2027"], by_code["gjs2028"]
    assert (after.start_date, after.sessions) == (dt.date(2028, 10, 21), before.sessions)
    assert (before.participants, after.participants) == (1, 0)
    driver.press(KEY.Key_Z, CTRL)
    assert [row.code for row in driver.read(gatherings.list_gatherings)] == ["gjs2027"]
