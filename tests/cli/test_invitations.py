"""``schoolapp invites`` and ``schoolapp replies``: drafts of what is due, a report of answers."""

import email
import json
from collections.abc import Callable
from email import policy
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from icalendar import Calendar
from sqlalchemy import delete, select

from schoolapp.domain.gatherings import Room
from schoolapp.domain.invitations import SessionInvitation
from schoolapp.domain.programme import Session
from schoolapp.operations.programme import move_session
from schoolapp.storage.opening import open_store
from tests.answers import mail, reply
from tests.cli.conftest import Run, shipped, uid_of
from tests.imap_server import PASSWORD, USER, imap_server
from tests.packages import EVENTS

UID = "gjs2027-s001@schoolapp.example"


def address_of(code: str) -> str:
    """The address of a person of the packages."""
    return str(next(one["email"] for one in shipped("people.json") if one["id"] == code))


def changed(file: Path, work: Callable[[Any], Any]) -> None:
    """Change something in the database of the practice schools."""
    store = open_store(file, None, actor="desk")
    store.change("Change", work)
    store.close()


def test_a_school_without_invitations_gets_a_bundle_for_each(
    run: Run, practice_file: Path, tmp_path: Path
) -> None:
    """S17, P01, acceptance 1: 25 first mails of under 100 kB, each with its programme as one file;
    a second run prepares nothing new.
    """
    store = open_store(practice_file, None, actor="desk")
    with store.engine.execution_options(write=True).begin() as connection:
        connection.execute(delete(SessionInvitation))
    store.close()
    drafts = tmp_path / "drafts"
    done = run("invites", "--gathering", "gjs2027", "--to", drafts)
    assert done.status == 0
    assert "25 first invitations" in done.out
    files = sorted(drafts.glob("*.eml"))
    bundles = [read(file) for file in files if file.name.endswith("-programme.eml")]
    assert len({mail["To"] for mail in bundles}) == 25
    assert all(file.stat().st_size < 100_000 for file in files)
    for one in bundles:
        kinds = [part.get_content_type() for part in one.walk()]
        assert kinds.count("text/calendar") == 2
        assert kinds.count("application/ics") == 1
        assert one["X-Unsent"] == "1"
    assert run("invites", "--gathering", "gjs2027").out == done.out


def read(file: Path) -> email.message.EmailMessage:
    """A draft read back."""
    found = email.message_from_bytes(file.read_bytes(), policy=policy.default)
    assert isinstance(found, email.message.EmailMessage)
    return found


def test_only_a_change_is_due_of_a_school_that_was_invited(
    run: Run, practice_file: Path, tmp_path: Path
) -> None:
    """P03, E48: the loaded table counts as sent; a session in another room goes to its invitees."""
    uid, drafts = "gjs2027-s057@schoolapp.example", tmp_path / "drafts"

    def other_room(session: Any) -> None:
        slot = session.scalars(select(Session).where(Session.uid == uid)).one()
        room = session.scalars(select(Room).where(Room.gathering_id == slot.gathering_id)).first()
        move_session(session, session_id=slot.id, start=slot.start_local, room_id=room.id)

    changed(practice_file, other_room)
    drafts.mkdir()
    (drafts / "00001-programme.eml").touch()  # of a run before, no longer due
    done = run("invites", "--gathering", "gjs2027", "--to", drafts)
    assert done.out.startswith("11 mails; 0 first invitations, 0 new, 11 changed, 0 cancelled")
    assert len(list(drafts.glob("*.eml"))) == 11
    for draft in drafts.glob("*.eml"):
        [part] = [p for p in read(draft).walk() if p.get_content_type() == "text/calendar"]
        [event] = Calendar.from_ical(part.get_payload(decode=True)).walk("VEVENT")  # type: ignore[arg-type]
        assert (event["UID"], event["SEQUENCE"]) == (uid, 1)


