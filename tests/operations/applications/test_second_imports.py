"""A sheet that comes a second time: whose application a row is, and that it is nobody else's."""

import csv
import io
import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from schoolapp.domain.applications import Application, ApplicationState
from schoolapp.domain.gatherings import Gathering
from schoolapp.domain.identity import Agreement, Described
from schoolapp.domain.selection import Decision
from schoolapp.exchange.applications.drafts import ImportedSheet
from schoolapp.exchange.applications.duplicates import find_pairs
from schoolapp.exchange.applications.importing import Choices, understand
from schoolapp.exchange.applications.reading import read
from schoolapp.operations import applications
from schoolapp.operations.applications import ImportPlan, Outcome, evidence
from schoolapp.operations.people.merging import alike_pairs
from schoolapp.storage.store import DbSession, Store
from tests import builders as b

Rows = Sequence[Sequence[str]]
HEAD = ("Full name", "E-mail", "Date of birth", "Motivation")
ANA = ("Ana Ruiz", "ana@example.org", "1990-05-17", "to learn")
BO = ("Bo Dahl", "bo@example.org", "1991-05-27", "to meet")
NUMBERED = ("ID", *HEAD)


@pytest.fixture
def school(file_store: Store) -> int:
    """A school that somebody has made."""
    return file_store.change("School", lambda s: b.gathering(s).id).value


def sheet(store: Store, head: Sequence[str], rows: Rows, name: str = "form.csv") -> ImportedSheet:
    """A sheet as it is understood beside everybody who is known."""
    text = io.StringIO()
    csv.writer(text).writerows([head, *rows])
    known = store.read(applications.known_persons)
    choices = Choices(saved=store.read(applications.saved_mappings))
    data = text.getvalue().encode()
    return understand(read(data, name), name, choices=choices, known=known, reference_date=b.START)


def plan(store: Store, school: int, given: ImportedSheet, **said: Sequence[int]) -> ImportPlan:
    """What importing it would do."""
    return store.read(
        lambda s: applications.plan_import(s, gathering_id=school, sheet=given, **said)
    )


def bring_in(store: Store, school: int, given: ImportedSheet, **said: Sequence[int]) -> ImportPlan:
    """Import a sheet; answers its plan."""
    planned = plan(store, school, given, **said)
    store.change(
        "Import",
        lambda s: applications.apply_import(
            s, gathering_id=school, sheet=given, token=planned.token, **said
        ),
    )
    return planned


def accept_first(store: Store, school: int) -> None:
    """Give the first applicant a place."""

    def decide(session: DbSession) -> None:
        first = session.query(Application).filter_by(gathering_id=school).order_by("id").first()
        assert first is not None
        applications.decide_applications(
            session, application_ids=[first.id], decision=Decision.ACCEPT, reason="There is room"
        )

    store.change("Accept", decide)


@dataclass(frozen=True, slots=True)
class Kept:
    """What is stored of an application."""

    name: str
    email: str | None
    born: str | None
    motivation: str | None
    state: ApplicationState


def stored(store: Store, school: int) -> dict[str, Kept]:
    """All applications by uid."""

    def look(session: DbSession) -> dict[str, Kept]:
        found = session.query(Application).filter_by(gathering_id=school).order_by("id")
        return {
            one.uid: Kept(
                one.person.display_name,
                one.person.email,
                one.person.born.isoformat() if one.person.born else None,
                one.motivation,
                one.state,
            )
            for one in found
        }

    return store.read(look)


def by_name(store: Store, school: int) -> dict[str, Kept]:
    """The applications by the name of their person, none of whom may be there twice."""
    found = list(stored(store, school).values())
    assert len({one.name for one in found}) == len(found)
    return {one.name: one for one in found}


# ---- the cases from the field


