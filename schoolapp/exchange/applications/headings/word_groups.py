"""Words that mean a field together, or by their stem, whatever stands between them.

    "Geschätzte Kosten der Anreise"     a word for costs and one for a journey: travel
    "¿Sigues alguna dieta especial?"    the stem diet-

A word is matched by its beginning; with ``~`` anywhere in a word, with a point at its end as a
whole; ``_`` stands for a space. All words are folded, and of all languages together.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from schoolapp.domain.text import fold
from schoolapp.exchange.applications.headings import word_lists as words


@dataclass(frozen=True, slots=True)
class Group:
    """A field, the groups of which one word each must be there, and words that must not."""

    field: str
    words: tuple[str, ...]
    without: str = ""


TOGETHER: tuple[Group, ...] = (
    Group("parental_consent", (f"{words.AGREE} {words.SIGNED}", words.PARENTS), words.PHOTOS),
    Group("privacy", (f"{words.AGREE} {words.HANDLING}", words.DATA), f"{words.PHOTOS} date_of"),
    Group("subsidy", (words.MONEY, words.HELP)),
    Group("subsidy", (words.FEE, words.LESS)),
    Group("contribution", (words.SUM, words.GIVE)),
    Group("travel", (words.COST, words.TRAVEL), "who hotel"),
    Group("contribution", (words.SUM, words.PAY)),
    Group("contribution", (words.OWN, words.SHARE)),
    Group("native_name", (words.NAMES, words.SCRIPT), words.LATIN),
    Group("nationality", (words.PASSPORT, words.ISSUED), words.OF_PASSPORTS),
    Group("born", (words.ANY_DAY, f"{words.BORN} {words.BIRTH}"), words.PLACE),
    Group("arrival", (words.WHEN, words.ARRIVE), "age cost kosten from_where airport city"),
    Group("departure", (words.WHEN, words.LEAVE), "age cost kosten airport city sick"),
    Group("first_time", (words.FIRST, words.OCCASION), f"{words.NAMES} {words.LANGUAGE}"),
    Group("country", (words.WHERE, words.LIVE), "travel depart arriv born from_whom"),
    Group("country", (words.COUNTRY, words.LIVE), "birth geburt nac nais organi"),
    Group("diet", (words.FOOD, words.WISHES), "favo favourite team cook"),
    Group("access", (words.NEEDS, words.SPECIAL), words.OTHER_NEEDS),
    Group("access", ("mobil", "redu ridott limit")),
    Group("access", ("accommodations adjust amenagement", "need any necess reason besoin requir")),
    Group("motivation", (words.REASON, words.TAKE_PART), "not cancel"),
    Group("modules", (words.WHICH, words.WEEKS), "of_the_world free holiday"),
    Group("languages", (words.LANGUAGE, words.KNOWN), "programming"),
    Group("gender", (words.HOW, words.IDENTIFY), "racial race ethni religio"),
    Group("submitted_at", (words.DAY_OF, words.SENDING), "passport birth arriv depart expir visa"),
)  # fmt: skip
"""The earlier of two that fit is likelier."""

STEMS: tuple[Group, ...] = (
    Group(
        "diet",
        (
            "allerg alerg ernahrst ernahrt ernahren ~allergi intoler ~intolerant ~intoleranz "
            "~unvertraglich vegetari vegan. vegane vegano dietary diet. diat. dieet ~dieet "
            "alerhiya halal الرجی 过敏 素食",
        ),
        "medic health sante salud gesund saude salute drug penicil",
    ),
    Group(
        "access",
        (
            "disab ~disabil handicap discapacid diversidad_funcional deficienc behinder "
            "~behinder beeintracht beperking barrier ~barrier zuganglich toegankelijk "
            "~toegankelijk accessib accesib acessib kapansanan معذور 无障碍 einschrankung",
        ),
    ),
    Group(
        "visa",
        ("visum ~visum visa. visado visto. vize wiz виз ~visa ویز 签证 簽證",),
    ),
    Group(
        "subsidy",
        (
            "scholarship bursary bursaries stipend beca. becas bourse bolsa. beurs. subsid "
            "subvenc subvention sussidi zuschuss iskolar solidarity solidarit solidaridad "
            "solidarieta solidariedade burs. وظیفہ 资助",
        ),
    ),
    Group(
        "travel",
        ("~reisekosten ~fahrtkosten ~flugkosten ~anreisekosten ~reiskosten pamasahe",),
    ),
    Group(
        "privacy",
        ("~privacy privacid privacida confidentialit ~datenschutz rgpd gdpr dsgvo lgpd رازداری",),
    ),
    Group(
        "languages",
        (
            "jezyk язык dilleri dillerde dillerini ~sprachkennt sprachniveau taalkennis "
            "talenkennis taalvaardig spreektalen linguist",
        ),
    ),
    Group(
        "nationality",
        (
            "nationalit nacional nazional ~nationalit staatsangeh staatsbur staatszug citizen "
            "ciudadan citoyen cidadan cittadin burgerschap",
        ),
    ),
    Group("country", ("ulkede ulkeden kraju стран",)),
    Group(
        "pronouns",
        ("pronom pronoun pronombre ~pronomen voornaamwoord panghalip aanspreekvorm",),
    ),
    Group(
        "motivation",
        ("motivat motivac motivaz motivier motivie motiva.",),
    ),
    Group(
        "modules",
        ("~modul",),
    ),
    Group(
        "email",
        ("~email e_mail ~emailadres courriel correo ~mailadresse",),
    ),
    Group(
        "phone",
        (
            "~telefon ~telefoon telephone handynummer mobilfunk ~whatsapp signal. celular "
            "cellulare cellphone selpon ~handy واٹس",
        ),
    ),
    Group(
        "organisation",
        ("~organisation. ~organisatie. ngo. ngos. ong. sindicat syndicat gewerkschaft vakbond",),
    ),
    Group(
        "born",
        ("~geburtsdat ~geburtstag ~geboortedat ~geboortedag verjaardag compleanno cumpleanos",),
    ),
    Group(
        "gender",
        ("genderident ~geschlecht civilite",),
    ),
    Group(
        "first_time",
        ("erstteilnahme erstmals",),
    ),
)
"""What a single word suggests, where nothing surer is found."""


def together(text: str) -> list[str]:
    """The fields that several words of a plain text mean together, the likeliest first."""
    return _fields(text, TOGETHER)


def by_stems(text: str) -> list[str]:
    """The fields that the stem of one word of a plain text suggests."""
    return _fields(text, STEMS)


def _fields(text: str, groups: Iterable[Group]) -> list[str]:
    spaced = f" {text} "
    return list(dict.fromkeys(one.field for one in groups if _is_in(spaced, one)))


def _is_in(spaced: str, group: Group) -> bool:
    there, without = _patterns(group)
    if not all(pattern.search(spaced) for pattern in there):
        return False
    return without is None or not without.search(spaced)


@cache
def _patterns(group: Group) -> tuple[tuple[re.Pattern[str], ...], re.Pattern[str] | None]:
    without = _pattern(group.without) if group.without else None
    return tuple(map(_pattern, group.words)), without


def _pattern(words: str) -> re.Pattern[str]:
    return re.compile("|".join(dict.fromkeys(map(_one, words.split()))))


def _one(word: str) -> str:
    """A word of the tables as an expression: ``camp.`` is a whole word, ``~visum`` any part."""
    start = "" if word.startswith("~") or (not word.isascii() and len(word) <= 3) else " "
    end = " " if word.endswith(".") else ""
    return start + re.escape(fold(word.strip("~.").replace("_", " "))) + end
