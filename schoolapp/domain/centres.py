"""Centres: the places of the institute, with the mailbox that their letters come from."""

from sqlalchemy.orm import Mapped, mapped_column

from schoolapp.base import clock
from schoolapp.base.language import mark
from schoolapp.domain.base import Base, Versioned
from schoolapp.domain.data_map import Plain, Words
from schoolapp.domain.money import UNKNOWN_CURRENCY, is_currency
from schoolapp.domain.senders import wrong_mailbox


class Centre(Versioned, Base):
    """A place of the institute that holds gatherings and invites people.

    ``code`` is permanent: gatherings name their centre by it, and the numbers of visa letters
    begin with its first letters. ``address`` is the postal address, as it stands on a letter.
    ``mailbox_name`` and ``mailbox_address`` are the sender of its letters and the organiser of its
    invitations; a centre of a new database has none. ``retention`` is how many months after a
    gathering the institute intends to keep what it knows of people: Home tells who is past it, and
    nothing is erased by it.
    """

    __tablename__ = "centre"
    code: Mapped[Plain[str]] = mapped_column(unique=True)
    name: Mapped[Plain[str]]
    country: Mapped[Plain[str]]
    tz: Mapped[Plain[str]]
    currency: Mapped[Plain[str]]
    languages: Mapped[Plain[list[str]]] = mapped_column(default_factory=list)
    address: Mapped[Plain[str]] = mapped_column(default="")
    city: Mapped[Plain[str]] = mapped_column(default="")
    mailbox_name: Mapped[Words[str]] = mapped_column(default="")
    mailbox_address: Mapped[Words[str]] = mapped_column(default="")
    retention: Mapped[Plain[int | None]] = mapped_column(default=None)

    @property
    def untouched(self) -> bool:
        """Whether nobody has changed it since the database was made."""
        return self.version == 1 and not self.mailbox_address


def check_centre(
    name: str, country: str | None, tz: str, currency: str, mailbox: str, retention: int | None
) -> dict[str, str]:
    """What is wrong with a centre: field to a sentence marked for translation."""
    wrong = {}
    if not name.strip():
        wrong["name"] = mark("Give the centre a name: letters and gatherings show it.")
    if not country:
        wrong["country"] = mark("Choose the country of the centre.")
    try:
        clock.zone(tz)
    except ValueError:
        wrong["tz"] = mark("This time zone is not known. Write it like Europe/Amsterdam.")
    if not is_currency(currency):
        wrong["currency"] = UNKNOWN_CURRENCY
    if mailbox.strip() and (sentence := wrong_mailbox(mailbox)):
        wrong["mailbox_address"] = sentence
    if retention is not None and not 0 <= retention <= 1200:
        wrong["retention"] = mark("Write the months as a number up to 1200, or leave this empty.")
    return wrong
