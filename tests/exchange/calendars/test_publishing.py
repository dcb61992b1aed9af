"""Whole calendar files: the programme, personal files and their folder."""

import datetime as dt
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar

from schoolapp.base.language import PSEUDO_LONG, RECIPIENT_LANGUAGES, in_language
from schoolapp.exchange.calendars import (
    CalendarGathering,
    CalendarGroup,
    CalendarPerson,
    CalendarReading,
    Calendars,
    CalendarSession,
    export_calendars,
    export_person,
    export_programme,
)
from schoolapp.exchange.calendars.wording import description, kind_name

Make = Callable[..., CalendarSession]
MakePerson = Callable[..., CalendarPerson]
Check = Callable[[bytes], bytes]
HOUR = dt.timedelta(hours=1)


def reading(lang: str, *, required: bool = True, order: int = 1, author: str = "Marx") -> Any:
    return CalendarReading(
        author=author, title=f"Text {order}", lang=lang, required=required, order=order
    )


@pytest.fixture
def sessions(session_with: Make) -> list[CalendarSession]:
    """Three sessions in two zones, out of order, the second cancelled."""
    first = dt.datetime(2027, 10, 23, 15)  # noqa: DTZ001
    return [
        session_with(
            uid=f"s{n}@schoolapp.example",
            title=f"Session {n}",
            start=first + dt.timedelta(days=n),
            end=first + dt.timedelta(days=n, hours=2),
            tz="Asia/Karachi" if n == 3 else "Europe/Amsterdam",
            cancelled=n == 2,
            floor_language="fr",
            languages=("en", "fr", "es"),
            readings=(reading("fr"), reading("en", order=2)),
        )
        for n in (3, 1, 2)
    ]


def uids_of(data: bytes) -> list[str]:
    return [str(event["UID"]) for event in Calendar.from_ical(data).walk("VEVENT")]


def text_of(data: bytes) -> str:
    return str(Calendar.from_ical(data).walk("VEVENT")[0]["DESCRIPTION"])


def test_the_programme_holds_every_session_in_order(
    gathering: CalendarGathering, sessions: list[CalendarSession], checked: Check
) -> None:
    """By time; cancelled ones too, so that they go from calendars that have them."""
    data = checked(Calendars(gathering, sessions).programme())
    assert uids_of(data) == [f"s{n}@schoolapp.example" for n in (1, 2, 3)]
    found = Calendar.from_ical(data)
    assert found["METHOD"] == "PUBLISH"
    assert found["NAME"] == found["X-WR-CALNAME"] == "Global Justice School 2027: whole programme"
    assert {z["TZID"] for z in found.walk("VTIMEZONE")} == {"Asia/Karachi", "Europe/Amsterdam"}


def test_a_personal_file_holds_what_takes_place_for_that_person(
    gathering: CalendarGathering,
    sessions: list[CalendarSession],
    person_with: MakePerson,
    checked: Check,
) -> None:
    """Their sessions, cancelled ones out, only the zones in use, and nobody's name or address."""
    person = person_with(name="Secret Name", address="secret@example.org")
    uids = {"s2@schoolapp.example", "s1@schoolapp.example"}
    data = checked(Calendars(gathering, sessions).personal(person, uids))
    assert uids_of(data) == ["s1@schoolapp.example"]
    assert b"Karachi" not in data
    assert b"ecret" not in data
    assert b"ATTENDEE" not in data


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "Language: French; interpretation: English and Spanish"),
        ("fr", "Langue\u00a0: français\u00a0; interprétation\u00a0: anglais et espagnol"),
        ("es-AR", "Idioma: francés; interpretación: inglés y español"),
        ("nl", "Taal: Frans; vertolking: Engels en Spaans"),
        ("fil", "Wika: French; may interpretasyon sa: Ingles at Spanish"),
        ("ur", "زبان: فرانسیسی؛ زبانی ترجمہ: انگریزی اور ہسپانوی"),
        ("de", "Language: French; interpretation: English and Spanish"),
    ],
)
def test_everybody_is_written_in_their_language(
    language: str,
    words: str,
    gathering: CalendarGathering,
    sessions: list[CalendarSession],
    person_with: MakePerson,
    checked: Check,
) -> None:
    """The description is the recipient's, English for a language without words."""
    person = person_with(language=language)
    data = checked(Calendars(gathering, sessions).personal(person, ["s1@schoolapp.example"]))
    assert words in text_of(data).split("\n")


