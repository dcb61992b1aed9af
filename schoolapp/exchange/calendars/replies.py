"""Reads what comes back to an invitation: .ics files and whole mails, within bounds, never raising.

The reader is our own and forgiving: a broken time zone beside a sound answer is no reason to lose
the answer. It says in a sentence what it did not understand. What an answer means is judged
elsewhere (``operations.invites.answering``).
"""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from schoolapp.language import mark

LARGEST_CALENDAR = 5_000_000  # octets of an .ics file
LARGEST_IN_MAIL = 256_000  # octets of a calendar in a mail
MOST_COMPONENTS = 5_000
DEEPEST = 4  # VCALENDAR, VEVENT, VALARM and one to spare
LONGEST_LINE = 64_000  # characters, unfolded
MOST_ANSWERS = 100  # events of one file that are judged one by one
_BEGIN, _END = "BEGIN", "END"
_NAME = re.compile(r"[A-Za-z0-9-]+")
_PARAMETER = re.compile(r';([A-Za-z0-9-]+)=((?:"[^"]*"|[^";:,]*)(?:,(?:"[^"]*"|[^";:,]*))*)')
_STAMP = re.compile(r"(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)(Z?)")
_UNWANTED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_ESCAPES = {"\\n": "\n", "\\N": "\n", "\\,": ",", "\\;": ";", "\\\\": "\\"}
_CARETS = {"^n": "\n", "^'": '"', "^^": "^"}

