"""The fields of a package: the gathering's ``event`` and the lists beside it."""

from schoolapp.base.language import mark
from schoolapp.domain.funding import Fund
from schoolapp.domain.participation import Team
from schoolapp.domain.people import Person
from schoolapp.exchange.packages import funding, gathering, sessions
from schoolapp.exchange.packages.applications import APPLICATIONS
from schoolapp.exchange.packages.codecs import Known, Unreadable, Values, list_of, reference
from schoolapp.exchange.packages.fields import Field, Inline, Nested, Record
from schoolapp.exchange.packages.model import Package


def _package(values: Values, known: Known) -> Package:
    lists: dict[Team, list[Person]] = values.pop("teams", {})
    registers_lost = values.pop("missing_registers", [])
    for fund in ("solidarity_fund", "other_funds"):
        values.pop(fund, None)  # now they can be referred to by name
    funds = list(known.all("funds").values())
    package = Package(teams=list(lists), funds=funds, **values)
    for session in registers_lost:
        session.register_lost = True
    for fund in funds:
        fund.currency = fund.currency or package.gathering.currency
    _check_teams(lists, package)
    return package


def _check_teams(lists: dict[Team, list[Person]], package: Package) -> None:
    members = _team_lists(package)
    for team, people in lists.items():
        if _codes(people) != _codes(members[team]):
            raise (
                Unreadable(mark("the participants name other members of this team"))
                .inside(team.code)
                .inside("teams")
            )


def _codes(people: list[Person]) -> list[str]:
    return sorted(person.code for person in people)


def _team_lists(package: Package) -> dict[Team, list[Person]]:
    return {
        team: [part.person for part in package.participations if part.team is team]
        for team in package.teams
    }


def _solidarity_fund(package: Package) -> Fund | None:
    return next((f for f in package.funds if _is_solidarity_fund(f)), None)


def _is_solidarity_fund(fund: Fund) -> bool:
    return fund.name == funding.SOLIDARITY and fund.allocated is not None and not fund.incomes


def _other_funds(package: Package) -> list[Fund]:
    """The funds that neither ``solidarity_fund`` nor the subsidies describe fully."""
    used = {subsidy.fund for subsidy in package.subsidies}
    return [
        fund
        for fund in package.funds
        if not _is_solidarity_fund(fund)
        and (
            fund not in used
            or fund.incomes
            or fund.allocated
            or fund.currency != package.gathering.currency
        )
    ]


EVENT = (
    Inline("gathering", gathering.GATHERING),
    Field("delegations", gathering.DELEGATION.listed(delegations="code"), optional=True),
    Field("staff", gathering.STAFF, optional=True),
    Field("lecturers", gathering.LECTURERS, optional=True),
    Field("interpreters", gathering.INTERPRETERS, optional=True),
    Field("participants", gathering.PARTICIPANTS, "participations"),
    Field("payments", funding.PAYMENTS, optional=True),
    Field("solidarity_fund", funding.SOLIDARITY_FUND, optional=True, get=_solidarity_fund),
    # what the program knows beyond the format
    Field("volunteers", gathering.VOLUNTEERS, optional=True),
    Field("funds", funding.FUNDS, "other_funds", optional=True, get=_other_funds),
)
EVENT_AFTER_SESSIONS = (
    Field("change_log", sessions.CHANGES, "changes", optional=True),
    Field(
        "missing_registers",
        list_of(reference("sessions", "uid")),
        optional=True,
        get=lambda package: [s for s in package.sessions if s.register_lost],
    ),
)
PACKAGE = Record(
    _package,
    (
        # in the order in which they can be read: each names things of those before it
        Field("teams", gathering.TEAM_LISTS, optional=True, get=_team_lists),
        Nested("event", EVENT, others=EVENT_AFTER_SESSIONS),
        Field("sessions", sessions.SESSIONS),
        Nested("event", EVENT_AFTER_SESSIONS, others=EVENT),
        Field("applications", APPLICATIONS, optional=True),
        Field("subsidies", funding.SUBSIDIES, optional=True),
        Field("travel_claims", funding.TRAVEL_CLAIMS, optional=True),
        Field("rota", gathering.ROTA, optional=True),
    ),
)
