"""The fields of ``people.json``."""

from schoolapp.base.language import mark
from schoolapp.domain.births import is_part
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
    worded,
)
from schoolapp.exchange.packages.fields import Field, Record, entity


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
