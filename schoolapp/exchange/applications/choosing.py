"""Which of several columns is the one that a field is read from: the best match, not the first."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from schoolapp.exchange.applications.guessing import LISTS, Guess
from schoolapp.exchange.applications.options import is_other
from schoolapp.exchange.applications.persons import OF_A_PERSON
from schoolapp.exchange.applications.phrases import Strength, plain
from schoolapp.exchange.applications.subjects import Subject, folded

_NAMES = ("name", "full_name", "given", "family", "middle", "prefix", "second_family")
# Headings of forms that yield to any other of the same field.
_LESSER = folded(
    "language langue idioma lengua taal sprache lingua anrede residence mail created datum no id "
    "nr contact"
)
Taken = Collection[tuple[str, int]]
"""Fields that somebody has given to a column, each with the number of its person."""


def chosen_fields(
    guessed: Sequence[Guess], persons: Mapping[int, int], taken: Taken
) -> dict[int, str]:
    """Column to field, for the columns that keep the field they may have."""
    by_person: dict[int, list[Guess]] = defaultdict(list)
    for one in guessed:
        if one.field:
            by_person[_person(one, persons)].append(one)
    chosen: dict[int, str] = {}
    for person, some in by_person.items():
        held = {name for name, of in taken if of in (person, 0) or person == 0}
        chosen |= _of_person(some, held)
    return chosen


def _person(one: Guess, persons: Mapping[int, int]) -> int:
    """Whose column it is: one without a number is of the first person or of all."""
    if one.index in persons or not persons:
        return persons.get(one.index, 0)
    return 1 if one.field in OF_A_PERSON else 0


def _of_person(guessed: list[Guess], held: Collection[str]) -> dict[int, str]:
    names = _names([one for one in guessed if one.field in _NAMES], held)
    payer_is_other = any(one.meaning.subject > Subject.PAYER for one in names) or bool(
        {"full_name", "given", "family"}.intersection(held)
    )
    chosen = {one.index: field for one, field in names.items() if field not in held}
    by_field: dict[str, list[Guess]] = defaultdict(list)
    for one in guessed:
        if one.field and one.field not in _NAMES and one.field not in held:
            by_field[one.field].append(one)
    for field, some in by_field.items():
        if payer_is_other:
            some = [one for one in some if one.meaning.subject is not Subject.PAYER]
        chosen |= dict.fromkeys((one.index for one in _kept(field, some)), field)
    return chosen


def _names(guessed: list[Guess], held: Collection[str]) -> dict[Guess, str]:
    """The columns of the name: all about the same subject, so that nobody is made of two people."""
    sure = [one for one in guessed if one.meaning.strength is not Strength.WEAK]
    tiers: dict[Subject, list[Guess]] = defaultdict(list)
    for one in sure if any(one.filled for one in sure) else guessed:
        tiers[one.meaning.subject].append(one)
    ranked = sorted(tiers, key=lambda subject: (_has_name(tiers[subject]), subject), reverse=True)
    if not ranked:
        return {}
    tier = _meant(tiers[ranked[0]], held)
    best = {field: _best(some) for field, some in tier.items()}
    parts = [best[field] for field in ("given", "family") if field in best]
    if "full_name" in best and not best["full_name"].filled and any(one.filled for one in parts):
        del best["full_name"]
    return {one: field for field, one in best.items()}


def _has_name(tier: list[Guess]) -> bool:
    return any(one.filled and one.field in _NAMES[:4] for one in tier)


def _meant(tier: list[Guess], held: Collection[str]) -> dict[str, list[Guess]]:
    """The columns by field; a bare "Name" is the family name beside a first name, and the like."""
    fields = {one.field for one in tier} | set(held)
    meaning = "full_name"
    if "full_name" not in fields and "given" in fields and "family" not in fields:
        meaning = "family"
    elif "full_name" not in fields and "family" in fields and "given" not in fields:
        meaning = "given"
    found: dict[str, list[Guess]] = defaultdict(list)
    for one in tier:
        found[meaning if one.field == "name" else str(one.field)].append(one)
    return found


def _kept(field: str, some: list[Guess]) -> list[Guess]:
    """The columns of a field: the best one, or the options of the question with the best match."""
    options = [one for one in some if one.option is not None]
    whole = [one for one in some if one.option is None]
    if field in LISTS:
        return [*options, *_whole_lists(whole, options)]
    if field == "gender" and whole:
        return [_best(whole), *options]
    if options and not any(one.filled for one in whole):
        return options
    return [_best(whole)] if whole else []


def _whole_lists(whole: list[Guess], options: list[Guess]) -> list[Guess]:
    """The columns that hold lists in words: not the one that repeats what its options say."""
    asked = {_question(one) for one in options if one.option != "other"}
    left = [one for one in whole if plain(one.heading) not in asked]
    better = [one for one in left if not _is_lesser(one)]
    return better or ([] if options else left)


def _is_lesser(one: Guess) -> bool:
    """Whether a column is about one language, such as that of letters, among others."""
    words = plain(one.heading).split()
    if is_other(one.heading):
        return False
    partly = one.meaning.strength is Strength.PARTIAL and _LESSER.intersection(words)
    return bool(partly) or plain(one.heading) in _LESSER


def _question(one: Guess) -> str:
    """The heading of an option without the option."""
    words = plain(one.heading).split()
    option = plain(one.option or "").split()
    return " ".join(words[: len(words) - len(option)])


def _best(some: list[Guess]) -> Guess:
    """The best match: filled over empty, people over accounts, exact over partial, first."""
    return max(
        some,
        key=lambda one: (
            one.filled,
            one.meaning.subject,
            one.meaning.strength,
            plain(one.heading) not in _LESSER,
            -one.index,
        ),
    )
