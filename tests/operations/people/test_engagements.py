"""Who works in a gathering: from a typed name to what sessions still need."""

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from schoolapp.domain.participation import LISTS
from schoolapp.domain.programme import Mode
from schoolapp.domain.rules import RuleBroken
from schoolapp.domain.scheduling import LineDraft
from schoolapp.domain.working import EngagementDraft
from schoolapp.operations import gatherings, programme
from schoolapp.operations.attendance.lists_and_badges import people_list, sign_in_by_session
from schoolapp.operations.people import editing, engagements, merging, participations
from schoolapp.storage.store import Store
from tests.operations.first_school import FIRST, FirstSchool


class School(FirstSchool):
    """Puts people on its lists of work."""

    def add(self, *people: Any, **fields: Any) -> tuple[int, ...]:
        """Put people on a list of work."""
        draft = EngagementDraft(gathering_id=self.id, people=people, **fields)
        added: tuple[int, ...] = self.do(lambda s: engagements.save_engagement(s, draft))
        return added

    def work(self, person: int) -> tuple[EngagementDraft, ...]:
        """The work of a person."""
        here = {"gathering_id": self.id, "person_id": person}
        return self.store.read(lambda s: engagements.engagements_of(s, **here))

    def put_on(self, title: str = "Lecture", **fields: Any) -> int:
        """Change the first session of this title."""
        view = programme.SessionView(gathering_id=self.id, search=title)

        def work(session: Any) -> int:
            draft = programme.draft_of(session, programme.session_ids(session, view)[0])
            return programme.save_session(session, replace(draft, **fields)).id

        return int(self.do(work))

    def people(self, part: str) -> list[str]:
        """The names of one part."""
        view = editing.PeopleView(gathering_id=self.id, part=part)
        keys = self.store.read(lambda s: editing.people_ids(s, view))
        return [self.store.read(lambda s, key=key: editing.name_of(s, key)) for key in keys]

    def part(self, person: int) -> int | None:
        """The key of a person's participation."""
        here = {"gathering_id": self.id, "person_id": person}
        return self.store.read(lambda s: participations.participation_id(s, **here))


@pytest.fixture
def school(store: Store) -> School:
    return School(store)


def test_people_on_each_list_are_found_and_hold_no_place(school: School) -> None:
    """Each list has its own filter, the team is all of them, and nobody takes part by working."""
    for number, list_name in enumerate(LISTS):
        school.add(f"Person {number}", list_name=list_name)
        assert school.people(list_name) == [f"Person {number}"]
    assert school.people("team") == [f"Person {n}" for n in range(4)]
    assert school.people("participants") == []
    (row,) = school.store.read(gatherings.list_gatherings)
    assert row.participants == 0
    counts = school.store.read(
        lambda s: editing.people_counts(s, editing.PeopleView(gathering_id=school.id))
    )
    assert (counts["team"], counts["volunteers"], counts["participants"]) == (4, 1, 0)


def test_work_is_changed_and_the_usual_role_follows_the_list(school: School) -> None:
    """A role that somebody wrote stays; an empty one is the usual word of the list."""
    (ana,) = school.add("Ana Pérez")
    (work,) = school.work(ana)
    assert (work.role, work.people) == ("", (ana,))
    roles = school.store.read(
        lambda s: editing.people_rows(s, [ana], gathering_id=school.id)[ana].roles
    )
    assert roles == ("lecturer",)
    school.do(lambda s: engagements.save_engagement(s, replace(work, role="door")))
    assert [one.role for one in school.work(ana)] == ["door"]
    school.store.undo()
    assert [replace(one, version=work.version) for one in school.work(ana)] == [work]


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"people": ()}, "Type a name"),
        ({"last_day": FIRST, "first_day": FIRST + dt.timedelta(1)}, "before the first"),
        ({"first_day": FIRST - dt.timedelta(1)}, "not one of the gathering's"),
        ({"last_day": FIRST + dt.timedelta(60)}, "not one of the gathering's"),
        ({"list_name": "cooks"}, "what the person does"),
    ],
)
def test_what_is_wrong_with_work_is_said_and_nobody_is_made(
    school: School, fields: dict[str, Any], words: str
) -> None:
    """A new person is made in the same step or not at all."""
    draft = replace(EngagementDraft(gathering_id=school.id, people=("Ana",)), **fields)
    with pytest.raises(RuleBroken, match=words):
        school.do(lambda s: engagements.save_engagement(s, draft))
    assert school.people("known") == []


def test_nobody_is_on_a_list_twice(school: School) -> None:
    """The sentence names the person; another list is fine."""
    (ana,) = school.add("Ana Pérez")
    with pytest.raises(RuleBroken, match="Ana Pérez is on this list already"):
        school.add(ana)
    school.add(ana, list_name="staff")
    assert len(school.work(ana)) == 2


def test_who_takes_part_too_has_a_place(school: School) -> None:
    """The switch makes participants of new people; who takes part already stays as they are."""
    (ana,) = school.add("Ana Pérez", takes_part=True)
    assert school.part(ana) is not None
    school.add(ana, list_name="staff", takes_part=True)
    assert school.people("participants") == ["Ana Pérez"]


