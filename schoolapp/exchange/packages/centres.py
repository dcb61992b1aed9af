"""The fields of ``centres.json``; without that file the practice schools' centres are meant."""

import json
from functools import cache
from pathlib import Path

from schoolapp.base.shipped import folder
from schoolapp.domain.centres import Centre
from schoolapp.exchange.packages.codecs import (
    COUNTRY,
    CURRENCY,
    INTEGER,
    LANGUAGE,
    TEXT,
    ZONE,
    Codec,
    Json,
    Known,
    list_of,
    of_type,
)
from schoolapp.exchange.packages.fields import Field, Record, entity

CENTRE = Record(
    entity(Centre),
    (
        Field("id", TEXT, "code"),
        Field("name", TEXT),
        Field("country", COUNTRY),
        Field("tz", ZONE),
        Field("currency", CURRENCY),
        Field("languages", list_of(LANGUAGE)),
        Field("address", TEXT),
        Field("city", TEXT),
        Field("mailbox_name", TEXT),
        Field("mailbox_address", TEXT),
        Field("retention", INTEGER, null=True),
    ),
)
CENTRES = CENTRE.listed(centres="code")


def _host(value: Json, known: Known) -> str:
    centre: Centre = known.find("centres", of_type(value, str))
    return centre.code


HOST: Codec[str] = Codec(_host, str)
"""The code of one of the centres."""


def usual_file() -> Path:
    """The centres that a folder of packages means which has none of its own."""
    return folder("data") / "practice" / "centres.json"


@cache
def _usual_text() -> str:
    return usual_file().read_text(encoding="utf-8")


def are_usual(centres: list[Centre]) -> bool:
    """Whether a folder means these centres without a file of its own."""
    usual: Json = json.loads(_usual_text())
    return CENTRES.write(centres) == usual