def test_a_namesake_who_is_sorted_in_takes_nobodys_place(file_store: Store, school: int) -> None:
    """A row above all others, one word of the name in common: nobody is overwritten."""
    head = ("Timestamp", "First name", "Family name", "E-mail", "Date of birth", "Country",
            "Motivation")  # fmt: skip
    ana = ("2027-05-01 10:00:00", "Ana", "Khan", "ana.khan@example.org", "1990-05-17",
           "Pakistan", "to learn")  # fmt: skip
    zara = ("2027-05-02 10:00:00", "Zara", "Malik", "zara@example.org", "1993-05-27",
            "Pakistan", "to meet")  # fmt: skip
    aisha = ("2027-05-03 10:00:00", "Aisha", "Khan", "aisha@example.org", "1999-09-29",
             "Pakistan", "to write")  # fmt: skip
    bring_in(file_store, school, sheet(file_store, head, [ana, zara], "g.csv"))
    accept_first(file_store, school)
    before = by_name(file_store, school)
    again = bring_in(file_store, school, sheet(file_store, head, [aisha, ana, zara], "g.csv"))
    assert [row.outcome for row in again.rows] == [Outcome.NEW, Outcome.SAME, Outcome.SAME]
    after = by_name(file_store, school)
    assert {name: after[name] for name in before} == before
    assert before["Ana Khan"].state is ApplicationState.ACCEPTED
    assert after["Aisha Khan"].state is ApplicationState.SUBMITTED
    third = plan(file_store, school, sheet(file_store, head, [ana, aisha, zara], "g.csv"))
    assert {row.outcome for row in third.rows} == {Outcome.SAME}


def test_a_second_form_that_counts_from_1_is_not_the_first(file_store: Store, school: int) -> None:
    """The same headings and numbers, other people: the numbers are another form's."""
    head = ("ID", "First name", "Family name", "E-mail", "Date of birth", "Motivation")
    english = [
        ("1", "Maria", "Lopez", "maria@example.org", "1990-05-17", "english form"),
        ("2", "Jan", "Smit", "jan@example.org", "1991-05-27", "english form"),
    ]
    french = [
        ("1", "Maria", "Silva", "silva@example.org", "1995-05-19", "second form"),
        ("2", "Piet", "Bos", "piet@example.org", "1991-06-27", "second form"),
    ]
    bring_in(file_store, school, sheet(file_store, head, english, "english.csv"))
    accept_first(file_store, school)
    before = by_name(file_store, school)
    again = bring_in(file_store, school, sheet(file_store, head, french, "french.csv"))
    assert [row.outcome for row in again.rows] == [Outcome.NEW, Outcome.NEW]
    after = by_name(file_store, school)
    assert {name: after[name] for name in before} == before
    assert set(after) == {"Maria Lopez", "Jan Smit", "Maria Silva", "Piet Bos"}


def test_a_corrected_row_is_known_wherever_it_stands(file_store: Store, school: int) -> None:
    """Without a number: the name and the birth date say whose new address and words it has."""
    bring_in(file_store, school, sheet(file_store, HEAD, [ANA, BO]))
    accept_first(file_store, school)
    ana = by_name(file_store, school)["Ana Ruiz"]
    better = ("Bo Dahl", "bo.new@example.org", "1991-05-27", "to meet people")
    (row,) = bring_in(file_store, school, sheet(file_store, HEAD, [better])).rows
    assert [(change.field, change.old, change.new) for change in row.changes] == [
        ("email", "bo@example.org", "bo.new@example.org"),
        ("motivation", "to meet", "to meet people"),
    ]
    assert row.whose is not None
    assert row.whose.name == "Bo Dahl"
    after = by_name(file_store, school)
    assert after["Ana Ruiz"] == ana
    assert (after["Bo Dahl"].email, after["Bo Dahl"].motivation) == (better[1], better[3])
    assert after["Bo Dahl"].state is ApplicationState.SUBMITTED


# ---- the rules


