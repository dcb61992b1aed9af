"""Every entity of the domain, imported once, so that the metadata are complete."""

from schoolapp.domain import (
    applications,
    attendance,
    calendars,
    certificates,
    delegations,
    donations,
    funding,
    gatherings,
    invitations,
    letters,
    mail,
    participation,
    people,
    programme,
    readings,
    referees,
    reports,
    selection,
    visas,
    waiting,
)
from schoolapp.domain.base import Base

MODULES = (
    people,
    gatherings,
    delegations,
    participation,
    applications,
    readings,
    programme,
    funding,
    attendance,
    invitations,
    mail,
    donations,
    visas,
    selection,
    waiting,
    letters,
    referees,
    reports,
    certificates,
    calendars,
)
metadata = Base.metadata
