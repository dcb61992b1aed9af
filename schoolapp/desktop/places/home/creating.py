"""A new gathering from a template: what its form asks for, and how it is made."""

import datetime as dt
from dataclasses import dataclass
from typing import NamedTuple

from schoolapp.base import clock
from schoolapp.base.language import _, current, mark
from schoolapp.base.settings import CENTRE, Settings
from schoolapp.operations import gatherings
from schoolapp.operations.centres import centre_lines
from schoolapp.storage.store import DbSession

TEMPLATES = {
    "three_week_school": mark("School of three weeks"),
    "five_day_seminar": mark("Seminar of five days"),
    "seven_day_camp": mark("Youth camp of seven days"),
    "three_day_conference": mark("Conference or congress of three days"),
    "public_event": mark("Public event of one day"),
}
TITLES = {
    "three_week_school": mark("Global Justice School {year}"),
    "five_day_seminar": mark("Seminar {year}"),
    "seven_day_camp": mark("Youth Camp {year}"),
    "three_day_conference": mark("Conference {year}"),
    "public_event": mark("Public Event {year}"),
}


@dataclass(frozen=True, slots=True)
class NewGathering:
    """What the form of a new gathering asks for.

    ``like`` is the gathering whose rules of selection, letters and arrival list it begins with.
    """

    template: str
    start_date: dt.date | None
    title: str
    centre: str
    like: int | None = None


def check_new(draft: NewGathering) -> dict[str, str]:
    """What is missing before a template can make a gathering."""
    wrong = {}
    if draft.start_date is None:
        wrong["start_date"] = _("Choose the first day. All other dates follow it.")
    if not draft.title.strip():
        wrong["title"] = _("Give the gathering a title.")
    return wrong


def create(session: DbSession, *, draft: NewGathering) -> int:
    """Make the gathering; its key."""
    assert draft.start_date is not None
    template = next(t for t in gatherings.read_templates() if t.key == draft.template)
    made = gatherings.create_from_template(
        session,
        template=template,
        title=draft.title,
        start_date=draft.start_date,
        language=current(),
        centre=draft.centre or None,
    )
    if draft.like is not None:
        gatherings.carry_over(session, source_id=draft.like, target_id=made)
    return made


class Offered(NamedTuple):
    """What the form of a new gathering offers: centres by code, and earlier gatherings by key."""

    centres: list[tuple[str, str]]
    earlier: list[tuple[int | None, str]]


def offered(session: DbSession) -> Offered:
    """The centres there are, and the gatherings whose rules a new one may begin with.

    The latest gathering comes first.
    """
    rows = sorted(gatherings.list_gatherings(session), key=lambda row: row.start_date, reverse=True)
    centres = [(line.code, line.name) for line in centre_lines(session)]
    return Offered(
        [("", _("As in the template")), *centres],
        [(None, _("None, start afresh")), *((row.id, row.title) for row in rows)],
    )


def new_gathering(kept: Settings) -> NewGathering:
    """The draft that the panel begins with."""
    template = next(iter(TEMPLATES))
    return NewGathering(template, None, usual_title(template, None), kept.get(CENTRE))


def usual_title(template: str, start: dt.date | None) -> str:
    """The title of a template with the year of the first day; of the next year without one."""
    year = start.year if start else clock.now().year + 1
    return _(TITLES[template]).format(year=year)
