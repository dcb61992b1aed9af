"""The names of states as lists of ISO 3166 and governments write them, brought to usual ones.

"Korea, Republic of", "Irán, República Islámica del" and "Kingdom of Spain" are a usual name and
words for the form of a state; where a form alone tells two states apart, it is looked at.
"""

import re
from functools import cache

from schoolapp.domain.text import fold

_FORMS = frozenset(map(fold, (
    "republic", "république", "república", "republiek", "republik", "repubblica", "republika",
    "jamhuriya", "kingdom", "royaume", "reino", "koninkrijk", "königreich", "regno", "kaharian",
    "state", "états", "état", "estado", "staat", "stato", "federal", "federated", "federation",
    "federative", "fédération", "fédérale", "federación", "federatie", "federale", "föderation",
    "bundesrepublik", "bondsrepubliek", "federação", "federazione", "democratic", "démocratique",
    "democrática", "democratische", "demokratische", "democratica", "people", "peoples", "s",
    "people's", "people’s", "populaire", "popular", "volksrepubliek", "volksrepublik", "islamic",
    "islamique", "islámica", "islamitische", "islamische", "islâmica", "arab", "arabe", "árabe",
    "arabische", "united", "unie", "unida", "verenigde", "vereinigte", "socialist", "socialiste",
    "socialista", "plurinational", "plurinacional", "plurinationaler", "plurinationale",
    "plurinational", "bolivarian", "bolivarienne", "bolivariana", "bolivariaanse",
    "bolivarische", "cooperative", "commonwealth", "confederation", "confédération",
    "confederación", "sultanate", "sultanat", "principality", "principauté", "principado",
    "grand", "duchy", "duché", "union", "unión", "occupied", "territory", "territories",
    "territoire", "territorios", "occupé", "hashemite", "oriental", "eastern", "helvetic", "part",
    "independent", "orientale", "unitaire", "rep", "dem", "states", "estados",
    "unidos",
)))  # fmt: skip
_JOINTS = frozenset({"the", "of", "la", "le", "les", "l", "de", "del", "des", "du", "d", "da", "do",
                     "der", "die", "van", "und", "and", "il", "el", "los", "das", "dos", "ng",
                     "het"})  # fmt: skip
_DEMOCRATIC = frozenset({"democratic", "democratique", "democratica", "democratische",
                         "demokratische", "people", "peoples", "people's", "populaire", "popular",
                         "volksrepubliek", "volksrepublik", "dem"})  # fmt: skip
_NORTH_SOUTH = {
    **dict.fromkeys(("korea", "coree", "corea", "coreia", "noord korea"), ("KP", "KR")),
    **dict.fromkeys(("congo", "kongo"), ("CD", "CG")),
}
_WHOLE = {
    "holy see vatican city": "VA", "russa": "RU", "moldau": "MD", "nederlanden": "NL",
    "korea south": "KR", "korea north": "KP", "bonaire sint eustatius saba": "BQ",
    "heard island mcdonald islands": "HM", "minor outlying islands": "UM",
    "holy see": "VA", "saint siege": "VA", "santa sede": "VA",
    "libyan jamahiriya": "LY", "brunei darussalam": "BN", "lao": "LA", "laos": "LA",
    "macedonia former yugoslav": "MK", "former yugoslav macedonia": "MK", "cabo verde": "CV",
    "taiwan province china": "TW", "taiwan china": "TW", "hong kong sar": "HK",
    "hong kong sar china": "HK", "hong kong china": "HK", "hong kong special administrative region"
    " china": "HK", "macau": "MO", "macao": "MO", "macau sar": "MO", "macao china": "MO",
    "virgin islands u": "VI", "virgin islands us": "VI", "virgin islands british": "VG",
    "falkland islands malvinas": "FK", "palestinian": "PS", "palestine": "PS",
    "palestinien": "PS", "palestino": "PS", "palestina": "PS", "palastina": "PS",
    "moldavie": "MD", "russian": "RU", "syrian": "SY", "syrienne": "SY", "siria": "SY",
    "hellenic": "GR", "hellenique": "GR", "helenica": "GR", "swiss": "CH", "suisse": "CH",
    "viet nam": "VN", "timor leste": "TL", "turkiye": "TR", "turkiye cumhuriyeti": "TR",
    "great britain northern ireland": "GB", "britain northern ireland": "GB",
    "great britain": "GB", "gran bretana e irlanda norte": "GB",
    "grande bretagne et irlande nord": "GB", "mexicanos": "MX",
    "slovak": "SK", "czech": "CZ", "kyrgyz": "KG", "gabonese": "GA", "togolese": "TG",
    "rwandese": "RW", "saint vincent grenadines": "VC", "st vincent grenadines": "VC",
    "sint maarten dutch": "SX", "saint martin french": "MF", "curacao": "CW", "eswatini": "SZ",
    "burma": "MM", "cote ivoire": "CI", "ivory coast": "CI", "bahamas": "BS", "gambia": "GM",
    "alemana": "DE", "allemande": "DE", "deutschland": "DE", "francaise": "FR", "francesa": "FR",
    "italiana": "IT", "italienne": "IT", "portuguesa": "PT", "argentine": "AR",
    "dominicaine": "DO", "dominicana": "DO", "dominikanische": "DO", "dominicaanse": "DO",
    "centrafricaine": "CF", "tcheque": "CZ", "checa": "CZ",
    "sahrawi": "EH", "sahraoui": "EH", "saharaui": "EH",
}  # fmt: skip
_NOBODY = frozenset({"china republic", "republic china"})  # the names of two states meet here


def official_name(text: str) -> tuple[str, str | None]:
    """(the usual name within the official one, the ISO code where the form decides it).

    ``("", None)`` where the text holds no form of a state, or nothing beside it.
    """
    words = words_of_name(text)
    rest = [word for word in words if word not in _FORMS]
    name = " ".join(rest)
    if " ".join(words) in _NOBODY or not rest:
        return "", None
    if name in _NORTH_SOUTH and len(rest) < len(words):
        democratic, other = _NORTH_SOUTH[name]
        return name, democratic if _DEMOCRATIC.intersection(words) else other
    return name, _WHOLE.get(name)


def words_of_name(text: str) -> list[str]:
    """The folded words of a country's name, without "of", "the", "and" and the like."""
    return [w for w in re.findall(r"[^\W\d_]+(?:['’]s)?", fold(text)) if w not in _JOINTS]


@cache
def three_letters() -> dict[str, str]:
    """The codes of three letters (PHL), with those of two that mean the same (ISO 3166-1)."""
    from babel.core import get_global

    aliases: dict[str, list[str]] = dict(get_global("territory_aliases"))
    return {
        code: meant[0]
        for code, meant in aliases.items()
        if len(code) == 3 and code.isalpha() and len(meant) == 1 and len(meant[0]) == 2
    }
