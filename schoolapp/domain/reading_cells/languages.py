"""Which languages a cell names: tags, or names in the languages of the forms."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from schoolapp.domain.reading_cells.countries import LANGUAGES
from schoolapp.domain.reading_cells.no_answer import says_nothing
from schoolapp.domain.text import fold

FREE_TEXT = "language_free_text"

_USUAL = {
    "castellano": "es", "castilian": "es", "castillan": "es", "cas": "es", "euskera": "eu",
    "euskara": "eu", "tagalog": "fil", "pilipino": "fil", "farsi": "fa", "mandarin": "zh",
    "flemish": "nl", "flamand": "nl", "vlaams": "nl", "anglais": "en", "brazilian": "pt",
    "eng": "en", "fra": "fr", "fre": "fr", "spa": "es", "ned": "nl", "urd": "ur", "esp": "es",
    "ingles": "en", "pranses": "fr", "espanyol": "es", "kastila": "es", "aleman": "de",
    "arabe": "ar", "arabo": "ar", "intsik": "zh", "hapones": "ja", "italyano": "it",
    "portuges": "pt", "ruso": "ru", "koreano": "ko", "olandes": "nl", "ilokano": "ilo",
    "hiligaynon": "hil", "ilonggo": "hil", "bisaya": "ceb", "waray": "war", "bahasa": "id",
    "dari": "prs", "catala": "ca", "catalan": "ca", "kurmanji": "ku", "darija": "ar",
    "cebuano": "ceb", "engl": "en", "ingl": "en", "angl": "en", "franz": "fr", "frz": "fr",
    "franc": "fr",
    "ital": "it", "ita": "it", "span": "es", "sp": "es", "port": "pt", "germ": "de", "ger": "de",
    "deu": "de", "dt": "de", "ang": "en", "dts": "de", "eng.": "en", "fr.": "fr", "fran": "fr",
    "中文": "zh", "汉语": "zh", "漢語": "zh", "普通话": "zh", "普通話": "zh", "国语": "zh",
    "國語": "zh",
    "粤语": "yue", "广东话": "yue", "粵語": "yue", "英文": "en", "法文": "fr", "德文": "de",
    "日文": "ja",
    "韩文": "ko", "俄文": "ru", "西班牙文": "es", "意大利文": "it", "葡萄牙文": "pt",
    "阿拉伯文": "ar",
    "英語": "en", "法語": "fr", "德語": "de", "西語": "es", "西语": "es", "葡语": "pt",
    "意语": "it",
}  # fmt: skip
# Languages whose name for themselves is read too.
_OWN = ("eu", "ca", "gl", "uk", "el", "tr", "fa", "bn", "hi", "ta", "ru", "pl", "ja", "zh", "ko",
        "fi", "sw", "am", "si", "ne", "ps", "th", "vi", "ms", "ku")  # fmt: skip
_THEIR_OWN = {
    "magyar": "hu", "romana": "ro", "cestina": "cs", "slovencina": "sk", "български": "bg",
    "hrvatski": "hr", "srpski": "sr", "српски": "sr", "slovenscina": "sl", "shqip": "sq",
    "eesti": "et", "latviesu": "lv", "lietuviu": "lt", "հայերեն": "hy", "ქართული": "ka",
    "עברית": "he", "norsk": "no", "bokmal": "nb", "islenska": "is", "gaeilge": "ga",
    "cymraeg": "cy", "монгол": "mn", "soomaali": "so", "isizulu": "zu", "bosanski": "bs",
}  # fmt: skip
# No longer spoken; "inglés medio" is a level, though it is the name of Middle English too.
_OLD = frozenset({"enm", "ang", "frm", "fro", "gmh", "goh", "mga", "sga", "dum", "non", "peo"})
# Languages in which sheets name languages now and then: asked where no other knows a word.
_FURTHER = (
    "hu", "ro", "cs", "sk", "ko", "sr", "hr", "bg", "he", "nb", "fi", "sl", "sq", "lt", "lv", "et",
    "sw", "vi", "th", "bn", "ka", "hy", "eu", "gl",
)  # fmt: skip
_PARTING = re.compile(
    r"[/,;|+&\n、，；／]| [-–—] | y | e | ed | et | and | en | at | und | i | и | та | ve | og |"
    r" och | și | a | ja "
    r"| و |،|؛|和|及|以及|與"
)
_IN_BRACKETS = re.compile(r"[(（]([^()（）]*)[)）]")
_LEVEL = re.compile(
    r"\b[abc][12]\b[+-]?|\(.*?\)|\b(?:"
    r"native|fluent|fluently|basic|basics|good|very good|excellent|perfect|little|a little|a bit|"
    r"some|well|very well|intermediate|advanced|beginner|elementary|conversational|working|"
    r"professional|proficient|learning|mother tongue|first language|second language|speaker|"
    r"spoken|written|language|"
    r"natif|native|courant|couramment|bien|tres bien|un peu|debutant|intermediaire|avance|"
    r"notions|bases|langue maternelle|maternelle|"
    r"nativo|nativa|fluido|basico|basica|intermedio|avanzado|principiante|un poco|poco|bueno|"
    r"muy bien|lengua materna|materna|materno|fluente|basico|intermediario|avancado|um pouco|"
    r"moedertaal|vloeiend|goed|heel goed|beetje|een beetje|basis|gevorderd|redelijk|"
    r"muttersprache|fliessend|gut|sehr gut|grundkenntnisse|etwas|ein wenig|"
    r"matatas|kaunti|mahusay|"
    r"madrelingua|lingua madre|buono|buona|ottimo|ottima|discreto|scolastico|scolastica|livello|"
    r"base|"
    r"nivel|niveau|level|medio|media|alto|alta|bajo|baja|scolaire|school level|read|write|speak|"
    r"working proficiency|proficiency|limited|fair|matig|native speaker|medium|moyen|moyenne|"
    r"родной|родная|свободно|хорошо|базовый|ojczysty|biegle|dobrze|podstawowy|ana dil|iyi|orta|"
    r"akici|"
    r"مادری|روانی|ممتاز|جيد|اللغة"
    r")\b|母语|流利|熟练|精通|基础|一般|良好|初级|中级|高级|母語|流暢|[1-5]\s*/\s*5|\b\d{1,3}\s*%"
)


# An answer to "Other languages?", though "no" and "si" are tags as well (Norwegian, Sinhala).
_ANSWERS = frozenset({"no", "non", "nee", "nein", "nao", "nope", "hindi po", "si", "yes", "ja",
                      "oui", "sim", "y", "n", "no.", "ok", "na", "not", "نہیں", "لا"})  # fmt: skip
_LEVELS_OF_NONE = frozenset({"none", "not at all", "no", "nothing", "nada", "ninguno", "geen",
                             "niet", "aucun", "pas du tout", "keine", "gar nicht", "wala", "0",
                             "non", "nee", "nein", "nenhum", "nenhuma", "nessuno", "nessuna",
                             "per niente",
                             "niente", "wcale", "brak", "无", "不会", "kein", "ninguna",
                             "aucune"})  # fmt: skip
_LETTER = re.compile(r"[^\W\d_]")
_ONLY = re.compile(
    r"\b(?:i speak|i know|i understand|only|just|also|and|je parle|hablo|ik spreek|ich spreche|"
    r"solo|seulement|alleen|nur|my|is|the|ang|mga)\b"
)
_DENIED = frozenset({"no", "not", "non", "pas", "sin", "without", "geen", "niet", "hindi", "نہیں"})


@dataclass(frozen=True, slots=True)
class LanguagesReading:
    """The BCP 47 tags in the order of the cell, and the words that were not understood."""

    languages: tuple[str, ...]
    marks: frozenset[str] = frozenset()
    unknown: tuple[str, ...] = ()


def read_languages(text: str, *, tags: bool = False) -> LanguagesReading:
    """The languages of a cell; anything but tags or plain names separated by signs is marked.

    A cell of "No" or "Si" answers the question for other languages, unless the column holds
    ``tags``; then it may be Norwegian, and is not understood.
    """
    if fold(text) in _ANSWERS:
        is_tag = tags and text.strip().lower() in _tags()
        return LanguagesReading((), *_doubted(text)) if is_tag else LanguagesReading(())
    found: list[str] = []
    unknown: list[str] = []
    plain = True
    pieces = _pieces(text)
    listed = all(piece.lower() in _tags() for piece in pieces)
    for piece in pieces:
        answer = fold(piece) in _ANSWERS and not listed
        tag = None if answer else _tag(piece) or _by_further(piece) or _inside(piece)
        plain = plain and (piece.lower() in _tags() or fold(piece) in _named())
        if tag is None and not answer and (several := _side_by_side(piece)):
            plain = False
            found += [one for one in several if one not in found]
        elif tag is None and not _is_denied(piece):
            unknown.append(piece)
        elif tag is None:
            plain = False
        elif tag not in found:
            found.append(tag)
    marks = frozenset() if plain else frozenset({FREE_TEXT})
    return LanguagesReading(tuple(found), marks, tuple(unknown))


def are_tags(texts: Iterable[str]) -> bool:
    """Whether a column names its languages by tags (``en, fr``) and not by their names."""
    pieces = [piece for text in texts for piece in _pieces(text)]
    clear = [piece for piece in pieces if fold(piece) not in _ANSWERS]
    return bool(clear) and all(len(p) <= 3 and p.lower() in _tags() for p in clear)


def is_spoken(text: str) -> bool | None:
    """Whether a cell of a grid, a language a column, says that the language is spoken.

    Any level but none is one; ``None`` for an empty cell and for words that are not a level.
    """
    plain = fold(text).strip(" .")
    if plain in _LEVELS_OF_NONE:
        return False
    if plain in ("", "-", "n/a", "na"):
        return None
    rest = _LEVEL.sub(" ", plain).split()
    return True if not rest or plain.isdigit() else None


def _doubted(text: str) -> tuple[frozenset[str], tuple[str, ...]]:
    return frozenset({FREE_TEXT}), (text,)


def _pieces(text: str) -> list[str]:
    """The parts of a cell that can each name a language; words of no use are no part."""
    text = _IN_BRACKETS.sub(_unless_named, text)
    parts = [piece.strip(" .:-\"'“”„«»") for piece in _PARTING.split(text)]
    return [
        p for p in parts if not says_nothing(p) and re.search(r"[^\W\d_]", _LEVEL.sub("", fold(p)))
    ]


def _unless_named(brackets: re.Match[str]) -> str:
    """Brackets as they are if they name a language, else nothing: ``(read/write)``."""
    return brackets[0] if _among(_words(brackets[1])) else " "


def language_named(text: str) -> str | None:
    """The tag of one language, given by tag or name; ``None`` if it is not a language."""
    return _tag(text.strip())


def _tag(piece: str) -> str | None:
    return piece.lower() if piece.lower() in _tags() else _named().get(_name_in(piece))


def _by_further(piece: str) -> str | None:
    """The language that a name of a seldom language means; short words may mean anything."""
    name = _name_in(piece)
    return _further().get(name) if len(name) > 4 or not name.isascii() else None


def _name_in(piece: str) -> str:
    words = _ONLY.sub(" ", _LEVEL.sub(" ", fold(piece)).replace(":", " "))
    return " ".join(words.split()).strip(" -.")


def _inside(piece: str) -> str | None:
    """The one language that some words name: ``a bit of French``; not what is denied."""
    words = _words(piece)
    found = _among(words)
    return found.pop() if len(found) == 1 and not _DENIED.intersection(words) else None


def _side_by_side(piece: str) -> list[str]:
    """The languages of a piece whose words are all names of some: ``English French``."""
    words = _ONLY.sub(" ", _LEVEL.sub(" ", fold(piece))).split()
    named = [_named().get(word) or _arabic(word) for word in words]
    return [tag for tag in named if tag] if len(words) > 1 and all(named) else []


def _arabic(word: str) -> str | None:
    """The language of an Arabic word with "and" in front of it, as one word."""
    return _named().get(word[1:]) if word[:1] == "و" else None


def _is_denied(piece: str) -> bool:
    """Whether some words name a language that somebody does not speak: ``no English``."""
    words = _words(piece)
    return bool(_DENIED.intersection(words) and _among(words))


def _words(piece: str) -> list[str]:
    return re.sub(r"[:\-'’]", " ", _LEVEL.sub(" ", fold(piece))).split()


def _among(words: list[str]) -> set[str]:
    return {tag for word in words if len(word) > 3 and (tag := _named().get(word) or _arabic(word))}


@cache
def _tags() -> frozenset[str]:
    from babel import Locale

    return frozenset(tag for tag in map(str, Locale.parse("en").languages) if len(tag) in (2, 3))


@cache
def _further() -> dict[str, str]:
    """Names in languages that are met seldom; none that another language knows otherwise."""
    from babel import Locale

    found: dict[str, str] = {}
    for locale in _FURTHER:
        for tag, name in Locale.parse(locale).languages.items():
            if len(tag) == 2 and tag not in _OLD:
                found.setdefault(fold(name), tag)
    return found


@cache
def _named() -> dict[str, str]:
    from babel import Locale

    found: dict[str, str] = {}
    for locale in LANGUAGES:
        for tag, name in Locale.parse(locale).languages.items():
            if len(tag) in (2, 3) and tag not in _OLD:
                found.setdefault(fold(name), tag)
    for tag in _OWN:
        found.setdefault(fold(str(Locale.parse(tag).languages[tag])), tag)
    return found | {fold(name): tag for name, tag in _THEIR_OWN.items()} | _USUAL
