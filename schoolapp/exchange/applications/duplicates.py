"""Which rows may be about one person: pairs with reasons, for a person to decide."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from schoolapp.domain.reading_cells.addresses import phone_key
from schoolapp.domain.reading_cells.names import script_of
from schoolapp.domain.text import fold
from schoolapp.exchange.applications.drafts import KnownPerson, Pair, SheetRow

SAME_NAME = "same_name"
LIKE_NAME = "like_name"
SAME_BIRTH_DATE = "same_birth_date"
SAME_EMAIL = "same_email"
SAME_PHONE = "same_phone"
TRANSLITERATION = "transliteration"

_EQUAL, _ALIKE, _HINT = 97.0, 75.0, 70.0  # similarity of names, 0 to 100
_WATCHED_EVERY = 500  # rows
_BLOCK = 60  # rows of one birth date, address or name that a row is compared with


@dataclass(frozen=True, slots=True)
class Face:
    """What distinguishes a person: folded names by script, birth date, addresses, phones."""

    row: int | None
    known: int | None
    names: dict[str, tuple[str, ...]]
    born: date | None
    emails: frozenset[str]
    phones: frozenset[str]

    def keys(self) -> Iterable[tuple[str, object]]:
        """The blocks in which this person is looked for."""
        yield from (("email", email) for email in self.emails)
        yield from (("phone", phone) for phone in self.phones)
        if self.born:
            yield "born", self.born
        for folded in self.names.values():
            yield from (("name", " ".join(sorted(name.split()))) for name in folded)


@dataclass(frozen=True, slots=True)
class Likeness:
    """How two faces compare; ``score`` is 0 where they are not proposed as one person."""

    score: int
    reasons: tuple[str, ...] = ()
    shares_address: bool = False


@dataclass(frozen=True, slots=True)
class Alike:
    """Two persons of the database who may be one, with the reasons."""

    one: int
    other: int
    score: int
    reasons: tuple[str, ...]


def find_pairs(
    rows: Sequence[SheetRow],
    known: Sequence[KnownPerson],
    watch: Callable[[], None] = lambda: None,
) -> tuple[list[Pair], dict[int, int | None]]:
    """(pairs, best first per row; row to the other row of a mailbox that two persons share).

    ``watch`` is called now and then; what it raises ends the comparison.
    """
    blocks: dict[tuple[str, object], list[Face]] = defaultdict(list)
    for person in known:
        _enter(blocks, _face_known(person))
    pairs: list[Pair] = []
    shared: dict[int, int | None] = {}
    for number, row in enumerate(rows, 1):
        if number % _WATCHED_EVERY == 0:
            watch()
        if row.skipped:
            continue
        face = _face(row)
        proposed = []
        for other in _neighbours(blocks, face):
            likeness = compare(face, other)
            if likeness.score:
                proposed.append(
                    Pair(row.row, other.row, other.known, likeness.score, likeness.reasons)
                )
            elif likeness.shares_address:
                shared.setdefault(row.row, other.row)
        pairs += sorted(proposed, key=lambda pair: (-pair.score, pair.other_row or 0))
        _enter(blocks, face)
    return pairs, shared


def find_alike(known: Sequence[KnownPerson]) -> list[Alike]:
    """The persons who may be one, the likeliest pairs first."""
    blocks: dict[tuple[str, object], list[Face]] = defaultdict(list)
    found = []
    for person in known:
        face = _face_known(person)
        for other in _neighbours(blocks, face):
            likeness = compare(face, other)
            if likeness.score and other.known is not None:
                found.append(Alike(other.known, person.id, likeness.score, likeness.reasons))
        _enter(blocks, face)
    return sorted(found, key=lambda pair: (-pair.score, pair.one, pair.other))


def compare(one: Face, other: Face) -> Likeness:
    """Whether two faces may be one person.

    Names are compared within a script and in any order; a transliteration counts only beside the
    same birth date. A mailbox that persons of different names share is not a reason.
    """
    name = name_likeness(one.names, other.names)
    email, phone = bool(one.emails & other.emails), bool(one.phones & other.phones)
    born = None if not one.born or not other.born else one.born == other.born
    hint = name is None and born and _transliterated(one.names, other.names) >= _HINT
    if not _same_person(name, email, phone, born) and not hint:
        return Likeness(0, shares_address=email)
    reasons = {
        SAME_NAME: name is not None and name >= _EQUAL,
        LIKE_NAME: name is not None and _ALIKE <= name < _EQUAL,
        SAME_BIRTH_DATE: bool(born),
        SAME_EMAIL: email,
        SAME_PHONE: phone,
        TRANSLITERATION: bool(hint),
    }
    weight = round(name or 0) + 40 * bool(born) + 40 * email + 20 * phone
    return Likeness(weight or 1, tuple(reason for reason, there in reasons.items() if there))


def name_likeness(
    one: dict[str, tuple[str, ...]], other: dict[str, tuple[str, ...]]
) -> float | None:
    """0 to 100, the best of the scripts that both are written in; ``None`` if there is none."""
    from rapidfuzz import fuzz

    scores = [
        max(fuzz.token_sort_ratio(a, b), _contained(a, b), _joined(a, b))
        for script in one.keys() & other.keys()
        for a in one[script]
        for b in other[script]
    ]
    return max(scores) if scores else None


def _same_person(name: float | None, email: bool, phone: bool, born: bool | None) -> bool:
    if name is None:  # written in different scripts
        return bool(born) and (email or phone)
    if born:
        return name >= _ALIKE
    if born is False:  # two birth dates: one is a slip, if all the rest is the same
        return name >= 90 and email
    return (name >= 80 and (email or phone)) or name >= _EQUAL


def _contained(one: str, other: str) -> float:
    """90 if all words of the shorter name, at least two, are in the longer one, else 0."""
    short, long = sorted((one.split(), other.split()), key=len)
    return 90.0 if len(short) > 1 and set(short) <= set(long) else 0.0


def _joined(one: str, other: str) -> float:
    """90 if the names differ only in where their words part (``Dela Cruz``, ``Delacruz``)."""
    return 90.0 if one != other and one.replace(" ", "") == other.replace(" ", "") else 0.0


def _transliterated(one: dict[str, tuple[str, ...]], other: dict[str, tuple[str, ...]]) -> float:
    """How alike the consonants are, whatever the script; Urdu writes no short vowels."""
    from rapidfuzz import fuzz

    return max(
        (
            fuzz.token_sort_ratio(_consonants(a), _consonants(b))
            for a in (name for folded in one.values() for name in folded)
            for b in (name for folded in other.values() for name in folded)
        ),
        default=0.0,
    )


def _consonants(name: str) -> str:
    from anyascii import anyascii

    latin = anyascii(name).casefold()
    return "".join(c for c in latin if c not in "aeiouyw'`-" and (c.isalnum() or c == " "))


def _enter(blocks: dict[tuple[str, object], list[Face]], face: Face) -> None:
    for key in face.keys():  # noqa: SIM118 - not a dictionary
        blocks[key].append(face)


def _neighbours(blocks: dict[tuple[str, object], list[Face]], face: Face) -> list[Face]:
    found: dict[int, Face] = {}
    for key in face.keys():  # noqa: SIM118 - not a dictionary
        for other in blocks.get(key, ())[-_BLOCK:]:
            found[id(other)] = other
    return list(found.values())


def _face(row: SheetRow) -> Face:
    person = row.person
    emails = [e for e in (person.email, *person.other_emails) if e]
    return Face(
        row.row,
        None,
        _by_script(filter(None, (person.full_name, person.native_name))),
        person.born,
        frozenset(emails),
        _phones([person.phone] if person.phone else []),
    )


def _face_known(person: KnownPerson) -> Face:
    emails = frozenset(email.lower() for email in person.emails)
    return Face(
        None, person.id, _by_script(person.names), person.born, emails, _phones(person.phones)
    )


def _phones(phones: Iterable[str]) -> frozenset[str]:
    return frozenset(key for key in map(phone_key, phones) if len(key) >= 7)


def _by_script(names: Iterable[str]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for name in names:
        script = script_of(name)
        if script:
            folded = fold(name).replace("-", " ").replace(".", " ")
            found[script] = (*found.get(script, ()), " ".join(folded.split()))
    return found
