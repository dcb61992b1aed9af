"""What mail servers and mail programs say of invitations, heard at the window of an empty file."""

import datetime as dt
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

import pytest

from schoolapp.base import clock as program_clock
from schoolapp.base import settings
from schoolapp.domain.invitations import (
    GatheringInvitation,
    HeldReply,
    HeldState,
    MailboxMark,
    SessionInvitation,
)
from schoolapp.domain.mail import Mail
from schoolapp.domain.programme import ProgrammeChange
from schoolapp.domain.visas import VisaLetter
from tests.answers import mail, reply
from tests.imap_server import PASSWORD, USER, imap_server
from tests.mail_server import MailServer, mail_server
from tests.stories.coordinator import CTRL, KEY, SHIFT, Coordinator
from tests.stories.filling import add_person, fill_every

MAILBOX = "school@example.org"
ANA, BO = "ana@example.org", "bo@example.org"


@pytest.fixture
def server(desk: Coordinator) -> Iterator[MailServer]:
    """The mail server of the institute, which the settings name; the centre has a mailbox."""
    with mail_server() as made:
        for key, value in (
            (settings.MAIL_SERVER, "localhost"), (settings.MAIL_PORT, made.port),
            (settings.MAIL_SECURITY, "plain"), (settings.MAIL_ADDRESS, MAILBOX),
            (settings.MAIL_PER_MINUTE, 600),
        ):  # fmt: skip
            desk.kept.put(key, value)
        desk.run("home.centres")
        desk.line("Centres", 0)
        desk.enter(
            Postal_address="Lombokstraat 40\nAmsterdam", Sender="School office", Mailbox=MAILBOX
        )
        desk.save()
        desk.press(KEY.Key_Escape)
        yield made


def expect(desk: Coordinator, **people: str) -> None:
    """These people come, each with an address."""
    for name, address in people.items():
        add_person(desk, name.replace("_", " "))
        desk.place.table.setFocus()
        desk.press(KEY.Key_Return)
        desk.fill_in({"E-mail": address})
        desk.save()
        desk.press(KEY.Key_Escape)


def publish_one(desk: Coordinator) -> None:
    """A film in the evening of the second day, which people may know of."""
    desk.go(4, "programme")
    desk.press(KEY.Key_V)
    desk.press(KEY.Key_N, CTRL)
    desk.fill_in({"Title": "Film", "Starts": "2028-10-22 19:30"})
    desk.save()
    desk.press(KEY.Key_Escape)
    desk.row("Film")
    desk.run("programme.confirm")
    desk.run("programme.publish")


def prepare(desk: Coordinator) -> None:
    """Put the invitations that are due into the outbox."""
    desk.go(4, "programme")
    desk.press(KEY.Key_I, CTRL | SHIFT)
    desk.save()


def send(desk: Coordinator, server: MailServer) -> list[EmailMessage]:
    """Approve and send what is in the outbox; the mails that came."""
    before = len(server.received)
    desk.go(8, "outbox")
    desk.place.table.setFocus()
    desk.press(KEY.Key_A, CTRL)
    desk.run("outbox.approve")
    desk.run("outbox.send")
    desk.save()
    desk.click("Send now")
    desk.refuse_nothing()
    return server.mails()[before:]


def uids_in(letter: EmailMessage) -> list[str]:
    """The UIDs of the calendars in a mail: the gathering's first."""
    texts = [
        one.get_content().replace("\r\n ", "")
        for one in letter.walk()
        if one.get_content_type() == "text/calendar"
    ]
    return [line.removeprefix("UID:") for text in texts for line in text.splitlines()
            if line.startswith("UID:")]  # fmt: skip


def hear(desk: Coordinator, folder: Path, *answers: bytes) -> str:
    """Read files with answers; what the page says of them."""
    said = ""
    for number, one in enumerate(answers):
        file = folder / f"answer-{number}.eml"
        file.write_bytes(one)
        desk.go(4, "programme")
        desk.choose_files("programme.read_answers", file)
        said = desk.place.invitations.answers.summary.text()
        desk.press(KEY.Key_Escape)
    return str(said)


def test_a_server_is_busy_and_an_address_is_wrong(desk: Coordinator, server: MailServer) -> None:
    """Ana's letter is tried again later, and comes back the day after: her invitations say why."""
    expect(desk, Ana_Santos=ANA)
    publish_one(desk)
    prepare(desk)
    server.answer = lambda address: "451 try again later"
    assert send(desk, server) == []
    later = program_clock.now() + dt.timedelta(minutes=5)
    assert desk.ask(lambda s: [one.retry_at for one in s.query(Mail)]) == [later]
    desk.place.table.setFocus()
    desk.press(KEY.Key_A, CTRL)
    desk.run("outbox.came_back")
    desk.fill("user unknown")
    desk.press(KEY.Key_Return, CTRL)
    assert desk.refused().startswith("None of these letters was sent")
    desk.press(KEY.Key_Escape)
    server.answer = lambda address: None
    with program_clock.at(later):
        desk.place.sending.courier.woken.emit()  # the alarm rings five minutes on
        desk.settle()
    assert len(server.received) == 1
    desk.chip("Sent")
    desk.place.table.setFocus()
    desk.press(KEY.Key_A, CTRL)
    desk.run("outbox.came_back")
    desk.save()  # what was typed is still there
    for kind in (SessionInvitation, GatheringInvitation):
        assert desk.ask(lambda s, kind=kind: [one.error for one in s.query(kind)]) == [
            "user unknown"
        ]


