"""Tests of delegations: three figures, quotas, registration, names from the leader, replacing."""

import datetime as dt
import io
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from schoolapp.base import language
from schoolapp.base.language import RECIPIENT_LANGUAGES
from schoolapp.domain.applications import Application, ApplicationState
from schoolapp.domain.budget import PaymentDraft
from schoolapp.domain.delegations import Delegation, DelegationState, Quota
from schoolapp.domain.funding import Allocation
from schoolapp.domain.gatherings import Gathering
from schoolapp.domain.money import Money
from schoolapp.domain.participation import Participation
from schoolapp.domain.people import Person, PersonDraft
from schoolapp.domain.rules import RuleBroken
from schoolapp.domain.workflow import ReasonNeeded
from schoolapp.exchange.applications.importing import read_applications
from schoolapp.exchange.applications.mapping import columns_of
from schoolapp.exchange.sheets.delegation_names import headings, write_delegation_sheet
from schoolapp.operations import delegations, minors
from schoolapp.operations.arrivals.badges import give_badges
from schoolapp.operations.delegations import DelegationDraft, NameOutcome, NamesPlan
from schoolapp.operations.funding import IncomingDraft, record_incoming
from schoolapp.operations.people.editing import known_persons
from schoolapp.storage.engine import make_engine
from schoolapp.storage.store import DbSession, Store
from tests import builders as b

START = dt.date(2027, 7, 24)
KEY = 1  # of the only gathering


@pytest.fixture
def camp(file_store: Store) -> Store:
    """A camp with one delegation of three; Léa leads, Noor pays in French."""

    def make(session: DbSession) -> None:
        gathering = b.gathering(session, start=START, days=7, prices=(("A", Money(19000, "EUR")),))
        people = [
            b.person(session, name="Léa Lemoine", gender="woman", born=dt.date(2000, 5, 6),
                     mother_tongue="fr"),
            b.person(session, name="Noor Haddad", gender="woman", born=dt.date(2003, 1, 2)),
            b.person(session, name="Tom Brown", gender="man", born=dt.date(1990, 3, 4)),
        ]  # fmt: skip
        key = delegations.save_delegation(
            session,
            draft=DelegationDraft(
                gathering_id=gathering.id, name="France", iso_country="fr", announced=5,
                leader_id=people[0].id, coordinator_id=people[1].id, fee_band="A",
                seats=2, women=2, young=3, first_timers=1,
            ),
        )  # fmt: skip
        for n, one in enumerate(people):
            b.participation(session, one, gathering, delegation_id=key, first_time=n == 0 or None)

    file_store.change("Make a camp", make)
    return file_store


def day(year: int, month: int, number: int) -> dt.datetime:
    """A date as spreadsheets hold it."""
    return dt.datetime.combine(dt.date(year, month, number), dt.time())


def row(store: Store) -> delegations.DelegationRow:
    """The first delegation of the list."""
    return store.read(lambda s: delegations.delegation_rows(s, gathering_id=KEY))[0]


def member(store: Store, name: str) -> int:
    """The key of somebody's place."""
    found = store.read(lambda s: delegations.members_of(s, delegation_id=row(store).id))
    return next(one.participation_id for one in found if one.name == name)


def test_three_figures_are_kept_apart(camp: Store, count_statements: Any) -> None:
    """E31: announced, named and arrived are three figures; the list takes three statements."""

    def arrive(session: DbSession) -> None:
        b.arrive(session, session.get_one(Participation, member(camp, "Tom Brown")))

    camp.change("Arrive", arrive)
    with count_statements(camp) as sent:
        found = row(camp)
    assert (found.announced, found.named, found.arrived) == (5, 3, 1)
    assert len(sent) == 3


def test_quotas_show_what_is_missing(camp: Store) -> None:
    """Seats are a limit, the others are to be reached; what nobody said is counted apart."""
    gauges = {one.kind: one for one in row(camp).gauges}
    assert (gauges[Quota.SEATS].has, gauges[Quota.SEATS].is_kept) == (3, False)
    assert gauges[Quota.SEATS].missing == 1
    assert (gauges[Quota.WOMEN].has, gauges[Quota.WOMEN].is_kept) == (2, True)
    assert (gauges[Quota.YOUNG].has, gauges[Quota.YOUNG].missing) == (1, 2)  # Léa is 27
    assert (gauges[Quota.FIRST_TIMERS].has, gauges[Quota.FIRST_TIMERS].unsaid) == (1, 2)


