"""The fields of ``readings.json``: editions, which share their works."""

from schoolapp.domain.readings import Edition, ReadingState, Rights, Work, may_be_copied
from schoolapp.exchange.packages.codecs import (
    INTEGER,
    LANGUAGE,
    TEXT,
    Codec,
    Json,
    Known,
    Values,
    choice,
    of_type,
    states,
)
from schoolapp.exchange.packages.fields import Field, Record


def _work(value: Json, known: Known) -> Work:
    code = of_type(value, str)
    work: Work = known.all("works").setdefault(code, None) or Work(code=code)
    known.all("works")[code] = work
    return work


def _first_state(rights: Rights) -> ReadingState:
    """The state of an edition whose text and rights are known: ready, or only listed."""
    return ReadingState.READY if may_be_copied(rights) else ReadingState.REFERENCE_ONLY


def _edition(values: Values, known: Known) -> Edition:
    parts: Values = {"state": _first_state(values["rights"]), **values}
    edition = Edition(**parts)
    edition.index_words()
    return edition


def _own_state(edition: Edition) -> ReadingState | None:
    return None if edition.state is _first_state(edition.rights) else edition.state


EDITION = Record(
    _edition,
    (
        Field("work", Codec(_work, lambda work: work.code)),
        Field("author", TEXT),
        Field("title", TEXT),
        Field("year", INTEGER, null=True),
        Field("lang", LANGUAGE),
        Field("kind", TEXT),
        Field("rights", states(Rights)),
        Field("conf", choice("sure", "check"), "confidence"),
        Field("topics", TEXT),
        Field("id", TEXT, "code"),
        Field("dir", choice("ltr", "rtl"), "direction"),
        # what the program knows beyond the format
        Field("state", states(ReadingState), optional=True, get=_own_state),
        Field("pages", TEXT, optional=True),
        Field("web_address", TEXT, optional=True),
    ),
)
READINGS = EDITION.listed(editions="code")
