"""Queries of attendance that join several reads."""

from collections.abc import Sequence
from typing import NamedTuple

from schoolapp.domain.arrivals import Check
from schoolapp.domain.certificates import CertificateRule
from schoolapp.operations.arrivals.desk import checklist, currency_of
from schoolapp.operations.arrivals.listing import ArrivalRow, arrival_rows
from schoolapp.operations.certificates import (
    Earning,
    IssuedCertificate,
    earnings,
    issued,
    public_keys,
)
from schoolapp.storage.store import DbSession


class ArrivalDesk(NamedTuple):
    """The arrival desk of a gathering: its people, what it asks for, and the usual currency."""

    rows: Sequence[ArrivalRow]
    checklist: Sequence[Check]
    currency: str


class Certificates(NamedTuple):
    """What certificates are written from: those issued, and the keys to check them with."""

    issued: Sequence[IssuedCertificate]
    keys: Sequence[str]


def arrival_desk(session: DbSession, *, gathering_id: int) -> ArrivalDesk:
    """The people expected or here, and what the desk asks them for."""
    return ArrivalDesk(
        arrival_rows(session, gathering_id=gathering_id),
        checklist(session, gathering_id=gathering_id),
        currency_of(session, gathering_id=gathering_id),
    )


def standing(session: DbSession, *, gathering_id: int, percent: int) -> Sequence[Earning]:
    """How near everybody is to a certificate, by name; ``percent`` of the sessions are needed."""
    earned = earnings(session, gathering_id=gathering_id, rule=CertificateRule(percent))
    return sorted(earned, key=lambda one: one.person.sort_name)


def certificates(session: DbSession, *, gathering_id: int) -> Certificates:
    """All that the certificates of a gathering are written from."""
    return Certificates(issued(session, gathering_id=gathering_id), public_keys(session))
