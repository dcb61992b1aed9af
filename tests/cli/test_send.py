"""``schoolapp send``: what was approved is delivered once, and the outcome is reported."""

import datetime as dt
import os
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from icalendar import Calendar
from sqlalchemy import select

from schoolapp.domain.mail import Mail
from schoolapp.domain.programme import Session
from schoolapp.operations import mail
from schoolapp.operations.centres import missing_for, save_sender
from schoolapp.operations.programme import move_session
from schoolapp.storage.engine import make_engine
from schoolapp.storage.store import DbSession, Store
from tests.cli.conftest import Run
from tests.databases import Place
from tests.mail_server import mail_server


@pytest.fixture
def letters(file_place: Place) -> Path:
    """A database with an approved letter, a draft, and a draft without an address.

    The mailbox of its centre is entered.
    """
    store = file_place.open()
    asked = store.read(lambda s: missing_for(s, [(None, "ana@people.org")]))
    assert asked is not None
    sender = replace(asked, name="IIRE Amsterdam", address="school@institute.org")
    store.change("Enter the mailbox", lambda s: save_sender(s, draft=sender))

    def write(session: object) -> None:
        words = {"occasion": "accepted", "language": "en", "subject": "Hello", "text": "Hello"}
        keys = [
            mail.write_draft(session, address=address, **words)  # type: ignore[arg-type]
            for address in ("approved@example.org", "draft@example.org", "")
        ]
        mail.approve(session, ids=keys[:1])  # type: ignore[arg-type]

    store.change("Write", write)
    store.close()
    assert isinstance(file_place.where, Path)
    return file_place.where


def states(database: Path) -> dict[str, str]:
    """The state of the mail to each address."""
    store = Store(make_engine(database))
    found = store.read(lambda s: {one.address: one.state.value for one in s.query(Mail)})
    store.close()
    return found


def test_what_was_approved_is_delivered_once(letters: Path, bare: Run) -> None:
    """A second run finds nothing to do; drafts stay until they are approved."""
    with mail_server() as server:
        send = ("send", "--database", str(letters), "--server", f"smtp://localhost:{server.port}")
        answer = bare(*send)
        assert (answer.status, answer.error) == (0, "")
        assert answer.out.splitlines() == [
            "Sent: 1. Tried again later: 0. Refused: 0. Unsure: 0.",
            "2 drafts are not approved and stay.",
        ]
        assert bare(*send).out.startswith("Sent: 0.")
        assert [to for to, _data in server.received] == ["approved@example.org"]
        assert bare(*send, "--approve-all").out.startswith("Sent: 1.")
    assert server.mails()[0]["From"] == "IIRE Amsterdam <school@institute.org>"
    assert states(letters) == {
        "approved@example.org": "sent",
        "draft@example.org": "sent",
        "": "draft",
    }


def test_a_dry_run_comes_to_oneself_and_changes_nothing(
    letters: Path, bare: Run, tmp_path: Path
) -> None:
    """The copies say who they are for; the letters stay as they were."""
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "settings.json").write_text('{"mail_per_minute": 600}', "utf-8")
    before = states(letters)
    with mail_server() as server:
        answer = bare(
            "send", "--database", str(letters), "--server", f"smtp://localhost:{server.port}",
            "--to-myself", "me@example.org", "--sender", "school@example.org",
        )  # fmt: skip
    assert answer.status == 0
    assert {to for to, _data in server.received} == {"me@example.org"}
    assert "approved@example.org" in server.mails()[0]["Subject"]
    assert server.mails()[0]["From"] == "school@example.org"
    assert states(letters) == before


def test_one_mailbox_is_the_sender_everywhere(letters: Path, bare: Run) -> None:
    """From, Reply-To and the domain of the Message-ID are those of the centre's mailbox."""
    with mail_server() as server:
        bare("send", "--database", str(letters), "--server", f"smtp://localhost:{server.port}")
    (mail_,) = server.mails()
    assert mail_["From"] == mail_["Reply-To"] == "IIRE Amsterdam <school@institute.org>"
    assert mail_["Message-ID"].endswith("@institute.org>")