def test_a_calendar_has_the_name_its_reader_knows(
    gathering: CalendarGathering, person_with: MakePerson, checked: Check
) -> None:
    """The gathering's title in the reader's language where it has one."""
    calendars = Calendars(replace(gathering, language="fr", titles={"fr": "École"}), [])
    names = {
        tag: Calendar.from_ical(checked(calendars.personal(person_with(language=tag), [])))["NAME"]
        for tag in ("fr", "nl")
    }
    assert names == {"fr": "École", "nl": "Global Justice School 2027"}
    programme = Calendar.from_ical(checked(calendars.programme()))
    assert programme["NAME"] == "École\u00a0: programme complet"


def test_files_do_not_depend_on_who_came_before(
    gathering: CalendarGathering, sessions: list[CalendarSession], person_with: MakePerson
) -> None:
    """What was prepared for one reader is not given to a reader of other languages."""
    readers = [
        person_with(language=language, reads=reads)
        for language in ("en", "ur")
        for reads in ((), ("es",), ("fr", "en"))
    ]
    uids = [session.uid for session in sessions]
    together = Calendars(gathering, sessions)
    for reader in readers:
        assert together.personal(reader, uids) == Calendars(gathering, sessions).personal(
            reader, uids
        )
    assert len({together.personal(reader, uids) for reader in readers}) == len(readers)


def test_what_a_person_reads_matters_only_where_there_is_something_to_read(
    gathering: CalendarGathering, session_with: Make, person_with: MakePerson
) -> None:
    """A programme without reading lists is the same for all readers of one language."""
    calendars = Calendars(gathering, [session_with()])
    files = [
        calendars.personal(person_with(reads=reads), ["s001@schoolapp.example"])
        for reads in (("fr",), ("es", "en"))
    ]
    assert files[0] == files[1]


def in_groups(session_with: Make, number: int) -> CalendarSession:
    """Working groups in so many delegations, with English in the library first."""
    others = (
        CalendarGroup(room_name=f"Tent {n}", delegation=f"Group {n}") for n in range(1, number)
    )
    english = CalendarGroup(room_name="Library", language="en")
    return session_with(groups=(english, *others), room_name="Library")


def events_of(data: bytes) -> list[Any]:
    return list(Calendar.from_ical(data).walk("VEVENT"))


def test_a_person_is_sent_to_the_room_of_the_own_group(
    gathering: CalendarGathering, session_with: Make, person_with: MakePerson, checked: Check
) -> None:
    """Place and description name it and no other; sessions in one room stay where they are."""
    groups = in_groups(session_with, 3)
    plain = session_with(uid="s002@schoolapp.example", start=groups.end, end=groups.end + HOUR)
    calendars = Calendars(gathering, [groups, plain])
    uids = [groups.uid, plain.uid]
    for room in ("Tent 1", "Library", "Tent 1"):
        person = person_with(rooms={groups.uid: room})
        own, whole = events_of(checked(calendars.personal(person, uids)))
        assert own["LOCATION"] == f"{room}, IIRE Amsterdam, Amsterdam"
        assert f"Place: {room}, IIRE Amsterdam, Amsterdam" in own["DESCRIPTION"]
        assert "groups" not in own["DESCRIPTION"].lower().replace("working groups", "")
        assert whole["LOCATION"] == "Conference hall, IIRE Amsterdam, Amsterdam"
    nobody = events_of(calendars.personal(person_with(), uids))[0]
    assert nobody["LOCATION"] == "Library / Tent 1 / Tent 2, IIRE Amsterdam, Amsterdam"


