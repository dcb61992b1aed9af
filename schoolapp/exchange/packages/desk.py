"""What the arrival desk recorded: who came and went when, and what was checked and handed out."""

import datetime as dt
from collections.abc import Iterator
from typing import Any, NamedTuple

from schoolapp.base.language import mark
from schoolapp.domain.arrivals import Check
from schoolapp.domain.participation import Arrival, ArrivalItem, Participation
from schoolapp.exchange.packages.codecs import (
    TEXT,
    UTC,
    Codec,
    Known,
    Unreadable,
    Values,
    choice,
    or_empty,
    reference,
)
from schoolapp.exchange.packages.fields import Field, Record
from schoolapp.exchange.packages.model import Package

CHECKED = choice(*(item.value for item in Check))
"""A point of the checklist."""
PARTICIPANT = reference("participants", "person.code")


class ArrivalRow(NamedTuple):
    """An arrival with the participant to whom it belongs."""

    part: Participation
    arrival: Arrival


class CheckRow(NamedTuple):
    """A point of the checklist with its arrival."""

    part: Participation
    arrival: Arrival
    item: ArrivalItem


def arrivals_of(package: Package) -> list[ArrivalRow]:
    """The arrivals of all participants, in their order; reading has put them there."""
    return list(_arrivals(package))


def checks_of(package: Package) -> list[CheckRow]:
    """What was checked and handed out with each of them."""
    return [CheckRow(*row, item) for row in _arrivals(package) for item in row.arrival.items]


def _arrivals(package: Package) -> Iterator[ArrivalRow]:
    return (ArrivalRow(part, one) for part in package.participations for one in part.arrivals)


def _arrival(values: Values, known: Known) -> ArrivalRow:
    part: Participation = values.pop("part")
    arrival = Arrival(**values)
    left = arrival.left_at
    if left is None and (arrival.left_by or arrival.left_reason):
        raise Unreadable(mark("somebody who is here has not gone")).inside("left_at")
    if left is not None and left < arrival.came_at:
        raise Unreadable(mark("the end lies before the start")).inside("left_at")
    if left is None and any(one.left_at is None for one in part.arrivals):
        raise Unreadable(mark("this person is here already")).inside("came_at")
    part.arrivals.append(arrival)
    return ArrivalRow(part, arrival)


def _check(values: Values, known: Known) -> CheckRow:
    part: Participation = values.pop("part")
    came_at: dt.datetime = values.pop("came_at")
    arrival = next((one for one in part.arrivals if one.came_at == came_at), None)
    if arrival is None:
        raise Unreadable(mark("this person did not come at that time")).inside("came_at")
    item = ArrivalItem(**values)
    arrival.items.append(item)
    return CheckRow(part, arrival, item)


# Any: a table has fields of all types
def _of_arrival(key: str, codec: Codec[Any]) -> Field:
    return Field(key, codec, get=lambda row: getattr(row.arrival, key))


def _of_item(key: str, codec: Codec[Any]) -> Field:
    return Field(key, codec, get=lambda row: getattr(row.item, key))


ARRIVAL = Record(
    _arrival,
    (
        Field("person", PARTICIPANT, "part"),
        _of_arrival("came_at", UTC),
        _of_arrival("came_by", TEXT),
        _of_arrival("reason", or_empty(TEXT)),
        _of_arrival("left_at", or_empty(UTC)),
        _of_arrival("left_by", or_empty(TEXT)),
        _of_arrival("left_reason", or_empty(TEXT)),
    ),
)
CHECK = Record(
    _check,
    (
        Field("person", PARTICIPANT, "part"),
        _of_arrival("came_at", UTC),
        _of_item("item", CHECKED),
        _of_item("detail", or_empty(TEXT)),
        _of_item("returned_at", or_empty(UTC)),
    ),
)
