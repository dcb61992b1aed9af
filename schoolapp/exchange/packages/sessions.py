"""The fields of ``sessions`` and of the changes made to them."""

from schoolapp.base import clock
from schoolapp.base.language import mark
from schoolapp.domain.gatherings import Room
from schoolapp.domain.programme import (
    Interpretation,
    InterpreterDuty,
    Mode,
    ProgrammeChange,
    Session,
    SessionGroup,
    SessionKind,
    SessionState,
    Speaker,
)
from schoolapp.domain.readings import ReadingAssignment
from schoolapp.exchange.packages.codecs import (
    BOOLEAN,
    INTEGER,
    LANGUAGE,
    TEXT,
    UTC,
    WALL,
    ZONE,
    Codec,
    Json,
    Known,
    Unreadable,
    Values,
    list_of,
    object_of,
    reference,
    row_each,
    states,
    within,
)
from schoolapp.exchange.packages.fields import Derived, Field, Record, entity
from schoolapp.exchange.packages.people import PERSON_REFERENCE

FOLD = Codec(lambda value, known: _fold(value, known), int)


def _fold(value: Json, known: Known) -> int:
    fold = INTEGER.read(value, known)
    if fold not in (0, 1):
        raise Unreadable(mark("this must be 0 or 1"))
    return fold


def _groups(rooms: dict[str, Room], kind: SessionKind, known: Known) -> list[SessionGroup]:
    if kind is not SessionKind.DELEGATION_MEETING:
        return [
            SessionGroup(language=within(language, LANGUAGE.read, language, known), room=room,
                         position=n)
            for n, (language, room) in enumerate(rooms.items(), 1)
        ]  # fmt: skip
    return [
        SessionGroup(
            delegation=within(code, reference("delegations").read, code, known),
            room=room,
            position=n,
        )
        for n, (code, room) in enumerate(rooms.items(), 1)
    ]


def _rooms_of_groups(session: Session) -> dict[str, Room]:
    return {
        group.delegation.code if group.delegation else group.language or "-": group.room
        for group in session.groups
    }


def _session(values: Values, known: Known) -> Session:
    start_utc = values.pop("start_utc")
    try:
        groups = _groups(values.pop("groups", {}), values["kind"], known)
    except Unreadable as trouble:
        raise trouble.inside("groups") from None
    for key in ("start_local", "end_local"):
        if not clock.exists(values[key], values["tz"]):
            raise Unreadable(mark("the clocks go forward then: this time does not exist")).inside(
                key
            )
    # the format has no fold of the start; in a repeated hour the UTC time says which is intended
    later = start_utc == clock.to_utc(values["start_local"], values["tz"], 1)
    earlier = start_utc == clock.to_utc(values["start_local"], values["tz"], 0)
    session = Session(groups=groups, fold_start=int(later and not earlier), **values)
    if session.start_utc != start_utc:
        raise Unreadable(
            mark("this says {claim}, but {follows} follows from the rest"),
            claim=UTC.write(start_utc),
            follows=UTC.write(session.start_utc),
        ).inside("start_utc")
    if session.end_utc <= session.start_utc:
        raise Unreadable(mark("the session ends before it begins")).inside("end_local")
    return session


INTERPRETATION = Record(
    entity(Interpretation),
    (
        Field("source", LANGUAGE),
        Field("target", LANGUAGE),
        Field("mode", states(Mode)),
        Field("interpreters", row_each(InterpreterDuty, "person", PERSON_REFERENCE, repeats=True)),
        Field("relay_via", LANGUAGE, null=True),
    ),
)
ASSIGNMENT = Record(
    entity(ReadingAssignment),
    (
        Field("reading", reference("editions"), "edition"),
        Derived("work", TEXT, lambda assignment: assignment.edition.work.code),
        Derived("lang", LANGUAGE, lambda assignment: assignment.edition.lang),
        Field("required", BOOLEAN),
        Field("order", INTEGER),
        Field("pages", TEXT, null=True),
    ),
)
SESSION = Record(
    _session,
    (
        Field("uid", TEXT),
        Field("no", INTEGER),
        Field("kind", states(SessionKind)),
        Field("title", TEXT),
        Field("start_local", WALL),
        Field("end_local", WALL),
        Field("fold_end", FOLD),
        Field("tz", ZONE),
        Field("start_utc", UTC),
        Derived("end_utc", UTC, lambda session: session.end_utc),
        Derived("minutes", INTEGER, lambda session: session.minutes),
        Field("room", reference("rooms"), null=True),
        Field("floor_language", LANGUAGE),
        Field("languages", list_of(LANGUAGE)),
        Field("audience", TEXT),
        Field("speakers", row_each(Speaker, "person", PERSON_REFERENCE)),
        Field("interpretation", INTERPRETATION.listed()),
        Field("module", reference("modules"), null=True),
        Field("series", TEXT, optional=True),
        Field("sequence", INTEGER),
        Field("status", states(SessionState), "state"),
        Field("register", BOOLEAN),
        Field("readings", ASSIGNMENT.listed()),
        Field("reading_gap", list_of(LANGUAGE), optional=True),
        Field("groups", object_of(reference("rooms")), optional=True, get=_rooms_of_groups),
        Field("public", BOOLEAN, optional=True),
        Field("invited", INTEGER, optional=True),
        # what the program knows beyond the format
        Field("online_link", TEXT, optional=True),
    ),
)
SESSIONS = SESSION.listed(**{"sessions": "uid", "all sessions": "uid", "session numbers": "no"})
CHANGES = Record(
    entity(ProgrammeChange),
    (
        Field("uid", reference("sessions", "uid"), "session"),
        Field("change", TEXT),
        Field("was", TEXT, optional=True),
        Field("now", TEXT, optional=True),
        Field("at", UTC),
        Field("ics_method", TEXT),
        Field("sequence", INTEGER),
        Field("warning", TEXT, optional=True),
    ),
).listed()
