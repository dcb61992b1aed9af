"""A school of one's own, made by operations alone, for tests of presence and its figures."""

import datetime as dt
from collections.abc import Sequence

from schoolapp.base import clock
from schoolapp.domain.arrivals import USUAL, Check
from schoolapp.domain.attendance import AttendanceState
from schoolapp.domain.documents import Report
from schoolapp.domain.gatherings import GatheringKind
from schoolapp.domain.people import PersonDraft
from schoolapp.domain.reports import ReportFilter
from schoolapp.domain.scheduling import SessionDraft
from schoolapp.operations import attendance, certificates, reports
from schoolapp.operations.applications import move_application
from schoolapp.operations.applications.editing import ApplicationDraft, save_application
from schoolapp.operations.arrivals import desk
from schoolapp.operations.gatherings import Template, create_from_template, gathering_rows
from schoolapp.operations.gatherings.templates import Content
from schoolapp.operations.people.editing import save_person
from schoolapp.operations.people.participations import add_participant
from schoolapp.operations.programme.editing import save_session
from schoolapp.storage.store import Store

START = dt.date(2027, 6, 7)
TZ = "Europe/Amsterdam"
NAMES = ("Ana Pérez", "Bilal Khan", "Chiara Rossi")
DONE = {item: None for item in USUAL if item is not Check.CONSENT}


def on(day: int, hour: int = 12) -> dt.datetime:
    """The moment at which it is this hour at the school, on its n-th day (1 the first)."""
    return clock.to_utc(wall(day, hour), TZ)


def wall(day: int, hour: int = 0, minute: int = 0) -> dt.datetime:
    """A wall time on the n-th day of the school (1 the first)."""
    return dt.datetime.combine(date(day), dt.time(hour, minute))


def date(day: int) -> dt.date:
    """The n-th day of the school (1 the first)."""
    return START + dt.timedelta(days=day - 1)


class OwnSchool:
    """A school with three participants and a session with a register on each of the days given."""

    def __init__(
        self,
        store: Store,
        *,
        days: int = 5,
        sessions: Sequence[int] = (),
        names: Sequence[str] = NAMES,
    ) -> None:
        self.store = store
        content: Content = {
            "kind": "school", "title": "Own", "days": days, "capacity": 30, "centre": "amsterdam",
            "working_languages": ["en"], "rooms": [], "modules": [], "free_days": [],
            "deadlines": {}, "prices": {}, "sessions": [],
        }  # fmt: skip
        template = Template("own", GatheringKind.SCHOOL, "Own", days, content)
        self.key = store.change(
            "Make a school",
            lambda s: create_from_template(s, template=template, title="School", start_date=START),
        ).value
        self.code = store.read(lambda s: gathering_rows(s, [self.key]))[self.key].code
        self.people = {name: self._add(name) for name in names}
        self.sessions = {day: self._session(day) for day in sessions}

    def _add(self, name: str) -> int:
        draft = PersonDraft(display_name=name, born=dt.date(1990, 1, 1), country="NL")
        person = self.store.change("Add", lambda s: save_person(s, draft=draft)).value
        return self.store.change(
            "Add", lambda s: add_participant(s, gathering_id=self.key, person_id=person)
        ).value

    def apply(self, name: str) -> int:
        """Somebody applies, is accepted and confirms; the key of the participation."""
        draft = PersonDraft(display_name=name, born=dt.date(1990, 1, 1), country="NL")
        person = self.store.change("Add", lambda s: save_person(s, draft=draft)).value
        wanted = ApplicationDraft(gathering_id=self.key, person_id=person)
        key = self.store.change("Apply", lambda s: save_application(s, draft=wanted)).value
        for step in ("check_ok", "accept", "confirm"):
            self.store.change(
                step,
                lambda s, step=step: move_application(s, application_id=key, step=step),  # type: ignore[misc]
            )
        row = next(r for r in self.day_list(1).rows if r.name == name)
        self.people[name] = row.id
        return row.id

    def _session(self, day: int) -> int:
        draft = SessionDraft(
            gathering_id=self.key, title=f"Day {day}", start=wall(day, 9, 30), end=wall(day, 11)
        )
        return self.store.change("Plan", lambda s: save_session(s, draft)).value.id

    def mark(self, day: int, status: AttendanceState, *names: str, method: str = "desk") -> None:
        """Mark these people, or everybody, in the session of a day."""
        who = [self.people[name] for name in names or self.people]
        self.store.change(
            "Mark",
            lambda s: attendance.mark(
                s, session_id=self.sessions[day], participation_ids=who, status=status,
                method=method,
            ),
        )  # fmt: skip

    def list_day(self, day: int, on_site: bool | None, *names: str) -> int:
        """Put these people, or everybody, on the list of a day."""
        who = [self.people[name] for name in names or self.people]
        return self.store.change(
            "List",
            lambda s: attendance.note_day(
                s, gathering_id=self.key, date=date(day), participation_ids=who, on_site=on_site
            ),
        ).value

    def day_list(self, day: int) -> attendance.DayList:
        """The list of a day."""
        return self.store.read(
            lambda s: attendance.day_list(s, gathering_id=self.key, date=date(day))
        )

    def check_in(self, day: int, name: str) -> None:
        """Check somebody in at noon of a day."""
        key = self.people[name]
        with clock.at(on(day)):
            self.store.change("In", lambda s: desk.check_in(s, participation_id=key, done=DONE))

    def check_out(self, day: int, name: str) -> None:
        """Check somebody out at noon of a day, with what was lent."""
        key = self.people[name]
        with clock.at(on(day)):
            self.store.change(
                "Out",
                lambda s: desk.check_out(
                    s, participation_id=key, returned=(Check.KEY, Check.BADGE)
                ),
            )

    def lose(self, day: int) -> None:
        """Lose the register of a day."""
        self.store.change(
            "Lose",
            lambda s: attendance.mark_lost_register(s, session_id=self.sessions[day]),
        )

    def close_all(self) -> int:
        """Close the registers of all sessions that are over."""
        return self.store.change(
            "Close", lambda s: attendance.close_registers(s, gathering_id=self.key)
        ).value

    def report(self, kind: str, *, planned: bool = False) -> Report:
        """A report of the school."""
        only = ReportFilter(planned=planned)
        return self.store.read(
            lambda s: reports.report_of(s, gathering_id=self.key, kind=kind, only=only)
        )

    def rows(self, kind: str, *, planned: bool = False) -> list[tuple[object, ...]]:
        """The rows of a report."""
        return [tuple(row) for row in self.report(kind, planned=planned).sheet.rows]

    def person_days(self) -> dict[object, object]:
        """The person-days of each person, by name."""
        return {row[1]: row[6] for row in self.rows("person_days")}

    def days(self) -> list[object]:
        """How many people were on site, on one day after another."""
        return [row[1] for row in self.rows("day")]

    def issue(self) -> int:
        """Issue certificates; how many were given."""
        return self.store.change(
            "Issue",
            lambda s: certificates.issue_certificates(s, gathering_id=self.key),
            final=True,
        ).value
