"""Zone and currency, days of a module, targets, offers and reports that are kept, by keyboard."""

from pathlib import Path

from schoolapp.base import settings
from schoolapp.domain.gatherings import Gathering, Module
from schoolapp.domain.participation import Participation
from schoolapp.domain.reports import ReportTemplate
from schoolapp.domain.selection import Measure, SelectionTarget
from schoolapp.domain.waiting import OfferEnd, PlaceOffer
from tests.stories.coordinator import CTRL, KEY, SHIFT, Coordinator
from tests.stories.filling import add_person

RULES = "applications.rules"


def test_an_evening_elsewhere_in_another_currency(desk: Coordinator) -> None:
    """Zone and currency are changed while nothing hangs on them; then both are refused."""
    desk.go(1, "home")
    desk.window.choose(None)
    desk.press(KEY.Key_N, CTRL)
    desk.fill_in({"Template": "Public event of one day", "First day": "2028-06-03"})
    desk.save()
    desk.go(4, "programme")
    desk.press(KEY.Key_V)
    desk.place.table.setFocus()
    desk.press(KEY.Key_A, CTRL)
    desk.press(KEY.Key_Delete, SHIFT)
    desk.go(1, "home")
    desk.run("home.edit")
    desk.fill_in({"Time zone": "Asia/Manila", "Currency": "PHP"})
    desk.save()
    at = desk.window.gathering.id
    assert desk.ask(lambda s: (s.get_one(Gathering, at).tz, s.get_one(Gathering, at).currency)) == (
        "Asia/Manila",
        "PHP",
    )
    desk.run("home.edit")
    desk.fill_in({"Full price of each band, Band A": "500"})
    desk.save()
    assert desk.ask(lambda s: [str(p.price) for p in s.get_one(Gathering, at).prices]) == [
        "500.00 PHP"
    ]
    desk.run("home.edit")
    desk.fill_in({"Currency": "EUR"})
    desk.press(KEY.Key_Return, CTRL)
    assert "prices" in desk.place.opened.panel.form.problems()
    desk.press(KEY.Key_Escape)


def test_a_module_begins_a_day_later(desk: Coordinator) -> None:
    """Its first day is changed in the gathering's panel."""
    desk.run("home.edit")
    desk.line("Modules", 0)
    desk.fill_in({"First day": "2028-10-23"})
    desk.save()
    starts = desk.ask(lambda s: [str(one.start) for one in s.query(Module).order_by(Module.id)])
    assert starts[0] == "2028-10-23"


def test_a_target_counts_at_most(desk: Coordinator) -> None:
    """Not more than three from one delegation."""
    desk.go(2, "applications")
    desk.run(RULES)
    desk.click("Add a target")
    desk.fill_in({"Counted": "at most, people", "Number": "3"})
    desk.save()
    targets = desk.ask(lambda s: [(one.measure, one.number) for one in s.query(SelectionTarget)])
    assert targets == [(Measure.AT_MOST, 3)]


def test_an_offer_is_taken_back(desk: Coordinator) -> None:
    """A place was held for somebody on the waiting list; it is free again, they are still there."""
    desk.go(2, "applications")
    desk.press(KEY.Key_N, CTRL)
    desk.fill_in({"Name of a new person": "Ines Vega"})
    desk.save()
    desk.press(KEY.Key_Escape)
    desk.row("Ines")
    desk.press(KEY.Key_W)
    desk.row("Ines")
    desk.press(KEY.Key_O)
    desk.refuse_nothing()
    desk.row("Ines")
    desk.run("applications.take_offer_back")
    desk.refuse_nothing()
    assert desk.ask(lambda s: [one.ended for one in s.query(PlaceOffer)]) == [OfferEnd.WITHDRAWN]
    desk.row("Ines")
    desk.run("applications.take_offer_back")
    assert desk.refused() == "No offer to this person is open."
    assert desk.ask(lambda s: s.query(Participation).count()) == 0


def test_a_report_is_kept_in_another_language_and_format(desk: Coordinator, tmp_path: Path) -> None:
    """Next year the same columns come out, in Spanish, as a table of LibreOffice."""
    add_person(desk, "Ana Santos")
    desk.kept.put(settings.EXPORT_FOLDER, str(tmp_path))
    desk.go(6, "attendance")
    desk.press(KEY.Key_E, CTRL)
    desk.fill_in({
        "Report": "List of participants", "Language": "Español", "Format": "LibreOffice (ods)",
        "Keep as": "For the house",
    })  # fmt: skip
    desk.save()
    kept = desk.ask(
        lambda s: [(one.name, one.format, one.language) for one in s.query(ReportTemplate)]
    )
    assert kept == [("For the house", "ods", "es")]
