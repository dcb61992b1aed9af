"""Content lines of a calendar file: cleaned, escaped and folded text (RFC 5545 3.1 and 3.3.11)."""

import re

LONGEST_LINE = 75  # octets, without the line break (RFC 5545 3.1)

_BREAKS = re.compile("\r\n|[\r\n\x0b\x0c\x85\u2028\u2029]")
# control characters but tab and line break, and lone surrogates
_UNWANTED = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_SPACES = re.compile(r"[\t\n ]+")


def clean(text: str) -> str:
    """The text as it can be sent: every kind of line break is ``\\n``, control characters go.

    A reader that splits lines as ``str.splitlines`` does would see an injected line in U+2028,
    U+0085 or VT; libical stops reading at NUL; a lone surrogate has no UTF-8.
    """
    return _UNWANTED.sub("", _BREAKS.sub("\n", text))


def clean_line(text: str) -> str:
    """The cleaned text on one line, for a title or a place."""
    return _SPACES.sub(" ", clean(text)).strip()


def escape(text: str) -> str:
    r"""A TEXT value: backslash, semicolon, comma and line break escaped (RFC 5545 3.3.11).

    Not icalendar's own escaping, which makes a line break of ``\N`` as in ``C:\New``.
    """
    return text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def text_line(name: str, text: str) -> bytes:
    """One property with a TEXT value, cleaned, escaped and folded, with its line break.

    ``name`` may carry parameters: ``DESCRIPTION;LANGUAGE=ur``.
    """
    return fold(f"{name}:{escape(clean(text))}".encode())


def fold(line: bytes) -> bytes:
    """The line in pieces of at most 75 octets, never split inside a character, each with CRLF."""
    if len(line) <= LONGEST_LINE:
        return line + b"\r\n"
    pieces, start, room = [], 0, LONGEST_LINE
    while len(line) - start > room:
        end = start + room
        while line[end] & 0xC0 == 0x80:  # a continuation octet of UTF-8
            end -= 1
        pieces.append(line[start:end])
        start, room = end, LONGEST_LINE - 1  # the space that continues a line counts
    pieces.append(line[start:])
    return b"\r\n ".join(pieces) + b"\r\n"
