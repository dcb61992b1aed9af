"""What a cell says of gender: woman, man or other, in the words and letters of forms."""

import re
from collections.abc import Iterable
from functools import cache

from schoolapp.domain.text import fold

_WORDS = {
    "woman": "woman women female f w femme fille feminin féminin femminile feminino feminina "
    "mujer femenino femenina chica niña vrouw vrouwelijk meisje babae عورت خاتون لڑکی frau "
    "weiblich mädchen donna femmina ragazza mulher menina kvinna kvinde kvinne kobieta женщина "
    "женский жінка أنثى امرأة perempuan wanita kadın girl lady "
    "mrs ms miss mme mlle madame señora sra mevrouw signora dame 女 女性 女士 女生 жен",
    "man": "man men male m homme garçon masculin maschio maschile masculino hombre varón chico "
    "niño mannelijk jongen lalaki مرد لڑکا mann männlich junge uomo ragazzo homem menino mand "
    "mężczyzna мужчина мужской чоловік ذكر رجل laki-laki pria erkek "
    "boy mr herr señor monsieur meneer dhr sr signor signore 男 男性 先生 男生 муж",
    "other": "other autre otro otra otre outro outra altro altra anders iba دیگر non-binary "
    "nonbinary enby nb non-binaire nonbinaire non-binaria no-binario no-binaria no-binarie "
    "nicht-binär nichtbinär nonbinair non-binair não-binário não-binária divers diverse x "
    "genderqueer  niet-binair 其他 非二元 其它 diğer inny inna "
    "другое другой",
}
_PHRASES = {
    "non binary": "other", "non binaire": "other", "no binario": "other", "no binaria": "other",
    "no binarie": "other", "non binario": "other", "non binair": "other", "nicht binar": "other",
    "nao binario": "other", "nao binaria": "other", "laki laki": "man", "niet binair": "other",
    "non binarie": "other",
}  # fmt: skip
_BESIDE = frozenset(map(fold, (
    "she", "her", "hers", "he", "him", "his", "they", "them", "elle", "il", "ella", "él", "zij",
    "haar", "hij", "hem", "sie", "ihr", "er", "ihm", "cis", "person",
    "cisgender", "cisgénero", "trans", "transgender",
    "transgénero", "transgenre", "a", "i", "am", "identify", "as", "je", "suis", "une", "un",
    "self", "described", "describe", "im", "i'm", "dr", "prof", "sono",
    "soy", "una", "ik", "ben", "een", "ich", "bin", "eine", "ein", "the", "la", "le", "el",
)))  # fmt: skip
_DECLINED = tuple(map(fold, (
    "prefer not", "prefers not", "prefer to not", "rather not", "no answer", "not say",
    "don't want to say", "do not wish", "decline", "undisclosed", "not specified", "unspecified",
    "prefiero no", "sin respuesta", "no contesta", "no deseo", "préfère ne pas", "préfèrerais ne",
    "ne souhaite pas", "sans réponse", "non précisé", "ne se prononce pas", "liever niet",
    "geen antwoord", "zeg ik niet", "wil ik niet", "keine angabe", "k.a.", "möchte ich nicht",
    "ohne angabe", "prefiro não", "prefere não", "preferisco non", "mas pinipiling hindi",
    "mas gusto kong hindi", "不愿", "不願", "不便", "保密", "preferisco di no", "non specific",
    "wolę nie", "не хочу", "не указ", "belirtmek istemiyorum", "أفضل عدم", "ayaw sabihin",
    "بتانا نہیں", "نہیں بتانا",
)))  # fmt: skip
# Letters with their meanings, by the letters beside which they mean it; the first that fits.
_LETTERS: tuple[tuple[frozenset[str], dict[str, str]], ...] = (
    (frozenset("hv"), {"h": "woman", "v": "man"}),  # hembra, varón
    (frozenset("hf"), {"h": "man", "f": "woman"}),
    (frozenset("hm"), {"h": "man", "m": "woman"}),
    (frozenset("hd"), {"h": "man", "d": "woman"}),
    (frozenset("fm"), {"f": "woman", "m": "man"}),
    (frozenset("wm"), {"w": "woman", "m": "man", "d": "other"}),
    (frozenset("km"), {"k": "woman", "m": "man"}),
    (frozenset("ke"), {"k": "woman", "e": "man"}),
    (frozenset("bl"), {"b": "woman", "l": "man"}),
    (frozenset("pl"), {"p": "woman", "l": "man"}),
    (frozenset("жм"), {"ж": "woman", "м": "man"}),
    (frozenset("vf"), {"v": "man", "f": "woman"}),
)
_OF_LANGUAGE: dict[str, dict[str, str]] = {
    "nl": {"v": "woman", "m": "man"},
    "es": {"v": "man", "h": "man", "f": "woman"},
    "fr": {"h": "man", "f": "woman", "m": "man"},
    "de": {"w": "woman", "m": "man", "d": "other"},
    "pt": {"f": "woman", "m": "man", "h": "man"},
    "it": {"f": "woman", "m": "man"},
    "en": {"f": "woman", "m": "man"},
}
_LANGUAGE_WORDS = {
    "en": "gender sex name first last birth country phone languages address woman female male",
    "nl": "geslacht naam voornaam achternaam geboortedatum geboorteplaats land mailadres talen "
    "telefoonnummer adres woonplaats opmerkingen vrouw vrouwelijk mannelijk",
    "es": "sexo género nombre nombres apellido apellidos correo fecha nacimiento país teléfono "
    "idiomas nacionalidad ciudad marca mujer hombre varón",
    "pt": "sexo gênero nome sobrenome apelido data nascimento país telefone línguas mulher homem",
    "fr": "sexe genre nom prénom naissance pays téléphone langues courriel horodateur femme homme",
    "de": "geschlecht vorname nachname geburtsdatum telefon sprachen land frau mann weiblich",
    "it": "sesso genere nome cognome nascita paese telefono lingue donna uomo",
}
_KNOWN = {fold(w): name for name, words in _WORDS.items() for w in words.split()}