def test_two_delegations_may_share_a_country_and_one_have_none(camp: Store) -> None:
    """E30: two of Great Britain, and one that is not a country."""

    def make(session: DbSession) -> None:
        leader = delegations.draft_of(session, delegation_id=row(camp).id).leader_id
        for name, iso in (("England", "GB"), ("Scotland", "GB"), ("Exiles", None)):
            draft = DelegationDraft(gathering_id=KEY, name=name, iso_country=iso, leader_id=leader)
            delegations.save_delegation(session, draft=draft)

    camp.change("Make", make)
    found = camp.read(lambda s: delegations.delegation_rows(s, gathering_id=KEY))
    assert [(one.name, one.iso_country) for one in found][1:] == [
        ("England", "GB"), ("Scotland", "GB"), ("Exiles", ""),
    ]  # fmt: skip


def test_balances_are_those_of_the_practice_camp(practice_file: Path) -> None:
    """E32: parts, charges and overpayment: only Sweden and Ireland are not balanced."""

    def rows(session: DbSession) -> Any:
        key = session.query(Gathering.id).filter_by(code="camp2027").scalar()
        return delegations.delegation_rows(session, gathering_id=key)

    store = Store(make_engine(practice_file))
    found = store.read(rows)
    store.close()
    assert len(found) == 18
    uneven = {one.name: one.balance for one in found if one.balance.minor}
    assert uneven == {"Sweden": Money(1190, "EUR"), "Ireland": Money(-9500, "EUR")}
    assert sum(one.named for one in found) == 350


def test_registration_takes_steps_with_reasons(camp: Store) -> None:
    """Numbers are given, changed only with a reason, then names: the confirmed are counted."""
    key = row(camp).id

    def move(step: str, **more: Any) -> None:
        camp.change(
            step, lambda s: delegations.move_delegation(s, delegation_id=key, step=step, **more)
        )

    move("send_numbers", announced=6)
    with pytest.raises(ReasonNeeded):
        move("change_numbers", announced=4)
    move("change_numbers", announced=4, reason="two stay at home")
    draft = camp.read(lambda s: delegations.draft_of(s, delegation_id=key))
    assert draft.announced == 4
    with pytest.raises(RuleBroken, match="by the step"):
        camp.change(
            "Edit",
            lambda s: delegations.save_delegation(s, draft=_with(draft, announced=9)),
        )
    assert delegations.steps_of(DelegationState.NUMBERS_GIVEN) == ("send_names", "change_numbers")
    move("send_names")
    found = camp.read(lambda s: s.get_one(Delegation, key))
    assert (found.confirmed, found.state) == (3, DelegationState.NAMES_GIVEN)


def _with(draft: DelegationDraft, **fields: Any) -> DelegationDraft:
    return replace(draft, **fields)


def test_a_delegation_is_edited_and_removed_only_when_empty(camp: Store) -> None:
    """Quotas and coordination change, a country may go; people keep the delegation."""
    key = row(camp).id
    draft = camp.read(lambda s: delegations.draft_of(s, delegation_id=key))
    assert (draft.women, draft.young_age, draft.second_id) == (2, 26, None)
    edited = _with(draft, iso_country=None, women=None, seats=8, young_age=30, coordinator_id=None)
    camp.change("Edit", lambda s: delegations.save_delegation(s, draft=edited))
    found = row(camp)
    assert found.iso_country == ""
    assert [(g.kind, g.number, g.has) for g in found.gauges] == [
        (Quota.SEATS, 8, 3), (Quota.YOUNG, 3, 2), (Quota.FIRST_TIMERS, 1, 1),
    ]  # fmt: skip
    for wrong in ({"name": " "}, {"leader_id": None}, {"announced": None}, {"seats": -1}):
        assert list(delegations.check(_with(edited, **wrong))) == list(wrong)
    with pytest.raises(RuleBroken, match="People belong"):
        camp.change(
            "Remove",
            lambda s: delegations.remove_delegation(s, delegation_id=key, version=found.version),
        )


