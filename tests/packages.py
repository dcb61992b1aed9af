"""Practice packages for tests: the ones that ship, invented ones, and how two are compared."""

import csv
import datetime as dt
import io
import json
from functools import cache
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from schoolapp.exchange.packages.codecs import TEXT
from schoolapp.exchange.packages.fields import Field
from schoolapp.exchange.packages.people import PERSON
from tests.paths import EVENTS

NOT_READ = ("MANIFEST.json", "expected_conflicts.json")
Files = dict[str, str]


def shipped(package: str | None = None) -> Files:
    """The text of the practice packages: all files that are read, or what one of them needs."""
    return dict(_shipped(package))


@cache
def _shipped(package: str | None) -> Files:
    files = {
        path.name: path.read_text("utf-8")
        for path in sorted(EVENTS.iterdir())
        if path.name not in NOT_READ
    }
    if package is None:
        return files
    named = files[package] if package != "readings.json" else ""
    people = [person for person in json.loads(files["people.json"]) if person["id"] in named]
    wanted = ("readings.json", package)
    return {"people.json": json.dumps(people)} | {name: files[name] for name in wanted}


def put(files: Files, folder: Path) -> Path:
    """Write the files into the folder, which is made."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / name).write_bytes(text.encode("utf-8"))
    return folder


def canonical(files: Files) -> dict[str, Any]:
    """The content of the files, without formatting and the order of lists and rows."""
    return {
        name: _sorted(json.loads(text))
        if name.endswith(".json")
        else sorted(csv.reader(io.StringIO(text)))
        for name, text in files.items()
    }


def _sorted(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _sorted(item) for key, item in value.items()}
    if isinstance(value, list):
        return sorted(
            (_sorted(item) for item in value), key=lambda v: json.dumps(v, sort_keys=True)
        )
    return value


WORDS = st.text(
    st.characters(codec="utf-8", exclude_characters="\0", exclude_categories=("Cs",)), max_size=12
)
CURRENCIES = {"EUR": 2, "PHP": 2, "XOF": 0, "TND": 3}


@st.composite
def money(draw: st.DrawFn) -> dict[str, str]:
    """Any amount of a currency with 0, 2 or 3 decimals."""
    currency = draw(st.sampled_from(sorted(CURRENCIES)))
    places = CURRENCIES[currency]
    minor = draw(st.integers(0, 10**9))
    whole, part = divmod(minor, 10**places)
    return {"amount": f"{whole}.{part:0{places}}" if places else str(whole), "currency": currency}


DATES = st.dates(dt.date(1000, 1, 1), dt.date(9998, 12, 31)).map(str)
FREE_TEXTS = {
    item.key: WORDS
    for item in PERSON.items
    if isinstance(item, Field) and item.optional and item.codec is TEXT
}
"""The optional keys of a person that hold any text, as the table of fields has them."""
LANGUAGES = st.sampled_from(["en", "fr", "pt-BR", "fil", "ur"])
STAYS = st.tuples(st.integers(1, 28), st.integers(0, 30)).map(
    lambda days: (f"2027-02-{days[0]:02}T09:15", f"2027-03-{days[1] + 1:02}T18:00")
)
SLOTS = [  # local start, local end, fold of the end, UTC start, UTC end, minutes
    ("2027-10-30T21:00", "2027-10-31T02:30", 0, "2027-10-30T19:00Z", "2027-10-31T00:30Z", 330),
    ("2027-10-30T21:00", "2027-10-31T02:30", 1, "2027-10-30T19:00Z", "2027-10-31T01:30Z", 390),
    ("2027-10-31T02:15", "2027-10-31T09:00", 0, "2027-10-31T00:15Z", "2027-10-31T08:00Z", 465),
    ("2027-10-31T02:15", "2027-10-31T09:00", 0, "2027-10-31T01:15Z", "2027-10-31T08:00Z", 405),
    ("2027-07-01T09:30", "2027-07-01T10:15", 0, "2027-07-01T07:30Z", "2027-07-01T08:15Z", 45),
]


def optional(**keys: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    """An object in which any of the keys may be missing."""
    return st.fixed_dictionaries({}, optional=keys)


@st.composite
def folders(draw: st.DrawFn) -> Files:
    """A folder with two made-up packages: any sizes, optional keys missing, null or empty."""
    people = [_person(draw, n) for n in range(1, draw(st.integers(2, 5)))]
    editions = [_edition(draw, n) for n in range(1, draw(st.integers(1, 4)))]
    files: dict[str, Any] = {"people.json": people}
    tables: Files = {}
    if editions:
        files["readings.json"] = editions
    for name in ("one", "two_camp"):
        files[f"{name}.json"] = package = _package(draw, name, [p["id"] for p in people], editions)
        tables |= _desk(draw, name, [one["person"] for one in package["event"]["participants"]])
    return tables | {name: json.dumps(data, ensure_ascii=False) for name, data in files.items()}


ARRIVALS = ("person", "came_at", "came_by", "reason", "left_at", "left_by", "left_reason")
CHECKS = ("person", "came_at", "item", "detail", "returned_at")
CAME, LEFT = ("2027-02-01T08:15Z", "2027-02-03T09:00:30Z"), "2027-02-02T10:00Z"
ITEMS = ("identity", "consent", "fee", "key", "badge")


def _desk(draw: st.DrawFn, name: str, participants: list[str]) -> Files:
    """What the arrival desk recorded: people who came, went, came once more, with their keys."""
    arrivals: list[tuple[str, ...]] = []
    checks: list[tuple[str, ...]] = []
    for person in participants:
        for n, came in enumerate(CAME[: draw(st.integers(0, 2))]):
            there = n == 1 and draw(st.booleans())
            away = (came if n else LEFT, draw(WORDS), draw(WORDS))
            left = ("", "", "") if there else away
            arrivals.append((person, came, draw(WORDS), draw(WORDS), *left))
            for item in draw(st.lists(st.sampled_from(ITEMS), unique=True)):
                back = draw(st.sampled_from(["", LEFT]))
                checks.append((person, came, item, draw(WORDS), back))
    tables = {"arrivals": (ARRIVALS, arrivals), "arrival_checks": (CHECKS, checks)}
    return {f"{name}_{key}.csv": _csv(*table) for key, table in tables.items() if table[1]}


def _csv(headings: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n", quoting=csv.QUOTE_ALL).writerows([headings, *rows])
    return out.getvalue()


def _person(draw: st.DrawFn, n: int) -> dict[str, Any]:
    nobody = st.none()
    extra = draw(
        optional(
            languages=st.lists(
                st.fixed_dictionaries({"lang": LANGUAGES, "level": WORDS}), max_size=2
            ),
            **FREE_TEXTS,
            other_addresses=st.lists(WORDS, max_size=2, unique=True),
        )
    )
    gender = draw(optional(gender=st.sampled_from(["woman", "agender"])))  # "other" follows
    return {
        "id": f"P{n:04}",
        "uuid": str(draw(st.uuids(version=4))),
        "display_name": draw(WORDS),
        "given": draw(nobody | WORDS),
        "family": draw(nobody | WORDS),
        "name_order": draw(st.sampled_from(["gf", "fg", "mono", "ini"])),
        "native_name": draw(nobody | WORDS),
        "native_script": draw(nobody | st.just("Arab")),
        "pronouns": draw(nobody | st.just("they")),
        "born": draw(nobody | DATES),
        "country": draw(nobody | st.just("PK")),
        "origin": draw(nobody | st.just("GB-SCT")),
        "home_tz": draw(nobody | st.just("Asia/Manila")),
        "home_currency": draw(nobody | st.sampled_from(sorted(CURRENCIES))),
        "fee_band": draw(nobody | st.sampled_from("ABCD")),
        "mother_tongue": draw(nobody | LANGUAGES),
        "email": draw(nobody | st.emails()),
        **extra,
        **gender,
    }


def _edition(draw: st.DrawFn, n: int) -> dict[str, Any]:
    return {
        "id": f"R{n:03}",
        "work": draw(st.sampled_from(["manifesto", "capital1"])),
        "author": draw(WORDS),
        "title": draw(WORDS),
        "year": draw(st.none() | st.integers(-300, 2027)),
        "lang": draw(LANGUAGES),
        "dir": draw(st.sampled_from(["ltr", "rtl"])),
        "kind": draw(WORDS),
        "rights": draw(st.sampled_from(["pd", "c", "open"])),
        "conf": draw(st.sampled_from(["sure", "check"])),
        "topics": draw(WORDS),
        **draw(optional(state=st.just("printed"), pages=WORDS)),
    }


def _package(
    draw: st.DrawFn, code: str, people: list[str], editions: list[dict[str, Any]]
) -> dict[str, Any]:
    person = st.sampled_from(people)
    event = _event(draw, code, people)
    teams: dict[str, list[str]] = {"t1": [], "t2": []}
    for part in event["participants"]:
        if team := draw(st.sampled_from([None, *teams])):
            teams[team].append(part["person"])
            part["team"] = team
    sessions = [_session(draw, code, n, people, editions) for n in range(draw(st.integers(0, 3)))]
    uids = [session["uid"] for session in sessions]
    if uids:
        event |= draw(
            optional(
                missing_registers=st.lists(st.sampled_from(uids), unique=True),
                change_log=st.lists(_change(uids), max_size=2),
            )
        )
    package = {"event": event, "sessions": sessions}
    if draw(st.booleans()) or any(teams.values()):
        package["teams"] = teams
    subsidies = [_subsidy(draw, n, person) for n in range(draw(st.integers(0, 2)))]
    if subsidies or draw(st.booleans()):
        package["subsidies"] = subsidies
    if subsidies:
        package["travel_claims"] = [_claim(draw, person, s["id"]) for s in subsidies]
    return package | draw(
        optional(
            applications=st.lists(_application(person), max_size=2, unique_by=lambda a: a["id"]),
            rota=st.lists(_task(), max_size=2),
        )
    )


def _event(draw: st.DrawFn, code: str, people: list[str]) -> dict[str, Any]:
    person = st.sampled_from(people)
    venue = {
        "name": draw(WORDS), "city": draw(WORDS),
        "rooms": [
            {"id": "hall", "name": draw(WORDS), "seats": draw(st.none() | st.integers(1, 99)),
             "booths": 0, **draw(optional(divisible=st.integers(1, 3)))},
            {"id": "tent", "name": "Tent", "seats": None, "booths": 3},
        ],
        **draw(optional(note=WORDS, bedrooms=st.lists(
            st.just({"id": "b1", "beds": 2, "designation": "mixed"}), max_size=1))),
    }  # fmt: skip
    participants = [_participant(draw, who, person) for who in draw(
        st.lists(person, unique=True, max_size=4))]  # fmt: skip
    worker = {"person": person, "role": WORDS}
    agreed = {
        "first_day": st.just("2027-02-01"), "last_day": st.just("2027-02-01"),
        "languages": st.lists(LANGUAGES, max_size=2), "fee": money(),
    }  # fmt: skip
    return {
        "id": code, "kind": draw(st.sampled_from(["school", "seminar", "youth_camp"])),
        "title": draw(st.dictionaries(LANGUAGES, WORDS)),
        "host_centre": draw(st.sampled_from([None, "amsterdam"])),
        "country": "PT", "tz": "Europe/Amsterdam",
        "start_date": "2027-02-01", "end_date": draw(st.sampled_from(["2027-02-01", "2028-01-01"])),
        "capacity": draw(st.integers(0, 500)), "currency": "EUR",
        "working_languages": draw(st.lists(LANGUAGES)),
        "status": draw(st.sampled_from(["completed", "planned", "running", "archived"])),
        "fee_table": draw(st.dictionaries(st.sampled_from("ABCD"), money())),
        "modules": [{"id": "m1", "title": "x", "start": "2027-02-01", "end": "2027-02-01"}],
        "deadlines": draw(st.dictionaries(WORDS, DATES, max_size=2)),
        "venue": venue,
        "delegations": [_delegation(draw, code, person)],
        "participants": participants,
        **draw(optional(
            free_days=st.lists(DATES, max_size=2, unique=True),
            blocked=st.lists(st.sampled_from([
                {"date": "2027-02-03", "start": "12:45", "end": "14:30", "why": "x"},
                {"date": None, "weekday": 4, "start": "12:45", "end": "14:30", "why": "x"},
                {"date": None, "start": "12:45", "end": "14:30", "why": "x"},
            ]), max_size=2),
            dst_note=WORDS, holiday_note=WORDS, heat_note=WORDS,
            arrival_checks=st.lists(st.sampled_from(ITEMS), unique=True),
            deposit=money(), age_range=st.just([15, 30]),
            camp_currency=st.just({"name": "t", "note": "", "rates_per_eur": {"A": "1.00"}}),
            staff=st.lists(st.fixed_dictionaries(worker, optional=agreed), max_size=2),
            lecturers=st.lists(st.fixed_dictionaries(worker, optional={
                **agreed, "floor_language": LANGUAGES, "also": st.none() | WORDS}), max_size=2),
            interpreters=st.lists(st.fixed_dictionaries(worker, optional={
                "a_language": LANGUAGES, "booth": LANGUAGES}), max_size=2),
            volunteers=st.lists(st.fixed_dictionaries(worker, optional=agreed), max_size=2),
            payments=st.lists(_payment(f"{code}-d01", person), max_size=1),
            solidarity_fund=st.just({"currency": "EUR",
                                     "allocated": {"amount": "5.00", "currency": "EUR"}}),
            funds=st.lists(_fund(), max_size=2, unique_by=lambda fund: fund["name"]),
        )),
    }  # fmt: skip


def _fund() -> st.SearchStrategy[dict[str, Any]]:
    """A fund of which nothing came in, a sum, or a list of incomes; none is like solidarity's."""
    income = st.fixed_dictionaries(
        {"amount": money(), "date": DATES}, optional={"from": st.just("x"), "earmark": st.just("y")}
    )
    known = st.one_of(
        st.just({}),
        st.builds(lambda amount: {"income": amount}, money()),
        st.builds(lambda lines: {"income": lines}, st.lists(income, min_size=1, max_size=3)),
    )
    fund = {"name": st.sampled_from(["travel", "visas"]), "currency": st.just("PHP")}
    return st.tuples(st.fixed_dictionaries(fund), known).map(lambda both: {**both[0], **both[1]})


