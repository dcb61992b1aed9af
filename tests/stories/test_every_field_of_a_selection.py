"""Rules, scores, reasons, letters and doubts of a selection, by keyboard, from an empty file."""

import csv
from pathlib import Path

from PySide6.QtWidgets import QCheckBox

from schoolapp.domain.applications import Application, ApplicationDoubt
from schoolapp.domain.funding import Subsidy, SubsidyState
from schoolapp.domain.letters import LetterTemplate
from schoolapp.domain.money import Money
from schoolapp.domain.participation import Participation
from schoolapp.domain.people import Person
from schoolapp.domain.referees import Score, ScoreScale
from schoolapp.domain.selection import PendingDecision, SelectionTarget, Side
from schoolapp.domain.visas import VisaRule
from schoolapp.domain.waiting import Policy, SelectionRules
from tests.stories.coordinator import CTRL, KEY, Coordinator
from tests.stories.filling import add_person

FORM = (
    ("Name", "E-mail", "Date of birth", "Do you need a visa?", "Travel costs", "First time?",
     "Do you agree to the privacy notice?", "Parents agree?"),
    ("Ines Vega", "ines@example.org", "03/04/95", "maybe", "some 300 or 400", "Yes", "Yes", "Yes"),
    ("Jun Reyes", "jun@example.org", "1999-05-06", "No", "", "No", "Yes", ""),
)  # fmt: skip


def import_two(desk: Coordinator, folder: Path) -> None:
    """Two applicants from a form, one of them with doubts."""
    file = folder / "form.csv"
    with file.open("w", encoding="utf-8", newline="") as opened:
        csv.writer(opened).writerows(FORM)
    desk.go(2, "applications")
    desk.drop(file)
    desk.save()
    desk.press(KEY.Key_Escape)


def test_the_rules_of_a_selection(desk: Coordinator) -> None:
    """Who is next, how long an offer holds, endorsement, a target and a scale."""
    desk.go(2, "applications")
    desk.run("applications.rules")
    desk.fill_in({
        "Who is next on the waiting list": "Whoever helps the targets most",
        "Days that an offer holds a place": "9",
    })  # fmt: skip
    desk.press(KEY.Key_Tab)  # "Delegations endorse their people"
    desk.press(KEY.Key_Space)
    desk.click("Add a target")
    desk.fill_in({"Side": "Region", "Group": "Asia", "Counted": "at least, people", "Number": "4"})
    desk.click("Add a scale")
    desk.fill("Motivation")
    desk.save()
    rules = desk.ask(
        lambda s: [(r.policy, r.offer_days, r.endorsement) for r in s.query(SelectionRules)]
    )
    assert rules == [(Policy.FILL, 9, True)]
    target = desk.ask(lambda s: [(t.side, t.group, t.number) for t in s.query(SelectionTarget)])
    assert target == [(Side.REGION, "asia", 4)]
    (anchors,) = desk.ask(lambda s: [scale.anchors for scale in s.query(ScoreScale)])
    assert len(anchors) == 5


def test_a_referee_scores_and_one_too_many_needs_a_reason(
    desk: Coordinator, tmp_path: Path
) -> None:
    """Two people for one place: both are scored, the second is accepted for a reason."""
    desk.run("home.edit")
    desk.fill_in({"Places": "1"})
    desk.save()
    import_two(desk, tmp_path)
    desk.run("applications.rules")
    desk.click("Add a scale")
    desk.fill("Motivation")
    desk.save()
    desk.place.table.setFocus()
    desk.press(KEY.Key_Home)
    desk.click("Decide")
    desk.press(KEY.Key_R)
    desk.press(KEY.Key_4)
    assert desk.ask(lambda s: [(one.points, one.by) for one in s.query(Score)]) == [(4, "Ana")]
    desk.press(KEY.Key_A)
    desk.press(KEY.Key_A)
    desk.fill("Speaks Urdu")
    desk.press(KEY.Key_Return)
    reasons = desk.ask(lambda s: [one.reason for one in s.query(PendingDecision)])
    assert "Speaks Urdu" in reasons