TOO_LARGE = mark("The file is larger than {limit}: it was not read.")
TOO_DEEP = mark("The calendar is nested or divided beyond all measure: it was not read.")
NO_CALENDAR = mark("There is no calendar in it.")
BROKEN = mark("The calendar is broken: {what}.")
NOT_TEXT = mark("its letters cannot be read")
NO_BEGIN = mark("it does not begin with BEGIN:VCALENDAR")
UNFINISHED = mark("it ends in the middle")
NO_EVENT = mark("it holds no event")
LONG_LINE = mark("a line is too long")
BAD_LINE = mark("a line has no name and value")
CROSSED = mark("its parts end in another order than they begin")


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why something was not understood: a message marked for translation, and what stands in it.

    ``values`` whose key ends in ``_`` are marked messages themselves.
    """

    message: str
    values: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """One event of one calendar that came in, as far as it could be read.

    ``method`` is in capitals, empty if there is none. ``attendees`` are the addresses of ATTENDEE
    in small letters; ``participation`` is the PARTSTAT of the first, in capitals. ``sender`` is
    the address a mail came from, None for a file; ``senders`` how many it claims. ``sequence``
    and ``stamp`` (aware UTC) are None where they are missing, ``bad`` names what is there but no
    such value. ``dates`` is set for an answer to one date of a series. ``unproved``: the server
    that took the mail in noted that the sender is not who it says (DMARC).
    """

    method: str = ""
    kind: str = "VEVENT"
    uid: str = ""
    attendees: tuple[str, ...] = ()
    name: str = ""
    participation: str | None = None
    sequence: int | None = None
    stamp: dt.datetime | None = None
    comment: str = ""
    sent_by: str = ""
    delegated: bool = False
    dates: bool = False
    bad: str = ""
    failed: str = ""
    sender: str | None = None
    senders: int = 0
    unproved: bool = False
    trouble: Trouble | None = None
    refused: bool = False


def read_calendar(data: bytes, charset: str | None = None) -> tuple[Reply, ...]:
    """The events of an .ics file; one ``Reply`` with its ``trouble`` for what is not understood."""
    if len(data) > LARGEST_CALENDAR:
        return (_refusal(Trouble(TOO_LARGE, {"limit": "5 MB"})),)
    text = decoded(data, charset)
    if text is None:
        return (_broken(NOT_TEXT),)
    try:
        calendars = [one for one in _components(text) if one.name == "VCALENDAR"]
    except _Unreadable as broken:
        found = _method_of(text)
        if broken.beyond_measure:
            return (_refusal(Trouble(TOO_DEEP)),)
        return (replace(_broken(broken.what), method=found, uid=_uid_of(text)),)
    if not calendars:
        return (_broken(NO_BEGIN),)
    answers = [reply for calendar in calendars for reply in _replies(calendar)]
    return tuple(answers[:MOST_ANSWERS])


def decoded(data: bytes, charset: str | None) -> str | None:
    """The text of a calendar: by the charset of its mail, else UTF-8, UTF-16 or Windows-1252."""
    marks = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"\xef\xbb\xbf": "utf-8-sig"}
    guess = next((name for bom, name in marks.items() if data.startswith(bom)), None)
    for name in dict.fromkeys((guess, charset, "utf-8", "cp1252")):
        try:
            if name is not None:
                return data.decode(name)
        except (UnicodeDecodeError, LookupError):
            continue
    return None


@dataclass(slots=True)
class _Component:
    name: str
    lines: dict[str, list[tuple[dict[str, str], str]]] = field(default_factory=dict)
    parts: list["_Component"] = field(default_factory=list)

    def value(self, name: str) -> str:
        """The first value of a property, empty if there is none."""
        return self.lines[name][0][1].strip() if name in self.lines else ""


class _Unreadable(Exception):
    def __init__(self, what: str = "", *, beyond_measure: bool = False) -> None:
        super().__init__(what)
        self.what, self.beyond_measure = what, beyond_measure


def _components(text: str) -> list[_Component]:
    """The outermost components; ``_Unreadable`` for what has no structure, or too much of it."""
    outermost: list[_Component] = []
    open_: list[_Component] = []
    count = 0
    for name, parameters, value in _content_lines(text):
        if name == _BEGIN:
            count += 1
            if count > MOST_COMPONENTS or len(open_) >= DEEPEST:
                raise _Unreadable(beyond_measure=True)
            part = _Component(value.strip().upper())
            (open_[-1].parts if open_ else outermost).append(part)
            open_.append(part)
        elif name == _END:
            if not open_ or open_.pop().name != value.strip().upper():
                raise _Unreadable(CROSSED)
        elif open_:
            open_[-1].lines.setdefault(name, []).append((parameters, value))
        else:
            raise _Unreadable(NO_BEGIN)
    if open_:
        raise _Unreadable(UNFINISHED)
    return outermost


def _content_lines(text: str) -> Iterator[tuple[str, dict[str, str], str]]:
    """Name in capitals, parameters and value of each unfolded line (RFC 5545, 3.1)."""
    for line in _unfolded(text):
        if len(line) > LONGEST_LINE:
            raise _Unreadable(LONG_LINE)
        named = _NAME.match(line)
        if named is None:
            raise _Unreadable(BAD_LINE)
        at, parameters = named.end(), {}
        while found := _PARAMETER.match(line, at):
            parameters[found[1].upper()] = _parameter(found[2])
            at = found.end()
        if line[at : at + 1] != ":":
            if (colon := line.find(":", at)) < 0:
                raise _Unreadable(BAD_LINE)
            at = colon
        yield named[0].upper(), parameters, line[at + 1 :]


def _unfolded(text: str) -> Iterator[str]:
    pieces: list[str] = []
    for line in re.split("\r\n|\r|\n", text):
        if line[:1] in (" ", "\t") and pieces:
            pieces.append(line[1:])
            continue
        if whole := "".join(pieces).strip():
            yield whole
        pieces = [line]
    if whole := "".join(pieces).strip():
        yield whole


def _parameter(text: str) -> str:
    plain = text[1:-1] if text[:1] == '"' and text[-1:] == '"' else text
    return re.sub(r"\^[n'^]", lambda found: _CARETS[found[0]], plain)


def _replies(calendar: _Component) -> list[Reply]:
    method = _clean(calendar.value("METHOD")).upper()[:40]
    told = [part for part in calendar.parts if part.name in ("VEVENT", "VTODO", "VJOURNAL")]
    if not told:
        others = [part.name for part in calendar.parts if part.name != "VTIMEZONE"]
        if others:
            return [Reply(method=method, kind=others[0][:40], uid=_uid(calendar.parts[-1]))]
        return [replace(_broken(NO_EVENT), method=method)]
    return [_reply(method, part) for part in told]


def _reply(method: str, event: _Component) -> Reply:
    lines = event.lines.get("ATTENDEE", [])
    parameters = lines[0][0] if lines else {}
    sequence, bad = _number(event.value("SEQUENCE"))
    stamp, bad_stamp = _moment(event.value("DTSTAMP"))
    comment = event.value("COMMENT") or parameters.get("X-RESPONSE-COMMENT", "")
    return Reply(
        method=method,
        kind=event.name,
        uid=_uid(event),
        attendees=tuple(dict.fromkeys(_mailbox(value) for _parameters, value in lines)),
        name=_clean(parameters.get("CN", ""))[:200],
        participation=_clean(parameters.get("PARTSTAT", "")).upper()[:40] or None,
        sequence=sequence,
        stamp=stamp,
        comment=_text(comment)[:1000],
        sent_by=_mailbox(parameters.get("SENT-BY", "")),
        delegated="DELEGATED-TO" in parameters or "DELEGATED-FROM" in parameters,
        dates="RECURRENCE-ID" in event.lines,
        bad=bad or bad_stamp,
        failed=_failure(event.value("REQUEST-STATUS")),
    )


def _failure(status: str) -> str:
    """A status that says the invitation was not understood or not delivered (RFC 5546, 3.6)."""
    return _text(status)[:200] if status[:1] in ("3", "4", "5") else ""


def _number(text: str) -> tuple[int | None, str]:
    if not text:
        return None, ""
    if re.fullmatch(r"\d{1,9}", text, re.ASCII):
        return int(text), ""
    return None, "SEQUENCE"


def _moment(text: str) -> tuple[dt.datetime | None, str]:
    """A DTSTAMP; local time is read as UTC, which is what its writers mean (RFC 5545 3.8.7.2)."""
    if not text:
        return None, ""
    found = _STAMP.fullmatch(text)
    try:
        if found is not None:
            year, month, day, hour, minute, second = (int(part) for part in found.groups()[:6])
            return dt.datetime(year, month, day, hour, minute, second, tzinfo=dt.UTC), ""
    except ValueError:
        pass
    return None, "DTSTAMP"


def _mailbox(text: str) -> str:
    """The address of a CAL-ADDRESS in small letters, without ``mailto:`` in any case."""
    plain = _clean(text).strip("<> ")
    head, colon, rest = plain.partition(":")
    return (rest if colon and head.lower() == "mailto" else plain).strip().casefold()[:320]


def _uid(event: _Component) -> str:
    return _clean(event.value("UID"))[:500]


def _text(value: str) -> str:
    plain = re.sub(r"\\[nN,;\\]", lambda found: _ESCAPES[found[0]], value)
    return _UNWANTED.sub("", plain).strip()


def _clean(value: str) -> str:
    return _UNWANTED.sub("", value).replace("\n", " ").strip()


def _method_of(text: str) -> str:
    found = re.search(r"(?im)^METHOD:([A-Z-]{1,40})\s*$", text)
    return found[1].upper() if found else ""


def _uid_of(text: str) -> str:
    found = re.search(r"(?im)^UID[^:\n]{0,80}:([^\r\n]{1,500})", text)
    return _clean(found[1]) if found else ""


def _broken(what: str) -> Reply:
    return Reply(trouble=Trouble(BROKEN, {"what_": what}))


def _refusal(trouble: Trouble) -> Reply:
    return Reply(trouble=trouble, refused=True)
