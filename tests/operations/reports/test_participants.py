"""The list of participants, with what they answered to the questions of one's own forms."""

import datetime as dt
from typing import Any

import pytest

from schoolapp.domain.people import PersonDraft
from schoolapp.domain.rules import RuleBroken
from schoolapp.domain.selection import Decision
from schoolapp.operations import applications, reports
from schoolapp.operations.applications import AnswerDraft, ApplicationDraft
from schoolapp.operations.gatherings.templates import create_from_template, read_templates
from schoolapp.operations.reports import Preset
from schoolapp.storage.store import DbSession, Store

TENT = "question:Do you bring a tent?"


@pytest.fixture
def school(store: Store, clock: dt.datetime) -> int:
    """A school of one's own with two accepted applicants, and one who was not."""

    def build(session: DbSession) -> int:
        key = create_from_template(
            session, template=read_templates()[0], title="Own", start_date=dt.date(2027, 10, 23)
        )
        for name, tent, accepted in (
            ("Amina Khan", "Yes, a small one", True),
            ("Ben Okri", "", True),
            ("Cleo Vidal", "No", False),
        ):
            made = applications.save_application(
                session,
                draft=ApplicationDraft(
                    gathering_id=key,
                    new_person=PersonDraft(display_name=name, gender="woman", country="PK"),
                    organisation="Home Net",
                    diet="Vegan",
                    arrival=dt.date(2027, 10, 24),
                ),
            )
            if tent:
                answer = AnswerDraft(
                    application_id=made, question=TENT.removeprefix("question:"), answer=tent
                )
                applications.save_answer(session, draft=answer)
            if accepted:
                applications.decide_applications(
                    session, application_ids=[made], decision=Decision.ACCEPT
                )
        return key

    return store.change("Build", build).value


def rows(store: Store, school: int, *columns: str, **more: Any) -> list[tuple[Any, ...]]:
    """The rows of the report in these columns."""
    found = store.read(
        lambda s: reports.report_of(
            s, gathering_id=school, kind="participants", columns=columns, **more
        )
    )
    return [tuple(row) for row in found.sheet.rows]


def test_participants_are_listed_with_days_and_details(store: Store, school: int) -> None:
    """Only who has a place, by name; gender and diet want a reason."""
    assert rows(store, school, "name", "arrival", "organisation") == [
        ("Amina Khan", dt.date(2027, 10, 24), "Home Net"),
        ("Ben Okri", dt.date(2027, 10, 24), "Home Net"),
    ]
    assert rows(store, school, "name", "gender", "diet", reason="Kitchen") == [
        ("Amina Khan", "Woman", "Vegan"),
        ("Ben Okri", "Woman", "Vegan"),
    ]


def test_a_question_is_a_column_that_wants_a_reason(store: Store, school: int) -> None:
    """People write about themselves: nothing of it leaves without saying what it is for."""
    assert rows(store, school, "name", TENT, reason="Camp site") == [
        ("Amina Khan", "Yes, a small one"),
        ("Ben Okri", None),
    ]
    with pytest.raises(RuleBroken, match="Say what it is for"):
        rows(store, school, "name", TENT)
    cuts = store.read(lambda s: reports.cuts_of(s, gathering_id=school))
    assert cuts.questions == ("Do you bring a tent?",)


def test_a_preset_keeps_its_questions(store: Store, school: int) -> None:
    """Next year's form asks the same, and the same columns come out."""
    preset = Preset("Tents", "participants", ("name", TENT))
    store.change("Keep", lambda s: reports.save_preset(s, preset))
    (kept,) = store.read(reports.presets)
    assert kept.columns == ("name", TENT)
    assert TENT in reports.step_title(kept, "Own", "Camp site")


def test_another_report_has_no_questions(store: Store, school: int) -> None:
    """A question in a report of days is refused by its name."""
    with pytest.raises(RuleBroken, match="no column"):
        store.read(
            lambda s: reports.report_of(
                s, gathering_id=school, kind="person", columns=("name", TENT), reason="x"
            )
        )
