"""Certificates: who earns one, what it says, and that anybody can check it."""

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from schoolapp.base import clock
from schoolapp.domain.attendance import AttendanceState
from schoolapp.domain.certificates import CertificateRule, Waiting, attested
from schoolapp.domain.gatherings import Gathering
from schoolapp.domain.people import Person
from schoolapp.domain.programme import SessionKind
from schoolapp.domain.rules import RuleBroken
from schoolapp.exchange.papers.signatures import checked_by_any
from schoolapp.operations import certificates
from schoolapp.operations.certificates import Earning, IssuedCertificate
from schoolapp.storage.opening import open_store
from schoolapp.storage.store import Store
from schoolapp.storage.troubles import StepIsFinal
from tests.operations.attendance.own_school import OwnSchool, on

AFTER = dt.datetime(2027, 12, 1, tzinfo=dt.UTC)
"""When all practice schools are over."""


@pytest.fixture
def practice(practice_file: Path) -> Iterator[Store]:
    """The practice schools in a plain file, after their end."""
    made = open_store(practice_file)
    with clock.at(AFTER):
        yield made
    made.close()


def school(store: Store) -> int:
    return store.read(lambda s: s.query(Gathering).filter_by(code="gjs2027").one().id)


def uid_of(store: Store, code: str) -> str:
    return store.read(lambda s: s.query(Person).filter_by(code=code).one().uid)


def earning(store: Store, code: str, rule: CertificateRule | None = None) -> Earning:
    key, uid = school(store), uid_of(store, code)
    found = store.read(lambda s: certificates.earnings(s, gathering_id=key, rule=rule))
    return next(one for one in found if one.person.uid == uid)


def issue(store: Store) -> int:
    key = school(store)
    return store.change(
        "Issue", lambda s: certificates.issue_certificates(s, gathering_id=key), final=True
    ).value


def issued(store: Store) -> list[IssuedCertificate]:
    key = school(store)
    return store.read(lambda s: certificates.issued(s, gathering_id=key))


def test_own_dates_and_hours(practice: Store) -> None:
    """P08: P0046, who attended modules 2 and 3: 54.3 of 57.5 hours, 34 sessions, own dates."""
    one = earning(practice, "P0046")
    assert (one.minutes / 60, one.minutes_possible / 60, one.sessions) == (54.3, 57.5, 34)
    issue(practice)
    reported = next(
        attested(c.signed.rpartition("\n")[0])
        for c in issued(practice)
        if c.person_uid == one.person.uid
    )
    assert (reported.minutes, reported.minutes_possible, reported.sessions) == (3258, 3450, 34)
    assert (reported.first_day, reported.last_day) == tuple(
        moment.date() for moment in (one.person.stays[0][0], one.person.stays[-1][1])
    )


def test_the_rule_counts_core_sessions_of_the_own_stay(practice: Store) -> None:
    """80 % of the core sessions; a stricter rule or other kinds give others."""
    assert earning(practice, "P0046").earned
    strict = earning(practice, "P0046", CertificateRule(100))
    assert strict.earned == (strict.attended == strict.core)
    lectures = earning(practice, "P0046", CertificateRule(kinds=frozenset({SessionKind.LECTURE})))
    assert 0 < lectures.core < strict.core <= lectures.sessions
    assert not CertificateRule().earned(0, 0)
    assert CertificateRule().earned(8, 10)
    assert not CertificateRule().earned(79, 100)
    for percent in (0, 101):
        with pytest.raises(RuleBroken):
            CertificateRule(percent)


def test_a_number_is_never_given_again(practice: Store) -> None:
    """A second run gives nothing, undo is refused, other gatherings count on."""
    assert issue(practice) == 25
    assert issue(practice) == 0
    numbers = [attested(c.signed.rpartition("\n")[0]).number for c in issued(practice)]
    assert numbers == list(range(1, 26))
    with pytest.raises(StepIsFinal):
        practice.undo(practice.read(lambda s: _last_step(s)))
    other = practice.read(lambda s: s.query(Gathering).filter_by(code="eco2027").one().id)
    practice.change(
        "Issue", lambda s: certificates.issue_certificates(s, gathering_id=other), final=True
    )
    found = practice.read(lambda s: certificates.issued(s, gathering_id=other))
    assert attested(found[0].signed.rpartition("\n")[0]).number == 26


