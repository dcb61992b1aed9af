"""Composes a mail: from plain values to the bytes that a server and every mail program take."""

import datetime as dt
import hashlib
import html
import re
from collections.abc import Sequence
from dataclasses import dataclass
from email import policy
from email.headerregistry import Address
from email.message import EmailMessage

from schoolapp.base.language import direction, mark
from schoolapp.domain.rules import RuleBroken
from schoolapp.domain.senders import may_write

INVITATION = "invite.ics"  # the file name that Outlook and Exchange look for
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")
_WEB_ADDRESS = re.compile(r"https?://[^\s<>\"]+[^\s<>\".,;:!?)\]]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Enclosure:
    """A file that goes with a mail.

    ``method`` is that of a calendar (RFC 5546): ``REQUEST`` or ``CANCEL`` make it an invitation,
    one to a mail at most; with ``PUBLISH``, or without, it is an attachment like any other.
    """

    name: str
    media_type: str
    content: bytes
    method: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """Who writes: a mailbox that somebody reads, and the name shown with it."""

    address: str
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One mail to one address, in the words of one language.

    ``message_id`` (with its angle brackets) and ``date`` (aware) are fixed before the first try,
    so that a mail is the same bytes however often it is composed.
    """

    sender: Sender
    address: str
    subject: str
    text: str
    language: str
    message_id: str
    date: dt.datetime
    enclosures: Sequence[Enclosure] = ()


def compose(message: Message) -> EmailMessage:
    """The mail, laid out so that every mail program finds the words, and every calendar the dates.

    An invitation is there twice: as the last alternative, where Google and Thunderbird look for it,
    and as an attachment, where Outlook does (RFC 6047, 2.4). ``RuleBroken`` if an address is not
    valid.
    """
    mail = EmailMessage(policy=policy.SMTP)
    mail["From"] = _mailbox(message.sender.address, message.sender.name)
    mail["Reply-To"] = _mailbox(message.sender.address, message.sender.name)
    mail["To"] = _mailbox(message.address)
    mail["Subject"] = _one_line(message.subject)
    mail["Date"] = message.date
    mail["Message-ID"] = message.message_id
    text = _UNWRITABLE.sub("", "\n".join(message.text.splitlines())) + "\n"
    mail.set_content(text, cte=_encoding(text))
    page = as_page(message.text, message.language)
    mail.add_alternative(page, subtype="html", cte=_encoding(page))
    invitation = invitation_of(message.enclosures)
    if invitation is not None:
        _invitation_part(mail, invitation)
    for enclosure in message.enclosures:
        _attach(mail, enclosure, as_invitation=enclosure is invitation)
    mail["Content-Language"] = message.language  # set_content and its like remove Content-*
    _fix_boundaries(mail, message.message_id)
    return mail


def as_bytes(message: Message) -> bytes:
    """The mail as it travels: 7-bit lines that end in CR LF, but for an address outside ASCII.

    Such an address (RFC 6531) is sent in UTF-8, and only a server with SMTPUTF8 takes the mail.
    """
    return compose(message).as_bytes(policy=_policy(message))


def as_eml(message: Message) -> bytes:
    """The mail as a file that a mail program opens as a draft, ready to be sent from there.

    ``RuleBroken`` if it may not leave (``need_sender``).
    """
    need_sender(message.sender.address, message.address)
    mail = compose(message)
    mail["X-Unsent"] = "1"  # what Outlook and Thunderbird look for
    return mail.as_bytes(policy=_policy(message))


def need_sender(sender: str, recipient: str) -> None:
    """``RuleBroken`` if a letter has nobody to come from, or comes from an address of examples.

    Called wherever a letter leaves the program, on the way to a server or into a file.
    """
    if not sender:
        raise RuleBroken(
            mark(
                "This letter has no sender yet. Enter the mailbox of the centre at Home, under"
                " Centres: answers go there."
            )
        )
    if not may_write(sender, recipient):
        raise RuleBroken(
            mark(
                "“{sender}” is only an example: an answer of {recipient} would be"
                " lost. Enter a real mailbox for the centre at Home, under Centres."
                " Invitations have to be prepared again after that."
            ),
            sender=sender,
            recipient=recipient,
        )


def needs_utf8(*addresses: str) -> bool:
    """Whether only a server with SMTPUTF8 takes mail with these addresses (RFC 6531).

    A domain in another script does not count: it has a form in ASCII.
    """
    return not all(address.rpartition("@")[0].isascii() for address in addresses)


def routable(address: str) -> str:
    """The address as servers hand it on, its domain in ASCII; ``RuleBroken`` if it is not valid."""
    return _mailbox(address).addr_spec


def invitation_of(enclosures: Sequence[Enclosure]) -> Enclosure | None:
    """The one calendar that a mail program offers to accept; ``ValueError`` if there are two."""
    found = [one for one in enclosures if one.method and one.method != "PUBLISH"]
    if len(found) > 1:
        raise ValueError("a mail can carry only one invitation")  # RFC 6047: readers take the first
    return found[0] if found else None


def as_page(text: str, language: str) -> str:
    """The words as a small HTML page in the direction of their language; web addresses are links.

    Nothing in it is loaded from elsewhere.
    """
    paragraphs = re.split(r"\n\s*\n", _UNWRITABLE.sub("", "\n".join(text.splitlines())).strip())
    body = "\n".join(f"<p>{_marked_up(one)}</p>" for one in paragraphs)
    tag, way = html.escape(language), direction(language)
    return (
        f'<!DOCTYPE html>\n<html lang="{tag}" dir="{way}">\n'
        f'<head><meta charset="utf-8"></head>\n<body dir="{way}">\n{body}\n</body>\n</html>\n'
    )


def _policy(message: Message) -> "policy.EmailPolicy[EmailMessage]":
    utf8 = needs_utf8(message.address, message.sender.address)
    return policy.SMTPUTF8 if utf8 else policy.SMTP


def _fix_boundaries(mail: EmailMessage, message_id: str) -> None:
    """Boundaries that follow from the Message-ID, where the library would choose them at random."""
    for place, part in enumerate(part for part in mail.walk() if part.is_multipart()):
        part.set_boundary(f"=_{place}_{hashlib.sha256(message_id.encode()).hexdigest()[:32]}")


def _marked_up(paragraph: str) -> str:
    pieces, end = [], 0
    for found in _WEB_ADDRESS.finditer(paragraph):
        link = html.escape(found[0])
        pieces += [html.escape(paragraph[end : found.start()]), f'<a href="{link}">{link}</a>']
        end = found.end()
    pieces.append(html.escape(paragraph[end:]))
    return "".join(pieces).replace("\n", "<br>\n")


def _mailbox(address: str, name: str = "") -> Address:
    """The address for a header; its domain in ASCII, as servers without SMTPUTF8 need it."""
    local, _, domain = address.rpartition("@")
    try:
        if not local or _CONTROLS.search(address):
            raise ValueError(address)
        domain = domain.encode("idna").decode("ascii")
        Address(addr_spec=f"{_NOT_ASCII.sub('x', local)}@{domain}")  # its grammar knows only ASCII
        return Address(_one_line(name), local, domain)
    except Exception as trouble:  # the parser of addresses raises IndexError, HeaderParseError ...
        raise RuleBroken(
            mark("“{address}” is not an address that mail can be sent to. Correct it first."),
            address=address,
        ) from trouble


def _one_line(text: str) -> str:
    """Text for a header: what would break the line is a space."""
    return " ".join(_CONTROLS.sub(" ", text).split())


def _encoding(text: str) -> str:
    """The smaller of the two encodings that every server takes."""
    foreign = len(text.encode("utf-8", "replace")) - sum(map(str.isascii, text))
    return "quoted-printable" if foreign * 6 < len(text) else "base64"


def _invitation_part(mail: EmailMessage, invitation: Enclosure) -> None:
    """The calendar as the last alternative, without a disposition: "inline" hid it from readers."""
    mail.add_alternative(
        invitation.content,
        maintype="text",
        subtype="calendar",
        params={"charset": "UTF-8", "method": invitation.method or "", "component": "VEVENT"},
        cte="base64",
    )


def _attach(mail: EmailMessage, enclosure: Enclosure, *, as_invitation: bool) -> None:
    if as_invitation:
        main, sub, name, params = "application", "ics", INVITATION, {"name": INVITATION}
    else:
        main, _, sub = enclosure.media_type.partition("/")
        name = _one_line(enclosure.name)
        params = {"charset": "UTF-8"} if main == "text" else {}
        params |= {"method": enclosure.method} if enclosure.method else {}
    mail.add_attachment(
        enclosure.content, maintype=main, subtype=sub, filename=name, params=params, cte="base64"
    )