def test_answers_come_out_of_a_mailbox(run: Run, tmp_path: Path) -> None:
    """P05: a dry run keeps nothing, then each mail is read once; nothing is changed there."""
    secret, report = tmp_path / "secret", tmp_path / "report.json"
    secret.write_text(PASSWORD + "\n", "utf-8")
    with imap_server() as server:
        server.put(4, mail(reply(UID, attendee=f"mailto:{(me := address_of('P0027'))}"), sender=me))
        server.put(6, mail(reply("unknown@example.org"), sender=me))
        url = f"imap://{quote(USER)}@localhost:{server.port}/INBOX"
        fetch = ("replies", "--imap", url, "--password-file", secret, "--report", report)
        assert "1 applied, 1 to be looked at" in run(*fetch).out
        done = run(*fetch, "--apply")
        assert done.status == 0
        assert done.out.splitlines() == [
            "imap://localhost/INBOX;UIDVALIDITY=7/;UID=6: It answers an invitation that is not"
            " known here.",
            "2 answers: 1 applied, 1 to be looked at, 0 ignored, 0 refused.",
        ]
        assert [one["outcome"] for one in json.loads(report.read_text("utf-8"))] == [
            "applied", "held",
        ]  # fmt: skip
        assert run(*fetch, "--apply").out.startswith("0 answers")
        server.validity = 8
        assert "renumbered its mails" in run(*fetch, "--apply").out
        server.put(7, mail(reply("other@example.org"), sender=me))
        server.says = lambda name, rest: b"TAG BAD no\r\n" if "SIZE" in rest else None
        broken = run(*fetch, "--apply")
        assert (broken.status, "no IMAP" in broken.error) == (1, True)
        assert server.seen == set()


def test_a_mailbox_is_named_as_it_must_be(run: Run, tmp_path: Path) -> None:
    """Wrong usage is 2; no server, no user, a visible password, or none at all are reported."""
    assert run("replies").status == 2
    assert run("replies", tmp_path, "--imap").status == 2
    for url, said in (
        ((), "No mailbox for answers is set"),
        (("imaps://imap.example.org",), "enter the user"),
        (("imaps://me:secret@imap.example.org",), "without a password in it"),
        (("ftp://me@imap.example.org",), "Write the mailbox as imaps://"),
        (("imap+starttls://me@imap.example.org:1/R%C3%A9ponses",), "--password-file"),
    ):
        done = run("replies", "--imap", *url)
        assert (done.status, said in done.error) == (1, True)


def test_the_report_of_answers(run: Run, tmp_path: Path) -> None:
    """P05, E50: a dry run first; then the same is stored; what is held is not an error."""
    folder, report = tmp_path / "answers", tmp_path / "report.json"
    folder.mkdir()
    me = address_of("P0027")
    yes = reply(UID, attendee=f"mailto:{me}", partstat="TENTATIVE")
    (folder / "1 yes.ics").write_bytes(yes)
    (folder / "2 forged.EML").write_bytes(mail(yes, sender="mallory@example.net"))
    (folder / "3 counter.ics").write_bytes(reply(UID, method="COUNTER"))
    (folder / "4 letter.eml").write_bytes(b"From: a@example.org\r\n\r\nHello\r\n")
    (folder / "5 huge.ics").write_bytes(b"BEGIN:VCALENDAR\r\n" + b"X:y\r\n" * 1_100_000)
    (folder / "no answer.txt").write_text("x")
    for options in ((), ("--apply",)):
        done = run("replies", folder, "--report", report, *options)
        assert done.status == 0
        counted = "5 answers: 1 applied, 2 to be looked at, 1 ignored, 1 refused."
        assert counted in done.out
        assert ("dry run" in done.out) == (not options)
        found = json.loads(report.read_text("utf-8"))
        assert [one["outcome"] for one in found] == [
            "applied", "held", "held", "ignored", "refused",
        ]  # fmt: skip
        assert all(
            list(one) == ["file", "method", "uid", "person", "outcome", "participation", "why"]
            for one in found
        )
        assert found[0] | {"file": "", "why": ""} == {
            "file": "", "method": "REPLY", "uid": UID, "person": uid_of()["P0027"],
            "outcome": "applied", "participation": "TENTATIVE", "why": "",
        }  # fmt: skip
    out = tmp_path / "out"
    assert run("export", "practice", "--to", out).status == 0
    lines = set((out / "gjs2027_invites.csv").read_text("utf-8").splitlines())
    before = set((EVENTS / "gjs2027_invites.csv").read_text("utf-8").splitlines())
    assert lines - before == {f"{UID},P0027,0,REQUEST,TENTATIVE,bundle"}
    assert len(before - lines) == 1
    again = run("replies", folder / "1 yes.ics", "--apply")
    assert "1 ignored" in again.out


@pytest.mark.parametrize("name", ["nothing.ics", "no-such-folder"])
def test_a_file_that_is_not_there_is_reported(run: Run, tmp_path: Path, name: str) -> None:
    """One sentence, status 1."""
    done = run("replies", tmp_path / name)
    assert (done.status, "There is no file" in done.error) == (1, True)
