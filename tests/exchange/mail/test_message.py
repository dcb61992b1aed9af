"""Mails composed and read back: their layout, their words, and the people named in them."""

import datetime as dt
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schoolapp.domain.rules import RuleBroken
from schoolapp.exchange.mail.message import Enclosure, Message, Sender, as_bytes, as_eml, as_page

INVITATION = Enclosure(
    name="x.ics",
    media_type="text/calendar",
    content=b"BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nSUMMARY:\xd8\xa7\r\nEND:VCALENDAR\r\n",
    method="REQUEST",
)
LETTER = Enclosure(name="خط.pdf", media_type="application/pdf", content=bytes(range(256)))
URDU = "محترمہ آمنہ،\n\nآپ کی درخواست منظور ہو گئی ہے۔\n"


def written(**differently: object) -> Message:
    """A mail in Urdu, but for what the test says."""
    usual = {
        "sender": Sender(address="school@example.org", name="Écolé, Internationale"),
        "address": "amina@example.org",
        "subject": "آپ کی درخواست",
        "text": URDU,
        "language": "ur",
        "message_id": "<1@schoolapp.invalid>",
        "date": dt.datetime(2027, 1, 2, 3, 4, 5, tzinfo=dt.UTC),
    }
    return Message(**(usual | differently))  # type: ignore[arg-type]


def read(data: bytes) -> EmailMessage:
    """The mail as a reader has it."""
    found = message_from_bytes(data, policy=policy.default)
    assert isinstance(found, EmailMessage)
    return found


def kinds(mail: EmailMessage) -> list[str]:
    """The types of all parts, outside in."""
    return [part.get_content_type() for part in mail.walk()]


def test_an_invitation_stands_where_each_mail_program_looks_for_it() -> None:
    """Words, page, calendar with its method last and without disposition, then the same file."""
    mail = read(as_bytes(written(enclosures=[INVITATION, LETTER])))
    assert kinds(mail) == [
        "multipart/mixed",
        "multipart/alternative",
        "text/plain",
        "text/html",
        "text/calendar",
        "application/ics",
        "application/pdf",
    ]
    *_, calendar, attached, letter = mail.walk()
    assert calendar["Content-Type"].params == {
        "charset": "UTF-8",
        "method": "REQUEST",
        "component": "VEVENT",
    }
    assert "Content-Disposition" not in calendar
    assert attached.get_filename() == "invite.ics"
    assert letter.get_filename() == LETTER.name
    contents = [part.get_payload(decode=True) for part in (calendar, attached, letter)]
    assert contents == [INVITATION.content, INVITATION.content, LETTER.content]


def test_a_published_calendar_is_an_attachment_and_no_invitation() -> None:
    """A programme to keep asks for no answer, and keeps its name."""
    programme = Enclosure(
        name="programme.ics", media_type="text/calendar", content=b"BEGIN", method="PUBLISH"
    )
    mail = read(as_bytes(written(enclosures=[programme])))
    assert kinds(mail)[1:] == ["multipart/alternative", "text/plain", "text/html", "text/calendar"]
    *_, attached = mail.walk()
    assert attached.get_filename() == "programme.ics"
    assert attached["Content-Type"].params["method"] == "PUBLISH"


def test_two_invitations_do_not_share_a_mail() -> None:
    """Readers take the first and lose the second."""
    with pytest.raises(ValueError, match="one invitation"):
        as_bytes(written(enclosures=[INVITATION, INVITATION]))


def test_every_server_takes_the_bytes() -> None:
    """7-bit lines of at most 998 octets with CR LF, whatever the language; small."""
    data = as_bytes(written(text="ا" * 5000, subject="ش" * 300, enclosures=[INVITATION]))
    assert data.isascii()
    assert b"\n" not in data.replace(b"\r\n", b"")
    assert b"\r" not in data.replace(b"\r\n", b"")
    assert max(map(len, data.split(b"\r\n"))) <= 998
    assert len(data) < 100_000


def test_the_same_mail_is_the_same_bytes() -> None:
    """Composed a second time after a crash, not an octet differs."""
    assert as_bytes(written(enclosures=[INVITATION])) == as_bytes(written(enclosures=[INVITATION]))
    assert read(as_bytes(written()))["Date"].datetime == written().date


def test_the_page_runs_the_way_of_its_language_and_links_addresses() -> None:
    """Urdu from right to left; nothing of the text is taken for markup."""
    page = as_page('<b>"A"</b>, https://example.org/a?b=1&c.\nNext\n\nEnd', "ur")
    assert '<html lang="ur" dir="rtl">' in page
    assert '&lt;b&gt;&quot;A&quot;&lt;/b&gt;, <a href="https://example.org/a?b=1&amp;c">' in page
    assert "</a>.<br>\nNext</p>\n<p>End</p>" in page
    assert 'dir="ltr"' in as_page("Bonjour", "fr")


def test_a_file_opens_as_a_draft() -> None:
    """A mail program opens what we save ready to be sent, not as something received."""
    assert read(as_eml(written()))["X-Unsent"] == "1"
    assert "X-Unsent" not in read(as_bytes(written()))


@pytest.mark.parametrize(
    "address",
    ["", "a", "a b@example.org", "a@", "a@b@c", "a@x\r\nBcc: b@example.org", "<@>", "a@."],
)
def test_what_is_no_address_is_refused_with_a_sentence(address: str) -> None:
    """Nothing is sent to half an address, and none can smuggle in a second."""
    with pytest.raises(RuleBroken, match="is not an address"):
        as_bytes(written(address=address))


def test_an_address_in_another_script_travels() -> None:
    """A domain has a form in ASCII; a name before the @ needs a server for UTF-8."""
    assert as_bytes(written(address="ana@exämple.org")).isascii()
    assert read(as_bytes(written(address="ana@exämple.org")))["To"] == "ana@xn--exmple-cua.org"
    assert "josé@example.org".encode() in as_bytes(written(address="josé@example.org"))
    assert "josé@example.org".encode() in as_eml(written(address="josé@example.org"))


HEADERS = {"From", "Reply-To", "To", "Subject", "Date", "Message-ID", "Content-Language"} | {
    "MIME-Version",
    "Content-Type",
}
WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=200)


@settings(max_examples=25, deadline=None)
@given(subject=WORDS, name=WORDS, text=WORDS)
def test_words_arrive_as_they_were_written(subject: str, name: str, text: str) -> None:
    """No text can add a header or an address, and what can be read arrives unchanged."""
    sender = Sender(address="school@example.org", name=name)
    mail = read(as_bytes(written(subject=subject, text=text, sender=sender)))
    assert set(mail.keys()) == HEADERS
    assert len(mail.keys()) == len(HEADERS)
    assert [one.addr_spec for one in mail["To"].addresses] == ["amina@example.org"]
    assert [one.addr_spec for one in mail["From"].addresses] == ["school@example.org"]
    if subject.isprintable():
        assert mail["Subject"].split() == subject.split()
    if text.isprintable():
        part = mail.get_body(("plain",))
        assert part is not None
        assert part.get_content().rstrip("\r\n") == text
