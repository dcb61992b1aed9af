"""Answers to invitations as mail programs write them, for tests; made here, from no real person."""

from base64 import b64encode

ATTENDEE = "ana@example.org"


def reply(
    uid: str,
    *,
    partstat: str = "ACCEPTED",
    attendee: str = f"mailto:{ATTENDEE}",
    sequence: object = 0,
    minute: int = 0,
    stamp: str | None = None,
    method: str = "REPLY",
    kind: str = "VEVENT",
    comment: str = "",
    parameters: str = "",
    more: str = "",
) -> bytes:
    """A calendar that answers an invitation; an empty value leaves its line out."""
    made = f"20270902T10{minute:02}00Z" if stamp is None else stamp
    said = f";PARTSTAT={partstat}" if partstat else ""
    lines = [
        "BEGIN:VCALENDAR",
        "PRODID:-//Example//Test//EN",
        "VERSION:2.0",
        f"METHOD:{method}",
        f"BEGIN:{kind}",
        f"UID:{uid}" if uid else "",
        f"DTSTAMP:{made}" if made else "",
        f"SEQUENCE:{sequence}",
        "ORGANIZER:mailto:office@example.org",
        f"ATTENDEE{said}{parameters}:{attendee}" if attendee else "",
        f"COMMENT:{comment}".replace(",", "\\,") if comment else "",
        more,
        f"END:{kind}",
        "END:VCALENDAR",
    ]
    return "".join(f"{line}\r\n" for line in lines if line).encode()


def mail(calendar: bytes, *, sender: str = ATTENDEE, more: str = "") -> bytes:
    """A mail that carries the calendar as the last alternative, in base64."""
    head = [
        f"From: {sender}" if sender else "",
        "To: office@example.org",
        "Subject: Accepted: Ecology",
        more,
        "MIME-Version: 1.0",
        'Content-Type: multipart/alternative; boundary="b1"',
    ]
    body = [
        "",
        "--b1",
        "Content-Type: text/plain; charset=utf-8",
        "",
        "Accepted.",
        "--b1",
        'Content-Type: text/calendar; charset="UTF-8"; method=REPLY',
        "Content-Transfer-Encoding: base64",
        "",
        b64encode(calendar).decode(),
        "--b1--",
        "",
    ]
    return "\r\n".join([*(line for line in head if line), *body]).encode()