def _last_step(session: object) -> int:
    from sqlalchemy import func, select

    from schoolapp.storage.tables import journal_step

    return session.scalar(select(func.max(journal_step.c.id)))  # type: ignore[attr-defined,no-any-return]


def test_everybody_can_check_it_and_nobody_can_change_it(practice: Store) -> None:
    """The public key is enough; one changed letter, or another key, is refused."""
    issue(practice)
    keys = practice.read(certificates.public_keys)
    for one in issued(practice):
        assert attested(checked_by_any(one.signed, keys))
        changed = one.signed.replace(" sessions", "0 sessions")
        with pytest.raises(RuleBroken, match="not genuine"):
            checked_by_any(changed, keys)
    with pytest.raises(RuleBroken, match="not genuine"):
        checked_by_any(one.signed, ["AAAA", "A" * 43 + "="])
    with pytest.raises(RuleBroken, match="no public key"):
        checked_by_any(one.signed, [])
    for text in ("", "a\nb", one.signed):
        with pytest.raises(RuleBroken, match="not the text"):
            attested(text)


def test_the_language_is_the_participants(practice: Store) -> None:
    """The mother tongue where we have words in it, else the language group, else English."""
    issue(practice)
    languages = {c.language for c in issued(practice)}
    assert languages == {"en", "fr", "es", "nl", "fil", "ur"}


def test_the_view_takes_three_statements(
    practice: Store, count_statements: Callable[[Store], AbstractContextManager[list[str]]]
) -> None:
    """Who has earned one, with the numbers given: three statements, certificates or not."""
    assert earning(practice, "P0046").number is None
    issue(practice)
    key = school(practice)
    with count_statements(practice) as sent:
        found = practice.read(lambda s: certificates.earnings(s, gathering_id=key))
    assert len(sent) == 3
    numbers = {one.person.uid: one.number for one in found if one.number is not None}
    assert numbers == {one.person_uid: one.number for one in issued(practice)}


def test_a_certificate_is_given_after_what_it_certifies(practice: Store) -> None:
    """While nobody's stay is over there is a sentence that says when the first one ends."""
    for moment in (
        dt.datetime(2026, 12, 1, tzinfo=dt.UTC),
        dt.datetime(2027, 10, 24, tzinfo=dt.UTC),
    ):
        with clock.at(moment), pytest.raises(RuleBroken, match="given afterwards"):
            issue(practice)
    assert issued(practice) == []
    assert practice.read(certificates.public_keys) == []
    with clock.at(dt.datetime(2027, 11, 13, 23, tzinfo=dt.UTC)):
        assert issue(practice) == 25


def own_school(store: Store) -> OwnSchool:
    """A school of five days in which everybody came to the sessions of the first three."""
    school = OwnSchool(store, sessions=(1, 2, 3))
    for name in school.people:
        school.check_in(1, name)
    for day in (1, 2, 3):
        school.mark(day, AttendanceState.PRESENT)
    return school


def test_registers_are_closed_first(store: Store) -> None:
    """An open register can change, so a certificate waits until it is closed or lost."""
    school = own_school(store)
    with clock.at(on(9)):
        with pytest.raises(RuleBroken, match="Registers are still open"):
            school.issue()
        school.lose(2)
        assert school.close_all() == 2
        with pytest.raises(RuleBroken, match="open register"):
            school.close_all()
        assert school.issue() == 3


def test_the_registers_of_coming_sessions_stay_open(store: Store) -> None:
    """Closing all closes those of sessions that are over: the others are still to be taken."""
    school = own_school(store)
    with clock.at(on(2)):
        assert school.close_all() == 2


def test_whose_stay_is_over_need_not_wait_for_the_end(store: Store) -> None:
    """Somebody who checked out early has a certificate of the days that there were; the others
    wait, and their list says for what."""
    school = own_school(store)
    school.check_out(4, "Ana Pérez")
    with clock.at(on(4)):
        school.close_all()
        found = store.read(lambda s: certificates.earnings(s, gathering_id=school.key))
        assert {one.person.name: one.waits for one in found} == {
            "Ana Pérez": None, "Bilal Khan": Waiting.STAY, "Chiara Rossi": Waiting.STAY,
        }  # fmt: skip
        assert school.issue() == 1
        (given,) = store.read(lambda s: certificates.issued(s, gathering_id=school.key))
        said = attested(given.signed.rpartition("\n")[0])
        assert (said.name, said.last_day) == ("Ana Pérez", on(4).date())
        assert school.issue() == 0
