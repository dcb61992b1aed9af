"""Tests of minors: age on two dates, papers, the adult on site, the ratio, the practice camp."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from schoolapp.domain.gatherings import Gathering
from schoolapp.domain.minors import AdultProblem, Paper, comes_of_age, ratio
from schoolapp.domain.participation import Participation
from schoolapp.domain.rules import RuleBroken
from schoolapp.operations import minors
from schoolapp.operations.minors import MinorRow, MinorRules, PapersDraft
from schoolapp.storage.engine import make_engine
from schoolapp.storage.store import DbSession, Store
from tests import builders as b

START = dt.date(2027, 7, 24)
KEY = 1  # of the only gathering
LEAVES = (
    dt.datetime.combine(START, dt.time(8)),
    dt.datetime.combine(dt.date(2027, 7, 27), dt.time(20)),
)
PEOPLE: tuple[tuple[str, dt.date, dict[str, Any]], ...] = (
    ("Adult", dt.date(1990, 1, 1), {}),
    ("Leaver", dt.date(1990, 1, 1), {"stay": LEAVES}),
    ("Day Three", dt.date(2009, 7, 26), {}),
    ("Young", dt.date(2011, 3, 4), {}),
    ("Just Adult", dt.date(2009, 7, 24), {}),
)


@pytest.fixture
def camp(file_store: Store) -> Store:
    """A camp of seven days with adults and minors; nobody has papers."""

    def make(session: DbSession) -> None:
        gathering = b.gathering(session, start=START, days=7)
        for name, born, more in PEOPLE:
            b.participation(session, b.person(session, name=name, born=born), gathering, **more)

    file_store.change("Make a camp", make)
    return file_store


def rows(store: Store) -> dict[str, MinorRow]:
    """The minors by name."""
    return {row.name: row for row in store.read(_minors).rows}


def _minors(session: DbSession) -> minors.MinorList:
    return minors.minors_of(session, gathering_id=KEY)


def draft_of(store: Store, name: str) -> PapersDraft:
    """The papers of somebody."""
    key = rows(store)[name].id
    return store.read(lambda s: minors.papers_draft(s, participation_id=key))


def save(store: Store, name: str, **fields: Any) -> None:
    """Note something about a minor."""
    from dataclasses import replace

    draft = replace(draft_of(store, name), **fields)
    store.change("Papers", lambda s: minors.save_papers(s, draft=draft))


def test_who_turns_eighteen_on_the_third_day_is_a_minor(camp: Store, count_statements: Any) -> None:
    """E09, S22: the age on arrival decides; the day of coming of age is shown; three statements."""
    with count_statements(camp) as sent:
        found = camp.read(_minors)
    assert len(sent) == 3
    assert [row.name for row in found.rows] == ["Day Three", "Young"]
    row = found.rows[0]
    assert (row.age, row.age_on_arrival, row.of_age_on) == (17, 17, dt.date(2027, 7, 26))
    assert found.rows[1].of_age_on is None
    assert comes_of_age(dt.date(2008, 2, 29)) == dt.date(2026, 3, 1)
    assert comes_of_age(None) is None


def test_ages_count_on_the_reference_date_of_the_gathering(camp: Store) -> None:
    """A camp may count ages on another day; a minor on arrival stays one."""
    rules = MinorRules(
        gathering_id=KEY, papers=(Paper.CONSENT,), reference_date=dt.date(2027, 12, 31)
    )
    camp.change("Rules", lambda s: minors.save_rules(s, rules=rules))
    row = rows(camp)["Day Three"]
    assert (row.age, row.age_on_arrival) == (18, 17)


def test_a_checklist_says_what_is_missing(camp: Store) -> None:
    """Consent is required unless a gathering says otherwise; it may require more."""
    assert rows(camp)["Young"].missing == (Paper.CONSENT,)
    asked = (Paper.BIRTH_CERTIFICATE, Paper.CONSENT)
    rules = MinorRules(gathering_id=KEY, papers=asked, minors_per_adult=1)
    camp.change("Rules", lambda s: minors.save_rules(s, rules=rules))
    save(camp, "Young", papers=(Paper.CONSENT,))
    found = camp.read(_minors)
    assert found.asked == (Paper.CONSENT, Paper.BIRTH_CERTIFICATE)
    assert rows(camp)["Young"].missing == (Paper.BIRTH_CERTIFICATE,)
    assert found.without_consent == 1
    save(camp, "Young", papers=asked)
    assert draft_of(camp, "Young").papers == (Paper.CONSENT, Paper.BIRTH_CERTIFICATE)
    save(camp, "Young", papers=())
    assert rows(camp)["Young"].missing == (Paper.CONSENT, Paper.BIRTH_CERTIFICATE)
    camp.undo()
    assert rows(camp)["Young"].missing == ()
    for wrong in (MinorRules(gathering_id=KEY, papers=()),
                  MinorRules(gathering_id=KEY, papers=asked, minors_per_adult=0)):  # fmt: skip
        with pytest.raises(RuleBroken):
            camp.change("Wrong", lambda s, wrong=wrong: minors.save_rules(s, rules=wrong))


def person(store: Store, name: str) -> int:
    """The key of somebody who takes part."""

    def find(session: DbSession) -> int:
        return next(
            p.person_id for p in session.query(Participation) if p.person.display_name == name
        )

    return store.read(find)


@pytest.mark.parametrize(
    ("adult", "adult_problem"),
    [
        ("Adult", None),
        ("Leaver", AdultProblem.ADULT_LEAVES),
        ("Just Adult", None),
        (None, AdultProblem.ADULT),
    ],
)
def test_the_adult_is_there_every_night(
    camp: Store, adult: str | None, adult_problem: AdultProblem | None
) -> None:
    """An adult who takes part, from the minor's first night to the last."""
    if adult is not None:
        save(camp, "Young", guardian_id=person(camp, adult))
    row = rows(camp)["Young"]
    assert row.adult_problem == adult_problem
    assert row.adult == (adult or "")


