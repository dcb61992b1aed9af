"""A session that is repeated: the same wall time on other days, in one step."""

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from schoolapp.domain.programme import Mode, SessionState
from schoolapp.domain.rules import RuleBroken
from schoolapp.domain.scheduling import (
    Every,
    GroupDraft,
    LineDraft,
    RepeatDraft,
    SessionDraft,
)
from schoolapp.exchange.calendars.wording import description
from schoolapp.operations import gatherings, programme
from schoolapp.operations.calendars.facts import calendar_facts
from schoolapp.storage.store import Store
from tests.operations.first_school import FIRST, FirstSchool


class School(FirstSchool):
    """Plans sessions and repeats them."""

    def draft(self, title: str) -> SessionDraft:
        """The first session of this title."""
        (draft, *_others) = self.drafts(title)
        return draft

    def drafts(self, words: str) -> list[SessionDraft]:
        """The sessions that a search finds, in order of time."""
        view = programme.SessionView(gathering_id=self.id, search=words)

        def ask(session: Any) -> list[SessionDraft]:
            keys = programme.session_ids(session, view)
            return [programme.draft_of(session, key) for key in keys]

        return self.store.read(ask)

    def save(self, draft: SessionDraft) -> int:
        """Save a session; its key."""
        return int(self.do(lambda s: programme.save_session(s, draft)).id)

    def repeat(self, key: int, **fields: Any) -> tuple[int, ...]:
        """Repeat a session."""
        draft = RepeatDraft(session_id=key, **{"first": FIRST, **fields})
        made: tuple[int, ...] = self.do(lambda s: programme.repeat_session(s, draft))
        return made


@pytest.fixture
def school(store: Store) -> School:
    return School(store)


def day(number: int) -> dt.date:
    """A day of the school, from its first on."""
    return FIRST + dt.timedelta(days=number)


def test_a_night_is_repeated_with_its_people_and_its_length(school: School) -> None:
    """Film night until 02:00, on the long night too: 270 minutes each, with the same people."""
    opening = school.draft("Introduction")
    start = dt.datetime.combine(FIRST, dt.time(21, 30))
    line = LineDraft(source="en", target="fr", mode=Mode.WHISPER, interpreters=("Dina Haddad",))
    key = school.save(
        replace(
            opening, id=None, version=None, title="Film night", start=start,
            end=start + dt.timedelta(minutes=270), floor_language="en",
            speakers=("Ana Pérez",), interpretation=(line,),
        )
    )  # fmt: skip
    made = school.repeat(key, days=(day(7), day(3), FIRST))
    films = school.drafts("Film")
    assert [one.start.date() for one in films] == [day(0), day(3), day(7)]
    rows = school.store.read(lambda s: programme.session_rows(s, [key, *made]))
    assert {row.minutes for row in rows.values()} == {270}
    assert len({row.uid for row in rows.values()}) == len({row.no for row in rows.values()}) == 3
    assert {row.state for row in rows.values()} == {SessionState.PLANNED}
    assert {(one.speakers, one.interpretation) for one in films} == {
        (films[0].speakers, films[0].interpretation)
    }
    assert {one.series for one in films} == {"Film night"}


def test_every_week_and_every_day_until_the_last(school: School) -> None:
    """Weeks keep the weekday; each day leaves free days out; the word of the series is found."""
    key = school.draft("Introduction").id or 0
    assert len(school.repeat(key, every=Every.WEEK, until=day(15), series="Round")) == 2
    assert [one.start.date() for one in school.drafts("Round")] == [day(0), day(7), day(14)]
    school.store.undo()
    school.repeat(key, every=Every.DAY, until=day(9))
    days = [one.start.date() for one in school.drafts("Introduction")]
    assert days == [day(n) for n in (0, 1, 2, 3, 4, 5, 6, 8, 9)]


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"days": (FIRST,)}, "at least one other day"),
        ({"every": Every.DAY}, "later than the session"),
        ({"every": Every.WEEK, "until": FIRST + dt.timedelta(3)}, "No day is left"),
        ({"days": (FIRST + dt.timedelta(1), FIRST + dt.timedelta(99))}, "outside the days"),
    ],
)
def test_a_repetition_is_made_whole_or_not_at_all(
    school: School, fields: dict[str, Any], words: str
) -> None:
    """One wrong day, and no session is made."""
    before = len(school.drafts(""))
    key = school.draft("Introduction").id or 0
    with pytest.raises(RuleBroken, match=words):
        school.repeat(key, **fields)
    assert len(school.drafts("")) == before


def test_no_calendar_states_interpretation_that_nobody_does(school: School) -> None:
    """A line without an interpreter says nothing; groups are languages, not interpretation."""
    lecture = replace(school.draft("Lecture"), floor_language="en")
    nobody = LineDraft(source="en", target="fr", mode=Mode.BOOTH)
    key = school.save(replace(lecture, interpretation=(nobody,)))
    assert said(school, key) == "Language: English"
    somebody = replace(nobody, interpreters=("Dina Haddad",))
    school.save(replace(school.draft("Lecture"), interpretation=(somebody,)))
    assert said(school, key) == "Language: English; interpretation: French"
    groups = school.draft("Working groups")
    assert said(school, groups.id or 0) == "Languages: English, French, and Spanish"
    school.save(replace(groups, floor_language="en", groups=groups.groups[:2]))
    assert said(school, groups.id or 0) == "Languages: English and French"


def said(school: School, key: int) -> str:
    """The line about languages in the calendar of a session."""
    facts = school.store.read(lambda s: calendar_facts(s, gathering_id=school.id))
    uid = school.store.read(lambda s: programme.session_rows(s, [key])[key].uid)
    (session,) = [one for one in facts.sessions if one.uid == uid]
    lines = description(session, ()).splitlines()
    return next((line for line in lines if line.startswith("Language")), "")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"interpretation": ("en", "en")}, "language of the floor itself"),
        ({"interpretation": ("fr", "fr")}, "a language into itself"),
        ({"groups": ("fr", "fr")}, "A group is listed twice"),
        ({"groups": (None,)}, "a language or a delegation"),
        ({"groups": (7,)}, "Delegations meet in a session of the kind"),
    ],
)
def test_lines_and_groups_that_make_no_sense_are_refused(
    school: School, change: dict[str, Any], words: str
) -> None:
    """The sentence says what to change; nothing is saved."""
    draft = replace(school.draft("Lecture"), floor_language="en")
    room = school.store.read(lambda s: gatherings.rooms_of(s, gathering_id=school.id))[0].id or 0
    if "interpretation" in change:
        source, target = change["interpretation"]
        line = LineDraft(source=source, target=target, mode=Mode.WHISPER)
        draft = replace(draft, interpretation=(line,))
    else:
        draft = replace(draft, groups=tuple(group(one, room) for one in change["groups"]))
    with pytest.raises(RuleBroken, match=words):
        school.save(draft)
    assert school.draft("Lecture").floor_language == "-"


def group(who: str | int | None, room: int) -> GroupDraft:
    """A group of a language or of a delegation."""
    if isinstance(who, int):
        return GroupDraft(room_id=room, delegation_id=who)
    return GroupDraft(room_id=room, language=who)