@pytest.mark.parametrize(
    ("name", "born", "email", "outcome"),
    [
        ("Ana Ruiz", "1990-05-17", "new@example.org", Outcome.CHANGED),
        ("RUIZ Ana", "1990-05-17", "ana@example.org", Outcome.CHANGED),
        ("Ana Ruiz Gil", "1990-05-17", "ana@example.org", Outcome.CHANGED),
        ("Anna Ruiz", "1990-05-17", "ana@example.org", Outcome.CHANGED),
        ("Ana Ruiz", "1990-05-18", "ana@example.org", Outcome.CHANGED),
        ("Ana Ruiz", "1971-08-09", "ana@example.org", Outcome.DUPLICATE),
        ("Berta Gómez", "1990-05-17", "ana@example.org", Outcome.DUPLICATE),
        ("Ana Ruiz", "1971-08-09", "other@example.org", Outcome.DUPLICATE),
        ("Ana Gómez", "1971-08-09", "gomez@example.org", Outcome.NEW),
        ("Berta Gómez", "1971-08-09", "berta@example.org", Outcome.NEW),
    ],
)
def test_a_number_is_not_enough(
    file_store: Store, school: int, name: str, born: str, email: str, outcome: Outcome
) -> None:
    """Number and name or address; a full name or a birth date that contradicts is asked about."""
    others = [("2", *BO), ("3", "Cai Lund", "cai@example.org", "1992-01-02", "to sing")]
    bring_in(file_store, school, sheet(file_store, NUMBERED, [("1", *ANA), *others]))
    before = by_name(file_store, school)
    row = ("1", name, email, born, "to see")
    again = bring_in(file_store, school, sheet(file_store, NUMBERED, [row, *others]))
    assert [one.outcome for one in again.rows] == [outcome, Outcome.SAME, Outcome.SAME]
    ana = next(iter(stored(file_store, school).values()))
    if outcome is Outcome.CHANGED:
        assert (ana.email, ana.born, ana.motivation) == (email, born, "to see")
    else:
        assert ana == before["Ana Ruiz"]


def test_a_name_alone_is_asked_about(file_store: Store, school: int) -> None:
    """A name, and nothing else to compare: it may be the one, and is a person of its own."""
    head = ("Full name", "Motivation")
    bring_in(file_store, school, sheet(file_store, head, [("Ana Ruiz", "to learn")]))
    (row,) = plan(file_store, school, sheet(file_store, head, [("Ana Ruiz", "to sing")])).rows
    assert (row.outcome, row.merged, row.application_id) == (Outcome.DUPLICATE, False, None)
    assert row.perhaps is not None
    assert (row.perhaps.name, row.perhaps.reasons) == ("Ana Ruiz", ("same_name",))


def test_the_moment_of_sending_is_a_mark_of_the_form(file_store: Store, school: int) -> None:
    """A name and the very second at which the form was sent are the form's own; a day is not."""
    head = ("Timestamp", "Full name", "Motivation")
    second = "2027-03-02 10:00:07"
    bring_in(file_store, school, sheet(file_store, head, [(second, "Ana Ruiz", "to learn")]))
    again = plan(file_store, school, sheet(file_store, head, [(second, "Ana Ruiz", "to sing")]))
    assert again.rows[0].outcome is Outcome.CHANGED
    other = plan(file_store, school, sheet(file_store, head, [(second, "Ben Ruiz", "to sing")]))
    assert other.rows[0].outcome is Outcome.NEW


def test_the_numbers_of_another_form_say_nothing(file_store: Store, school: int) -> None:
    """A namesake with a number that is another form's: the other numbers name other people."""
    head = ("ID", "Full name", "E-mail", "Motivation")
    first = [("1", *ANA[:2], "to learn"), ("2", *BO[:2], "to meet"),
             ("3", "Cai Lund", "cai@example.org", "to sing")]  # fmt: skip
    other = [("1", "Ana Ruiz", "ruiz@example.org", "to see"),
             ("2", "Dee Moss", "dee@example.org", "to see"),
             ("3", "Eli Park", "eli@example.org", "to see")]  # fmt: skip
    bring_in(file_store, school, sheet(file_store, head, first))
    again = plan(file_store, school, sheet(file_store, head, other))
    assert [row.outcome for row in again.rows] == [Outcome.DUPLICATE, Outcome.NEW, Outcome.NEW]


def test_another_spelling_needs_other_rows_that_agree(file_store: Store, school: int) -> None:
    """A twin at the other's number, with one mailbox: a row alone does not show its form."""
    bring_in(file_store, school, sheet(file_store, NUMBERED, [("1", *ANA)]))
    twin = ("1", "Ann Ruiz", *ANA[1:])
    (row,) = plan(file_store, school, sheet(file_store, NUMBERED, [twin])).rows
    assert row.outcome is Outcome.DUPLICATE


