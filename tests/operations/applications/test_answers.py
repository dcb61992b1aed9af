"""What people wrote is stored, found, given to the place, and its doubts are settled."""

import csv
import datetime as dt
import io
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
import sqlalchemy as sa

from schoolapp.domain.applications import (
    Application,
    ApplicationAnswer,
    ApplicationDoubt,
    ApplicationState,
)
from schoolapp.domain.money import Money
from schoolapp.domain.participation import Participation
from schoolapp.domain.people import Person, PersonDraft
from schoolapp.domain.rules import RuleBroken
from schoolapp.domain.selection import Decision, Side
from schoolapp.exchange.applications.importing import understand
from schoolapp.exchange.applications.reading import read
from schoolapp.operations import applications
from schoolapp.operations.applications import AnswerDraft, ApplicationDetail, ApplicationView
from schoolapp.operations.people import erasing
from schoolapp.operations.people.editing import draft_of as person_draft
from schoolapp.operations.people.editing import save_person
from schoolapp.operations.people.participations import add_participant
from schoolapp.storage.store import DbSession, Store
from tests import builders as b

S = ApplicationState
HEAD = ("id", "Full name", "Email", "Date of birth", "Gender", "Diet", "Organisation",
        "Which modules?", "Arrival", "Departure", "Delegation", "Privacy notice", "Motivation",
        "Do you bring a tent?")  # fmt: skip
ANA: dict[str, str] = {
    "id": "1", "Full name": "Ana Perez", "Email": "ana@example.org", "Date of birth": "1990-05-17",
    "Gender": "Woman", "Diet": "Vegetarian", "Organisation": "Home Net", "Which modules?": "M1",
    "Arrival": "2027-10-24", "Departure": "2027-10-27", "Privacy notice": "Yes",
    "Motivation": "Learning together.", "Do you bring a tent?": "Yes, a small one",
}  # fmt: skip


@pytest.fixture
def school(store: Store, clock: dt.datetime) -> int:
    """A school of three weeks with three modules."""
    return store.change("Build", lambda s: b.gathering(s, modules=3).id).value


def imported(store: Store, school: int, *rows: dict[str, str]) -> list[int]:
    """Import these rows; the keys of the applications of the school."""
    text = io.StringIO()
    csv.writer(text).writerows([HEAD, *([row.get(head, "") for head in HEAD] for row in rows)])
    known = store.read(applications.known_persons)
    sheet = understand(
        read(text.getvalue().encode(), "form.csv"),
        "form.csv",
        known=known,
        reference_date=b.START,
    )
    plan = store.read(lambda s: applications.plan_import(s, gathering_id=school, sheet=sheet))
    store.change(
        "Import",
        lambda s: applications.apply_import(s, gathering_id=school, sheet=sheet, token=plan.token),
    )
    return store.read(lambda s: list(s.scalars(sa.select(Application.id).order_by(Application.id))))


def detail(store: Store, key: int) -> ApplicationDetail:
    """An application as it is shown."""
    return store.read(lambda s: applications.application_detail(s, application_id=key))


def accept(store: Store, key: int) -> Participation:
    """Accept somebody; the place, read whole."""
    store.change(
        "Accept",
        lambda s: applications.decide_applications(
            s, application_ids=[key], decision=Decision.ACCEPT
        ),
    )
    return place(store, key)


def place(store: Store, key: int) -> Participation:
    """The place of an application."""

    def look(session: DbSession) -> Participation:
        application = session.get_one(Application, key)
        found = session.query(Participation).filter_by(person_id=application.person_id).one()
        assert [*found.stays, *(one.module for one in found.modules)]  # read while it is open
        return found

    return store.read(look)


def days(part: Participation) -> list[tuple[str, str]]:
    """The days of the stays."""
    return [(f"{stay.arrival:%m-%d}", f"{stay.departure:%m-%d}") for stay in part.stays]


def edit(store: Store, key: int, **fields: Any) -> None:
    """Change fields of an application as its panel does."""

    def work(session: DbSession) -> None:
        draft = applications.draft_of(session, application_id=key)
        applications.save_application(session, draft=replace(draft, **fields))

    store.change("Edit", work)