def test_answers_come_with_a_comment(desk: Coordinator, server: MailServer, tmp_path: Path) -> None:
    """To a session and to the whole school; one from elsewhere waits for somebody to look."""
    expect(desk, Ana_Santos=ANA)
    publish_one(desk)
    prepare(desk)
    (letter,) = send(desk, server)
    whole, film = uids_in(letter)
    who = {"attendee": f"mailto:{ANA}", "stamp": "20270302T100000Z"}
    yes = [reply(uid, comment="with pleasure", **who) for uid in (whole, film)]
    forged = reply(whole, comment="never", partstat="DECLINED", minute=5, attendee=who["attendee"])
    said = hear(
        desk,
        tmp_path,
        *(mail(one, sender=ANA) for one in yes),
        mail(forged, sender="x@example.org"),
    )
    assert said.endswith("1 answer is waiting.")
    comments = desk.ask(
        lambda s: [
            one.comment
            for kind in (SessionInvitation, GatheringInvitation, HeldReply)
            for one in s.query(kind)
        ]
    )
    assert comments == ["with pleasure", "with pleasure", "never"]
    desk.go(1, "home")
    desk.run("home.edit")
    desk.fill_in({"Last day": "2028-11-10"})
    desk.save()
    desk.press(KEY.Key_Escape)
    prepare(desk)
    send(desk, server)
    assert desk.ask(lambda s: [one.sequence for one in s.query(GatheringInvitation)]) == [1]


def test_a_move_onto_a_free_day_is_told_with_its_warning(
    desk: Coordinator, server: MailServer
) -> None:
    """The film goes to the Saturday that was kept free; the change remembers what was said."""
    expect(desk, Ana_Santos=ANA)
    publish_one(desk)
    desk.row("Film")
    desk.press(KEY.Key_Return)
    desk.fill_in({"Starts": "2028-10-28 19:30"})
    desk.save()
    (warning,) = desk.ask(lambda s: [one.warning for one in s.query(ProgrammeChange)])
    assert "free" in warning


def test_a_visa_letter_comes_from_the_centre(
    desk: Coordinator, server: MailServer, tmp_path: Path
) -> None:
    """It names the institute with its postal address, and the mailbox for questions."""
    expect(desk, Kwame_Mensah="kwame@example.org")
    desk.go(2, "applications")
    desk.run("applications.visas")
    page = desk.place.pages.opened
    page.table.setFocus()
    desk.press(KEY.Key_Return)
    said = {"name": "Kwame Mensah", "nationality": "Ghana", "starts": "", "ends": "",
            "born": "1990-02-03", "language": "English"}  # fmt: skip
    page.panel.form.first_field().setFocus()
    fill_every(desk, page.panel.form, **said)
    desk.press(KEY.Key_Return, CTRL)
    desk.fill(str(tmp_path / "letter.pdf"))
    desk.press(KEY.Key_Return)
    (letter,) = desk.ask(lambda s: [(one.host_address, one.contact) for one in s.query(VisaLetter)])
    assert letter == ("Lombokstraat 40\nAmsterdam", MAILBOX)


def test_answers_are_fetched_and_set_aside(
    desk: Coordinator, server: MailServer, tmp_path: Path
) -> None:
    """From the mailbox of the school: a forged one about the film waits, and is dismissed."""
    expect(desk, Ana_Santos=ANA)
    publish_one(desk)
    prepare(desk)
    (letter,) = send(desk, server)
    _whole, film = uids_in(letter)
    with imap_server() as mailbox:
        for key, value in (
            (settings.ANSWERS_SERVER, "localhost"), (settings.ANSWERS_PORT, mailbox.port),
            (settings.ANSWERS_SECURITY, "plain"), (settings.ANSWERS_USER, USER),
        ):  # fmt: skip
            desk.kept.put(key, value)
        mailbox.put(3, mail(reply(film, attendee=f"mailto:{ANA}"), sender="mallory@example.net"))
        desk.go(4, "programme")
        desk.run("programme.fetch_answers")
        desk.fill(PASSWORD)
        desk.save()
    desk.run("programme.answers")
    desk.click("Put aside")
    held = desk.ask(
        lambda s: [(one.session_id is not None, one.state) for one in s.query(HeldReply)]
    )
    assert held == [(True, HeldState.DISMISSED)]
    assert desk.ask(lambda s: [(one.folder, one.last_uid) for one in s.query(MailboxMark)]) == [
        ("INBOX", 3)
    ]