def test_the_programme_names_the_rooms_of_a_few_groups(
    gathering: CalendarGathering, session_with: Make, checked: Check
) -> None:
    """Up to six with their language or delegation; of more, the number and no room."""
    (few,) = events_of(checked(Calendars(gathering, [in_groups(session_with, 3)]).programme()))
    assert few["LOCATION"] == "Library / Tent 1 / Tent 2, IIRE Amsterdam, Amsterdam"
    lines = few["DESCRIPTION"].split("\n")
    assert lines[lines.index("Rooms of the groups:") + 1 :] == [
        "• English: Library",
        "• Group 1: Tent 1",
        "• Group 2: Tent 2",
    ]
    (many,) = events_of(checked(Calendars(gathering, [in_groups(session_with, 7)]).programme()))
    assert many["LOCATION"] == "IIRE Amsterdam, Amsterdam"
    assert "It meets in 7 groups, in different rooms." in many["DESCRIPTION"]
    assert "Library" not in many["DESCRIPTION"]


def test_a_person_in_no_session_with_groups_needs_no_room(
    gathering: CalendarGathering, session_with: Make, person_with: MakePerson
) -> None:
    """A room of a session that is not in the person's file changes nothing."""
    groups = in_groups(session_with, 3)
    plain = session_with(uid="s002@schoolapp.example")
    calendars = Calendars(gathering, [groups, plain])
    with_room = calendars.personal(person_with(rooms={groups.uid: "Tent 1"}), [plain.uid])
    assert with_room == calendars.personal(person_with(), [plain.uid])


def test_texts_to_read_are_three_and_the_readers_first(session_with: Make) -> None:
    """Required before optional, then the reader's languages, then the lecturer's order."""
    session = session_with(
        readings=(
            reading("en", order=1, required=False),
            reading("en", order=2),
            reading("fr", order=3),
            reading("fr", order=4, required=False, author=""),
            reading("fr", order=5, required=False),
        )
    )
    shown = [line for line in description(session, ("fr",)).split("\n") if line[0] in "•a"]
    assert shown == [
        "• Marx, Text 3 (French, required)",
        "• Marx, Text 2 (English, required)",
        "• Text 4 (French)",
        "and 2 more texts",
    ]


def test_a_reader_without_a_text_is_reported(session_with: Make) -> None:
    """People who read none of the texts' languages get a sentence; people who read one do not."""
    session = session_with(readings=(reading("en"),), reading_gap=("fr", "es"))
    assert "There is no text in Spanish or Urdu yet." in description(session, ("es", "ur"))
    assert "There is no text" not in description(session, ("en", "es"))
    assert "There is no text in French or Spanish yet." in description(session, ())
    assert "There is no text" not in description(session_with(), ("es",))


def test_a_description_says_only_what_is_known(session_with: Make) -> None:
    """No line for an unknown kind, place or language; a link is the place of an online session."""
    bare = session_with(kind="siesta", room_name=None, venue="", city="")
    assert description(bare, ()) == ""
    online = replace(bare, online_link="https://meet.example.org/x", speakers=("A", "B"))
    assert description(online, ()).split("\n") == [
        "Speakers: A and B",
        "Place: https://meet.example.org/x",
        "Online: https://meet.example.org/x",
    ]
    groups = replace(bare, floor_language="-", languages=("en", "xx"))
    assert description(groups, ()) == "Languages: English and xx"
    assert description(replace(bare, floor_language="en"), ()) == "Language: English"


def test_a_pseudo_locale_names_languages_in_english(session_with: Make) -> None:
    """A make-believe language has no names of languages."""
    with in_language("ar-XB"):
        assert "French" in description(session_with(floor_language="fr"), ())
    with in_language(PSEUDO_LONG):
        assert kind_name("lecture").startswith("[")