def doubtful(store: Store, school: int) -> int:
    """The number on the chip."""
    view = ApplicationView(school)
    found = store.read(lambda s: applications.fact_counts(s, view)).doubtful
    listed = ApplicationView(school, doubtful=True)
    assert found == len(store.read(lambda s: applications.application_ids(s, listed)))
    return found


def test_with_the_place_goes_what_was_asked_for(store: Store, school: int) -> None:
    """Diet, days, modules and consent of the form are those of the participation."""
    (key,) = imported(store, school, ANA)
    part = accept(store, key)
    assert (part.diet, part.consent_on) == ("Vegetarian", dt.date(2027, 3, 1))
    assert [attended.module.code for attended in part.modules] == ["M1"]
    assert days(part) == [("10-24", "10-27")]


@pytest.mark.parametrize(
    ("arrival", "departure", "stays"),
    [
        ("2027-10-20", "2027-11-14", [("10-20", "11-14")]),
        ("", "2027-11-05", [("10-23", "11-05")]),
        ("2027-11-05", "2027-10-25", [("10-23", "11-12")]),  # backwards
        ("2027-06-24", "", [("10-23", "11-12")]),  # months before
    ],
)
def test_a_stay_that_fits_is_taken_and_another_is_a_doubt(
    store: Store, school: int, arrival: str, departure: str, stays: list[tuple[str, str]]
) -> None:
    """Somebody may come some days before; days far away are kept and looked at."""
    row = ANA | {"Which modules?": "all", "Arrival": arrival, "Departure": departure}
    (key,) = imported(store, school, row)
    assert days(accept(store, key)) == stays
    doubted = any(doubt.field == "arrival" for doubt in detail(store, key).doubts)
    assert doubted == (stays == [("10-23", "11-12")])


def test_a_place_that_was_there_keeps_what_is_known_of_it(store: Store, school: int) -> None:
    """Only what is empty is filled: somebody has talked with the person since."""
    (key,) = imported(store, school, ANA)
    person = detail(store, key).person_id

    def by_hand(session: DbSession) -> None:
        made = add_participant(session, gathering_id=school, person_id=person)
        b.edit_place(session, session.get_one(Participation, made), diet="Vegan")

    store.change("By hand", by_hand)
    part = accept(store, key)
    assert (part.diet, part.consent_on) == ("Vegan", dt.date(2027, 3, 1))


def test_the_place_follows_a_correction_until_it_differs(store: Store, school: int) -> None:
    """The kitchen reads the place; what was changed there is newer than the form."""
    (key,) = imported(store, school, ANA)
    accept(store, key)
    edit(store, key, diet="Vegetarian, no nuts")
    assert place(store, key).diet == "Vegetarian, no nuts"
    store.change("Kitchen", lambda s: b.edit_place(s, s.query(Participation).one(), diet="Vegan"))
    edit(store, key, diet="Everything")
    assert place(store, key).diet == "Vegan"


def test_what_does_not_fit_the_gathering_is_kept_with_its_words(store: Store, school: int) -> None:
    """Modules that there are not and a delegation nobody announced: kept, and to be looked at."""
    row = ANA | {"Which modules?": "M1, the film night", "Delegation": "Lahore circle"}
    (key,) = imported(store, school, row)
    found = detail(store, key)
    assert (found.module_codes, found.modules_said) == (("M1",), "the film night")
    assert {(d.code, d.value) for d in found.doubts} >= {
        ("modules_unknown", "the film night"),
        ("delegation_unknown", "Lahore circle"),
    }


def test_correcting_a_field_settles_its_doubt(store: Store, school: int) -> None:
    """In the same step, which can be undone; of other fields nothing is settled."""
    row = ANA | {"Which modules?": "the film night", "Date of birth": "31/02/1990"}
    (key,) = imported(store, school, row)
    before = doubtful(store, school)
    assert before == 1
    edit(store, key, module_codes=("M2",), modules_said=None)
    open_ones = {d.field for d in detail(store, key).doubts if not d.settled}
    assert open_ones == {"born"}

    def correct(session: DbSession) -> None:
        draft = applications.applicant(session, application_id=key)
        applications.save_applicant(session, draft=replace(draft, born=dt.date(1990, 2, 28)))

    store.change("Correct", correct)
    assert doubtful(store, school) == 0
    assert detail(store, key).born == dt.date(1990, 2, 28)
    store.undo()
    assert (doubtful(store, school), detail(store, key).born) == (1, None)