def test_no_example_writes_to_somebody_real(bare: Run, practice_file: Path) -> None:
    """The command says where to enter an address; what was approved is still only approved."""
    store = Store(make_engine(practice_file))

    def write(session: object) -> None:
        words = {"occasion": "accepted", "language": "en", "subject": "Hello", "text": "Hello"}
        key = mail.write_draft(session, address="ana@people.org", **words)  # type: ignore[arg-type]
        mail.approve(session, ids=[key])  # type: ignore[arg-type]

    store.change("Write", write)
    store.close()
    with mail_server() as server:
        answer = bare(
            "send", "--database", str(practice_file), "--server", f"smtp://localhost:{server.port}"
        )
        assert (answer.status, server.received) == (1, [])
        assert "“amsterdam@iire.example” is only an example" in answer.error
        assert "Home, under Centres" in answer.error
        assert states(practice_file)["ana@people.org"] == "approved"


def test_invitations_come_from_their_organiser_alone(practice_file: Path, run: Run) -> None:
    """Another ``--sender`` is refused before anything is queued; the organiser itself is not."""
    store = Store(make_engine(practice_file))
    uid = "gjs2027-s057@schoolapp.example"

    def later(session: DbSession) -> None:
        slot = session.scalars(select(Session).where(Session.uid == uid)).one()
        move_session(session, session_id=slot.id, start=slot.start_local + dt.timedelta(hours=1))

    store.change("Move", later)
    store.close()
    assert run("invites", "--gathering", "gjs2027").status == 0
    with mail_server() as server:
        send = ("send", "--approve-all", "--server", f"smtp://localhost:{server.port}")
        answer = run(*send, "--sender", "other@iire.example")
        assert (answer.status, server.received) == (1, [])
        assert "comes from its organiser, amsterdam@iire.example" in answer.error
        assert set(states(practice_file).values()) == {"draft"}
        data = Path(os.environ["SCHOOLAPP_DATA"])
        data.mkdir(exist_ok=True)
        (data / "settings.json").write_text('{"mail_per_minute": 600}', "utf-8")
        assert run(*send, "--sender", "amsterdam@iire.example").status == 0
    for one in server.mails():
        calendar = next(p for p in one.walk() if p.get_content_type() == "text/calendar")
        (event,) = Calendar.from_ical(calendar.get_payload(decode=True)).walk("VEVENT")
        assert str(event["organizer"]) == "mailto:amsterdam@iire.example"
        assert one["From"] == one["Reply-To"] == "IIRE Amsterdam <amsterdam@iire.example>"


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ((), "No mail server is set"),
        (("--server", "smtp://localhost:1"), "localhost does not answer"),
        (("--server", "smtps://me:secret@example.org"), "without a password in it"),
        (("--server", "http://example.org"), "Write the server as smtps://"),
        (("--server", "smtps://me@example.org"), "--password-file"),
    ],
)
def test_without_a_line_nothing_changes(
    letters: Path, bare: Run, options: tuple[str, ...], sentence: str
) -> None:
    """One sentence, status 1, and approved mails are still only approved."""
    answer = bare("send", "--database", str(letters), *options)
    assert answer.status == 1
    assert sentence in answer.error
    assert states(letters)["approved@example.org"] == "approved"


def test_a_killed_run_leaves_an_unsure_mail_and_no_second_one(letters: Path, bare: Run) -> None:
    """S17: killed after the server took the mail, before that was saved: listed, not sent again."""
    with mail_server() as server:
        send = ["send", "--database", str(letters), "--server", f"smtp://localhost:{server.port}"]
        running: list[subprocess.Popen[bytes]] = []

        def kill(address: str) -> None:
            running[0].send_signal(signal.SIGKILL)
            running[0].wait()

        server.after_data = kill
        environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
        running.append(
            subprocess.Popen([sys.executable, "-m", "schoolapp", *send], env=environment)
        )
        assert running[0].wait(60) == -signal.SIGKILL
        assert states(letters)["approved@example.org"] == "sending"
        server.after_data = lambda address: None
        answer = bare(*send)
        assert answer.out.startswith("Sent: 0.")
        assert "unsure: approved@example.org: The program ended while" in answer.out
        assert len(server.received) == 1
