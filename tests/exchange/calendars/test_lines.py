"""Content lines of calendar files."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Event

from schoolapp.exchange.calendars.lines import clean, clean_line, fold, text_line

TEXTS = st.text(max_size=200) | st.text(
    alphabet='a\\;,\n:"NnسشéÀ🎓\r\x85\u2028\x0b\x00\t ', max_size=80
)


@given(TEXTS)
def test_any_text_comes_back_as_it_was_cleaned(text: str) -> None:
    """What icalendar reads is the cleaned text, and no reader sees more than one line."""
    line = text_line("DESCRIPTION", text)
    event = Event.from_ical(b"BEGIN:VEVENT\r\n" + line + b"END:VEVENT\r\n")
    assert str(event["DESCRIPTION"]) == clean(text)
    assert len(line.decode().replace("\r\n ", "").splitlines()) == 1


@given(TEXTS)
def test_no_line_is_longer_than_75_octets_or_parted_inside_a_character(text: str) -> None:
    """Every line is at most 75 octets and valid UTF-8 by itself (RFC 5545 3.1)."""
    pieces = text_line("SUMMARY", text).split(b"\r\n")
    assert pieces.pop() == b""
    for piece in pieces:
        assert len(piece) <= 75
        piece.decode("utf-8")


def test_urdu_folds_between_characters() -> None:
    """A line of two-octet letters is cut at 75 or 74, so that no letter is split."""
    first, second, *_rest = fold(b"SUMMARY:" + "نظام".encode() * 20).split(b"\r\n")
    assert len(first) == 74
    assert len(second) == 75
    assert second.startswith(b" ")


def test_a_line_of_exactly_75_octets_is_not_folded() -> None:
    """Folding begins at the 76th octet."""
    assert fold(b"a" * 75) == b"a" * 75 + b"\r\n"
    assert fold(b"a" * 76) == b"a" * 75 + b"\r\n a\r\n"


@pytest.mark.parametrize("mark", ["\r\n", "\r", "\n", "\x0b", "\x0c", "\x85", "\u2028", "\u2029"])
def test_every_kind_of_line_break_becomes_one(mark: str) -> None:
    """A reader that splits as ``splitlines`` does sees no injected line."""
    assert text_line("DESCRIPTION", f"a{mark}ATTENDEE:b") == b"DESCRIPTION:a\\nATTENDEE:b\r\n"


def test_control_characters_go_and_tab_stays() -> None:
    """NUL, ESC, C1 and lone surrogates are removed; a tab is text."""
    assert clean("a\x00b\x1b\x9fc\ud800\td\x7f") == "abc\td"
    assert clean_line(" two\r\n lines\tand tab ") == "two lines and tab"


def test_backslash_and_capital_n_stay_what_they_are() -> None:
    r"""``C:\New`` is a folder, not a line break (icalendar 7.3 makes one of it)."""
    assert text_line("SUMMARY", r"C:\New, a;b") == rb"SUMMARY:C:\\New\, a\;b" + b"\r\n"