def _delegation(draw: st.DrawFn, code: str, person: st.SearchStrategy[str]) -> dict[str, Any]:
    return {
        "id": f"{code}-d01", "name": draw(WORDS), "iso_country": "GB", "origin": "GB-SCT",
        "leader": draw(person), "coordination": draw(st.lists(person, unique=True, max_size=2)),
        "announced": 3, "confirmed": draw(st.integers(0, 9)), "fee_band": "A",
        "due": draw(st.none() | money()), "home_currency": "GBP",
        **draw(optional(state=st.just("paid"))),
    }  # fmt: skip


@st.composite
def _payment(draw: st.DrawFn, delegation: str, person: st.SearchStrategy[str]) -> dict[str, Any]:
    return {
        "id": "p1", "delegation": draw(st.sampled_from([None, delegation])), "date": draw(DATES),
        "method": "cash", "amount": draw(money()), "paid_as": draw(st.none() | money()),
        "reference": draw(WORDS), "allocated_to": draw(st.lists(person, unique=True, max_size=2)),
    }  # fmt: skip


def _participant(draw: st.DrawFn, who: str, person: st.SearchStrategy[str]) -> dict[str, Any]:
    arrival, departure = draw(st.just((None, None)) | STAYS)
    extra = optional(
        language_group=LANGUAGES, modules=st.sampled_from([[], ["m1"]]), bedroom=st.none(),
        diet=st.none() | WORDS, access=st.none() | WORDS, note=st.none() | WORDS,
        minor_at_start=st.booleans(), parental_consent=st.sampled_from([None, "signed", "missing"]),
        guardian_on_site=st.none() | person, sleeping=WORDS, first_time=st.booleans(),
        needs_visa=st.booleans(),
    )  # fmt: skip
    more = {"stays": [{"arrival": "2027-05-01T10:00", "departure": "2027-05-02T10:00"}]}
    return {
        "person": who, "role": "participant", "state": "completed", "arrival": arrival,
        "departure": departure, "fee": draw(st.none() | money()), **draw(extra),
        **(more if arrival and draw(st.booleans()) else {}),
    }  # fmt: skip