def test_what_may_be_either_of_two_is_asked(file_store: Store, school: int) -> None:
    """Namesakes with one mailbox: nobody can tell whose the new words are, in either direction."""
    head = ("Full name", "E-mail", "Motivation")
    one, two, three, four = (("Ana Ruiz", "ruiz@example.org", said) for said in "abcd")
    bring_in(file_store, school, sheet(file_store, head, [one, two]), apart=[2])
    for rows in ([three, four], [three]):
        again = plan(file_store, school, sheet(file_store, head, rows))
        assert {row.outcome for row in again.rows} == {Outcome.DUPLICATE}
        assert not any(row.application_id for row in again.rows)
    both = plan(file_store, school, sheet(file_store, head, [two, three, four]))
    assert [row.outcome for row in both.rows] == [Outcome.SAME, *[Outcome.DUPLICATE] * 2]


def asked(store: Store, school: int) -> ImportedSheet:
    """A sheet whose only row may be Ana's: number and mailbox agree, the name contradicts."""
    bring_in(store, school, sheet(store, NUMBERED, [("1", *ANA), ("2", *BO)]))
    berta = ("1", "Berta Gómez", "ana@example.org", "1971-08-09", "to see")
    return sheet(store, NUMBERED, [("2", *BO), berta])


def test_a_question_is_answered_by_same(file_store: Store, school: int) -> None:
    """Whoever says that it is the same person renews the application, and makes none."""
    given = asked(file_store, school)
    row = bring_in(file_store, school, given, joined=[2]).rows[1]
    assert row.outcome is Outcome.CHANGED
    assert {change.field for change in row.changes} == {"full_name", "born", "motivation"}
    assert set(by_name(file_store, school)) == {"Berta Gómez", "Bo Dahl"}


def test_a_question_is_answered_by_separate(file_store: Store, school: int) -> None:
    """Whoever says that they are two is not asked again, in no import and not among people."""
    given = asked(file_store, school)
    row = bring_in(file_store, school, given, apart=[2]).rows[1]
    assert row.outcome is Outcome.NEW
    assert set(by_name(file_store, school)) == {"Ana Ruiz", "Berta Gómez", "Bo Dahl"}
    assert {one.outcome for one in plan(file_store, school, given).rows} == {Outcome.SAME}
    assert file_store.read(alike_pairs) == []


def test_even_what_is_sure_can_be_refused(file_store: Store, school: int) -> None:
    """A row that the program takes for somebody's is new if somebody says so."""
    bring_in(file_store, school, sheet(file_store, HEAD, [ANA, BO]))
    given = sheet(file_store, HEAD, [(*ANA[:3], "to sing")])
    assert plan(file_store, school, given).rows[0].outcome is Outcome.CHANGED
    assert plan(file_store, school, given, apart=[1]).rows[0].outcome is Outcome.NEW


def test_one_row_never_claims_what_another_claims(file_store: Store, school: int) -> None:
    """Two rows of one person: one renews the application, the other is a second one."""
    bring_in(file_store, school, sheet(file_store, NUMBERED, [("1", *ANA), ("2", *BO)]))
    rows = [("1", *ANA[:3], "to sing"), ("2", *BO), ("7", *ANA[:3], "to dance")]
    again = bring_in(file_store, school, sheet(file_store, NUMBERED, rows))
    assert [row.outcome for row in again.rows] == [
        Outcome.CHANGED,
        Outcome.SAME,
        Outcome.DUPLICATE,
    ]
    claimed = [row.application_id for row in again.rows if row.application_id]
    assert len(set(claimed)) == len(claimed) == 2


def test_equal_rows_are_each_an_application(file_store: Store, school: int) -> None:
    """Somebody who sent the form twice has two rows then and has two rows now."""
    bring_in(file_store, school, sheet(file_store, HEAD, [ANA, ANA, BO]))
    again = plan(file_store, school, sheet(file_store, HEAD, [BO, ANA, ANA]))
    assert {row.outcome for row in again.rows} == {Outcome.SAME}
    assert len({row.application_id for row in again.rows}) == 3


