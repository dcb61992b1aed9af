"""Practice packages: what came in goes out again; what is broken is refused, with the place."""

import json
import os
import re
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from schoolapp.domain.applications import Application
from schoolapp.domain.gatherings import Gathering, GatheringKind, GatheringState
from schoolapp.domain.people import Person
from schoolapp.domain.readings import ReadingState
from schoolapp.domain.rules import RuleBroken
from schoolapp.exchange.packages.applications import ONE
from schoolapp.exchange.packages.codecs import Known
from schoolapp.exchange.packages.fields import Field
from schoolapp.exchange.packages.model import Package
from schoolapp.exchange.packages.people import PERSON
from schoolapp.exchange.packages.reading import PackageBroken, read
from schoolapp.exchange.packages.writing import names, texts, write
from schoolapp.operations.applications.filling import AMOUNTS
from tests import packages
from tests.packages import EVENTS, Files
from tests.paths import ROOT


def test_the_practice_packages_come_out_as_they_went_in(tmp_path: Path) -> None:
    """No field of the four gatherings, the people, readings, gifts and tables is lost."""
    written = write(texts(read(EVENTS)), tmp_path / "out")
    out = {path.name: path.read_text("utf-8") for path in (tmp_path / "out").iterdir()}
    assert sorted(out) == written == sorted(packages.shipped())
    assert packages.canonical(out) == packages.canonical(packages.shipped())
    assert all("\r" not in text and text.endswith("\n") for text in out.values())


