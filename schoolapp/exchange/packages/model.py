"""What a folder of practice packages holds, as entities that know no database."""

from dataclasses import dataclass, field

from schoolapp.domain.applications import Application
from schoolapp.domain.attendance import AttendanceMark, DayPresence
from schoolapp.domain.centres import Centre
from schoolapp.domain.delegations import Delegation
from schoolapp.domain.donations import Campaign, Gift, Publication
from schoolapp.domain.funding import Fund, Payment, Subsidy, TravelClaim
from schoolapp.domain.gatherings import Gathering
from schoolapp.domain.invitations import SessionInvitation
from schoolapp.domain.participation import Engagement, Participation, RotaTask, Team
from schoolapp.domain.people import Person
from schoolapp.domain.programme import ProgrammeChange, Session
from schoolapp.domain.readings import Edition


@dataclass(slots=True, kw_only=True)
class Package:
    """One gathering with all that belongs to it; ``gathering_id`` of the parts is not set yet."""

    gathering: Gathering
    teams: list[Team] = field(default_factory=list)
    delegations: list[Delegation] = field(default_factory=list)
    participations: list[Participation] = field(default_factory=list)
    staff: list[Engagement] = field(default_factory=list)
    lecturers: list[Engagement] = field(default_factory=list)
    interpreters: list[Engagement] = field(default_factory=list)
    volunteers: list[Engagement] = field(default_factory=list)
    payments: list[Payment] = field(default_factory=list)
    sessions: list[Session] = field(default_factory=list)
    changes: list[ProgrammeChange] = field(default_factory=list)
    applications: list[Application] = field(default_factory=list)
    funds: list[Fund] = field(default_factory=list)
    subsidies: list[Subsidy] = field(default_factory=list)
    travel_claims: list[TravelClaim] = field(default_factory=list)
    rota: list[RotaTask] = field(default_factory=list)
    attendance: list[AttendanceMark] = field(default_factory=list)
    daily_presence: list[DayPresence] = field(default_factory=list)
    invitations: list[SessionInvitation] = field(default_factory=list)

    @property
    def blanks(self) -> list[str]:
        """The optional keys and tables that were spelled out as empty."""
        return self.gathering.blanks


@dataclass(slots=True, kw_only=True)
class Donations:
    """The campaigns with what they pay for and what was given."""

    campaigns: list[Campaign] = field(default_factory=list)
    publications: list[Publication] = field(default_factory=list)
    gifts: list[Gift] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class Packages:
    """A whole folder: centres, people and readings are shared by the packages of the gatherings."""

    centres: list[Centre] = field(default_factory=list)
    people: list[Person] = field(default_factory=list)
    editions: list[Edition] = field(default_factory=list)
    donations: Donations = field(default_factory=Donations)
    packages: list[Package] = field(default_factory=list)