def test_a_doubt_is_ticked_off_and_opened_again(store: Store, school: int) -> None:
    """Somebody has looked: the count goes down, and says who and when; it can be undone."""
    (key,) = imported(store, school, ANA | {"Which modules?": "the film night"})
    (doubt,) = [d for d in detail(store, key).doubts if d.code == "modules_unknown"]
    assert doubtful(store, school) == 1

    def tick(settled: bool) -> None:
        store.change(
            "Tick", lambda s: applications.tick_doubt(s, doubt_id=doubt.id, settled=settled)
        )

    tick(True)
    (ticked,) = detail(store, key).doubts
    assert (ticked.settled_by, ticked.settled_at is not None) == (store.actor, True)
    assert doubtful(store, school) == 0
    tick(False)
    assert doubtful(store, school) == 1
    store.undo()
    assert doubtful(store, school) == 0


def test_a_corrected_row_renews_all_that_it_says(store: Store, school: int) -> None:
    """A second import of the form: new answers, doubts that are over go, settled ones stay."""
    row = ANA | {"Which modules?": "the film night", "Arrival": "someday"}
    (key,) = imported(store, school, row)
    film = next(d for d in detail(store, key).doubts if d.code == "modules_unknown")
    store.change("Tick", lambda s: applications.tick_doubt(s, doubt_id=film.id, settled=True))
    imported(store, school, row | {
        "Diet": "Vegan", "Arrival": "2027-10-24", "Do you bring a tent?": "No",
        "Gender": "Man", "Organisation": "",
    })  # fmt: skip
    found = detail(store, key)
    assert (found.diet, found.arrival, found.gender) == ("Vegan", dt.date(2027, 10, 24), "man")
    assert found.organisation == ""
    assert found.answers == (("Do you bring a tent?", "No"),)
    assert [(d.code, d.settled) for d in found.doubts] == [("modules_unknown", True)]


def test_a_cell_in_doubt_changes_nothing(store: Store, school: int) -> None:
    """What was known before is not emptied by a cell that nobody can read."""
    (key,) = imported(store, school, ANA)
    imported(store, school, ANA | {"Arrival": "when the visa comes"})
    found = detail(store, key)
    assert found.arrival == dt.date(2027, 10, 24)
    assert "arrival" in {d.field for d in found.doubts if not d.settled}


def test_who_is_known_is_completed_and_never_overwritten(store: Store, school: int) -> None:
    """A person of an earlier school: empty fields are filled, the others stay."""
    known = PersonDraft(display_name="Ana Perez", email="ana@example.org", pronouns="they")
    store.change("Known", lambda s: save_person(s, draft=known))
    (key,) = imported(store, school, ANA)
    found = detail(store, key)
    assert (found.gender, found.pronouns, found.born) == ("woman", "they", dt.date(1990, 5, 17))
    assert len(store.read(lambda s: s.query(Person).all())) == 1


@pytest.mark.parametrize(
    ("words", "found"),
    [("small one", 1), ("VEGETAR", 1), ("perez vegetarian", 1), ("ana learn", 1),
     ("perez vegan", 0), ("ent", 0), ("home net", 1), ("%", 0)],
)  # fmt: skip
def test_the_search_finds_what_people_wrote(
    store: Store, school: int, words: str, found: int
) -> None:
    """Each word begins a word of the names or of the answers, in any case."""
    imported(store, school, ANA, ANA | {"id": "2", "Full name": "Ben Okri", "Diet": "",
             "Email": "ben@example.org", "Date of birth": "1980-01-02", "Motivation": "",
             "Organisation": "", "Do you bring a tent?": ""})  # fmt: skip
    view = ApplicationView(school, search=words)
    listed = store.read(lambda s: applications.application_ids(s, view))
    assert len(listed) == (2 if words == "%" else found)


