"""Editions, reading lists and what is missing in them."""

from dataclasses import replace
from typing import Any

import pytest

from schoolapp.domain.programme import SessionKind
from schoolapp.domain.readings import Edition, EditionDraft, ReadingState, Rights, Work
from schoolapp.domain.rules import RuleBroken
from schoolapp.operations import readings
from schoolapp.storage.store import Store
from tests import builders as b


def draft(title: str = "Capital", lang: str = "en", **fields: Any) -> EditionDraft:
    return EditionDraft(**{"author": "Karl Marx", "title": title, "lang": lang, **fields})


def save(store: Store, wanted: EditionDraft) -> int:
    return store.change("Save", lambda s: readings.save_edition(s, wanted)).value


def lecture(store: Store, **fields: Any) -> tuple[int, int]:
    """The keys of a school in English and French and of a lecture in it."""

    def fill(session: Any) -> tuple[int, int]:
        at = b.gathering(session, title="School", other_titles=(("fr", "École"),))
        return at.id, b.session(session, at, **fields).id

    return store.change("Fill", fill).value


def test_editions_of_one_work_know_each_other(store: Store) -> None:
    """A second language of a work is one more edition of it; codes are never taken twice."""
    first = save(store, draft())
    work = store.read(lambda s: readings.draft_of(s, first)).work_id
    second = save(store, draft("راس المال", "ur", work_id=work))
    rows = store.read(lambda s: readings.edition_rows(s, [first, second]))
    assert (rows[first].code, rows[second].code) == ("R001", "R002")
    assert (rows[first].also_in, rows[second].also_in) == (("ur",), ("en",))
    assert rows[second].direction == "rtl"
    assert save(store, draft(year=1867, id=first, version=1, work_id=work)) == first
    assert store.read(lambda s: readings.edition_rows(s, [first]))[first].year == 1867


@pytest.mark.parametrize(
    ("broken", "words"),
    [
        (draft(author=" "), "who wrote"),
        (draft(title=""), "title"),
        (draft(lang="-"), "language"),
        (draft(web_address="javascript:x"), "web address"),
    ],
)
def test_an_edition_needs_author_title_and_language(
    file_store: Store, broken: EditionDraft, words: str
) -> None:
    """What is wrong is reported, and nothing is saved."""
    with pytest.raises(RuleBroken, match=words):
        save(file_store, broken)
    assert file_store.read(lambda s: readings.edition_ids(s, readings.EditionView())) == []


def test_a_reading_list_is_kept_in_order_and_shows_its_gap(store: Store) -> None:
    """The gap of a lecture is the working languages without a text, after every change (S18)."""
    gathering, slot = lecture(store, kind=SessionKind.LECTURE)
    english, french = save(store, draft()), save(store, draft("Le Capital", "fr"))

    def missing() -> tuple[str, ...] | None:
        rows = store.read(lambda s: readings.gaps(s, gathering_id=gathering))
        return rows[0].missing if rows else None

    assert missing() is None
    for key in (english, french):
        store.change("Add", lambda s, key=key: readings.assign(s, session_id=slot, edition_id=key))
    assert missing() == ()
    with pytest.raises(RuleBroken, match="already"):
        store.change("x", lambda s: readings.assign(s, session_id=slot, edition_id=french))
    entry = store.read(lambda s: readings.entry_draft(s, session_id=slot, edition_id=english))
    assert (entry.place, entry.required) == (1, True)
    last = replace(entry, place=9, required=False)
    store.change("Last", lambda s: readings.change_entry(s, last))
    listed = store.read(lambda s: readings.session_readings(s, slot))
    assert [(one.edition_id, one.order, one.required) for one in listed] == [
        (french, 1, True),
        (english, 2, False),
    ]
    assert [(one.author, one.title, one.lang) for one in listed] == [
        ("Karl Marx", "Le Capital", "fr"),
        ("Karl Marx", "Capital", "en"),
    ]
    version = store.read(lambda s: readings.draft_of(s, french)).version
    with pytest.raises(RuleBroken, match="still on the list"):
        store.change(
            "x", lambda s: readings.remove_edition(s, edition_id=french, version=version or 0)
        )
    store.change("Off", lambda s: readings.unassign(s, session_id=slot, edition_id=french))
    assert missing() == ("fr",)
    (left,) = store.read(lambda s: readings.session_readings(s, slot))
    assert (left.edition_id, left.order) == (english, 1)
    store.undo()
    assert missing() == ()