def _session(
    draw: st.DrawFn, code: str, n: int, people: list[str], editions: list[dict[str, Any]]
) -> dict[str, Any]:
    slot = draw(st.sampled_from(SLOTS))
    keys = ("start_local", "end_local", "fold_end", "start_utc", "end_utc", "minutes")
    read = draw(st.lists(st.sampled_from(editions), max_size=2)) if editions else []
    kind, groups = draw(st.sampled_from([
        ("lecture", None), ("working_groups", {"en": "hall", "fr": "tent"}), ("social", {}),
        ("delegation_meeting", {f"{code}-d01": "tent"}),
    ]))  # fmt: skip
    line = st.fixed_dictionaries({
        "source": LANGUAGES, "target": LANGUAGES | st.just("-"),
        "mode": st.sampled_from(["booth", "relay", "whisper", "consecutive"]),
        "interpreters": st.lists(st.sampled_from(people), max_size=2),
        "relay_via": st.none() | LANGUAGES,
    })  # fmt: skip
    return {
        "uid": f"{code}-s{n:03}@schoolapp.example", "no": n, "kind": kind, "title": draw(WORDS),
        "tz": "Europe/Amsterdam", **dict(zip(keys, slot, strict=True)),
        "room": draw(st.sampled_from(["hall", None])), "floor_language": "-",
        "languages": draw(st.lists(LANGUAGES)), "audience": draw(WORDS),
        "speakers": draw(st.lists(st.sampled_from(people), unique=True, max_size=2)),
        "interpretation": draw(st.lists(line, max_size=2)),
        "module": draw(st.sampled_from(["m1", None])), "sequence": draw(st.integers(0, 5)),
        "status": draw(st.sampled_from(["confirmed", "cancelled", "planned", "held"])),
        "register": draw(st.booleans()),
        "readings": [
            {"reading": e["id"], "work": e["work"], "lang": e["lang"], "required": True,
             "order": order, "pages": draw(st.none() | WORDS)}
            for order, e in enumerate(read)
        ],
        **({} if groups is None else {"groups": groups}),
        **draw(optional(reading_gap=st.lists(LANGUAGES), series=WORDS, invited=st.integers(0, 99),
                        public=st.booleans(), online_link=WORDS)),
    }  # fmt: skip


