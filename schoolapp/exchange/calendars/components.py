"""Splits a calendar that came in into components and properties: bounded and forgiving."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from schoolapp.base.language import mark

MOST_COMPONENTS = 5_000
DEEPEST = 4  # VCALENDAR, VEVENT, VALARM and one to spare
LONGEST_LINE = 64_000  # characters, unfolded
_BEGIN, _END = "BEGIN", "END"
_NAME = re.compile(r"[A-Za-z0-9-]+")
_PARAMETER = re.compile(r';([A-Za-z0-9-]+)=((?:"[^"]*"|[^";:,]*)(?:,(?:"[^"]*"|[^";:,]*))*)')
_CARETS = {"^n": "\n", "^'": '"', "^^": "^"}

UNFINISHED = mark("it ends in the middle")
LONG_LINE = mark("a line is too long")
BAD_LINE = mark("a line has no name and value")
CROSSED = mark("its parts end in another order than they begin")
NO_BEGIN = mark("it does not begin with BEGIN:VCALENDAR")


def decoded(data: bytes, charset: str | None) -> str | None:
    """The text of a calendar: by the charset of its mail, else UTF-8, UTF-16 or Windows-1252."""
    marks = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"\xef\xbb\xbf": "utf-8-sig"}
    guess = next((name for bom, name in marks.items() if data.startswith(bom)), None)
    for name in dict.fromkeys((guess, charset, "utf-8", "cp1252")):
        try:
            if name is not None:
                return data.decode(name)
        except (ValueError, LookupError):  # "undefined" and "punycode" raise what they like
            continue
    return None


@dataclass(slots=True)
class Component:
    """A component with its properties by name, each as its parameters and value, and its parts."""

    name: str
    lines: dict[str, list[tuple[dict[str, str], str]]] = field(default_factory=dict)
    parts: list["Component"] = field(default_factory=list)

    def value(self, name: str) -> str:
        """The first value of a property, empty if there is none."""
        return self.lines[name][0][1].strip() if name in self.lines else ""


class Unreadable(Exception):
    """The text has no structure, for the marked reason ``what``, or far too much of it."""

    def __init__(self, what: str = "", *, beyond_measure: bool = False) -> None:
        super().__init__(what)
        self.what, self.beyond_measure = what, beyond_measure


def components(text: str) -> list[Component]:
    """The outermost components; ``Unreadable`` for what has no structure, or too much of it."""
    outermost: list[Component] = []
    open_: list[Component] = []
    count = 0
    for name, parameters, value in content_lines(text):
        if name == _BEGIN:
            count += 1
            if count > MOST_COMPONENTS or len(open_) >= DEEPEST:
                raise Unreadable(beyond_measure=True)
            part = Component(value.strip().upper())
            (open_[-1].parts if open_ else outermost).append(part)
            open_.append(part)
        elif name == _END:
            if not open_ or open_.pop().name != value.strip().upper():
                raise Unreadable(CROSSED)
        elif open_:
            open_[-1].lines.setdefault(name, []).append((parameters, value))
        else:
            raise Unreadable(NO_BEGIN)
    if open_:
        raise Unreadable(UNFINISHED)
    return outermost


def content_lines(text: str) -> Iterator[tuple[str, dict[str, str], str]]:
    """Name in capitals, parameters and value of each unfolded line (RFC 5545, 3.1)."""
    for line in _unfolded(text):
        if len(line) > LONGEST_LINE:
            raise Unreadable(LONG_LINE)
        named = _NAME.match(line)
        if named is None:
            raise Unreadable(BAD_LINE)
        at, parameters = named.end(), {}
        while found := _PARAMETER.match(line, at):
            parameters[found[1].upper()] = _parameter(found[2])
            at = found.end()
        if line[at : at + 1] != ":":
            if (colon := line.find(":", at)) < 0:
                raise Unreadable(BAD_LINE)
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