def test_an_export_is_a_file_each_the_programme_and_the_index(
    tmp_path: Path,
    gathering: CalendarGathering,
    sessions: list[CalendarSession],
    person_with: MakePerson,
    checked: Check,
) -> None:
    """Sorted by person, names that every file system takes, nothing personal in them."""
    uids = [session.uid for session in sessions]
    strange = ["P2", "P1", "p1", "programme", "../x", "CON", "نام"]
    people = [(person_with(uid=uid, name="Secret"), uids) for uid in strange]
    index = export_calendars(tmp_path / "out", gathering, sessions, people)
    assert json.loads((tmp_path / "out" / "index.json").read_bytes()) == index
    assert [entry["person"] for entry in index] == sorted(strange)
    names = {entry["file"] for entry in index}
    assert {"P2.ics", "P1.ics"} <= names
    assert len({name.lower() for name in names}) == len(strange)
    on_disk = {path.name for path in (tmp_path / "out").iterdir()}
    assert on_disk == names | {"programme.ics", "index.json"}
    for name in names:
        checked((tmp_path / "out" / name).read_bytes())


def test_one_person_or_the_programme_alone_is_the_same_file_as_in_the_whole_export(
    tmp_path: Path,
    gathering: CalendarGathering,
    sessions: list[CalendarSession],
    person_with: MakePerson,
) -> None:
    """Written beside what is there, which stays."""
    uids = [session.uid for session in sessions]
    people = [(person_with(uid=uid), uids) for uid in ("P1", "P2")]
    export_calendars(tmp_path / "all", gathering, sessions, people)
    one = export_person(tmp_path / "some", gathering, sessions, *people[0])
    programme = export_programme(tmp_path / "some", gathering, sessions)
    assert {path.name for path in (tmp_path / "some").iterdir()} == {"P1.ics", "programme.ics"}
    for path in (one, programme):
        assert path.read_bytes() == (tmp_path / "all" / path.name).read_bytes()


def test_two_exports_are_equal_octet_for_octet(
    tmp_path: Path,
    gathering: CalendarGathering,
    sessions: list[CalendarSession],
    person_with: MakePerson,
) -> None:
    """The order in which things are given and the moment of the export leave no trace."""
    people = [(person_with(uid=f"P{n}", language=lang), [s.uid for s in sessions])
              for n, lang in enumerate(RECIPIENT_LANGUAGES)]  # fmt: skip
    export_calendars(tmp_path / "a", gathering, sessions, people)
    export_calendars(tmp_path / "b", gathering, reversed(sessions), reversed(people))
    a, b = ({p.name: p.read_bytes() for p in (tmp_path / d).iterdir()} for d in "ab")
    assert a == b


def test_a_second_export_replaces_the_first_and_nothing_else(
    tmp_path: Path,
    gathering: CalendarGathering,
    sessions: list[CalendarSession],
    person_with: MakePerson,
) -> None:
    """Files of people who left go; what somebody else put there stays."""
    everybody = [(person_with(uid=uid), [sessions[0].uid]) for uid in ("P1", "P2")]
    export_calendars(tmp_path, gathering, sessions, everybody)
    (tmp_path / "mine.ics").write_text("mine")
    export_calendars(tmp_path, gathering, sessions, everybody[1:])
    names = {path.name for path in tmp_path.iterdir()}
    assert names == {"P2.ics", "programme.ics", "index.json", "mine.ics"}


@pytest.mark.parametrize("index", ["", "[]", "[1]", '{"a": 1}', '[{"file": "../keep.txt"}]',
                                   '[{"file": 1}]', '[{"file": "programme.ics"}]'])  # fmt: skip
def test_an_index_that_is_not_ours_removes_nothing(
    index: str, tmp_path: Path, gathering: CalendarGathering, sessions: list[CalendarSession]
) -> None:
    """A folder with any ``index.json`` loses no file of somebody else's."""
    (tmp_path / "keep.txt").write_text("kept")
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "index.json").write_text(index)
    assert export_calendars(tmp_path / "out", gathering, sessions, []) == []
    assert (tmp_path / "keep.txt").read_text() == "kept"
    assert (tmp_path / "out" / "programme.ics").exists()


def test_a_gathering_without_sessions_has_an_empty_programme(
    gathering: CalendarGathering, checked: Check
) -> None:
    """An empty calendar is still a calendar that every program reads."""
    data = Calendars(gathering, []).programme()
    assert uids_of(data) == []
    assert data.endswith(b"END:VCALENDAR\r\n")