def test_letters_have_a_text_of_ones_own(desk: Coordinator, tmp_path: Path) -> None:
    """The letter of acceptance is written anew, for one language."""
    import_two(desk, tmp_path)
    desk.place.table.setFocus()
    desk.press(KEY.Key_A, CTRL)
    desk.press(KEY.Key_A)
    desk.press(KEY.Key_L, CTRL)
    desk.press(KEY.Key_T, CTRL)
    desk.press(KEY.Key_A, CTRL)
    desk.press(KEY.Key_Delete)
    desk.fill("Dear {name}, come!")
    desk.save()
    (kept,) = desk.ask(lambda s: [(one.language, one.text) for one in s.query(LetterTemplate)])
    assert kept == ("en", "Dear {name}, come!")


def test_doubts_are_settled_and_a_question_has_its_day(desk: Coordinator, tmp_path: Path) -> None:
    """What was unclear is ticked off; more is asked, and an answer is due."""
    import_two(desk, tmp_path)
    desk.row("Ines")
    desk.click("Decide")
    card = desk.place.pages.opened.card
    ticks = card.doubts.findChildren(QCheckBox)
    assert ticks
    ticks[0].setFocus()
    desk.press(KEY.Key_Space)
    settled = desk.ask(
        lambda s: [one.settled_by for one in s.query(ApplicationDoubt) if one.settled_at]
    )
    assert settled == ["Ana"]
    desk.press(KEY.Key_Escape)
    desk.row("Ines")
    desk.run("applications.edit")
    desk.step("step_ask_more")
    due = desk.ask(lambda s: [one.answer_due for one in s.query(Application)])
    assert any(due)


def test_a_nationality_needs_no_visa(desk: Coordinator) -> None:
    """A rule of the house: who comes from Chile may travel without one."""
    add_person(desk, "Ines Vega")
    desk.go(2, "applications")
    desk.run("applications.visas")
    page = desk.place.pages.opened
    page.open_rules()
    desk.settle()
    page.panel.items.add()
    desk.fill_in({"Nationality": "Chile"})
    desk.go_to("Needs a visa")
    desk.press(KEY.Key_Space)
    desk.save()
    assert desk.ask(lambda s: [(r.nationality, r.needed) for r in s.query(VisaRule)]) == [
        ("CL", False)
    ]


def test_a_year_of_birth_becomes_a_date(desk: Coordinator) -> None:
    """Only 1998 was known; the day of that year takes its place, another year is asked about."""
    add_person(desk, "Bo Lind")
    desk.place.table.setFocus()
    desk.press(KEY.Key_Return)
    desk.fill_in({"Born, if the day is not known": "1998"})
    desk.save()
    desk.place.table.setFocus()
    desk.press(KEY.Key_Return)
    desk.fill_in({"Born": "1997-05-17"})
    desk.press(KEY.Key_Return, CTRL)
    assert "born_partly" in desk.place.panel.form.problems()
    desk.fill_in({"Born": "1998-05-17"})
    desk.save()
    known = desk.ask(lambda s: [(str(one.born), one.born_partly) for one in s.query(Person)])
    assert known == [("1998-05-17", None)]


def test_a_corrected_sheet_reaches_those_who_have_a_place(
    desk: Coordinator, tmp_path: Path
) -> None:
    """An allergy and other days after the acceptance: stay, modules, fee and kitchen know them.

    What was changed at the stay itself stays.
    """
    head = ("No", "Name", "E-mail", "Diet", "Access needs", "Modules", "Departure")
    rows = {
        "Bo Lind": ("1", "Bo Lind", "bo@example.org", "Vegan", "", "Module 1", "2028-10-27"),
        "Jun Reyes": ("2", "Jun Reyes", "jun@example.org", "Vegan", "", "Module 1", "2028-10-27"),
    }
    take_sheet(desk, tmp_path, head, rows)
    desk.place.table.setFocus()
    desk.press(KEY.Key_A, CTRL)
    desk.press(KEY.Key_A)
    desk.refuse_nothing()
    desk.go(3, "people")
    desk.row("Jun Reyes")
    desk.press(KEY.Key_Return)
    desk.fill_in({"Diet": "Vegan, spicy"})
    desk.save()
    desk.press(KEY.Key_Escape)
    again = ("Vegan, peanut allergy", "wheelchair", "all", "2028-11-11")
    take_sheet(desk, tmp_path, head, {name: (*row[:3], *again) for name, row in rows.items()})
    desk.refuse_nothing()
    places = desk.ask(
        lambda s: {
            one.person.display_name: (
                one.diet,
                one.access,
                len(one.modules),
                str(one.stays[-1].departure.date()),
            )
            for one in s.query(Participation)
        }
    )
    assert places == {
        "Bo Lind": ("Vegan, peanut allergy", "wheelchair", 3, "2028-11-11"),
        "Jun Reyes": ("Vegan, spicy", "wheelchair", 3, "2028-11-11"),
    }
    desk.go(2, "applications")
    desk.row("Bo Lind")
    desk.run("applications.edit")
    desk.fill_in({"Departure": "2028-11-04"})
    desk.save()
    last = desk.ask(
        lambda s: {
            one.person.display_name: str(one.stays[-1].departure.date())
            for one in s.query(Participation)
        }
    )
    assert last == {"Bo Lind": "2028-11-04", "Jun Reyes": "2028-11-11"}


