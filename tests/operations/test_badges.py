"""Badges: random codes, who has one, and what happens to a lost one."""

from collections.abc import Callable
from contextlib import AbstractContextManager

from schoolapp.domain.badges import LENGTH, LETTERS, read_code
from schoolapp.domain.participation import Badge
from schoolapp.operations.attendance.badges import BadgeRow, badge_rows, give_badges, replace_badge
from schoolapp.storage.store import DbSession, Store
from tests import builders as b

Counting = Callable[[Store], AbstractContextManager[list[str]]]


def school(store: Store) -> int:
    """A school with two participants, and one who does not come."""

    def build(s: DbSession) -> int:
        at = b.gathering()
        ana = b.person(
            name="Ana Pérez", native_name="আনা", mother_tongue="es", languages=(("en", "B2"),)
        )
        others = [b.person(name="Bilal Khan", languages=(("ur", "C1"), ("en", "B1"))), b.person()]
        s.add_all([at, ana, *others])
        s.flush()
        s.add_all([b.participation(who, at) for who in (ana, others[0])])
        s.add(b.participation(others[1], at, state="cancelled"))
        s.flush()
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
    """The new code stands on the badge; the old one is kept as lost, so that a finder is told."""
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