def test_a_correction_reaches_the_live_application(file_store: Store, school: int) -> None:
    """Of somebody's two applications the one that was merged away is not the one renewed."""
    other = ("Ana Ruíz", "ana2@example.org", "1990-05-17", "once more")
    bring_in(file_store, school, sheet(file_store, HEAD, [other, ANA]), joined=[2])
    states = {one.motivation: one.state for one in stored(file_store, school).values()}
    assert states["to learn"] is ApplicationState.MERGED
    row = bring_in(file_store, school, sheet(file_store, HEAD, [(*ANA[:3], "to sing")])).rows[0]
    assert row.outcome is Outcome.CHANGED
    live = next(
        one for one in stored(file_store, school).values()
        if one.state is not ApplicationState.MERGED
    )  # fmt: skip
    assert live.motivation == "to sing"


def test_a_doubtful_cell_takes_nothings_place(file_store: Store, school: int) -> None:
    """A name that is a formula and a date that can be turned change nothing, and are shown."""
    bring_in(file_store, school, sheet(file_store, NUMBERED, [("1", *ANA), ("2", *BO)]))
    before = by_name(file_store, school)["Ana Ruiz"]
    odd = ("1", "=A1+Ana Ruiz", "ana@example.org", "03/04/1990", "to learn")
    given = sheet(file_store, NUMBERED, [odd, ("2", *BO)])
    row = bring_in(file_store, school, given, joined=[1]).rows[0]
    assert row.changed == ()
    assert {change.field: change.new for change in row.changes if change.field == "born"} == {
        "born": None
    }
    assert by_name(file_store, school)["Ana Ruiz"] == before


def test_an_empty_cell_takes_back_an_answer_and_nothing_of_a_person(
    file_store: Store, school: int
) -> None:
    """What the applicant no longer says is no longer asked for; an address stays an address."""
    bring_in(file_store, school, sheet(file_store, HEAD, [ANA, BO]))
    (row,) = bring_in(file_store, school, sheet(file_store, HEAD, [(ANA[0], "", ANA[2], "")])).rows
    assert [(change.field, change.new) for change in row.changes] == [("motivation", "")]
    after = by_name(file_store, school)["Ana Ruiz"]
    assert (after.email, after.motivation or "") == ("ana@example.org", "")


def test_E58_a_form_that_is_finished_later_is_no_draft_any_more(
    file_store: Store, school: int
) -> None:
    """The same form, left unfinished at first, is handed in at the moment that it says (E58)."""
    head = ("ID", "submitdate", *HEAD[:3])
    bring_in(file_store, school, sheet(file_store, head, [("1", "", *ANA[:3])]))
    assert by_name(file_store, school)["Ana Ruiz"].state is ApplicationState.DRAFT
    sent = "2027-03-02 09:00:00"
    bring_in(file_store, school, sheet(file_store, head, [("1", sent, *ANA[:3])]))
    assert by_name(file_store, school)["Ana Ruiz"].state is ApplicationState.SUBMITTED
    at = file_store.read(lambda s: s.query(Application).one().steps[-1].at)
    assert at.isoformat() == "2027-03-02T08:00:00+00:00"
    file_store.undo()
    assert by_name(file_store, school)["Ana Ruiz"].state is ApplicationState.DRAFT


def test_a_shorter_sheet_takes_no_cells_away(file_store: Store, school: int) -> None:
    """A list of some columns of the form renews these, and the whole form is known afterwards."""
    bring_in(file_store, school, sheet(file_store, HEAD, [ANA, BO]))
    short = sheet(file_store, HEAD[:3], [(ANA[0], "new@example.org", ANA[2])])
    (row,) = bring_in(file_store, school, short).rows
    assert row.changed == ("email",)
    raw = file_store.read(lambda s: s.query(Application).order_by("id").first().raw)  # type: ignore[union-attr]
    assert (raw["E-mail"], raw["Motivation"]) == ("new@example.org", "to learn")
    whole = sheet(file_store, HEAD, [(ANA[0], "new@example.org", *ANA[2:]), BO])
    assert {one.outcome for one in plan(file_store, school, whole).rows} == {Outcome.SAME}