def take_sheet(
    desk: Coordinator, folder: Path, head: tuple[str, ...], rows: dict[str, tuple[str, ...]]
) -> None:
    """Import a sheet of these rows as it stands."""
    file = folder / "form.csv"
    with file.open("w", encoding="utf-8", newline="") as opened:
        csv.writer(opened).writerows([head, *rows.values()])
    desk.go(2, "applications")
    desk.drop(file)
    desk.save()
    desk.press(KEY.Key_Escape)


def test_who_withdraws_frees_the_fund(desk: Coordinator, tmp_path: Path) -> None:
    """A subsidy was asked for and granted: it lapses with the place, and can be removed then."""
    import_two(desk, tmp_path)
    desk.place.table.setFocus()
    desk.press(KEY.Key_A, CTRL)
    desk.press(KEY.Key_A)
    desk.window.open_place("money")
    desk.settle()
    desk.run("money.show_funds")
    desk.press(KEY.Key_N, CTRL)
    desk.fill("Solidarity")
    desk.save()
    desk.click("Add to Income")
    desk.fill("Bread Foundation")
    desk.enter(Amount="500.00", On="2028-03-01")
    desk.save()
    desk.press(KEY.Key_Escape)
    desk.run("money.show_subsidies")
    desk.press(KEY.Key_N, CTRL)
    desk.pick("Person", "Ines")
    desk.fill_in({"To grant": "60.00"})
    desk.save()
    desk.row("Ines")
    desk.press(KEY.Key_Return)
    desk.step("step_score")
    assert shown_amount(desk) is None, "it is a proposal yet"
    desk.row("Ines")
    desk.press(KEY.Key_Return)
    desk.step("step_grant")
    desk.pick("Who decides", "Jun")
    desk.save()
    desk.row("Ines")
    desk.press(KEY.Key_Return)
    desk.step("step_accept")
    assert shown_amount(desk) == Money.of(60, "EUR")
    desk.go(2, "applications")
    desk.row("Ines")
    desk.press(KEY.Key_X)
    desk.refuse_nothing()
    assert desk.ask(lambda s: [one.state for one in s.query(Subsidy)]) == [SubsidyState.LAPSED]
    desk.window.open_place("money")
    desk.settle()
    desk.row("Ines")
    desk.press(KEY.Key_Delete)
    desk.refuse_nothing()
    assert desk.ask(lambda s: s.query(Subsidy).count()) == 0


def shown_amount(desk: Coordinator) -> Money | None:
    """What the table says is left to pay of the only subsidy."""
    desk.settle()
    table = desk.place.table
    row = table.lazy.row(table.lazy.row_id(0))
    rest: Money | None = row.rest
    return rest


def test_a_sheet_that_is_dropped_needs_its_gathering(desk: Coordinator, tmp_path: Path) -> None:
    """With all gatherings shown it is said what to do."""
    desk.go(2, "applications")
    desk.window.choose(None)
    desk.settle()
    file = tmp_path / "form.csv"
    file.write_text("Name\nInes Vega\n", "utf-8")
    desk.drop(file)
    assert desk.said() == "Choose the gathering first that these applications are for."