def test_replacing_keeps_the_place(camp: Store) -> None:
    """E33: fee, stays and what was paid stay with the place; needs and badge go; one undo."""
    part_id = member(camp, "Tom Brown")

    def pay(session: DbSession) -> None:
        part = session.get_one(Participation, part_id)
        b.edit_place(session, part, diet="vegan")
        b.set_fee(session, part, Money(19000, "EUR"))
        give_badges(session, KEY)
        paid = PaymentDraft(
            paid_as=Money(19000, "EUR"), method="transfer", date=dt.date(2027, 6, 1)
        )
        record_incoming(
            session,
            IncomingDraft(
                gathering_id=KEY, payment=paid, delegation_id=part.delegation_id,
                allocated_to=(part.person_id,),
            ),
        )  # fmt: skip
        delegations.move_delegation(session, delegation_id=1, step="send_numbers")
        delegations.move_delegation(session, delegation_id=1, step="send_names")
        delegations.move_delegation(session, delegation_id=1, step="pay_all")

    camp.change("Pay", pay)
    before = camp.read(lambda s: _place(s, part_id))
    with pytest.raises(ReasonNeeded):
        camp.change("Replace", lambda s: _replace(s, part_id, reason=" "))
    new = camp.change("Replace", lambda s: _replace(s, part_id)).value
    after = camp.read(lambda s: _place(s, part_id))
    assert after[:3] == before[:3]  # fee, stays, delegation
    assert after[3:] == (new, None, 0, new)
    steps = camp.read(lambda s: [step.step for step in s.get_one(Delegation, 1).steps])
    assert steps[-1] == "replace_person"
    camp.undo()
    assert camp.read(lambda s: _place(s, part_id)) == before
    assert row(camp).named == 3


def _replace(session: DbSession, part_id: int, reason: str = "ill") -> int:
    draft = PersonDraft(display_name="Aya")
    return delegations.replace_person(
        session, participation_id=part_id, reason=reason, new_person=draft
    )


def _place(session: DbSession, part_id: int) -> tuple[Any, ...]:
    part = session.get_one(Participation, part_id)
    stays = [(stay.arrival, stay.departure) for stay in part.stays]
    paid_for = session.query(Allocation.person_id).scalar()
    kept = (part.fee, stays, part.delegation_id)
    return (*kept, part.person_id, part.diet, len(part.badges), paid_for)


def test_nothing_that_was_arranged_for_the_first_person_is_handed_over(camp: Store) -> None:
    """E33: needs, consent, adult, language group and answers were theirs, not the place's."""
    part_id, adult = member(camp, "Tom Brown"), member(camp, "Noor Haddad")

    def arrange(session: DbSession) -> None:
        part = session.get_one(Participation, part_id)
        b.edit_place(
            session, part, diet="vegan", access="ramp", note="calls home at six",
            first_time=True, needs_visa=True, language_group="fr",
        )  # fmt: skip
        # as a package registers a minor whose birth date it holds otherwise
        part.guardian_id = session.get_one(Participation, adult).person_id
        part.minor_at_start, part.parental_consent = True, "signed"

    def arranged(session: DbSession) -> list[object]:
        part = session.get_one(Participation, part_id)
        return [
            *(part.guardian_id, part.diet, part.access, part.note, part.minor_at_start),
            *(part.parental_consent, part.first_time, part.needs_visa, part.language_group),
        ]

    camp.change("Arrange", arrange)
    assert None not in camp.read(arranged)
    camp.change("Replace", lambda s: _replace(s, part_id))
    assert camp.read(arranged) == [None] * 9


def test_replacing_hands_over_the_seat_of_an_application(camp: Store) -> None:
    """E33 at a school: the first one's application is withdrawn, the second one's is accepted."""
    part_id = member(camp, "Tom Brown")

    def accept(session: DbSession) -> None:
        part = session.get_one(Participation, part_id)
        gathering = session.get_one(Gathering, KEY)
        b.edit_gathering(session, gathering, capacity=1)
        b.application(
            session, part.person, gathering, state=ApplicationState.CONFIRMED, reason="Is named"
        )

    camp.change("Accept", accept)
    new = camp.change("Replace", lambda s: _replace(s, part_id)).value

    def states(session: DbSession) -> dict[str, ApplicationState]:
        return {a.person.display_name: a.state for a in session.query(Application)}

    assert camp.read(states) == {
        "Tom Brown": ApplicationState.WITHDRAWN,
        "Aya": ApplicationState.ACCEPTED,
    }
    assert camp.read(lambda s: s.get_one(Participation, part_id).person_id) == new


