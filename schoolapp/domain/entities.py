"""Every entity of the domain, imported once, so that the metadata are complete."""

from schoolapp.domain import (
    applications,
    attendance,
    delegations,
    donations,
    funding,
    gatherings,
    mail,
    messages,
    participation,
    people,
    programme,
    readings,
    visas,
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
    messages,
    mail,
    donations,
    visas,
)
metadata = Base.metadata