def test_the_adult_need_not_stay_after_the_birthday(camp: Store) -> None:
    """E09: from the night after coming of age nobody answers for them."""
    save(camp, "Day Three", guardian_id=person(camp, "Leaver"))
    assert rows(camp)["Day Three"].adult_problem is None


@pytest.mark.parametrize("who", ["Young", "Day Three", "Stranger"])
def test_a_minor_or_a_stranger_cannot_answer(camp: Store, who: str) -> None:
    """Not the minor, not another minor, not somebody who does not take part."""
    if who == "Stranger":
        key = camp.change("x", lambda s: b.person(s, name=who).id).value
    else:
        key = person(camp, who)
    with pytest.raises(RuleBroken, match="cannot answer"):
        save(camp, "Young", guardian_id=key)
    assert who not in [
        name for _k, name in camp.read(lambda s: minors.adults_of(s, gathering_id=KEY))
    ]


def test_the_parent_abroad_is_noted(camp: Store) -> None:
    """The guardian at home with contact, day of signing and what they allow; then complete."""
    reported = {"parent_contact": "+31 20 000 00 00", "signed_on": dt.date(2027, 6, 1)}
    with pytest.raises(RuleBroken, match="name of the parent"):
        save(camp, "Young", **reported)
    save(camp, "Young", parent_name="Ada", allows="swimming", papers=(Paper.CONSENT,),
         guardian_id=person(camp, "Adult"), **reported)  # fmt: skip
    row = rows(camp)["Young"]
    assert (row.parent, row.missing, row.adult_problem) == ("Ada", (), None)
    draft = draft_of(camp, "Young")
    assert (draft.parent_contact, draft.allows) == ("+31 20 000 00 00", "swimming")
    save(camp, "Young", parent_name="", parent_contact="", signed_on=None, allows="")
    assert rows(camp)["Young"].parent == ""


def test_the_ratio_warns_with_numbers() -> None:
    """Adults for ten minors, and every adult who answers for too many."""
    found = ratio([1] * 11 + [2, None], 10)
    assert (found.minors, found.adults, found.per_ten) == (13, 2, 1.5)
    assert found.overloaded == ((1, 11),)
    assert ratio([], 10).per_ten is None


def test_the_practice_camp_has_29_minors_8_without_consent(practice_file: Path) -> None:
    """S22: 29 minors, 8 without consent; P0468, 16, is named as their own guardian."""
    store = Store(make_engine(practice_file))

    def read(session: DbSession) -> minors.MinorList:
        key = session.query(Gathering.id).filter_by(code="camp2027").scalar()
        return minors.minors_of(session, gathering_id=key)

    found = store.read(read)
    store.close()
    assert (len(found.rows), found.without_consent) == (29, 8)
    wrong = {
        row.delegation: row.adult_problem
        for row in found.rows
        if row.adult_problem is AdultProblem.ADULT_IS_SELF
    }
    assert wrong == {"Philippines": AdultProblem.ADULT_IS_SELF}
    assert found.ratio.minors == 29
