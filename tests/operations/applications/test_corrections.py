"""What somebody types in the preview of an import is what is stored; the sheet's words are kept."""

import pytest
import sqlalchemy as sa

from schoolapp.domain.applications import Application
from schoolapp.domain.people import Person
from schoolapp.domain.rules import RuleBroken
from schoolapp.exchange.applications.drafts import ImportedSheet
from schoolapp.exchange.applications.importing import Choices, understand
from schoolapp.exchange.applications.reading import read
from schoolapp.operations import applications
from schoolapp.operations.applications import Outcome
from schoolapp.storage.store import Store
from tests import builders as b

TEXT = "Full name,E-mail,Country,Visa\nAna Pérez,ana@example.org,USSR,not sure\n"
TYPED = {1: {"country": "Uzbekistan", "visa": "no"}}


@pytest.fixture
def school(store: Store) -> int:
    """A school without applications."""
    return store.change("Build", lambda s: b.gathering(s).id).value


def sheet(store: Store, **choices) -> ImportedSheet:
    """The sheet as understood, with what was typed."""
    known = store.read(applications.known_persons)
    return understand(
        read(TEXT.encode(), "form.csv"),
        "form.csv",
        choices=Choices(**choices),
        known=known,
        reference_date=b.START,
    )


def plan(store: Store, school: int, seen: ImportedSheet) -> applications.ImportPlan:
    """What importing it would do."""
    return store.read(lambda s: applications.plan_import(s, gathering_id=school, sheet=seen))


def imported(store: Store, school: int, seen: ImportedSheet) -> None:
    """Import it."""
    token = plan(store, school, seen).token
    store.change(
        "Import",
        lambda s: applications.apply_import(s, gathering_id=school, sheet=seen, token=token),
    )


def stored(store: Store) -> tuple[str | None, bool | None, dict[str, str]]:
    """Country, need of a visa, and the cells in the words of the form."""
    columns = sa.select(Person.country, Application.needs_visa, Application.raw)
    found = columns.join(Application, Application.person_id == Person.id)
    country, visa, raw = store.read(lambda s: s.execute(found).one())
    return country, visa, raw


def test_what_was_typed_is_stored_and_the_sheet_keeps_its_words(store: Store, school: int) -> None:
    """The row is no longer doubtful; its raw cells are those of the file (S04)."""
    assert plan(store, school, sheet(store)).doubtful == 1
    seen = sheet(store, corrections=TYPED)
    assert plan(store, school, seen).doubtful == 0
    imported(store, school, seen)
    country, visa, raw = stored(store)
    assert (country, visa, raw["Country"]) == ("UZ", False, "USSR")


def test_a_correction_is_part_of_the_plan(store: Store, school: int) -> None:
    """A plan that was shown before the correction is refused, whatever the words mean."""
    before = plan(store, school, sheet(store, corrections={1: {"country": "Soviet Union"}}))
    seen = sheet(store, corrections={1: {"country": "the Soviet Union"}})
    with pytest.raises(RuleBroken, match="Something changed"):
        store.change(
            "Import",
            lambda s: applications.apply_import(
                s, gathering_id=school, sheet=seen, token=before.token
            ),
        )


def test_a_row_imported_before_takes_a_correction(store: Store, school: int) -> None:
    """The same sheet again with a correction changes the field that was corrected, and no other."""
    imported(store, school, sheet(store))
    assert stored(store)[:2] == (None, None)
    seen = sheet(store, corrections=TYPED)
    (row,) = plan(store, school, seen).rows
    assert (row.outcome, row.changed) == (Outcome.CHANGED, ("country", "visa"))
    imported(store, school, seen)
    assert stored(store)[:2] == ("UZ", False)
    assert plan(store, school, sheet(store)).count(Outcome.SAME) == 1
