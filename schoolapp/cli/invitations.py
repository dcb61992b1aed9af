"""Commands about invitations: what is due goes into the outbox, answers are read from files."""

import argparse
import json
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from schoolapp.base import settings
from schoolapp.base.language import _, mark, plural
from schoolapp.base.settings import Settings
from schoolapp.cli import database
from schoolapp.cli.files import Commands, named_path, write_file
from schoolapp.domain.invitations import LARGEST_REPLY_FILE, REPLY_SUFFIXES
from schoolapp.domain.rules import RuleBroken
from schoolapp.operations.gatherings import gathering_row

if TYPE_CHECKING:
    from schoolapp.operations.invitations import Fetched, Incoming, Judged
    from schoolapp.storage.store import DbSession

_OWN_FILE = re.compile(r"\d+-[a-z_]+\.eml")


def add_commands(commands: Commands) -> None:
    """Add ``invitations`` and ``replies``."""
    invitations = commands.add_parser("invites", help="prepare the invitations that are due")
    invitations.add_argument("--gathering", required=True, metavar="CODE")
    invitations.add_argument(
        "--to", type=named_path, metavar="DIR", help="write them as .eml drafts too"
    )
    database.add_options(invitations)
    invitations.set_defaults(run=prepare_invitations)

    replies = commands.add_parser("replies", help="read answers to invitations")
    source = replies.add_mutually_exclusive_group(required=True)
    source.add_argument("files", nargs="*", type=named_path, metavar="FILE-or-DIR", default=())
    source.add_argument(
        "--imap",
        nargs="?",
        const="",
        metavar="URL",
        help="a mailbox, read and never changed: imaps://user@host:993/INBOX,"
        " imap+starttls://user@host/INBOX or imap://user@localhost; without URL: the settings",
    )
    replies.add_argument(
        "--password-file",
        type=named_path,
        metavar="FILE",
        help="default: the keyring, else it is asked",
    )
    replies.add_argument("--apply", action="store_true", help="store them; without: a dry run")
    replies.add_argument("--report", type=named_path, metavar="FILE.json")
    database.add_options(replies)
    replies.set_defaults(run=read_replies)


def prepare_invitations(options: argparse.Namespace) -> int:
    """``schoolapp invites --gathering CODE [--to DIR]``."""
    from schoolapp.operations import invitations

    with database.opened(options) as store:
        gathering = store.read(lambda s: gathering_row(s, code=options.gathering))
        done = store.change(
            _("Prepare the invitations of {gathering}").format(gathering=options.gathering),
            lambda s: invitations.prepare_invitations(s, gathering_id=gathering.id),
        )
        if options.to is not None:
            drafts = store.read(lambda s: list(_drafts(s, done.value.mails)))
            _write_drafts(options.to, drafts)
    print(done.value.numbers.sentence())
    return 0


def _drafts(session: "DbSession", mails: Iterable[int]) -> Iterator[tuple[str, bytes]]:
    """Name and bytes of each draft, as a mail program opens it."""
    from schoolapp.domain.mail import Mail
    from schoolapp.exchange.mail.message import as_eml
    from schoolapp.operations.mail import message_of, sender_of

    for key in mails:
        occasion = session.get_one(Mail, key).occasion
        sender = sender_of(session, mail_id=key)
        message = message_of(session, mail_id=key, sender=sender)
        yield f"{key:05}-{occasion}.eml", as_eml(message)


def _write_drafts(folder: Path, drafts: list[tuple[str, bytes]]) -> None:
    """Write the drafts; those of an earlier run that no longer hold are removed."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in drafts:
        write_file(folder / name, data)
    current = {name for name, _data in drafts}
    for old in folder.glob("*.eml"):
        if _OWN_FILE.fullmatch(old.name) and old.name not in current:
            old.unlink()


def read_replies(options: argparse.Namespace) -> int:
    """``schoolapp replies FILE-or-DIR... | --imap [URL] [--apply] [--report FILE.json]``."""
    from schoolapp.operations.invitations import judge

    trouble = ""
    if options.imap is None:
        incoming = [one for path in _files(options.files) for one in _read(path)]
        with database.opened(options) as store:
            judged = judge(store, incoming, apply=options.apply)
    else:
        fetched = _fetch(options)
        judged, trouble = list(fetched.judged), fetched.trouble
    if options.report is not None:
        report = [one.as_json() for one in judged]
        text = json.dumps(report, ensure_ascii=False, indent=1) + "\n"
        write_file(options.report, text.encode())
    _print(judged, applied=options.apply)
    if trouble:
        print(trouble, file=sys.stderr)
    return 1 if trouble else 0


def _fetch(options: argparse.Namespace) -> "Fetched":
    """Read what came into a mailbox since the last time."""
    from schoolapp.cli.mailbox import mailbox_named, password_of
    from schoolapp.exchange.mail.imap import ImapFolder
    from schoolapp.operations.invitations import Fetching, fetch_replies

    box = mailbox_named(options.imap, Settings(settings.usual_path()))
    box.check()
    how = Fetching(apply=options.apply)
    with (
        database.opened(options) as store,
        ImapFolder(box, password_of(options.password_file, box)) as folder,
    ):
        fetched = fetch_replies(store, folder, how)
    if fetched.renumbered:
        print(_("The server has renumbered its mails: all were read again."))
    return fetched


def _files(paths: Iterable[Path]) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            inside = (file for file in path.rglob("*") if file.suffix.lower() in REPLY_SUFFIXES)
            yield from sorted(file for file in inside if file.is_file())
        elif path.exists():
            yield path
        else:
            raise RuleBroken(mark("There is no file {path}."), path=path)


def _read(path: Path) -> Iterator["Incoming"]:
    from schoolapp.exchange.calendars.reply_mails import read_replies as answers_in
    from schoolapp.operations.invitations import Incoming

    with path.open("rb") as file:
        data = file.read(LARGEST_REPLY_FILE)
    for reply in answers_in(data, path.name):
        yield Incoming(str(path), reply)


def _print(judged: "list[Judged]", *, applied: bool) -> None:
    for one in judged:
        if one.outcome.value in ("held", "refused"):
            name = one.file if "://" in one.file else Path(one.file).name
            print(_("{file}: {why}").format(file=name, why=one.why))
    count = Counter(one.outcome.value for one in judged)
    counted = plural("{number} answer", "{number} answers", len(judged)).format(number=len(judged))
    said = _(
        "{counted}: {applied} applied, {held} to be looked at, {ignored} ignored,"
        " {refused} refused."
    ).format(
        counted=counted,
        applied=count["applied"],
        held=count["held"],
        ignored=count["ignored"],
        refused=count["refused"],
    )
    stored = "" if applied else _("Nothing was stored: this was a dry run.")
    print(f"{said} {stored}".rstrip())