def _change(uids: list[str]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries(
        {"uid": st.sampled_from(uids), "change": WORDS, "at": st.just("2027-11-01T12:00:07Z"),
         "ics_method": st.just("REQUEST"), "sequence": st.integers(0, 9)},
        optional={"was": WORDS, "now": WORDS, "warning": WORDS},
    )  # fmt: skip


_WRITTEN: dict[str, st.SearchStrategy[Any]] = {
    **dict.fromkeys(("motivation", "modules_said", "organisation", "diet", "access"), WORDS),
    **dict.fromkeys(("arrival", "departure", "consent_on", "endorsed_on", "answer_due"), DATES),
    **dict.fromkeys(("first_time", "parental_consent", "consent"), st.booleans()),
    **dict.fromkeys(("contribution", "named_fee"), money()),
    "endorsed_by": WORDS,
    "answers": st.lists(
        st.fixed_dictionaries({"question": WORDS, "answer": WORDS}), min_size=1, max_size=2
    ),
    "doubts": st.lists(
        st.fixed_dictionaries(
            {
                "field": WORDS,
                "code": WORDS,
                "value": WORDS,
                "suggestion": st.none() | WORDS,
                "settled_at": st.none() | st.just("2027-01-02T10:00Z"),
                "settled_by": st.none() | st.just("desk"),
            }
        ),
        min_size=1,
        max_size=2,
    ),
    "issues": st.lists(WORDS, min_size=1, max_size=2),
    "source_file": WORDS,
    "source_row": st.integers(1, 9),
    "raw": st.dictionaries(WORDS, WORDS, min_size=1, max_size=2),
}
"""What somebody wrote, and what was odd about it."""


def _application(person: st.SearchStrategy[str]) -> st.SearchStrategy[dict[str, Any]]:
    states = ["draft", "submitted", "eligible", "waitlisted", "accepted"]
    return st.tuples(st.integers(1, 5), WORDS, person).flatmap(
        lambda chosen: st.fixed_dictionaries(
            {
                "id": st.just(chosen[1]), "person": st.just(chosen[2]),
                "state": st.just(states[chosen[0] - 1]),
                "transitions": st.just([
                    {"state": state, "at": "2027-01-01T10:00Z", "by": "applicant"}
                    for state in states[: chosen[0]]
                ]),
                "motivation_lang": st.none() | LANGUAGES,
                "needs_visa": st.none() | st.booleans(), "asks_subsidy": st.booleans(),
            },
            optional={"waiting_rank": st.integers(1, 9), "modules": st.just(["m1"]),
                      "asked_travel": money(), "note": WORDS, **_WRITTEN},
        )
    )  # fmt: skip


def _subsidy(draw: st.DrawFn, n: int, person: st.SearchStrategy[str]) -> dict[str, Any]:
    payment = st.fixed_dictionaries(
        {"kind": WORDS, "amount": money()},
        optional={"paid_as": money(), "rate_date": st.none() | DATES,
                  "signed_receipt": st.booleans(), "state": st.just("pending")},
    )  # fmt: skip
    rates = st.sampled_from([{}, {"rate": "66.00"}, {"rate_eur": "0.00000010"}])
    payments = [pay | draw(rates) for pay in draw(st.lists(payment, max_size=2))]
    return {
        "id": f"sub{n}", "person": draw(person),
        "state": draw(st.sampled_from(["settled", "paid", "part_paid", "requested"])),
        "granted": draw(st.none() | money()), "payments": payments,
        "fund": draw(st.sampled_from(["solidarity", "other"])),
        **draw(optional(requested=money(), decided_by=person, note=WORDS,
                        parts=st.dictionaries(WORDS, money(), max_size=2))),
    }  # fmt: skip


def _claim(draw: st.DrawFn, person: st.SearchStrategy[str], subsidy: str) -> dict[str, Any]:
    line = st.fixed_dictionaries(
        {"what": st.sampled_from(["flight", "taxi"]), "date": DATES, "paid": money(),
         "eur": money(), "receipt": st.booleans()},
        optional={"boarding_pass": st.booleans(), "rate": st.just("66.00"),
                  "rate_source": st.just("desk")},
    )  # fmt: skip
    lines = draw(st.lists(line, max_size=3, unique_by=lambda one: one["what"]))
    return {
        "id": f"tc-{subsidy}", "person": draw(person), "subsidy": subsidy, "state": "open",
        "lines": lines, "claimed": draw(st.none() | money()), "approved": None, "cap": None,
        "rejected_lines": [one["what"] for one in lines if draw(st.booleans())],
    }  # fmt: skip


def _task() -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries(
        {"date": DATES, "task": WORDS},
        optional={"by": st.sampled_from([None, "volunteers"]),
                  "people": st.none() | st.integers(0, 9), "team": st.none(),
                  "staffed_by_volunteers": st.booleans()},
    )  # fmt: skip
