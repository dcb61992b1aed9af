"""The fields of ``people.json``."""

from collections.abc import Iterable

from schoolapp.base.language import mark
from schoolapp.domain.births import is_part
from schoolapp.domain.genders import as_counted_before
from schoolapp.domain.money import FEE_BANDS
from schoolapp.domain.people import NameOrder, OtherAddress, Person, PersonLanguage
from schoolapp.exchange.packages.codecs import (
    COUNTRY,
    CURRENCY,
    DATE,
    LANGUAGE,
    TEXT,
    UUID,
    ZONE,
    Known,
    Values,
    choice,
    reference,
    row_each,
    states,
    within,
    worded,
)
from schoolapp.exchange.packages.fields import Draft, Field, Raw, Record, entity


def _part(text: str) -> str:
    if not is_part(text):
        raise ValueError(text)
    return text


BAND = choice(*FEE_BANDS)
PERSON_REFERENCE = reference("people")


PART_OF_DATE = worded(mark("{value} is no year such as 1990 or month such as 1990-05"), _part)


def _person(values: Values, known: Known) -> Person:
    person = Person(**values)
    person.index_names()
    return person


class Gender:
    """The gender, left out where it is what the pronouns stood for in the first packages.

    Those had no such key: people whose gender was left open are written with null.
    """

    @property
    def keys(self) -> Iterable[str]:
        """The one key."""
        return ("gender",)

    def read(self, raw: Raw, known: Known, draft: Draft, prefix: str) -> None:
        """The word or null, else what the pronouns stood for."""
        said = raw["gender"] if "gender" in raw else as_counted_before(draft.values["pronouns"])
        draft.values["gender"] = None if said is None else within("gender", TEXT.read, said, known)

    def write(self, entity: object, out: Raw, blanks: set[str], prefix: str) -> None:
        """The word or null."""
        assert isinstance(entity, Person)
        if entity.gender != as_counted_before(entity.pronouns):
            out["gender"] = entity.gender


PERSON_LANGUAGE = Record(
    entity(PersonLanguage),
    (Field("lang", LANGUAGE), Field("level", TEXT)),
)
PERSON = Record(
    _person,
    (
        Field("id", TEXT, "code"),
        Field("uuid", UUID, "uid"),
        Field("display_name", TEXT),
        Field("given", TEXT, null=True),
        Field("family", TEXT, null=True),
        Field("name_order", states(NameOrder)),
        Field("native_name", TEXT, null=True),
        Field("native_script", TEXT, null=True),
        Field("pronouns", TEXT, null=True),
        Field("born", DATE, null=True),
        Field("country", COUNTRY, null=True),
        Field("origin", TEXT, null=True),
        Field("home_tz", ZONE, null=True),
        Field("home_currency", CURRENCY, null=True),
        Field("fee_band", BAND, null=True),
        Field("mother_tongue", LANGUAGE, null=True),
        Field("email", TEXT, null=True),
        Field("languages", PERSON_LANGUAGE.listed(), optional=True),
        # what the program knows beyond the format
        Gender(),
        Field("born_partly", PART_OF_DATE, optional=True),
        Field("nationality", COUNTRY, optional=True),
        Field("passport_name", TEXT, optional=True),
        Field("phone", TEXT, optional=True),
        Field("emergency_contact", TEXT, optional=True),
        Field("note", TEXT, optional=True),
        Field("badge_name", TEXT, optional=True),
        Field(
            "other_addresses",
            row_each(OtherAddress, "address", TEXT),
            "addresses",
            optional=True,
        ),
    ),
)
PEOPLE = PERSON.listed(people="code", uuids="uid")