def test_what_the_desk_corrected_is_not_what_the_form_said(file_store: Store, school: int) -> None:
    """A name that the desk has corrected is still known by its old spelling, and stays."""
    bring_in(file_store, school, sheet(file_store, HEAD, [ANA, BO]))

    def correct(session: DbSession) -> None:
        person = session.query(Application).order_by("id").first().person  # type: ignore[union-attr]
        person.display_name = "Ana Ruíz Gil"
        person.index_names()

    file_store.change("Correct", correct)
    (row,) = bring_in(file_store, school, sheet(file_store, HEAD, [(*ANA[:3], "to sing")])).rows
    assert row.changed == ("motivation",)
    assert "Ana Ruíz Gil" in by_name(file_store, school)


def test_a_known_person_of_another_birth_date_is_not_taken(file_store: Store, school: int) -> None:
    """Mother and daughter of one name and one mailbox stay two, whichever gathering it was."""
    bring_in(file_store, school, sheet(file_store, HEAD, [ANA]))
    next_year = file_store.change("Next", lambda s: b.gathering(s).id).value
    daughter = (ANA[0], ANA[1], "2012-08-09", "to come along")
    (row,) = bring_in(file_store, next_year, sheet(file_store, HEAD, [daughter])).rows
    assert (row.outcome, row.like) == (Outcome.NEW, "Ana Ruiz")
    assert by_name(file_store, school)["Ana Ruiz"].born == "1990-05-17"


def test_twins_with_long_names_are_two(file_store: Store, school: int) -> None:
    """Names that differ in a letter are not one name, however long they are."""
    twin = "María del Carmen Fernández de la Vega Sánchez"
    first = (twin, "family@example.org", "2001-02-03", "one")
    second = (twin.replace("María", "Mario"), "family@example.org", "2001-02-03", "two")
    bring_in(file_store, school, sheet(file_store, HEAD, [first]))
    (row,) = bring_in(file_store, school, sheet(file_store, HEAD, [second])).rows
    assert row.outcome is Outcome.DUPLICATE
    assert row.makes_person
    assert set(by_name(file_store, school)) == {first[0], second[0]}


def crowd(count: int) -> Rows:
    """Many people of few names, each with a number and an address."""
    return [
        (str(n), f"Given{n % 7} Family{n % 11}", f"p{n}@example.org", "1990-05-17", "to learn")
        for n in range(count)
    ]