def test_E33_an_application_not_yet_decided_is_withdrawn(camp: Store) -> None:
    """E33: a person replaced before a decision has no live application left, by its steps."""
    part_id = member(camp, "Tom Brown")

    def apply(session: DbSession) -> None:
        part = session.get_one(Participation, part_id)
        gathering = session.get_one(Gathering, KEY)
        b.application(session, part.person, gathering)

    camp.change("Apply", apply)
    camp.change("Replace", lambda s: _replace(s, part_id))

    def reported(session: DbSession) -> list[tuple[str, list[str | None]]]:
        found = session.query(Application).filter_by(state=ApplicationState.WITHDRAWN)
        return [(a.person.display_name, [step.step for step in a.steps][-2:]) for a in found]

    assert camp.read(reported) == [("Tom Brown", ["check_ok", "withdraw"])]


@pytest.mark.parametrize("who", ["leader", "guardian", "present", "newcomer", "alone"])
def test_some_people_cannot_be_replaced(camp: Store, who: str) -> None:
    """E33: not the leader, not the adult of a minor, nobody who was or is there."""
    part_id = member(camp, "Léa Lemoine" if who == "leader" else "Tom Brown")

    def prepare(session: DbSession) -> None:
        part = session.get_one(Participation, part_id)
        if who == "guardian":
            child = b.person(session, born=dt.date(2012, 3, 4))
            place = b.participation(session, child, session.get_one(Gathering, KEY))
            papers = minors.papers_draft(session, participation_id=place.id)
            minors.save_papers(session, draft=replace(papers, guardian_id=part.person_id))
        if who == "alone":
            b.edit_place(session, part, delegation_id=None)
        if who == "present":
            from schoolapp.operations.arrivals.desk import check_in

            check_in(session, participation_id=part_id, done={}, reason="late at night")

    camp.change("Prepare", prepare)
    newcomer = camp.read(lambda s: s.get_one(Participation, member(camp, "Noor Haddad")).person_id)
    more = (
        {"person_id": newcomer}
        if who == "newcomer"
        else {"new_person": PersonDraft(display_name="Aya")}
    )
    with pytest.raises(RuleBroken):
        camp.change(
            "Replace",
            lambda s: delegations.replace_person(s, participation_id=part_id, reason="ill", **more),
        )


def leaders_file(store: Store) -> bytes:
    """The file as it goes out."""
    facts = store.read(lambda s: delegations.sheet_facts(s, delegation_id=row(store).id))
    return write_delegation_sheet(facts)


def come_back(store: Store, data: bytes) -> tuple[Any, NamesPlan]:
    """The file read again, and what it would change."""
    known = store.read(known_persons)
    sheet = read_applications(data, "france.xlsx", known=known, reference_date=START)
    return sheet, store.read(
        lambda s: delegations.plan_names(s, delegation_id=row(store).id, sheet=sheet)
    )


def test_the_leaders_file_goes_out_prefilled(camp: Store) -> None:
    """Known names, empty lines up to the announced number and a few more, checks, instruction."""
    sheet = openpyxl.load_workbook(io.BytesIO(leaders_file(camp))).active
    assert sheet is not None
    assert "France" in sheet["A1"].value
    names = [cell.value for cell in sheet["A"][2:] if cell.value]
    assert names == ["Léa Lemoine", "Noor Haddad", "Tom Brown"]
    assert sheet["B5"].value.date() == dt.date(1990, 3, 4)
    assert [cell.value for cell in sheet["H"]].count("France") == 10  # 5 announced and 5 spare
    checks = {str(rule.sqref): rule.type for rule in sheet.data_validations.dataValidation}
    assert checks["F3:F12"] == "list"
    assert checks["B3:B12"] == "date"
    assert sheet.column_dimensions["I"].hidden
    words = " ".join(str(c.value) for line in sheet.iter_rows() for c in line if c.value)
    assert "vegan" not in words  # no more of a person than registering needs


@pytest.mark.parametrize("tag", RECIPIENT_LANGUAGES)
def test_headings_are_understood_in_every_language(tag: str) -> None:
    """A leader's file in any language comes back through the same import."""
    with language.in_language(tag):
        fields = [column.field for column in columns_of(headings())]
    assert fields == [
        "full_name", "born", "email", "arrival", "departure", "visa", "first_time", "delegation",
        "source_id",
    ]  # fmt: skip