def test_another_language_of_an_edition_renews_the_gaps(store: Store) -> None:
    """Correcting the language of a text changes what its sessions are missing."""
    gathering, slot = lecture(store)
    key = save(store, draft())
    store.change("Add", lambda s: readings.assign(s, session_id=slot, edition_id=key))
    before = store.read(lambda s: readings.draft_of(s, key))
    save(store, replace(before, lang="fr"))
    assert store.read(lambda s: readings.gaps(s, gathering_id=gathering))[0].missing == ("en",)


def test_no_copy_of_a_text_in_copyright_leaves(store: Store) -> None:
    """It may be listed; clearing, printing and sending are refused with the reason (S19)."""
    _gathering, slot = lecture(store)
    key = save(store, draft(rights=Rights.COPYRIGHT))

    def step(name: str) -> ReadingState:
        return store.change(
            "Step", lambda s: readings.take_step(s, edition_id=key, step=name)
        ).value

    step("found")
    step("check_rights")
    with pytest.raises(RuleBroken, match="copyright"):
        step("clear")
    assert step("refuse") is ReadingState.REFERENCE_ONLY
    store.change("List", lambda s: readings.assign(s, session_id=slot, edition_id=key))
    assert step("attach") is ReadingState.ASSIGNED
    for name in ("print", "send"):
        with pytest.raises(RuleBroken, match="copyright"):
            step(name)


def test_a_ready_text_is_attached_and_set_free_again(store: Store) -> None:
    """Listing a ready text assigns it; off the last list it is ready again."""
    _gathering, slot = lecture(store)
    key = save(store, draft(rights=Rights.OPEN))
    for name in ("found", "check_rights", "clear"):
        store.change("Step", lambda s, n=name: readings.take_step(s, edition_id=key, step=n))

    def state() -> ReadingState:
        return store.read(lambda s: readings.edition_rows(s, [key]))[key].state

    store.change("Add", lambda s: readings.assign(s, session_id=slot, edition_id=key))
    assert state() is ReadingState.ASSIGNED
    store.change("Off", lambda s: readings.unassign(s, session_id=slot, edition_id=key))
    assert state() is ReadingState.READY


def test_the_last_edition_takes_its_work_along(store: Store) -> None:
    """A work without an edition is not kept."""
    key = save(store, draft())
    store.change("Remove", lambda s: readings.remove_edition(s, edition_id=key, version=1))
    assert store.read(lambda s: (s.get(Edition, key), s.get(Work, 1))) == (None, None)


def test_lists_search_filter_sort_and_count(store: Store, count_statements: Any) -> None:
    """Words are found whatever their accents; rows take three statements."""
    gathering, slot = lecture(store)
    keys = [
        save(store, draft("Introducción", "es", author="Ana Pérez", rights=Rights.OPEN)),
        save(store, draft("Capital", "en", year=1867)),
        save(store, draft("Accumulation", "en", author="Rosa Luxemburg", year=1913)),
    ]
    store.change("Add", lambda s: readings.assign(s, session_id=slot, edition_id=keys[1]))

    def ids(**fields: Any) -> list[int]:
        return store.read(lambda s: readings.edition_ids(s, readings.EditionView(**fields)))

    assert ids() == [keys[0], keys[1], keys[2]]
    assert ids(sort="year", descending=True) == [keys[2], keys[1], keys[0]]
    assert ids(search="perez introduccion") == [keys[0]]
    assert ids(languages=("en",), sort="title") == [keys[2], keys[1]]
    assert ids(rights=(Rights.OPEN,)) == [keys[0]]
    assert ids(states=(ReadingState.READY,)) == []
    assert ids(gathering_id=gathering, assigned_only=True) == [keys[1]]
    with count_statements(store) as sent:
        rows = store.read(lambda s: readings.edition_rows(s, keys, gathering_id=gathering))
    assert len(sent) == 2
    assert [rows[key].sessions for key in keys] == [0, 1, 0]


def test_the_exported_list_leaves_out_cancelled_sessions(store: Store) -> None:
    """The list holds titles in the language in use, texts in order and what is missing."""
    gathering, slot = lecture(store)
    key = save(store, draft(rights=Rights.PUBLIC_DOMAIN, web_address="https://example.org/c"))
    store.change("Add", lambda s: readings.assign(s, session_id=slot, edition_id=key))
    made = store.read(lambda s: readings.reading_list(s, gathering_id=gathering))
    (one,) = made.sessions
    assert (made.gathering, one.missing) == ("School", ("fr",))
    assert [(item.author, item.rights, item.link) for item in one.items] == [
        ("Karl Marx", "pd", "https://example.org/c")
    ]

    def cancel(session: Any) -> None:
        from schoolapp.operations import programme

        programme.take_step(session, session_id=slot, step="drop")

    store.change("Cancel", cancel)
    assert store.read(lambda s: readings.reading_list(s, gathering_id=gathering)).sessions == ()
