"""People: who they are, what they speak, how they are reached."""

import datetime as dt
import enum
import uuid
from dataclasses import dataclass, fields

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from schoolapp.base.language import mark
from schoolapp.domain.base import (
    AUTOINCREMENT,
    Base,
    Keyed,
    UtcMoment,
    Versioned,
    link,
    maybe,
    refers,
)
from schoolapp.domain.births import is_part, is_part_of, span
from schoolapp.domain.data_map import (
    FOLLOWS,
    FORMAT,
    GOES,
    ORDER,
    Background,
    BadgeName,
    Contact,
    Counted,
    Identity,
    Name,
    PassportName,
    Reach,
    Travel,
)
from schoolapp.domain.text import fold, words_of


class NameOrder(enum.StrEnum):
    """How a name is written: given first, family first, one word, initials before the name."""

    GIVEN_FIRST = "gf"
    FAMILY_FIRST = "fg"
    ONE_WORD = "mono"
    INITIALS = "ini"


class Person(Versioned, Base):
    """Somebody known to the institute, in whatever roles.

    ``display_name`` is the truth; ``given`` and ``family`` may be empty parts of it (E21). ``code``
    is the short permanent name of the practice packages (``P0027``), ``uid`` the random one that
    leaves the program. E-mail addresses are not unique: two people may share a mailbox (E25).
    ``badge_name`` is on everything that is printed or exported instead of any other name, for
    somebody to whom being seen here is dangerous at home (E61). ``erased_at`` is set once the
    person was erased: the row stays without a name, for the counts and the books. ``born_partly``
    is the year or month of birth where the day is not known (E29), as ``births`` keeps it.
    ``gender`` is ``woman``, ``man``, ``other`` or the person's own word (``genders``); None is left
    open.
    """

    __tablename__ = "person"
    uid: Mapped[Identity[str]] = mapped_column(
        unique=True, default_factory=lambda: str(uuid.uuid4())
    )
    code: Mapped[Identity[str]] = mapped_column(unique=True)
    display_name: Mapped[Name[str]]
    given: Mapped[Identity[str | None]] = mapped_column(default=None)
    family: Mapped[Identity[str | None]] = mapped_column(default=None)
    name_order: Mapped[Identity[NameOrder]] = mapped_column(default=NameOrder.GIVEN_FIRST)
    native_name: Mapped[Name[str | None]] = mapped_column(default=None)
    native_script: Mapped[Identity[str | None]] = mapped_column(default=None, info=FORMAT.info)
    passport_name: Mapped[PassportName[str | None]] = mapped_column(default=None)
    sort_name: Mapped[Identity[str]] = mapped_column(default="", index=True, info=FOLLOWS.info)
    pronouns: Mapped[Background[str | None]] = mapped_column(default=None)
    gender: Mapped[Background[str | None]] = mapped_column(default=None)
    born: Mapped[Background[dt.date | None]] = mapped_column(default=None)
    born_partly: Mapped[Counted[str | None]] = mapped_column(default=None)
    country: Mapped[Counted[str | None]] = mapped_column(default=None)
    nationality: Mapped[Travel[str | None]] = mapped_column(default=None)
    origin: Mapped[Background[str | None]] = mapped_column(default=None)
    home_tz: Mapped[Background[str | None]] = mapped_column(default=None)
    home_currency: Mapped[Background[str | None]] = mapped_column(default=None)
    fee_band: Mapped[Counted[str | None]] = mapped_column(default=None)
    mother_tongue: Mapped[Background[str | None]] = mapped_column(default=None)
    email: Mapped[Reach[str | None]] = mapped_column(default=None)
    phone: Mapped[Reach[str | None]] = mapped_column(default=None)
    emergency_contact: Mapped[Contact[str | None]] = mapped_column(default=None)
    note: Mapped[Contact[str | None]] = mapped_column(default=None)
    badge_name: Mapped[BadgeName[str | None]] = mapped_column(default=None)
    blanks: Mapped[Background[list[str]]] = mapped_column(default_factory=list, info=FORMAT.info)
    search: Mapped[Identity[str]] = mapped_column(default="", info=FOLLOWS.info)
    merged_into_id: Mapped[int | None] = maybe("person.id")
    erased_at: Mapped[Counted[dt.datetime | None]] = mapped_column(UtcMoment, default=None)
    languages: Mapped[list["PersonLanguage"]] = relationship(
        default_factory=list, cascade="all, delete-orphan", order_by="PersonLanguage.position"
    )
    addresses: Mapped[list["OtherAddress"]] = relationship(
        default_factory=list, cascade="all, delete-orphan", order_by="OtherAddress.position"
    )

    @property
    def spoken(self) -> list[str]:
        """The tags of the languages the person speaks, the mother tongue first."""
        mother = [self.mother_tongue] if self.mother_tongue else []
        return [*mother, *(known.lang for known in self.languages)]

    def index_names(self) -> None:
        """Renew what search and sorting read; call it after any change of a name or address."""
        self.sort_name = fold(sort_key(self.display_name, self.given, self.family))
        self.search = search_words(
            self.display_name,
            self.native_name,
            self.passport_name,
            self.badge_name,
            self.email,
            self.code,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonDraft:
    """The fields of a person that a form edits; ``languages`` are tag and level.

    It stands below the entity because both name a field: loading, saving and joining two people go
    through ``DRAFT_FIELDS``.
    """

    id: int | None = None
    version: int | None = None
    display_name: str = ""
    given: str | None = None
    family: str | None = None
    name_order: NameOrder = NameOrder.GIVEN_FIRST
    native_name: str | None = None
    passport_name: str | None = None
    pronouns: str | None = None
    gender: str | None = None
    born: dt.date | None = None
    born_partly: str | None = None
    country: str | None = None
    nationality: str | None = None
    mother_tongue: str | None = None
    languages: tuple[tuple[str, str], ...] = ()
    email: str | None = None
    phone: str | None = None
    emergency_contact: str | None = None
    origin: str | None = None
    fee_band: str | None = None
    home_tz: str | None = None
    home_currency: str | None = None
    note: str | None = None
    badge_name: str | None = None


DRAFT_FIELDS = tuple(
    field.name for field in fields(PersonDraft) if field.name not in ("id", "version", "languages")
)
"""The fields that a draft and a person have under the same name."""


class PersonLanguage(Keyed, Base):
    """A language a person knows: BCP 47 tag and level (CEFR or ``native``)."""

    __tablename__ = "person_language"
    __table_args__ = (
        Index("ix_person_language_in_order", "person_id", "position", "lang"),
        AUTOINCREMENT,
    )
    person_id: Mapped[int] = mapped_column(
        ForeignKey("person.id"), default=None, nullable=False, info=refers("person.id", GOES)
    )
    lang: Mapped[Background[str]]
    level: Mapped[Background[str]]
    position: Mapped[Counted[int]] = mapped_column(default=0, info=ORDER.info)


class OtherAddress(Keyed, Base):
    """A further e-mail address of a person: where replies may come from."""

    __tablename__ = "person_address"
    person_id: Mapped[int] = link("person.id", GOES)
    address: Mapped[Reach[str]]
    position: Mapped[Counted[int]] = mapped_column(default=0, info=ORDER.info)


class TwoPeople(Keyed, Base):
    """Two persons who look like one, but are known to be two (E24, E25)."""

    __tablename__ = "two_people"
    __table_args__ = (UniqueConstraint("one_id", "other_id"), AUTOINCREMENT)
    one_id: Mapped[int] = link("person.id", GOES)
    other_id: Mapped[int] = link("person.id", GOES)


def sort_key(display_name: str, given: str | None, family: str | None) -> str:
    """The name as it is sorted: family name first where there is one (E22)."""
    return f"{family}, {given}" if family and given else display_name


def search_words(*texts: str | None) -> str:
    """The words by which a person is found, from all names of the person."""
    return " ".join(words_of(" ".join(text for text in texts if text)))


MISSING_NAME = mark("Write the name as the person uses it. It may be a single word.")
PART_OF_DATE = mark("Write the year, or year and month: 1990 or 1990-05.")
FUTURE_BIRTH = mark("This birth date is in the future. Check the year.")


def check_person(
    name: str,
    born: dt.date | None,
    email: str | None,
    today: dt.date,
    born_partly: str | None = None,
) -> dict[str, str]:
    """What is wrong with a person's core fields: field to a sentence marked for translation."""
    wrong = {}
    if not name.strip():
        wrong["display_name"] = MISSING_NAME
    if born is not None and born > today:
        wrong["born"] = FUTURE_BIRTH
    if born_partly and not is_part(born_partly):
        wrong["born_partly"] = PART_OF_DATE
    elif born_partly and born is not None and not is_part_of(born_partly, born):
        wrong["born_partly"] = mark("This is another date than the whole one. Empty one of them.")
    elif (found := span(None, born_partly)) is not None and found[0] > today:
        wrong["born_partly"] = FUTURE_BIRTH
    if email and not looks_like_address(email):
        wrong["email"] = mark("This is not an e-mail address. It needs a name, an @ and a domain.")
    return wrong


def looks_like_address(text: str) -> bool:
    """Whether the text has the shape of one e-mail address (without checking whether it exists)."""
    local, at, domain = text.strip().rpartition("@")
    return bool(local and at and "." in domain.strip(".")) and not any(
        c in text.strip() for c in " ,;<>"
    )
