"""Senders: which addresses only stand in examples, and who may write to whom."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schoolapp.domain.mail import message_id_from, new_message_id
from schoolapp.domain.senders import domain_of, is_reserved, may_write, wrong_sender

LABEL = st.from_regex(r"[a-z][a-z0-9]{0,8}", fullmatch=True)
NAME = LABEL.map("{}@".format)
RESERVED = st.sampled_from(
    ["example", "invalid", "test", "localhost", "example.com", "example.net", "example.org"]
)
REAL = st.sampled_from(["iire.org", "institute.nl", "my-example.org", "test.org", "xn--a.ph"])


@pytest.mark.parametrize(
    ("address", "reserved"),
    [
        ("amsterdam@iire.example", True),
        ("a@EXAMPLE.Org", True),
        ("a@mail.example.com.", True),
        ("root@localhost", True),
        ("a@desk.localhost", True),
        ("a@school.invalid", True),
        ("a@school.test", True),
        ("a@example.nl", False),
        ("a@notexample.org", False),
        ("a@test.org", False),
        ("example.org@institute.nl", False),
        ("a@institute.example.nl", False),
    ],
)
def test_reserved_names_are_those_of_the_standards(address: str, reserved: bool) -> None:
    """RFC 2606 and 6761 reserve four endings, and three domains with all under them."""
    assert is_reserved(address) is reserved


@given(NAME, LABEL, RESERVED, REAL)
def test_no_example_writes_to_somebody_real(name: str, label: str, fake: str, real: str) -> None:
    """An example may write to examples only, a real mailbox to everybody, nobody to nobody."""
    for reserved in (f"{name}{fake}", f"{name}{label}.{fake}"):
        assert not may_write(reserved, name + real)
        assert may_write(reserved, name + fake)
        assert may_write(name + real, reserved)
    assert may_write(name + real, name + real)
    assert not may_write("", name + fake)


def test_what_is_no_address_is_not_refused_for_its_sender() -> None:
    """Half an address has a sentence of its own; that of the sender would mislead."""
    assert may_write("a@school.example", "not an address")


@pytest.mark.parametrize("address", ["", "school", "a b@institute.org", "a@b@c", "a@example.org"])
def test_a_sender_is_a_mailbox_that_somebody_can_answer(address: str) -> None:
    """No half address, and none that only stands in examples."""
    assert wrong_sender(address)
    assert wrong_sender("school@institute.org") is None


@given(NAME, REAL)
def test_a_message_id_ends_with_the_domain_of_its_sender(name: str, real: str) -> None:
    """RFC 5322, 3.6.4: made once, whole in ASCII, and never changed again."""
    made = new_message_id(name + real)
    assert made.endswith(f"@{real}>")
    assert message_id_from(made, "other@elsewhere.org") == made
    waiting = new_message_id("")
    assert message_id_from(waiting, name + real).endswith(f"@{real}>")
    assert waiting.partition("@")[0] == message_id_from(waiting, name + real).partition("@")[0]


def test_a_domain_in_another_script_is_written_in_ascii() -> None:
    """A header has only ASCII: münchen becomes its form for servers."""
    assert domain_of("a@münchen.de") == "xn--mnchen-3ya.de"