def test_the_file_as_it_went_out_changes_nothing(camp: Store) -> None:
    """Round trip: every line is an unchanged member, empty lines are not names."""
    _sheet, plan = come_back(camp, leaders_file(camp))
    assert {one.outcome for one in plan.rows} == {NameOutcome.MEMBER}
    assert (len(plan.rows), plan.added, plan.absent, plan.named, plan.seats) == (3, 0, (), 3, 2)


def test_names_come_back_and_errors_are_named_by_cell(camp: Store) -> None:
    """New names get a place of the delegation, a known person theirs; a doubtful cell is named."""
    ines = {"name": "Ines Dupont", "born": dt.date(2004, 2, 3), "email": "ines@example.org"}
    camp.change("Known", lambda s: b.person(s, **ines).id)
    book = openpyxl.load_workbook(io.BytesIO(leaders_file(camp)))
    sheet = book.active
    assert sheet is not None
    sheet["C5"] = "tom.brown@example.org"
    for number, values in enumerate((
        ("Amadou Diallo", day(2008, 8, 1), "amadou@example.org", None, None, "Oui"),
        ("Ines Dupont", day(2004, 2, 3), "ines@example.org", day(2027, 7, 25)),
        ("Sami Khan", "31/02/2003", "sami@"),
    ), 6):  # fmt: skip
        for place, value in enumerate(values, 1):
            sheet.cell(number, place, value)
    out = io.BytesIO()
    book.save(out)
    imported, plan = come_back(camp, out.getvalue())
    outcomes = {one.name: one.outcome for one in plan.rows}
    assert outcomes["Tom Brown"] is NameOutcome.CHANGED
    assert outcomes["Amadou Diallo"] is NameOutcome.NEW
    assert outcomes["Ines Dupont"] is NameOutcome.KNOWN
    troubles = next(one.troubles for one in plan.rows if one.name == "Sami Khan")
    assert any(words.startswith(f"Row 8, column {sheet['B2'].value}:") for words in troubles), (
        troubles
    )
    assert any(words.startswith(f"Row 8, column {sheet['C2'].value}:") for words in troubles)
    key = row(camp).id
    done = camp.change(
        "Names",
        lambda s: delegations.apply_names(s, delegation_id=key, sheet=imported, token=plan.token),
    )
    assert done.value == 3
    found = camp.read(
        lambda s: {p.person.display_name: _place_facts(p) for p in s.query(Participation)}
    )
    fee = Money(19000, "EUR")
    assert found["Amadou Diallo"] == (key, fee, True, START, dt.date(2008, 8, 1))
    assert found["Ines Dupont"] == (key, fee, None, dt.date(2027, 7, 25), dt.date(2004, 2, 3))
    assert found["Sami Khan"] == (key, fee, None, START, None)
    assert camp.read(lambda s: s.query(Person).filter_by(email="tom.brown@example.org").count())
    with pytest.raises(RuleBroken, match="Something changed"):
        camp.change(
            "Again",
            lambda s: delegations.apply_names(
                s, delegation_id=key, sheet=imported, token=plan.token
            ),
        )
    _again, same = come_back(camp, out.getvalue())
    assert same.added == 0
    camp.undo()
    assert row(camp).named == 3


def _place_facts(part: Participation) -> tuple[Any, ...]:
    arrival = part.stays[0].arrival.date()
    return part.delegation_id, part.fee, part.needs_visa, arrival, part.person.born


def test_first_time_and_a_year_of_birth_go_out_and_come_back(camp: Store) -> None:
    """E29, E31: the leader answers whether somebody is new; a year of birth stays a year."""

    def prepare(session: DbSession) -> None:
        person = session.get_one(Participation, member(camp, "Tom Brown")).person
        b.edit_person(session, person, born=None, born_partly="1990")

    camp.change("Prepare", prepare)
    book = openpyxl.load_workbook(io.BytesIO(leaders_file(camp)))
    sheet = book.active
    assert sheet is not None
    lines = {row[0].value: row for row in sheet.iter_rows(min_row=3) if row[0].value}
    assert (lines["Tom Brown"][1].value, lines["Léa Lemoine"][6].value) == ("1990", "Oui")
    lines["Tom Brown"][1].value = "1990-05"
    lines["Tom Brown"][6].value = "Non"
    out = io.BytesIO()
    book.save(out)
    imported, plan = come_back(camp, out.getvalue())
    changed = {row.name: row.changed for row in plan.rows if row.changed}
    assert changed == {"Tom Brown": ("born_partly", "first_time")}
    key = row(camp).id
    camp.change(
        "Names",
        lambda s: delegations.apply_names(s, delegation_id=key, sheet=imported, token=plan.token),
    )

    def reported(session: DbSession) -> tuple[Any, ...]:
        part = session.get_one(Participation, member(camp, "Tom Brown"))
        return part.person.born, part.person.born_partly, part.first_time

    assert camp.read(reported) == (None, "1990-05", False)