def test_the_order_of_lists_and_rows_is_kept() -> None:
    """Order carries no meaning, but it helps people who compare by eye."""
    for name, text in texts(read(EVENTS)).items():
        shipped = packages.shipped()[name]
        if name.endswith(".json"):
            assert json.loads(text) == json.loads(shipped), name
        else:
            assert text == shipped, name


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(files=packages.folders())
def test_any_package_comes_out_as_it_went_in(
    files: Files, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Other people, dates and sizes; optional keys missing, null or empty; both sides of a fold."""
    folder = packages.put(files, tmp_path_factory.mktemp("packages"))
    assert packages.canonical(texts(read(folder))) == packages.canonical(files)


def test_packages_carry_all_that_is_known_of_a_person() -> None:
    """Each column has a key, but what follows from others and the links inside one database."""
    columns = {attribute.key for attribute in sa.inspect(Person).column_attrs}
    fields = [item for item in PERSON.items if isinstance(item, Field)]
    carried = {item.attribute or item.key for item in fields} | {"gender"}
    own = {"id", "version", "sort_name", "search", "blanks", "merged_into_id", "erased_at"}
    assert columns - own == carried - {"languages", "addresses"}
    described = (ROOT / "docs" / "packages.md").read_text("utf-8")
    more = ["gender", *(item.key for item in fields if item.optional)]
    assert [key for key in more if f"`{key}`" not in described and key != "languages"] == []


def test_packages_carry_all_that_is_known_of_an_application() -> None:
    """Each column has a key, but what follows from others and what only this database knows."""
    columns = {attribute.key for attribute in sa.inspect(Application).column_attrs}
    amounts = {f"{name}_{part}" for name in AMOUNTS for part in ("minor", "currency")}
    fields = [item for item in ONE.items if isinstance(item, Field)]
    carried = {item.attribute or item.key for item in fields}
    own = {"id", "version", "uid", "search", "position", "gathering_id"}
    linked, parts = {"person", "delegation"}, {"steps", "answers", "doubts"}
    keys = {f"{name}_id" for name in linked}
    assert columns - own - amounts - keys == carried - set(AMOUNTS) - linked - parts
    described = (ROOT / "docs" / "packages.md").read_text("utf-8")
    assert [item.key for item in fields if item.optional and f"`{item.key}`" not in described] == []


@pytest.mark.parametrize("gender", ["woman", "agender", None])
def test_a_gender_left_open_stays_open(gender: str | None) -> None:
    """Pronouns stood for the gender in the first packages; what somebody says now goes before."""
    known = Known()
    ana = Person(code="P0001", display_name="Ana Pérez", pronouns="she", gender=gender)
    out = PERSON.write(ana)
    out["uuid"] = str(uuid.uuid4())
    assert PERSON.read(out, known).gender == gender
    assert PERSON.read({key: out[key] for key in out if key != "gender"}, known).gender == "woman"


def test_states_have_the_words_of_the_format() -> None:
    """``completed`` is closing, ``paid`` is settled; rights say what an edition can be used for."""
    folder = read(EVENTS)
    by_code = {package.gathering.code: package for package in folder.packages}
    assert {p.gathering.state for p in folder.packages} == {GatheringState.CLOSING}
    subsidies = by_code["eco-isb-2027"].subsidies
    assert {(s.state.value, s.imported_state) for s in subsidies} == {("settled", "paid")}
    states = {(e.rights.value, e.state) for e in folder.editions}
    assert states == {
        ("pd", ReadingState.READY),
        ("open", ReadingState.READY),
        ("c", ReadingState.REFERENCE_ONLY),
    }


def test_a_name_is_made_for_a_gathering_of_the_program() -> None:
    """File names come from the code, never twice and never one that means something else."""
    made = [
        Package(
            gathering=Gathering(
                code=code, kind=GatheringKind.SCHOOL, titles={}, country="NL", tz="UTC",
                start_date=None, end_date=None, capacity=1, currency="EUR",  # type: ignore[arg-type]
                working_languages=[], package_name=name,
            )
        )
        for code, name in [("a b/c", None), ("a.b.c", None), ("people", None), ("x", "A_B_C_2")]
    ]  # fmt: skip
    assert names(made) == ["a_b_c", "a_b_c_3", "people_2", "A_B_C_2"]


def test_what_is_no_package_is_not_read(tmp_path: Path) -> None:
    """Other json files, tables of no package and other folders are ignored."""
    files = {
        "people.json": packages.shipped()["people.json"],
        "other.json": "{}",
        "list.json": '["event"]',
        "nobody_attendance.csv": "what,ever",
        "notes.txt": "\udcff".encode("utf-8", "surrogatepass").decode("latin-1"),
    }
    found = read(packages.put(files, tmp_path))
    assert (len(found.people), found.packages, found.editions) == (520, [], [])
    assert sorted(texts(found)) == ["people.json"]


def test_an_empty_table_stays_an_empty_table(tmp_path: Path) -> None:
    """A table with headings alone is not the same as no table."""
    files = packages.shipped(GJS)
    files["gjs2027_invites.csv"] = "session,person,sequence,method,partstat,sent\n"
    out = texts(read(packages.put(files, tmp_path)))
    assert packages.canonical(out) == packages.canonical(files)


def test_a_package_without_people_is_refused(tmp_path: Path) -> None:
    """``people.json`` must be in the folder."""
    with pytest.raises(RuleBroken, match=r"There is no people\.json in the folder empty"):
        read(packages.put({}, tmp_path / "empty"))


GJS, ISB, CAMP = "gjs2027_amsterdam.json", "eco_isb2027_islamabad.json", "camp2027_youth_camp.json"
Change = Callable[[Any], object]


def at(*path: str | int, to: Any = ..., without: str = "") -> Change:
    """Sets the value at a path, or removes a key there."""

    def change(data: Any) -> None:
        *way, last = path
        for step in way:
            data = data[step]
        if without:
            del data[last][without]
        else:
            data[last] = to

    return change


def both(*changes: Change) -> Change:
    return lambda data: [change(data) for change in changes]


BROKEN: list[tuple[str, Change, str]] = [
    (GJS, at("event", "participants", 3, "person", to="P9999"),
     "event.participants[3].person: there is no P9999 in people.json"),
    (GJS, at("sessions", 0, "room", to="attic"),
     "sessions[0].room: there is no attic in event.venue.rooms"),
    (GJS, at("sessions", 5, "module", to="m9"),
     "sessions[5].module: there is no m9 in event.modules"),
    (GJS, at("sessions", 1, "readings", 0, "reading", to="R999"),
     "sessions[1].readings[0].reading: there is no R999 in readings.json"),
    (GJS, at("event", "participants", 0, "team", to="team-9"),
     "event.participants[0].team: there is no team-9 in teams"),
    (GJS, at("event", "participants", 0, "bedroom", to="bed9"),
     "event.participants[0].bedroom: there is no bed9 in event.venue.bedrooms"),
    (CAMP, at("event", "participants", 0, "delegation", to="d"),
     "event.participants[0].delegation: there is no d in event.delegations"),
    (GJS, at("travel_claims", 1, "subsidy", to="s"),
     "travel_claims[1].subsidy: there is no s in subsidies"),
    (GJS, at("event", "missing_registers", 1, to="s"),
     "event.missing_registers[1]: there is no s in sessions"),
    (GJS, at("sessions", 0, "interpretation", 0, "interpreters", 1, to="P0"),
     "sessions[0].interpretation[0].interpreters[1]: there is no P0 in people.json"),
    (GJS, at("applications", 0, "transitions", 1, "by", to="P0999"),
     "applications[0].transitions[1].by: there is no P0999 in people.json"),
    (CAMP, at("sessions", 1, "groups", to={"camp2027-d99": "tent1"}),
     "sessions[1].groups.camp2027-d99: there is no camp2027-d99 in event.delegations"),
    (CAMP, at("rota", 0, "by", to="nobody"),
     "rota[0].by: there is no nobody in event.delegations"),
    (GJS, at("event", "start_date", to="2027-10-32"),
     "event.start_date: 2027-10-32 is no date such as 2027-10-23"),
    (GJS, at("event", "start_date", to="20271023"),
     "event.start_date: 20271023 is no date such as 2027-10-23"),
    (GJS, at("event", "start_date", to=None), "event.start_date: this must be text, not null"),
    (GJS, at("event", "end_date", to="2027-10-01"),
     "event.end_date: the end lies before the start"),
    (GJS, at("event", "modules", 0, "end", to="2027-10-01"),
     "event.modules[0].end: the end lies before the start"),
    (ISB, at("event", "blocked", 0, "end", to="12:00"),
     "event.blocked[0].end: the end lies before the start"),
    (ISB, at("event", "blocked", 0, "end", to="25:00"),
     "event.blocked[0].end: 25:00 is no time of day such as 12:45"),
    (ISB, at("event", "blocked", 0, "weekday", to=4),
     "event.blocked[0].weekday: a day has its date or a weekday, not both"),
    (ISB, at("event", "blocked", 0, "weekday", to=7),
     "event.blocked[0].weekday: this must be a weekday from 0, Monday, to 6, Sunday"),
    (GJS, at("event", "lecturers", 0, "last_day", to="2027-10"),
     "event.lecturers[0].last_day: 2027-10 is no date such as 2027-10-23"),
    (GJS, at("event", "participants", 0, "departure", to="2027-10-01T10:00"),
     "event.participants[0].departure: the departure lies before the arrival"),
    (GJS, at("event", "participants", 0, "departure", to=None),
     "event.participants[0].arrival: a stay needs both times"),
    (GJS, at("event", "participants", 0, "stays",
             to=[{"arrival": "2027-10-24T10:00", "departure": "2027-12-24T10:00"}]),
     "event.participants[0].stays[0]: this stay begins before the last one ends"),
    (GJS, at("event", "participants", 0, "arrival", to="2027-10-23T15:00Z"),
     "event.participants[0].arrival: 2027-10-23T15:00Z is no local time such as 2027-10-23T15:00"),
    (GJS, at("event", "capacity", to=True),
     "event.capacity: this must be a whole number, not true or false"),
    (GJS, at("event", "capacity", to=2.5),
     "event.capacity: this must be a whole number, not a decimal number"),
    (GJS, at("event", "capacity", to=2**40), "event.capacity: 1099511627776 is too large a number"),
    (GJS, at("event", "modules", to={}), "event.modules: this must be a list, not an object"),
    (GJS, at("event", "venue", to=[]), "event.venue: this must be an object, not a list"),
    (GJS, at("event", without="venue"), "event.venue: this is missing"),
    (GJS, at("event", without="title"), "event.title: this is missing"),
    (GJS, at("sessions", 0, without="minutes"), "sessions[0].minutes: this is missing"),
    (GJS, at("event", "venue", "rooms", 0, "colour", to="red"),
     "event.venue.rooms[0].colour: this key is not known"),
    (GJS, at("event", "colour", to="red"), "event.colour: this key is not known"),
    (GJS, at("colour", to="red"), "colour: this key is not known"),
    (GJS, at("event", "venue", "colour", to="red"), "event.venue.colour: this key is not known"),
    (GJS, at("event", "kind", to="party"),
     "event.kind: party is none of school, seminar, youth_camp"),
    (GJS, at("event", "tz", to="Europe/Nowhere"),
     "event.tz: Europe/Nowhere is no time zone such as Europe/Amsterdam"),
    (GJS, at("event", "currency", to="EURO"),
     "event.currency: EURO is no currency of ISO 4217 such as EUR"),
    (GJS, at("event", "country", to="nl"),
     "event.country: nl is no country of ISO 3166 such as NL"),
    (GJS, at("event", "working_languages", 0, to="English"),
     "event.working_languages[0]: English is no language tag such as fr or pt-BR"),
    (GJS, at("event", "title", to={"en": 5}),
     "event.title.en: this must be text, not a whole number"),
    (GJS, at("event", "title", to={"en": "a\0b"}),
     "event.title.en: this text has characters that cannot be stored"),
    (GJS, at("event", "fee_table", "A", "amount", to="600"),
     "event.fee_table.A.amount: 600 EUR is not written with 2 decimals"),
    (GJS, at("event", "fee_table", "A", "amount", to="6e2"),
     "event.fee_table.A.amount: 6e2 is no decimal number in text such as 66.00"),
    (GJS, at("event", "fee_table", "A", to={"amount": "1.00"}),
     "event.fee_table.A: money has an amount and a currency, and nothing else"),
    (GJS, at("sessions", 0, "start_utc", to="2027-10-23T14:00Z"),
     "sessions[0].start_utc: this says 2027-10-23T14:00Z, but 2027-10-23T13:00Z follows from"),
    (GJS, at("sessions", 0, "end_utc", to="2027-10-23T14:00"),
     "sessions[0].end_utc: 2027-10-23T14:00 is no UTC time such as 2027-10-23T13:00Z"),
    (GJS, at("sessions", 0, "minutes", to=91),
     "sessions[0].minutes: this says 91, but 90 follows from the rest"),
    (GJS, at("sessions", 0, "end_local", to="2027-10-23T14:00"),
     "sessions[0].end_local: the session ends before it begins"),
    (GJS, at("sessions", 0, "start_local", to="2027-03-28T02:30"),
     "sessions[0].start_local: the clocks go forward then: this time does not exist"),
    (GJS, at("sessions", 0, "fold_end", to=2), "sessions[0].fold_end: this must be 0 or 1"),
    (GJS, at("sessions", 1, "readings", 0, "work", to="other"),
     "sessions[1].readings[0].work: this says other, but place-marxism follows from the rest"),
    (GJS, at("sessions", 1, "uid", to="gjs2027-s001@schoolapp.example"),
     "sessions[1]: gjs2027-s001@schoolapp.example is there twice"),
    (GJS, at("sessions", 1, "no", to=1), "sessions[1]: 1 is there twice"),
    (GJS, at("event", "participants", 1, "person", to="P0027"),
     "event.participants[1]: P0027 is there twice"),
    (GJS, at("sessions", 1, "speakers", to=["P0001", "P0001"]),
     "sessions[1].speakers: P0001 is there twice"),
    (GJS, at("teams", "team-1", to=[]),
     "teams.team-1: the participants name other members of this team"),
    (GJS, at("teams", "team-1", to=["P0027", "P0027"]),
     "teams.team-1: the participants name other members of this team"),
    (GJS, at("applications", 0, "transitions", 2, "state", to="completed"),
     "applications[0].transitions[2]: no step leads from submitted to completed"),
    (GJS, at("applications", 0, "transitions", to=[]),
     "applications[0].transitions: the first state must be draft"),
    (GJS, at("applications", 0, "state", to="eligible"),
     "applications[0].state: this says eligible, but completed follows from the rest"),
    (GJS, at("applications", 0, "modules", to=[]),
     "applications[0].modules: leave this key out where it is empty"),
    (GJS, at("travel_claims", 0, "rejected_lines", to=["hotel"]),
     "travel_claims[0].rejected_lines[0]: there is no hotel in lines"),
    (GJS, at("subsidies", 0, "payments", 1, "rate_eur", to="1.0"),
     "subsidies[0].payments[1].rate_eur: a payment has one rate"),
    (GJS, at("sessions", 0, "start_local", to="0001-01-01T00:00"),
     "sessions[0].start_local: 0001-01-01T00:00 is no local time such as 2027-10-23T15:00"),
    (GJS, at("sessions", 0, "end_utc", to="9999-12-31T23:59Z"),
     "sessions[0].end_utc: 9999-12-31T23:59Z is no UTC time such as 2027-10-23T13:00Z"),
    (GJS, at("event", "end_date", to="9999-12-31"),
     "event.end_date: 9999-12-31 is no date such as 2027-10-23"),
    (GJS, at("event", "fee_table", "A", "amount", to="-0.00"),
     "event.fee_table.A.amount: -0.00 is no decimal number in text such as 66.00"),
    (GJS, at("sessions", 0, "room", to="a\r\nb\u202e"),
     "sessions[0].room: there is no a\\u000d\\u000ab\\u202e in event.venue.rooms"),
    (GJS, at("sessions", 0, "room", to="x" * 9_999),
     f"sessions[0].room: there is no {'x' * 400}… in event.venue.rooms"),
    (GJS, at("sessions", 0, "\x1b[31m", to=1), "sessions[0].\\u001b[31m: this key is not known"),
    (CAMP, at("event", "age_range", to=[15]),
     "event.age_range: this must be the youngest and the oldest age"),
    (CAMP, at("event", "age_range", to=[15, "x"]),
     "event.age_range[1]: this must be a whole number, not text"),
    (CAMP, at("event", "camp_currency", to={}),
     "event.camp_currency: this must have the keys name, note, rates_per_eur"),
    (CAMP, at("event", "camp_currency", "rates_per_eur", "A", to=1),
     "event.camp_currency.rates_per_eur.A: this must be text, not a whole number"),
    ("people.json", at(1, "id", to="P0001"), "[1]: P0001 is there twice"),
    ("people.json", at(0, "uuid", to="x"), "[0].uuid: x is no UUID"),
    ("readings.json", at(1, "id", to="R001"), "[1]: R001 is there twice"),
    ("readings.json", at(1, "work", to=None), "[1].work: this must be text, not null"),
    ("donations.json", at("expected", "book_single_gift", to=[]),
     "expected.book_single_gift: this says [], but ["),
    ("donations.json", at("gifts", 0, "campaign", to="x"),
     "gifts[0].campaign: there is no x in campaigns"),
    ("donations.json", at("campaigns", 0, "reward", "threshold", to=None),
     "campaigns[0].reward.threshold: this must be an object, not null"),
]  # fmt: skip


@pytest.mark.parametrize(("file", "change", "sentence"), BROKEN, ids=[row[2] for row in BROKEN])
def test_a_broken_package_is_refused_with_file_path_and_reason(
    file: str, change: Change, sentence: str, tmp_path: Path
) -> None:
    """Nothing is taken over from a folder in which anything is wrong."""
    files = packages.shipped(file)
    data = json.loads(files[file])
    change(data)
    files[file] = json.dumps(data)
    with pytest.raises(PackageBroken) as trouble:
        read(packages.put(files, tmp_path))
    assert trouble.value.sentence().startswith(f"{file}: {sentence}")
    assert str(trouble.value) == trouble.value.sentence()


def _places(value: Any, way: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """The paths of everything in a package."""
    if not isinstance(value, dict | list):
        return []
    inner = value.items() if isinstance(value, dict) else enumerate(value)
    return [path for step, item in inner for path in ((*way, step), *_places(item, (*way, step)))]


ODD = [
    None, "", -1, 2**31, 1.5, True, [], {}, [None], "x", "a\r\nb", "\u202e", "P0001", "-0.00",
    "0001-01-01", "9999-12-31", "0001-01-01T00:00", "9999-12-31T23:59Z", "Etc/GMT+12",
]  # fmt: skip


@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_a_changed_value_is_kept_or_refused(
    data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Any value in a package comes out again, or is refused with file and reason."""
    files = packages.shipped(ISB)
    package = json.loads(files[ISB])
    place = data.draw(st.sampled_from(_places(package)))
    at(*place, to=data.draw(st.sampled_from(ODD)))(package)
    files[ISB] = json.dumps(package)
    folder = packages.put(files, tmp_path_factory.mktemp("odd"))
    try:
        kept = packages.canonical(texts(read(folder))) == packages.canonical(files)
    except PackageBroken as trouble:
        kept = re.match(rf"{ISB}: [a-z_]+\S*: .+$", str(trouble)) is not None
    assert kept


def test_a_code_is_used_once_in_a_folder(tmp_path: Path) -> None:
    """Two packages of one gathering, or with the same session, are refused."""
    files = packages.shipped(ISB)
    files["second.json"] = files[ISB].replace("s016@", "s999@")
    with pytest.raises(
        PackageBroken, match=r"second\.json: sessions\[0\]: eco-isb-2027-s001@.* twice"
    ):
        read(packages.put(files, tmp_path))
    files["second.json"] = files[ISB].replace("-s0", "-x0")
    with pytest.raises(PackageBroken, match=r"second\.json: eco-isb-2027 is there twice"):
        read(packages.put(files, tmp_path))


ATTENDANCE, PRESENCE = "gjs2027_attendance.csv", "camp2027_daily_presence.csv"
ARRIVALS, CHECKS = "gjs2027_arrivals.csv", "gjs2027_arrival_checks.csv"
DESK = "person,came_at,came_by,reason,left_at,left_by,left_reason"
HEADINGS = "session,person,status,check_in,check_out,minutes,method"
ROW = "gjs2027-s001@schoolapp.example,P0027,present,2027-10-23T12:55Z,2027-10-23T14:30Z,90,desk"


@pytest.mark.parametrize(
    ("file", "text", "sentence"),
    [
        (ATTENDANCE, "", f"line 1: the headings must be {HEADINGS}"),
        (ATTENDANCE, f"{HEADINGS}\na,b\n", "line 2: there are 2 cells for 7 headings"),
        (ATTENDANCE, f'{HEADINGS}\n"a', "this is no csv table"),
        (ATTENDANCE, f"{HEADINGS}\n{ROW}\n{ROW}\n",
         "line 3: gjs2027-s001@schoolapp.example, P0027 is there twice"),
        (ATTENDANCE, f"{HEADINGS}\n{ROW.replace('P0027', 'P0001')}\n",
         "line 2.person: there is no P0001 in event.participants"),
        (ATTENDANCE, f"{HEADINGS}\n{ROW.replace('s001', 's999')}\n",
         "line 2.session: there is no gjs2027-s999@schoolapp.example in sessions"),
        (ATTENDANCE, f"{HEADINGS}\n{ROW.replace(',90,', ',90.0,')}\n",
         "line 2.minutes: 90.0 is no whole number"),
        (ATTENDANCE, f"{HEADINGS}\n{ROW.replace(',90,', ',99999999999,')}\n",
         "line 2.minutes: 99999999999 is too large a number"),
        (PRESENCE, "date,person,delegation,on_site\n2027-07-24,P0119,camp2027-d02,1\n",
         "line 2.delegation: this says camp2027-d02, but camp2027-d01 follows from the rest"),
        (PRESENCE, "date,person,delegation,on_site\n2027-07-24,P0119,camp2027-d01,2\n",
         "line 2.on_site: 2 is none of 1, 0"),
        (ARRIVALS, f"{DESK}\nP0027,2027-10-23T12:55Z,Ana,,2027-10-23T11:00Z,Ana,\n",
         "line 2.left_at: the end lies before the start"),
        (ARRIVALS, f"{DESK}\nP0027,2027-10-23T12:55Z,Ana,,,Ana,\n",
         "line 2.left_at: somebody who is here has not gone"),
        (ARRIVALS, f"{DESK}\nP0027,2027-10-23T12:55Z,Ana,,,,\nP0027,2027-10-24T12:55Z,Ana,,,,\n",
         "line 3.came_at: this person is here already"),
        (CHECKS, "person,came_at,item,detail,returned_at\nP0027,2027-10-23T12:55Z,key,12,\n",
         "line 2.came_at: this person did not come at that time"),
        ("readings.json", "{", "this is no JSON (line 1, column 2)"),
        ("readings.json", '[{"id": "R1", "id": "R2"}]', "the key id is there twice in one object"),
        ("readings.json", "[NaN]", "NaN is no number of JSON"),
        ("readings.json", "[" * 100_000, "this JSON is too deep or its numbers are too long"),
        ("readings.json", "9" * 5_000, "this JSON is too deep or its numbers are too long"),
        ("readings.json", '[{"id": "\\ud800"}]', "[0].work: this is missing"),
        ("broken.json", "\ufeff{}", "this is no JSON (line 1, column 1)"),
    ],
)  # fmt: skip
def test_a_broken_file_is_refused_with_line_and_reason(
    file: str, text: str, sentence: str, tmp_path: Path
) -> None:
    """Tables name the line and the column; invalid json says where it stops being valid."""
    with pytest.raises(PackageBroken) as trouble:
        read(
            packages.put(
                packages.shipped(GJS if file.startswith("gjs2027") else CAMP) | {file: text},
                tmp_path,
            )
        )
    assert str(trouble.value) == f"{file}: {sentence}"


def test_text_that_is_not_utf_8_is_refused(tmp_path: Path) -> None:
    """No other encoding is guessed."""
    packages.put(packages.shipped(ISB), tmp_path)
    (tmp_path / "readings.json").write_bytes('["é"]'.encode("latin-1"))
    with pytest.raises(PackageBroken, match=r"readings\.json: this is no text in UTF-8"):
        read(tmp_path)


def test_tables_of_two_names_for_one_package_are_refused(tmp_path: Path) -> None:
    """A table belongs to one package, and all tables of a package have one prefix."""
    files = packages.shipped(GJS)
    files |= {ATTENDANCE: HEADINGS + "\n", "gjs2027_amsterdam_attendance.csv": HEADINGS + "\n"}
    with pytest.raises(PackageBroken, match=r"gjs2027_amsterdam\.json has tables of another name"):
        read(packages.put(files, tmp_path))


def test_a_table_belongs_to_the_gathering_of_its_name(tmp_path: Path) -> None:
    """Of several packages that begin alike, a table is that of the gathering with this code."""
    files = packages.shipped(ISB) | {"eco_isb2027_attendance.csv": HEADINGS + "\n"}
    other = json.loads(files[ISB]) | {"sessions": [], "applications": [], "subsidies": []}
    other["event"]["id"] = "eco"
    files |= {"eco_davao.json": json.dumps(other), "eco_attendance.csv": HEADINGS + "\n"}
    found = read(packages.put(files, tmp_path))
    prefixes = {p.gathering.code: p.gathering.table_prefix for p in found.packages}
    assert prefixes == {"eco": "eco", "eco-isb-2027": "eco_isb2027"}
    assert sorted(texts(found)) == sorted(files)


def test_a_folder_is_no_package(tmp_path: Path) -> None:
    """A folder named like a package is ignored."""
    (tmp_path / "old.json").mkdir()
    packages.put({"people.json": "[]"}, tmp_path)
    assert read(tmp_path).packages == []


def test_a_name_that_cannot_be_stored_is_refused(tmp_path: Path) -> None:
    """The name of a package's file is kept; one that is not text is refused, with its value."""
    packages.put({"people.json": "[]"}, tmp_path)
    (tmp_path / os.fsdecode(b"caf\xe9.json")).write_text("{}")
    with pytest.raises(PackageBroken, match=r"caf\\udce9\.json: the name of this file"):
        read(tmp_path)


def test_E29_a_year_of_birth_and_a_nationality_go_out_and_come_back(tmp_path: Path) -> None:
    """What is known of a birth keeps its precision in a package; anything else is refused (E29)."""

    def folder(born_partly: str) -> Path:
        people = json.loads(packages.shipped()["people.json"])[:1]
        people[0] |= {"born": None, "born_partly": born_partly, "nationality": "MX"}
        return packages.put({"people.json": json.dumps(people)}, tmp_path)

    found = read(folder("1990-05"))
    (person,) = found.people
    assert (person.born, person.born_partly, person.nationality) == (None, "1990-05", "MX")
    (written,) = json.loads(texts(found)["people.json"])
    assert (written["born"], written["born_partly"]) == (None, "1990-05")
    with pytest.raises(PackageBroken, match="no year such as 1990"):
        read(folder("May 1990"))
