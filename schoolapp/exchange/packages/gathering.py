"""The fields of ``event``: the gathering, its venue, and the people with a part in it."""

import datetime as dt
from collections.abc import Callable
from itertools import pairwise
from typing import Any

from schoolapp.base.language import mark
from schoolapp.domain.delegations import Delegation, DelegationCoordinator, DelegationState
from schoolapp.domain.gatherings import (
    ArrivalCheck,
    Bedroom,
    BlockedTime,
    Deadline,
    FreeDay,
    Gathering,
    GatheringKind,
    GatheringState,
    Module,
    Price,
    Room,
)
from schoolapp.domain.participation import (
    Engagement,
    ModuleAttended,
    Participation,
    ParticipationState,
    RotaTask,
    Stay,
    Team,
    check_stay,
)
from schoolapp.domain.people import Person
from schoolapp.exchange.packages.centres import HOST
from schoolapp.exchange.packages.codecs import (
    BOOLEAN,
    CLOCK,
    COUNTRY,
    CURRENCY,
    DATE,
    DECIMAL,
    INTEGER,
    LANGUAGE,
    MONEY,
    TEXT,
    WALL,
    ZONE,
    Codec,
    Json,
    Known,
    Unreadable,
    Values,
    choice,
    list_of,
    object_of,
    of_type,
    reference,
    row_each,
    rows_by_key,
    states,
    within,
)
from schoolapp.exchange.packages.desk import CHECKED
from schoolapp.exchange.packages.fields import Field, Nested, Record, entity
from schoolapp.exchange.packages.people import BAND, PERSON_REFERENCE

NOTES = ("dst_note", "holiday_note", "heat_note")
BACKWARDS = mark("the end lies before the start")
BY_VOLUNTEERS = "volunteers"


def _module(values: Values, known: Known) -> Module:
    if values["end"] < values["start"]:
        raise Unreadable(BACKWARDS).inside("end")
    return Module(**values)


def _blocked(values: Values, known: Known) -> BlockedTime:
    if values["date"] is not None and values.get("weekday") is not None:
        raise Unreadable(mark("a day has its date or a weekday, not both")).inside("weekday")
    if values["end"] <= values["start"]:
        raise Unreadable(BACKWARDS).inside("end")
    return BlockedTime(**values)


def _gathering(values: Values, known: Known) -> Gathering:
    if values["end_date"] < values["start_date"]:
        raise Unreadable(BACKWARDS).inside("end_date")
    remarks = {note: values.pop(note) for note in NOTES if note in values}
    ages = dict(zip(("age_from", "age_to"), values.pop("age_range", ()), strict=False))
    return Gathering(remarks=remarks, **ages, **values)


def _ages(value: Json, known: Known) -> list[int | None]:
    ages = of_type(value, list)
    if len(ages) != 2:
        raise Unreadable(mark("this must be the youngest and the oldest age"))
    return [
        None if age is None else within(n, INTEGER.read, age, known) for n, age in enumerate(ages)
    ]


def _age_range(gathering: Gathering) -> list[int | None] | None:
    ages = [gathering.age_from, gathering.age_to]
    return None if ages == [None, None] else ages


def _remark(note: str) -> Callable[[Gathering], str | None]:
    return lambda gathering: gathering.remarks.get(note)


CAMP_CURRENCY_PARTS: dict[str, Codec[Any]] = {  # Any: each part is of a type of its own
    "name": TEXT,
    "note": TEXT,
    "rates_per_eur": object_of(DECIMAL, BAND),
}


def _camp_currency(value: Json, known: Known) -> dict[str, Json]:
    raw = of_type(value, dict)
    if raw.keys() != CAMP_CURRENCY_PARTS.keys():
        raise Unreadable(
            mark("this must have the keys {keys}"), keys=", ".join(CAMP_CURRENCY_PARTS)
        )
    for key, codec in CAMP_CURRENCY_PARTS.items():
        within(key, codec.read, raw[key], known)
    return dict(raw)


def _weekday(value: Json, known: Known) -> int:
    day = INTEGER.read(value, known)
    if not 0 <= day <= 6:
        raise Unreadable(mark("this must be a weekday from 0, Monday, to 6, Sunday"))
    return day