def test_a_year_says_nothing_about_a_known_date(camp: Store) -> None:
    """A leader who writes the year alone changes nothing where the day is known (E29)."""
    book = openpyxl.load_workbook(io.BytesIO(leaders_file(camp)))
    sheet = book.active
    assert sheet is not None
    lines = {row[0].value: row for row in sheet.iter_rows(min_row=3) if row[0].value}
    lines["Tom Brown"][1].value = "1990"
    out = io.BytesIO()
    book.save(out)
    _imported, plan = come_back(camp, out.getvalue())
    assert {row.name: row.changed for row in plan.rows if row.changed} == {}


def test_a_line_never_replaces_or_moves_anybody(camp: Store) -> None:
    """E33: another name over a known line, a name twice, somebody from elsewhere, one missing."""

    def other(session: DbSession) -> None:
        gathering = session.get_one(Gathering, KEY)
        someone = b.person(session, name="Olga Weiss", born=dt.date(1999, 9, 9))
        b.participation(session, someone, gathering)

    camp.change("Other", other)
    book = openpyxl.load_workbook(io.BytesIO(leaders_file(camp)))
    sheet = book.active
    assert sheet is not None
    sheet["A5"], sheet["B5"] = "Bilal Aziz", day(2001, 1, 1)
    for cell in sheet[4]:
        cell.value = None
    for number, (name, born) in enumerate(
        (("Olga Weiss", day(1999, 9, 9)), ("Léa Lemoine", day(2000, 5, 6))), 6
    ):
        sheet.cell(number, 1, name)
        sheet.cell(number, 2, born)
    out = io.BytesIO()
    book.save(out)
    _sheet, plan = come_back(camp, out.getvalue())
    assert [(one.name, one.outcome) for one in plan.rows] == [
        ("Léa Lemoine", NameOutcome.MEMBER),
        ("Bilal Aziz", NameOutcome.OTHER_PERSON),
        ("Olga Weiss", NameOutcome.ELSEWHERE),
        ("Léa Lemoine", NameOutcome.TWICE),
    ]
    assert plan.absent == ("Noor Haddad",)
    assert plan.added == 0


def test_the_example_of_naming_is_what_happens(camp: Store) -> None:
    """A line is somebody's by its code, its name, or its name and birth; else it is new."""
    camp.change("Known", lambda s: b.person(s, name="Eva Novak", born=dt.date(2001, 1, 1)).id)
    tom = member(camp, "Tom Brown")

    def forget(session: DbSession) -> None:
        b.edit_person(session, session.get_one(Participation, tom).person, born=None)

    camp.change("Forget", forget)
    book = openpyxl.load_workbook(io.BytesIO(leaders_file(camp)))
    sheet = book.active
    assert sheet is not None
    for number, values in enumerate((
        ("Tom Brown", day(1999, 4, 2)),
        ("Eva Novak", day(2001, 1, 1)),
        ("Eva Novak", day(2001, 1, 1)),
        ("Fay Adu",),
    ), 5):  # fmt: skip
        for place, value in enumerate(values, 1):
            sheet.cell(number, place, value)
    sheet["A4"], sheet["B4"] = "Dan Okoro", None  # Noor's line
    for place in range(1, sheet.max_column + 1):
        sheet.cell(3, place).value = None  # Léa's line
    out = io.BytesIO()
    book.save(out)
    _sheet, plan = come_back(camp, out.getvalue())
    assert [(one.name, one.outcome, one.changed) for one in plan.rows] == [
        ("Dan Okoro", NameOutcome.OTHER_PERSON, ()),
        ("Tom Brown", NameOutcome.CHANGED, ("born",)),
        ("Eva Novak", NameOutcome.KNOWN, ()),
        ("Eva Novak", NameOutcome.TWICE, ()),
        ("Fay Adu", NameOutcome.NEW, ()),
    ]
    assert (plan.added, plan.absent) == (2, ("Léa Lemoine",))
