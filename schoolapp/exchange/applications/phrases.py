"""What a heading means by its words: phrases of forms, explanations and questions around them."""

import re
from dataclasses import dataclass, replace
from enum import IntEnum
from functools import cache, lru_cache

from schoolapp.domain.text import fold
from schoolapp.exchange.applications.headings import PHRASES
from schoolapp.exchange.applications.headings.chinese import AROUND, parted
from schoolapp.exchange.applications.headings.word_groups import by_stems, together
from schoolapp.exchange.applications.subjects import (
    APPLICANTS,
    PEOPLE,
    PERSONAL,
    Subject,
    folded,
    subject_of,
)


class Strength(IntEnum):
    """How surely a heading means a field."""

    NONE = 0
    WEAK = 1
    """The bare word "name" is among words that are not known: it may name anything."""
    PARTIAL = 2
    """The phrase is among other words."""
    STRIPPED = 3
    """The heading is the phrase, without an explanation or the words of a question."""
    EXACT = 4


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a heading means, how surely, and about whom."""

    field: str | None
    strength: Strength = Strength.NONE
    subject: Subject = Subject.UNSAID
    instead: tuple["Meaning", ...] = ()
    """What it may mean otherwise, the likeliest first: the cells decide."""


NOTHING = Meaning(None)
_LONGEST = 8  # words of a phrase
_MOST = 60  # words of a heading that are looked at together
_FIRST = 4  # words of a question in which it says "why"
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|\{[^{}]*\}|<[^<>]*>|（[^（）]*）")
_NUMBERING = re.compile(
    r"^\s*(?:(?:question|frage|pregunta|vraag|q)?\s*\d+(?:\.\d+)*\s*[.):\-–]\s*)+", re.IGNORECASE
)
_SENTENCE = re.compile(r"[.?!;:\n\r]+\s*|,\s+|\s[-–—|]\s")
_HINT = re.compile(r"\b(?:e\.\s?g\.|for example|p\.\s?ex\.|par exemple|por ejemplo|p\.\s?ej\.|"
                   r"z\.\s?b\.|zum beispiel|bijv\.|bijvoorbeeld|por exemplo|ex\.:).*",
                   re.IGNORECASE | re.DOTALL)  # fmt: skip
# Phrases that say something only if they are the whole heading.
_WHOLE = folded(
    "first last given family from to until von bis child student participant camper attendee "
    "applicant kind teilnehmer teilnehmerin teilnehmende deelnemer participante kalahok grant "
    "unterstutzung ayuda created completed submitted datum serial number nummer numero course "
    "courses track tracks kurs kurse cursos alter birth submission concept draft script alphabet "
    "schrift alfabeto escritura ecriture leaves leaving arrive depart beitrag recorded association "
    "verein firma entidade grupo pago paid bezahlt viagem viaje voyage travel passagem salida "
    "partida depart essen food land residence bijdrage repas eten comida company cel "
    "llega sale meals pasti cibo repas refeicoes maaltijden weeks semaines semanas settimane weken "
    "wochen consent consenso consentement consentimiento consentimento toestemming einwilligung "
    "stato paese nazione ente quota borsa corsi n cell recapito moduli viaggio provenienza "
    "partecipante "
    "kraj ad adi isim dil имя пол النوع 名 姓 单位 單位 机构 機構 费用 组织 組織 团体 time arr "
    "dep nat "
    "naz nac orga codice reference received ref "
    "referencia referenz civilite structure instelling pasaje motivo motivos grund begrundung "
    "komida "
    "contacto contato group union employer movement gruppe structure handicap entidad institucion "
    "vegetarian vegetarien allergie allergies "
    "visto partida arrivo partenza check in out"
)
_OF_BODIES = {"email", "phone", "country", "nationality"}
_WHY = folded("why pourquoi porque waarom warum bakit کیوں")
_LEADING = folded(
    "what is are your the please enter write give us tell type in fill state provide insert "
    "s a an of o su sus tu tus votre vos ton ta tes quel quelle quels quelles est sont cual cuales "
    "es son el la los las le les wat uw je jouw jullie wie is zijn de het bitte ihr ihre ihren "
    "dein deine deinen wie ist lautet lauten qual quais seu sua seus suas teu tua do da as os "
    "ang iyong ano mo آپ کا کی کے which my mon ma mes mi mis mein meine mijn meu minha any do you "
    "have me indicate indiquez indique escriba escribe vul gib geben sie an il i gli la lo le tuo "
    "tua tuoi tue suo sua suoi sue qual e inserisci indica scrivi per favore mia mio dell della "
    "del "
    "ваш ваша ваше ваши укажите введите lutfen sizin podaj twoje twoj"
) | folded(AROUND)


def plain(text: str) -> str:
    """A heading as it is compared: folded words with single spaces."""
    return parted(" ".join(re.sub(r"[^\w]+|_", " ", fold(text)).split()))


@lru_cache(maxsize=4096)  # rows are tried as headings again and again
def meaning_of(heading: str) -> Meaning:
    """What a heading means: as a whole, without its explanation, or by the words within it."""
    whole = plain(heading)
    if found := phrases().get(whole):
        said = found in PERSONAL and APPLICANTS.intersection(whole.split())
        return Meaning(found, Strength.EXACT, Subject.APPLICANT if said else Subject.UNSAID)
    bare = _HINT.sub("", _BRACKETS.sub(" ", _NUMBERING.sub("", heading)))
    sentences = [part for part in _SENTENCE.split(bare) if plain(part)]
    for text in (bare, *sentences[:1]):
        if (found := _asked(plain(text))) and (text == bare or len(plain(text)) > 2):
            within = _within(whole.split(), []) if found == "source_id" else None
            return within if within and within.field != found else Meaning(found, Strength.STRIPPED)
    if "parental_consent" in together(whole):
        return Meaning("parental_consent", Strength.PARTIAL)
    for number, part in enumerate(sentences, 1):
        before = plain(" ".join(sentences[: number - 1])).split()
        if meaning := _within(plain(part).split(), before):
            return meaning
    return _within(whole.split(), []) or NOTHING


def exact(text: str) -> str | None:
    """The field that a text names as a whole."""
    return phrases().get(plain(text))


@cache
def phrases() -> dict[str, str]:
    """All phrases, as they are compared, to their fields."""
    return {plain(phrase): name for name, some in PHRASES.items() for phrase in some}


def _asked(text: str) -> str | None:
    """The field that a question names when the words in front of it are taken off."""
    words = text.split()
    while words:
        if found := phrases().get(" ".join(words)):
            return found
        if words[0] not in _LEADING:
            return None
        words = words[1:]
    return None


def _phrase_in(words: list[str]) -> str:
    """The longest phrase among the words; "why" at the start of a question wins."""
    if why := [word for word in words[:_FIRST] if word in _WHY]:
        return why[0]
    return max(_phrases_in(words), key=len, default="")


def _phrases_in(words: list[str]) -> list[str]:
    """All phrases among the words, in their order."""
    texts = (
        " ".join(words[start:end])
        for start in range(len(words))
        for end in range(start + 1, min(start + _LONGEST, len(words)) + 1)
    )
    return [t for t in texts if _is_telling(t) and t not in _WHOLE and t in phrases()]


def _is_telling(phrase: str) -> bool:
    """Whether a phrase is too long to be found by chance; two Chinese signs are a word."""
    return len(phrase) > 2 or phrase[0] >= "\u2e80"


def _within(words: list[str], before: list[str]) -> Meaning | None:
    """What some words of a heading mean, behind those of the sentences in front of them."""
    text, every = " ".join(words[:_MOST]), [*before, *words]
    grouped = [_partial(name, "", every) for name in together(text)]
    by_stem = [_weaker(_partial(name, "", every)) for name in by_stems(text)]
    phrase = _phrase_in(words)
    if not phrase:
        return _likeliest(grouped or by_stem)
    by_phrase = _partial(phrases()[phrase], phrase, every)
    if " " not in phrase or by_phrase.field == "name":
        return _likeliest([*grouped, by_phrase, *by_stem])
    return _likeliest([by_phrase, *grouped, *by_stem])


def _weaker(meaning: Meaning) -> Meaning:
    """A meaning that only the stem of one word suggests."""
    return replace(meaning, strength=Strength.WEAK)


def _likeliest(found: list[Meaning]) -> Meaning | None:
    """The first of several, with the others that mean other fields."""
    if not found:
        return None
    by_field = {one.field: one for one in reversed(found)}
    others = [one for one in found[1:] if by_field[one.field] is one]
    return replace(found[0], instead=tuple(others))


def _partial(field: str, phrase: str, words: list[str]) -> Meaning:
    """What a phrase means among the words of its sentence and of those in front of it."""
    subject = subject_of(words, phrase.split(), field)
    if field == "organisation" and _OF_BODIES & {phrases()[one] for one in _phrases_in(words)}:
        subject = Subject.OTHER  # its address, not its name
    beside = {word for word in words if not word.isdecimal()} - {phrase} - _LEADING - PEOPLE
    strength = Strength.WEAK if field == "name" and beside else Strength.PARTIAL
    return Meaning(field, strength, subject)