def test_putting_somebody_on_a_session_engages_them_once(school: School) -> None:
    """New people and those without a part get work; participants and others on a list do not."""
    (bram,) = school.add("Bram de Wit", list_name="staff")
    (dina,) = school.add("Dina Haddad", takes_part=True, list_name="volunteers")
    line = LineDraft(source="en", target="fr", mode=Mode.BOOTH, interpreters=("Ana Pérez", dina))
    school.put_on(floor_language="en", speakers=("Ana Pérez", bram, "Emil"), interpretation=(line,))
    assert school.people("lecturers") == ["Ana Pérez", "Emil"], "one person, typed twice"
    assert school.people("interpreters") == []
    assert len(school.work(bram)) == len(school.work(dina)) == 1
    assert school.people("known") == ["Ana Pérez", "Bram de Wit", "Dina Haddad", "Emil"]


def test_work_that_sessions_need_is_not_taken_back(school: School) -> None:
    """The sentence lists the sessions; without them it goes, and undo brings it back."""
    (ana,) = school.add("Ana Pérez")
    school.put_on(speakers=(ana,))
    school.put_on("Evaluation", speakers=(ana,))
    (work,) = school.work(ana)

    def remove(session: Any) -> None:
        engagements.remove_engagement(
            session, engagement_id=work.id or 0, version=work.version or 0
        )

    with pytest.raises(RuleBroken, match="named in “Lecture”, “Evaluation and closing”"):
        school.do(remove)
    school.put_on(speakers=())
    with pytest.raises(RuleBroken, match=r"named in “Evaluation and closing”\. Take"):
        school.do(remove)
    school.put_on("Evaluation", speakers=())
    school.do(remove)
    assert school.work(ana) == ()
    school.store.undo()
    assert [one.id for one in school.work(ana)] == [work.id]


def test_a_participant_may_go_on_speaking_without_the_work(school: School) -> None:
    """Who has another part in the gathering is not left without one."""
    (ana,) = school.add("Ana Pérez", takes_part=True)
    school.put_on(speakers=(ana,))
    (work,) = school.work(ana)
    school.do(
        lambda s: engagements.remove_engagement(
            s, engagement_id=work.id or 0, version=work.version or 0
        )
    )
    assert school.people("participants") == ["Ana Pérez"]


def test_joining_two_people_keeps_the_work_of_both(school: School) -> None:
    """What was agreed with the other one is agreed with the one who stays."""
    (one,) = school.add("Ana Pérez")
    (other,) = school.add("A. Perez", list_name="staff")

    def join(session: Any) -> int:
        found = merging.sides(session, [one, other])
        return merging.merge_people(
            session, kept=(one, found[one].version), gone=(other, found[other].version)
        )

    school.do(join)
    assert [work.list_name for work in school.work(one)] == ["lecturers", "staff"]


def test_days_of_work_are_days_on_site(school: School) -> None:
    """A lecture on a day on which its lecturer is not there yet is a hint."""
    (ana,) = school.add("Ana Pérez", first_day=FIRST + dt.timedelta(2))
    school.put_on(speakers=(ana,))
    rows = school.store.read(lambda s: programme.clash_rows(s, gathering_id=school.id))
    assert [row.kind for row in rows] == ["absent"]
    (work,) = school.work(ana)
    school.do(lambda s: engagements.save_engagement(s, replace(work, first_day=None)))
    assert school.store.read(lambda s: programme.clash_rows(s, gathering_id=school.id)) == ()


def test_the_list_of_the_team_has_everybody_who_works(school: School) -> None:
    """Each list under its heading, somebody on two lists on both; an alias hides the name."""
    (ana,) = school.add("Ana Pérez")
    school.add(ana, "Bram de Wit", list_name="volunteers")
    draft = school.store.read(lambda s: editing.draft_of(s, person_id=ana))
    hidden = replace(draft, badge_name="Zoe", native_name="আনা")
    school.do(lambda s: editing.save_person(s, draft=hidden))
    found = school.store.read(lambda s: people_list(s, gathering_id=school.id, by="team"))
    assert found.title == "List of the team"
    assert [(one.title, [who.name for who in one.people]) for one in found.groups] == [
        ("Lecturers", ["Zoe"]), ("Volunteers", ["Bram de Wit", "Zoe"]),
    ]  # fmt: skip
    assert {who.native_name for one in found.groups for who in one.people} == {""}


def test_a_list_to_sign_names_all_rooms_of_the_groups(school: School) -> None:
    """The room of one group would send the others there."""
    printed = school.store.read(lambda s: sign_in_by_session(s, gathering_id=school.id))
    rooms = {sheet.session: sheet.room for sheet in printed.sheets}
    assert rooms["Lecture"] == "Conference hall"
    assert sorted(rooms["Working groups by language"].split(" / ")) == [
        "Conference hall", "Meeting room 1", "Meeting room 2",
    ]  # fmt: skip


def test_a_school_goes_with_its_team_and_comes_back_with_it(school: School) -> None:
    """Removing takes work and changes of the programme along; the people stay known."""
    (ana,) = school.add("Ana Pérez")
    key = school.put_on(speakers=(ana,))
    for step in ("confirm", "publish"):
        school.do(lambda s, step=step: programme.take_step(s, session_id=key, step=step))
    later = dt.datetime.combine(FIRST + dt.timedelta(2), dt.time(12))
    school.do(lambda s: programme.move_session(s, session_id=key, start=later))
    version = school.store.read(
        lambda s: gatherings.draft_of(s, gathering_id=school.id, language="en").version
    )
    school.do(lambda s: gatherings.remove_gathering(s, gathering_id=school.id, version=version))
    assert school.store.read(gatherings.list_gatherings) == ()
    assert school.store.read(lambda s: editing.find_people(s, "Ana")) == [(ana, "Ana Pérez")]
    school.store.undo()
    assert school.people("lecturers") == ["Ana Pérez"]