def test_a_second_import_is_compared_with_few(
    file_store: Store, school: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However many were there before, a row that changed is compared with some of them only."""
    compared: list[int] = []
    real = evidence.agreement

    def counted(one: Described, other: Described) -> Agreement:
        compared.append(1)
        return real(one, other)

    monkeypatch.setattr(evidence, "agreement", counted)
    for count in (200, 800):
        bring_in(file_store, school, sheet(file_store, NUMBERED, crowd(count)))
        later = [(*row[:-1], "to sing") for row in crowd(count)]
        compared.clear()
        again = plan(file_store, school, sheet(file_store, NUMBERED, later))
        assert {row.outcome for row in again.rows} == {Outcome.CHANGED}
        assert len(compared) <= 30 * count


def test_comparing_and_planning_can_be_stopped(file_store: Store, school: int) -> None:
    """Whoever waits is asked now and then, before anything is stored as well."""
    bring_in(file_store, school, sheet(file_store, NUMBERED, crowd(1_200)))
    given = sheet(file_store, NUMBERED, [(*row[:-1], "to sing") for row in crowd(1_200)])
    for allowed in range(8):
        looks = itertools.count()

        def watch(looks: Iterator[int] = looks, allowed: int = allowed) -> None:
            if next(looks) == allowed:
                raise InterruptedError

        with pytest.raises(InterruptedError):
            file_store.read(
                lambda s, watch=watch: applications.plan_import(
                    s, gathering_id=school, sheet=given, watch=watch
                )
            )

    def stop() -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        find_pairs(given.rows, (), stop)


# ---- whatever is done to a sheet


@dataclass(frozen=True, slots=True)
class Somebody:
    """An applicant with a key that stands in the motivation and nowhere else."""

    key: int
    name: str
    email: str
    born: str
    version: int = 1

    @property
    def motivation(self) -> str:
        """Whose it is, and which wording."""
        return f"{self.key}: wording {self.version}"


NAMES = ("Ana Khan", "Aya Khan", "Ana Ruiz", "Zara Malik", "Khan Ana", "Jan Smit", "Jana Smit")
MAILBOXES = ("family", "smit", None, None, None)
DAYS = ("1990-05-17", "1990-05-17", "1991-05-17", "2004-02-29", "1971-08-09")


@st.composite
def crowds(draw: st.DrawFn) -> list[Somebody]:
    """People among whom are namesakes, twins with one mailbox, and families."""
    chosen = st.tuples(st.sampled_from(NAMES), st.sampled_from(MAILBOXES), st.sampled_from(DAYS))

    def is_who(each: tuple[str, str | None, str]) -> tuple[tuple[str, ...], str]:
        return tuple(sorted(each[0].split())), each[2]

    people = draw(st.lists(chosen, min_size=2, max_size=7, unique_by=is_who))
    return [
        Somebody(key, name, f"{box or f'p{key}'}@example.org", born)
        for key, (name, box, born) in enumerate(people)
    ]


@st.composite
def changed(draw: st.DrawFn, people: list[Somebody], there: int) -> list[Somebody]:
    """The sheet later: some rows deleted, some new, some corrected, in any order."""
    kept = [one for one in people[:there] if draw(st.integers(0, 3))]
    later = [
        replace(one, version=2, email=f"new{one.key}@example.org" if fresh else one.email)
        if (fresh := draw(st.sampled_from((None, False, True)))) is not None
        else one
        for one in kept
    ]
    return draw(st.permutations([*later, *people[there:]]))


FORMS = st.sampled_from(("numbered", "renumbered", "timed", "bare"))


def written(people: Sequence[Somebody], kind: str) -> tuple[Sequence[str], Rows]:
    """Headings and rows of a form that gives numbers, counts its lines, gives times, or nothing."""
    rows = [(one.name, one.email, one.born, one.motivation) for one in people]
    if kind == "bare":
        return HEAD, rows
    if kind == "timed":
        times = [f"2027-03-02 10:00:{one.key:02}" for one in people]
        return ("Timestamp", *HEAD), [(t, *row) for t, row in zip(times, rows, strict=True)]
    numbers = [one.key + 1 if kind == "numbered" else n for n, one in enumerate(people, 1)]
    return NUMBERED, [(str(n), *row) for n, row in zip(numbers, rows, strict=True)]


def check_sheets(
    store: Store, school: int, people: list[Somebody], kind: str, data: st.DataObject
) -> None:
    """Import a sheet, and the same sheet later; nobody may have another's application then."""
    there = data.draw(st.integers(1, len(people)))
    bring_in(store, school, sheet(store, *written(people[:there], kind)))
    first = stored(store, school)
    later = data.draw(changed(people, there))
    bring_in(store, school, sheet(store, *written(later, kind)))
    after = stored(store, school)
    for uid, was in first.items():
        now = after[uid]
        assert (now.name, now.born) == (was.name, was.born)
        assert str(now.motivation).split(":")[0] == str(was.motivation).split(":")[0]
    for one in later:
        assert any(
            (kept.name, kept.born, kept.motivation) == (one.name, one.born, one.motivation)
            for kept in after.values()
        ), one


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(crowds(), FORMS, st.data())
def test_whatever_happens_to_a_sheet_nobody_gets_anothers_application(
    file_store: Store, people: list[Somebody], kind: str, data: st.DataObject
) -> None:
    """Sorted, cut, lengthened and corrected: each application stays its person's, none is lost."""
    school = file_store.change("School", lambda s: b.gathering(s).id).value
    try:
        check_sheets(file_store, school, people, kind, data)
    finally:
        while file_store.read(lambda s: s.query(Gathering).count()):
            file_store.undo()
