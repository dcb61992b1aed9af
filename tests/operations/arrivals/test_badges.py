"""Badges: random codes, who has one, and what happens to a lost one."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from functools import partial

from schoolapp.domain.gatherings import Gathering
from schoolapp.domain.participation import Badge
from schoolapp.domain.people import Person
from schoolapp.domain.programme import Mode, SessionState
from schoolapp.domain.reports import KINDS, ReportFilter
from schoolapp.domain.scanning import LENGTH, LETTERS, read_code
from schoolapp.domain.scheduling import LineDraft
from schoolapp.domain.working import EngagementDraft
from schoolapp.operations.arrivals.badges import BadgeRow, badge_rows, give_badges, replace_badge
from schoolapp.operations.attendance import note_day
from schoolapp.operations.attendance.lists_and_badges import (
    Grouping,
    badge_faces,
    people_list,
    sign_in_by_day,
    sign_in_by_session,
)
from schoolapp.operations.people import editing
from schoolapp.operations.people.engagements import (
    engagements_of,
    remove_engagement,
    save_engagement,
)
from schoolapp.operations.reports.facts import facts_of
from schoolapp.storage.store import DbSession, Store
from tests import builders as b

Counting = Callable[[Store], AbstractContextManager[list[str]]]


def school(store: Store) -> int:
    """A school with two participants, and one who does not come."""

    def build(s: DbSession) -> int:
        at = b.gathering(s)
        ana = b.person(
            s, name="Ana Pérez", native_name="আনা", mother_tongue="es", languages=(("en", "B2"),)
        )
        bilal = b.person(s, name="Bilal Khan", languages=(("ur", "C1"), ("en", "B1")))
        for who in (ana, bilal):
            b.participation(s, who, at)
        b.cancelled(s, b.person(s), at)
        return at.id

    return store.change("Build", build).value


def rows(store: Store, key: int) -> list[BadgeRow]:
    """The badges of a school."""
    return store.read(lambda s: badge_rows(s, key))


def test_everybody_who_comes_gets_one_code_of_nothing_but_chance(
    store: Store, count_statements: Counting
) -> None:
    """S41: one step gives a badge to all who have none; no code holds a name or a number."""
    key = school(store)
    assert store.change("Give badges", lambda s: give_badges(s, key)).value == 2
    assert store.change("Give badges", lambda s: give_badges(s, key)).value == 0
    with count_statements(store) as sent:
        found = rows(store, key)
    assert len(sent) == 2
    assert [(one.name, one.native_name, one.languages, one.role) for one in found] == [
        ("Ana Pérez", "আনা", ("es", "en"), "participant"),
        ("Bilal Khan", "", ("ur", "en"), "participant"),
    ]
    assert all(len(one.code) == LENGTH and set(one.code) <= set(LETTERS) for one in found)
    assert found[0].code != found[1].code
    store.undo()
    assert rows(store, key) == []


def test_a_lost_badge_is_replaced(file_store: Store) -> None:
    """The new code is on the badge; the old one is kept as lost, so that a scan reports it."""
    key = school(file_store)
    file_store.change("Give badges", lambda s: give_badges(s, key))
    one = rows(file_store, key)[0]
    code = file_store.change(
        "Replace", lambda s: replace_badge(s, participation_id=one.participation_id)
    ).value
    assert code != one.code
    assert rows(file_store, key)[0].code == code
    lost = file_store.read(
        lambda s: s.query(Badge.code).filter(Badge.lost_at.is_not(None)).scalar()
    )
    assert lost == one.code


def test_a_scanner_with_caps_lock_off_is_read_too() -> None:
    """Case and a pause of the scanner do not matter; a name is never taken for a code."""
    code = LETTERS[:LENGTH]
    assert read_code(f" {code.lower()} ") == code
    assert read_code("Ana") is None
    assert read_code("A" * LENGTH) is None


def test_E61_an_alias_is_all_that_is_seen(file_store: Store, count_statements: Counting) -> None:
    """E61: on badges, lists, sheets and reports is the chosen name; no other, in any script."""
    key = school(file_store)

    def hide(s: DbSession) -> None:
        ana = s.query(Person).filter_by(display_name="Ana Pérez").one()
        draft = editing.draft_of(s, person_id=ana.id)
        draft = replace(draft, badge_name="Zoe", passport_name="PEREZ ANA")
        editing.save_person(s, draft=draft)

    file_store.change("Hide", hide)
    file_store.change("Give badges", lambda s: give_badges(s, key))
    assert [(one.name, one.native_name) for one in rows(file_store, key)] == [
        ("Bilal Khan", ""), ("Zoe", ""),
    ]  # fmt: skip
    kinds: tuple[Grouping, ...] = ("door", "language_group", "delegation")
    shown: list[object] = [
        file_store.read(partial(people_list, gathering_id=key, by=kind)) for kind in kinds
    ]
    shown += [
        file_store.read(partial(sign_in_by_day, gathering_id=key)),
        file_store.read(partial(sign_in_by_session, gathering_id=key)),
        file_store.read(partial(badge_faces, gathering_id=key)),
    ]
    note = partial(note_day, gathering_id=key, date=b.START, on_site=True)
    here = [row.participation_id for row in rows(file_store, key)]
    file_store.change("List", lambda s: note(s, participation_ids=here))
    for kind in KINDS:
        only, details = ReportFilter(), False
        shown.append(
            file_store.read(
                partial(facts_of, gathering_id=key, kind=kind, only=only, details=details)
            )
        )
    reported = [str(one) for one in shown]
    assert not any(name in one for one in reported for name in ("Ana", "Pérez", "আনা", "PEREZ"))
    assert all("Zoe" in one for one in reported[:4])
    with count_statements(file_store) as sent:
        file_store.read(partial(badge_faces, gathering_id=key))
    assert len(sent) == 3


def test_who_works_there_has_a_badge_too(file_store: Store) -> None:
    """Speakers, interpreters and staff who do not take part: a name, and no code for a register."""
    key = school(file_store)

    def staff(s: DbSession) -> None:
        at = s.get_one(Gathering, key)
        cook, speaker, gone, helper = (
            b.person(s, name=name) for name in ("Cook", "Speaker", "Gone", "Helper")
        )
        bilal = s.query(Person).filter_by(display_name="Bilal Khan").one()
        line = LineDraft(source="en", target="fr", mode=Mode.BOOTH, interpreters=(helper.id,))
        b.session(s, at, speakers=(speaker, bilal), interpretation=(line,))
        b.session(s, at, speakers=(gone,), state=SessionState.CANCELLED)
        (work,) = engagements_of(s, person_id=gone.id, gathering_id=key)
        remove_engagement(s, engagement_id=work.id, version=work.version)
        for who, role in ((cook, "cook"), (bilal, "door")):
            work = EngagementDraft(gathering_id=key, people=(who.id,), list_name="staff", role=role)
            save_engagement(s, work)

    file_store.change("Staff", staff)
    file_store.change("Give badges", lambda s: give_badges(s, key))
    found = {one.name: one for one in rows(file_store, key)}
    assert set(found) == {"Ana Pérez", "Bilal Khan", "Cook", "Speaker", "Helper"}
    assert {name for name, one in found.items() if not one.code} == {"Cook", "Speaker", "Helper"}
    assert found["Cook"].role == "cook"