WEEKDAY = Codec(_weekday, int)
MODULE = Record(
    _module,
    (Field("id", TEXT, "code"), Field("title", TEXT), Field("start", DATE), Field("end", DATE)),
)
ROOM = Record(
    entity(Room),
    (
        Field("id", TEXT, "code"),
        Field("name", TEXT),
        Field("seats", INTEGER, null=True),
        Field("booths", INTEGER),
        Field("divisible", INTEGER, optional=True),
        # what the program knows beyond the format
        Field("equipment", TEXT, optional=True),
        Field("note", TEXT, optional=True),
    ),
)
BEDROOM = Record(
    entity(Bedroom),
    (
        Field("id", TEXT, "code"),
        Field("beds", INTEGER),
        Field("designation", choice("women", "men", "mixed", "family")),
    ),
)
BLOCKED = Record(
    _blocked,
    (
        Field("date", DATE, null=True),  # null: on each weekday, or every day
        Field("start", CLOCK),
        Field("end", CLOCK),
        Field("why", TEXT),
        # what the program knows beyond the format
        Field("weekday", WEEKDAY, optional=True),
    ),
)
GATHERING = Record(
    _gathering,
    (
        Field("id", TEXT, "code"),
        Field("kind", states(GatheringKind)),
        Field("title", object_of(TEXT, LANGUAGE), "titles"),
        Field("host_centre", HOST, null=True),
        Field("country", COUNTRY),
        Field("tz", ZONE),
        Field("start_date", DATE),
        Field("end_date", DATE),
        Field("capacity", INTEGER),
        Field("currency", CURRENCY),
        Field("working_languages", list_of(LANGUAGE)),
        Field("status", states(GatheringState, completed=GatheringState.CLOSING), "state"),
        Field("fee_table", rows_by_key(Price, "band", "price", MONEY, BAND), "prices"),
        Field("deposit", MONEY, optional=True),
        Field("age_range", Codec(_ages, list), optional=True, get=_age_range),
        Field("modules", MODULE.listed(modules="code")),
        Field("deadlines", rows_by_key(Deadline, "name", "date", DATE)),
        Nested(
            "venue",
            (
                Field("name", TEXT, "venue_name"),
                Field("city", TEXT, "venue_city"),
                Field("rooms", ROOM.listed(rooms="code")),
                Field("bedrooms", BEDROOM.listed(bedrooms="code"), optional=True),
                Field("note", TEXT, "venue_note", optional=True),
            ),
        ),
        Field("free_days", row_each(FreeDay, "date", DATE), optional=True),
        Field("blocked", BLOCKED.listed(), "blocked_times", optional=True),
        *(Field(note, TEXT, optional=True, get=_remark(note)) for note in NOTES),
        Field("camp_currency", Codec(_camp_currency, dict), optional=True),
        # what the program knows beyond the format
        Field("contact_name", TEXT, optional=True),
        Field("contact_address", TEXT, optional=True),
        Field("arrival_checks", row_each(ArrivalCheck, "item", CHECKED), optional=True),
    ),
)


WORK = (
    # what the program knows beyond the format
    Field("first_day", DATE, optional=True),
    Field("last_day", DATE, optional=True),
    Field("languages", list_of(LANGUAGE), optional=True),
    Field("fee", MONEY, optional=True),
)
FLOOR = Field("floor_language", LANGUAGE, optional=True, null=True)
ALSO = Field("also", TEXT, optional=True, null=True)
INTO = Field("a_language", LANGUAGE, optional=True, null=True)
BOOTH = Field("booth", LANGUAGE, optional=True, null=True)


def engagements(list_name: str) -> Codec[list[Engagement]]:
    """One of the lists of people who work in a gathering."""
    every = (FLOOR, ALSO, INTO, BOOTH, *WORK)
    return Record(
        lambda values, known: _in_order(Engagement(list_name=list_name, **values)),
        (Field("person", PERSON_REFERENCE), Field("role", TEXT), *every),
    ).listed()


def _in_order(work: Engagement) -> Engagement:
    if work.first_day and work.last_day and work.last_day < work.first_day:
        raise Unreadable(BACKWARDS).inside("last_day")
    return work


STAFF = engagements("staff")
LECTURERS = engagements("lecturers")
INTERPRETERS = engagements("interpreters")
VOLUNTEERS = engagements("volunteers")


def _delegation_state(delegation: Delegation) -> DelegationState | None:
    return None if delegation.state is DelegationState.ANNOUNCED else delegation.state


DELEGATION = Record(
    entity(Delegation),
    (
        Field("id", TEXT, "code"),
        Field("name", TEXT),
        Field("iso_country", COUNTRY, null=True),
        Field("origin", TEXT, null=True),
        Field("leader", PERSON_REFERENCE),
        Field("coordination", row_each(DelegationCoordinator, "person", PERSON_REFERENCE)),
        Field("announced", INTEGER),
        Field("confirmed", INTEGER),
        Field("fee_band", BAND, null=True),
        Field("due", MONEY, null=True),
        Field("home_currency", CURRENCY, null=True),
        # what the program knows beyond the format
        Field("state", states(DelegationState), optional=True, get=_delegation_state),
    ),
)