def gender_of(text: str, letters: dict[str, str]) -> str | None:
    """``woman``, ``man`` or ``other``; ``None`` if the words name none of these, or two.

    ``letters`` is what ``gender_letters`` found in the column: a single letter means nothing else.
    """
    plain = fold(text).strip(" .")
    if len(plain) == 1:
        return letters.get(plain)
    if plain in _KNOWN:
        return _KNOWN[plain]
    spaced = " ".join(re.sub(r"[^\w\s]|_", " ", plain).split())
    named = {meant for phrase, meant in _PHRASES.items() if f" {phrase} " in f" {spaced} "}
    return _among(spaced.split()) if not named else _one(named, spaced.split())


def declines(text: str) -> bool:
    """Whether somebody says that they do not want to say; no doubt is left by that."""
    plain = fold(text)
    return any(phrase in plain for phrase in _DECLINED)


def gender_letters(
    texts: Iterable[str], heading: str = "", headings: Iterable[str] = ()
) -> dict[str, str]:
    """What single letters of a column mean; those that could mean two things are left out.

    M is a man beside F, a woman beside H (Spanish: mujer, hombre). V is a woman on a Dutch form
    (vrouw) and a man on a Spanish one (varón): the column's heading, the other answers and the
    other headings show the language.
    """
    answers = {fold(text).strip(" .") for text in texts}
    there = {answer for answer in answers if len(answer) == 1}
    tags = ("nl", "es") if "v" in there else tuple(_OF_LANGUAGE)
    language = _language([heading, *answers], headings, tags)
    found = next((meant for beside, meant in _LETTERS if beside <= there), {})
    if not found and "v" in there and language == "es":
        found = {"v": "man", "m": "woman"}
    known = _OF_LANGUAGE.get(language or "", {})
    usual = {"f": "woman", "w": "woman", "h": "man", "x": "other", "o": "other", "ж": "woman"}
    return usual | {"女": "woman", "男": "man"} | known | found


def _one(named: set[str], words: list[str]) -> str | None:
    """The gender of a phrase, unless a word beside it names another one."""
    others = {_KNOWN[word] for word in words if word in _KNOWN} - named
    return next(iter(named)) if len(named) == 1 and not others else None


def _among(words: list[str]) -> str | None:
    """The one gender that all words name, but for those that may stand beside it."""
    named = {_KNOWN[word] for word in words if word in _KNOWN and len(word) > 1}
    rest = [word for word in words if word not in _KNOWN and word not in _BESIDE]
    return named.pop() if len(named) == 1 and not rest else None


def _language(near: Iterable[str], far: Iterable[str], tags: tuple[str, ...]) -> str | None:
    """The language of the nearest texts, by the others where several languages share the words."""
    left = tags
    for texts in (near, far):
        words = {word for text in texts for word in re.findall(r"[^\W\d_]+", fold(text))}
        counts = {tag: len(words & _languages()[tag]) for tag in left}
        left = tuple(tag for tag in left if counts[tag] == max(counts.values()))
        if len(left) == 1:
            return left[0]
    return "en" if left == tuple(_OF_LANGUAGE) else None


@cache
def _languages() -> dict[str, set[str]]:
    return {tag: set(map(fold, words.split())) for tag, words in _LANGUAGE_WORDS.items()}
