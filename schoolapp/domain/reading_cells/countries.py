"""Which country a cell names: names in six languages and more, codes, usual short forms, slips."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache

from schoolapp.domain.reading_cells.official_names import (
    official_name,
    three_letters,
    words_of_name,
)
from schoolapp.domain.reading_cells.peoples import people_of
from schoolapp.domain.text import fold

_FLAG_A = 0x1F1E6  # the first of the 26 signs of which flags are made
VARIANT = "country_variant"
LANGUAGES = (
    "en",
    "fr",
    "es",
    "nl",
    "fil",
    "ur",
    "pt",
    "it",
    "de",
    "ar",
    "da",
    "sv",
    "id",
    "ru",
    "uk",
    "zh",
    "ja",
    "tr",
    "fa",
    "hi",
    "el",
    "pl",
    "ca",
)

# Names in use that the locale data give otherwise, by language.
_USUAL = {
    "en": {
        "Turkey": "TR", "Ivory Coast": "CI", "Czech Republic": "CZ", "Palestine": "PS",
        "Myanmar": "MM", "Burma": "MM", "Democratic Republic of the Congo": "CD",
        "Democratic Republic of Congo": "CD", "Republic of the Congo": "CG", "Hong Kong": "HK",
        "The Netherlands": "NL", "The Gambia": "GM", "Cape Verde": "CV", "Swaziland": "SZ",
        "East Timor": "TL", "Macedonia": "MK", "Bosnia and Herzegovina": "BA",
        "The Philippines": "PH", "Great Britain": "GB", "United States of America": "US",
},
    "fr": {
        "Palestine": "PS", "Birmanie": "MM", "Myanmar": "MM", "Turquie": "TR",
        "Biélorussie": "BY", "République démocratique du Congo": "CD",
        "République du Congo": "CG", "Les Pays-Bas": "NL", "République tchèque": "CZ",
        "Hong Kong": "HK", "Bosnie-Herzégovine": "BA", "États-Unis d'Amérique": "US",
},
    "es": {
        "Palestina": "PS", "República Checa": "CZ", "Birmania": "MM", "Congo-Kinshasa": "CD",
        "República del Congo": "CG", "Países Bajos": "NL", "Estados Unidos de América": "US",
},
    "nl": {
        "Palestina": "PS", "Birma": "MM", "Democratische Republiek Congo": "CD",
        "Turkije": "TR", "Wit-Rusland": "BY", "Tsjechische Republiek": "CZ",
        "Verenigde Staten van Amerika": "US",
},
    "fil": {
        "Pilipinas": "PH", "Estados Unidos": "US", "Espanya": "ES", "Tsina": "CN",
        "Hapon": "JP", "Alemanya": "DE", "Pransya": "FR", "Olanda": "NL", "Indiya": "IN",
        "Palestina": "PS", "Turkiya": "TR", "Italya": "IT", "Gresya": "GR", "Rusya": "RU",
        "Belhika": "BE",
},
    "ur": {
        "فلسطین": "PS", "ترکی": "TR", "ہندوستان": "IN", "انڈیا": "IN", "امریکہ": "US",
        "برطانیہ": "GB", "ہالینڈ": "NL", "پاکستان": "PK",
},
    # short and informal: understood, but always marked
    "": {
        "RDC": "CD", "DRC": "CD", "DR Congo": "CD", "RD Congo": "CD", "USA": "US",
        "U.S.A.": "US", "U.S.A": "US", "U.S.": "US", "Bosnia": "BA", "Trinidad": "TT",
        "Guinea Conakry": "GN", "Guinée Conakry": "GN", "EEUU": "US",
        "EE.UU.": "US", "EE. UU.": "US", "Etats-Unis": "US",
        "UK": "GB", "U.K.": "GB", "Britain": "GB", "England": "GB", "Angleterre": "GB",
        "Inglaterra": "GB", "Engeland": "GB", "Scotland": "GB", "Écosse": "GB", "Escocia": "GB",
        "Schotland": "GB", "Wales": "GB", "Northern Ireland": "GB", "Holland": "NL",
        "Hollande": "NL", "Holanda": "NL", "RSA": "ZA", "UAE": "AE", "RCA": "CF",
        "Côte d'Ivoire": "CI", "Catalunya": "ES", "Euskal Herria": "ES", "Basque Country": "ES",
        "País Vasco": "ES", "Québec": "CA", "Viet Nam": "VN", "PRC": "CN",
        "Inghilterra": "GB", "Scozia": "GB", "Galles": "GB", "G.B.": "GB", "GB": "GB",
        "Schottland": "GB",
        "Nordirland": "GB", "Großbritannien": "GB", "Gran Bretagna": "GB", "Gran Bretaña": "GB",
        "Grande-Bretagne": "GB", "Grã-Bretanha": "GB", "Catalonia": "ES", "Cataluña": "ES",
        "Catalogne": "ES", "Katalonien": "ES", "Méjico": "MX", "Olanda": "NL",
        "Flanders": "BE", "Vlaanderen": "BE", "Korea Republic": "KR", "Republica Moldova": "MD",
        "Irish Republic": "IE", "KSA": "SA", "PNG": "PG", "BRD": "DE",
        "Bundesrepublik Deutschland": "DE",
},
}  # fmt: skip


_PARTING = re.compile(r"[,;()/–]|\s-\s")


@dataclass(frozen=True, slots=True)
class CountryReading:
    """The ISO 3166-1 code, or ``None`` with the likeliest one as a suggestion."""

    country: str | None
    marks: frozenset[str] = frozenset()
    suggestion: str | None = None


def main_language(texts: Iterable[str]) -> str:
    """The language in which most cells of a column name their country exactly."""
    counts: Counter[str] = Counter()
    exact = _exact()
    for text in texts:
        counts.update(exact.get(text, ()))
    counts.pop("", None)
    return max(LANGUAGES, key=lambda tag: counts[tag])


@lru_cache(maxsize=2048)  # sheets repeat their cells
def read_country(text: str, language: str) -> CountryReading:
    """The country that a cell names.

    Only a name as ``language`` writes it, or an ISO code in capitals, passes without a mark. One
    slip of the pen in a long name is corrected if no other country is as near; else it is a doubt.
    """
    if text in _codes():
        return CountryReading(text)
    text = _without_flag(text)
    found = _folded().get(fold(text).replace("’", "'"))
    if found and len(found) == 1:
        (country,) = found
        exact = language in _exact().get(text, ())
        return CountryReading(country, frozenset() if exact else frozenset({VARIANT}))
    if not found and (named := _official(text) or _among_words(text)):
        return CountryReading(named, frozenset({VARIANT}))
    if not found and (near := _nearest(fold(text))):
        best, sure = near
        return CountryReading(best if sure else None, frozenset({VARIANT}), best)
    return CountryReading(None, frozenset({VARIANT}))


def is_named(text: str, country: str) -> bool:
    """Whether a text names this country in some usual way, so that nothing was corrected."""
    bare = _without_flag(text)
    names = _folded().get(fold(bare).replace("’", "'"), frozenset())
    return (
        country in names
        or text.upper() == country
        or _among_words(bare) == country
        or (_official(bare) == country)
    )


def country_named(folded: str) -> str | None:
    """The one country that has exactly this name, folded, in some language."""
    found = _folded().get(folded, frozenset())
    return next(iter(found)) if len(found) == 1 else None


def is_country(code: object) -> bool:
    """Whether something is the ISO 3166-1 code of a country, in capitals."""
    return isinstance(code, str) and code in _codes()


def country_of_delegation(text: str) -> str | None:
    """The country that the name of a delegation is, in one or several languages at once."""
    found = {next(iter(c)) if len(c := _folded().get(fold(p), frozenset())) == 1 else None
             for p in text.split("/")}  # fmt: skip
    return found.pop() if len(found) == 1 else None


def _among_words(text: str) -> str | None:
    """The one country that a cell names beside other words: ``Germany (Berlin)``, ``nl``."""
    if text.upper() in _codes():
        return text.upper()
    pieces = [fold(piece) for piece in _PARTING.split(text)]
    found = [_folded()[piece] for piece in pieces if piece in _folded()]
    codes = {code for several in found for code in several}
    return codes.pop() if len(codes) == 1 else None


def _official(text: str) -> str | None:
    """The country behind a code of three letters, or an official name."""
    if code := three_letters().get(text.strip(". ")):
        return code
    name, decided = official_name(text)
    if decided or not name:
        return decided
    found = _bare().get(name, frozenset())
    return next(iter(found)) if len(found) == 1 else people_of(name)


def _without_flag(text: str) -> str:
    """The text without the sign of a flag; a flag alone is the code that it is made of."""
    letters = [chr(ord(c) - _FLAG_A + ord("A")) for c in text if _FLAG_A <= ord(c) < _FLAG_A + 26]
    bare = "".join(c for c in text if not _FLAG_A <= ord(c) < _FLAG_A + 26).strip()
    return bare or "".join(letters)


def _nearest(folded: str) -> tuple[str, bool] | None:
    """(country, whether it alone is near enough to be intended), ``None`` if nothing is alike."""
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    if len(folded) < 5:
        return None
    limit = 1 if len(folded) < 10 else 2
    hits = process.extract(
        folded, list(_folded()), scorer=OSA.distance, score_cutoff=limit + 1, limit=30
    )
    near: dict[str, float] = {}
    for name, distance, _place in hits:
        for country in _folded()[name]:
            near[country] = min(distance, near.get(country, 9))
    if not near:
        return None
    best = min(near, key=lambda country: near[country])
    return best, near[best] <= limit and len(near) == 1


@cache
def _codes() -> frozenset[str]:
    return frozenset(iso for names in _names().values() for iso in names.values())


@cache
def _names() -> dict[str, dict[str, str]]:
    """Language to name to code."""
    from babel import Locale

    found: dict[str, dict[str, str]] = {}
    for tag in LANGUAGES:
        own: dict[str, str] = dict(Locale.parse(tag).territories)
        names = {own[iso]: iso for iso in own if len(iso) == 2 and iso.isalpha() and iso not in _NO}
        found[tag] = names | _USUAL.get(tag, {})
    return found | {"": _USUAL[""]}


_NO = frozenset({"EU", "EZ", "UN", "QO", "XA", "XB", "ZZ"})  # not countries


@cache
def _exact() -> dict[str, frozenset[str]]:
    """Name as it is written to the languages that write it so."""
    found: dict[str, set[str]] = {}
    for tag, names in _names().items():
        for name in names:
            found.setdefault(name, set()).add(tag)
            found.setdefault(name.replace("’", "'"), set()).add(tag)
    return {name: frozenset(tags) for name, tags in found.items()}


@cache
def _folded() -> dict[str, frozenset[str]]:
    """Folded name to the codes it may mean; ``congo`` means two."""
    found: dict[str, set[str]] = {
        "congo": {"CD", "CG"},
        "kongo": {"CD", "CG"},
        "korea": {"KR", "KP"},
    }
    for names in _names().values():
        for name, iso in names.items():
            found.setdefault(fold(name).replace("’", "'"), set()).add(iso)
    return {name: frozenset(codes) for name, codes in found.items()}


@cache
def _bare() -> dict[str, frozenset[str]]:
    """Names without "and", "the" and the like to the codes that they may mean."""
    found: dict[str, frozenset[str]] = {}
    for name, codes in _folded().items():
        key = " ".join(words_of_name(name))
        found[key] = found.get(key, frozenset()) | codes
    return found
