"""What a heading means by its words: phrases of forms, explanations and questions around them."""

import re
from dataclasses import dataclass
from enum import IntEnum
from functools import cache

from schoolapp.domain.text import fold
from schoolapp.exchange.applications.headings import PHRASES
from schoolapp.exchange.applications.headings.consent import CONSENT, PARENTS
from schoolapp.exchange.applications.subjects import PEOPLE, Subject, folded, subject_of


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


NOTHING = Meaning(None)
_LONGEST = 8  # words of a phrase
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
    "llega sale"
)
_OF_BODIES = {"email", "phone", "country", "nationality"}
_WHY = folded("why pourquoi porque waarom warum bakit کیوں")
_LEADING = folded(
    "what is are your the please enter write give us tell type in fill state provide insert "
    "s a an of o su sus tu tus votre vos ton ta tes quel quelle quels quelles est sont cual cuales "
    "es son el la los las le les wat uw je jouw jullie wie is zijn de het bitte ihr ihre ihren "
    "dein deine deinen wie ist lautet lauten qual quais seu sua seus suas teu tua do da as os "
    "ang iyong ano mo آپ کا کی کے which my mon ma mes mi mis mein meine mijn meu minha any do you "
    "have me indicate indiquez indique escriba escribe vul gib geben sie an"
)


def plain(text: str) -> str:
    """A heading as it is compared: folded words with single spaces."""
    return " ".join(re.sub(r"[^\w]+|_", " ", fold(text)).split())


def meaning_of(heading: str) -> Meaning:
    """What a heading means: as a whole, without its explanation, or by the words within it."""
    whole = plain(heading)
    if found := phrases().get(whole):
        return Meaning(found, Strength.EXACT)
    bare = _HINT.sub("", _BRACKETS.sub(" ", _NUMBERING.sub("", heading)))
    sentences = [part for part in _SENTENCE.split(bare) if plain(part)]
    for text in (bare, *sentences[:1]):
        if found := _asked(plain(text)):
            return Meaning(found, Strength.STRIPPED)
    if _is_parental(whole):
        return Meaning("parental_consent", Strength.PARTIAL)
    for number, part in enumerate(sentences, 1):
        if phrase := _phrase_in(plain(part).split()):
            return _partial(phrase, plain(" ".join(sentences[:number])).split())
    phrase = _phrase_in(whole.split())
    return _partial(phrase, whole.split()) if phrase else NOTHING


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
    return [t for t in texts if len(t) > 2 and t not in _WHOLE and t in phrases()]


def _partial(phrase: str, words: list[str]) -> Meaning:
    """What a phrase means among the words of its sentence and of those in front of it."""
    field = phrases()[phrase]
    subject = subject_of(words, phrase.split(), field)
    if field == "organisation" and _OF_BODIES & {phrases()[one] for one in _phrases_in(words)}:
        subject = Subject.OTHER  # its address, not its name
    beside = set(words) - {phrase} - _LEADING - PEOPLE
    strength = Strength.WEAK if field == "name" and beside else Strength.PARTIAL
    return Meaning(field, strength, subject)


def _is_parental(text: str) -> bool:
    words = text.split()
    return bool(PARENTS.intersection(words) and CONSENT.intersection(words))