def _stay(values: Values, known: Known) -> Stay:
    if check_stay(values["arrival"], values["departure"]):
        raise Unreadable(mark("the departure lies before the arrival")).inside("departure")
    return Stay(**values)


STAY = Record(_stay, (Field("arrival", WALL), Field("departure", WALL)))


def _participation(values: Values, known: Known) -> Participation:
    first = {key: values.pop(key) for key in ("arrival", "departure")}
    further = values.pop("stays", [])
    if None in first.values():
        if further or any(first.values()):
            raise Unreadable(mark("a stay needs both times")).inside("arrival")
        return Participation(stays=[], **values)
    stays = [_stay(first, known), *further]
    for n, (stay, following) in enumerate(pairwise(stays)):
        if following.arrival <= stay.departure:
            raise (
                Unreadable(mark("this stay begins before the last one ends"))
                .inside(n)
                .inside("stays")
            )
    return Participation(stays=stays, **values)


def _first_arrival(part: Participation) -> dt.datetime | None:
    return part.stays[0].arrival if part.stays else None


def _first_departure(part: Participation) -> dt.datetime | None:
    return part.stays[0].departure if part.stays else None


PARTICIPATION = Record(
    _participation,
    (
        Field("person", PERSON_REFERENCE),
        Field("role", TEXT),
        Field("state", states(ParticipationState)),
        Field("language_group", LANGUAGE, optional=True, null=True),
        Field("delegation", reference("delegations"), optional=True, null=True),
        Field("minor_at_start", BOOLEAN, optional=True, null=True),
        Field("parental_consent", choice("signed", "missing"), optional=True, null=True),
        Field("guardian_on_site", PERSON_REFERENCE, "guardian", optional=True, null=True),
        Field("arrival", WALL, null=True, get=_first_arrival),
        Field("departure", WALL, null=True, get=_first_departure),
        Field(
            "modules",
            row_each(ModuleAttended, "module", reference("modules")),
            optional=True,
        ),
        Field("team", reference("teams"), optional=True, null=True),
        Field("bedroom", reference("bedrooms"), optional=True, null=True),
        Field("fee", MONEY, null=True),
        Field("sleeping", TEXT, optional=True, null=True),
        Field("diet", TEXT, optional=True, null=True),
        Field("access", TEXT, optional=True, null=True),
        Field("note", TEXT, optional=True, null=True),
        Field("first_time", BOOLEAN, optional=True, null=True),
        # what the program knows beyond the format, first of all the stays after the first
        Field("stays", STAY.listed(), optional=True, get=lambda part: part.stays[1:]),
        Field("consent_on", DATE, optional=True),
        Field("needs_visa", BOOLEAN, optional=True),
    ),
)
PARTICIPANTS = PARTICIPATION.listed(participants="person.code")


def _team_lists(value: Json, known: Known) -> dict[Team, list[Person]]:
    lists = object_of(list_of(PERSON_REFERENCE)).read(value, known)
    teams = [Team(code=code, position=n) for n, code in enumerate(lists, 1)]
    for team in teams:
        known.add("teams", team.code, team)
    return dict(zip(teams, lists.values(), strict=True))


def _write_team_lists(lists: dict[Team, list[Person]]) -> dict[str, Json]:
    return {team.code: [person.code for person in people] for team, people in lists.items()}


TEAM_LISTS = Codec(_team_lists, _write_team_lists)


def _workers(value: Json, known: Known) -> Delegation | str:
    return BY_VOLUNTEERS if value == BY_VOLUNTEERS else reference("delegations").read(value, known)


def _rota_task(values: Values, known: Known) -> RotaTask:
    workers = values.pop("by", None)
    if workers == BY_VOLUNTEERS:
        return RotaTask(by_volunteers=True, **values)
    return RotaTask(delegation=workers, **values)


def _by(task: RotaTask) -> Delegation | str | None:
    return BY_VOLUNTEERS if task.by_volunteers else task.delegation


ROTA = Record(
    _rota_task,
    (
        Field("date", DATE),
        Field("task", TEXT),
        Field("team", reference("teams"), optional=True, null=True),
        Field(
            "by",
            Codec(_workers, lambda by: by if by == BY_VOLUNTEERS else by.code),
            optional=True,
            null=True,
            get=_by,
        ),
        Field("people", INTEGER, optional=True, null=True),
        Field("staffed_by_volunteers", BOOLEAN, optional=True, null=True),
    ),
).listed()