def test_answers_are_added_changed_and_removed_by_hand(store: Store, school: int) -> None:
    """An answer that came by telephone is found and undone like one of the form."""
    (key,) = imported(store, school, ANA)
    save = applications.save_answer

    def keep(**fields: Any) -> None:
        draft = AnswerDraft(application_id=key, **fields)
        store.change("Keep", lambda s: save(s, draft=draft))

    keep(question="Which instrument?", answer="Drums")
    (tent, drums) = store.read(lambda s: applications.answer_drafts(s, application_id=key))
    view = ApplicationView(school, search="drums")
    assert store.read(lambda s: applications.application_ids(s, view)) == [key]
    keep(id=tent.id, question=tent.question, answer="No")
    assert detail(store, key).answers[0] == ("Do you bring a tent?", "No")
    assert ("Do you bring a tent?", "No") in [
        (one.question, one.answer) for one in detail(store, key).written
    ]
    remove = applications.remove_answer
    store.change("Remove", lambda s: remove(s, application_id=key, answer_id=drums.id or 0))
    assert [question for question, _a in detail(store, key).answers] == ["Do you bring a tent?"]
    assert store.read(lambda s: applications.application_ids(s, view)) == []
    with pytest.raises(RuleBroken, match="Write what was answered"):
        keep(question="Why?", answer=" ")


def test_questions_are_columns_in_two_statements(
    store: Store, school: int, count_statements: Callable[[Store], Any]
) -> None:
    """The questions of a gathering's forms, and the answers of the rows that are shown."""
    keys = imported(store, school, ANA)
    asked = store.read(lambda s: applications.asked_questions(s, gathering_id=school))
    assert asked == ("Do you bring a tent?",)
    with count_statements(store) as sent:
        rows = store.read(lambda s: applications.application_rows(s, keys, asked))
    assert len([line for line in sent if line.startswith("SELECT")]) == 2
    row = rows[keys[0]]
    assert row.answers == {"Do you bring a tent?": "Yes, a small one"}
    assert (row.gender, row.diet, row.organisation) == ("woman", "Vegetarian", "Home Net")
    assert (row.arrival, row.consent, row.modules) == (dt.date(2027, 10, 24), True, "M1")


def test_the_balance_reads_gender_and_first_time_of_the_form(store: Store, school: int) -> None:
    """Nothing is guessed from pronouns; who says that they came before did so."""
    (key,) = imported(store, school, ANA)
    edit(store, key, first_time=False)
    board = store.read(lambda s: applications.selection_board(s, gathering_id=school))
    assert [bar.group for bar in board.balance[Side.GENDER]] == ["women"]
    assert [bar.group for bar in board.balance[Side.FIRST_TIME]] == ["before"]


def test_all_that_was_written_goes_with_the_person(store: Store, school: int) -> None:
    """Erasing leaves no answer, no doubt with its words, and no word to be found."""
    (key,) = imported(store, school, ANA | {"Which modules?": "the film night"})
    person = detail(store, key).person_id
    store.change("Withdraw", lambda s: applications.move_application(
        s, application_id=key, step="check_ok"))  # fmt: skip
    store.change("Withdraw", lambda s: applications.move_application(
        s, application_id=key, step="withdraw"))  # fmt: skip
    version = store.read(lambda s: person_draft(s, person_id=person)).version
    assert version is not None
    store.change(
        "Erase",
        lambda s: erasing.erase_person(s, person_id=person, version=version, reason="asked"),
        final=True,
    )
    left = store.read(lambda s: (
        s.query(ApplicationAnswer).count(), s.query(ApplicationDoubt).count(),
        [(a.search, a.diet, a.organisation) for a in s.query(Application)]))  # fmt: skip
    assert left[:2] == (0, 0)
    assert left[2] == [("", None, None)]


def test_amounts_are_stored_with_their_currency(store: Store, school: int) -> None:
    """What somebody offers to pay is an amount, not a text."""
    (key,) = imported(store, school, ANA)
    edit(store, key, contribution=Money(5000, "EUR"), named_fee=Money(12000, "PKR"))
    found = detail(store, key)
    assert (str(found.contribution), str(found.named_fee)) == ("50.00 EUR", "120.00 PKR")
