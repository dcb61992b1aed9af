"""Yes or no, in the words of forms and of spreadsheets, and with what people write behind it."""

import re

from schoolapp.domain.reading_cells.no_answer import is_blank
from schoolapp.domain.text import fold

_YES = frozenset(map(fold, (
    "yes", "y", "yep", "yeah", "yup", "oui", "si", "sí", "sì", "ja", "j", "jawohl", "oo", "opo",
    "ok", "okay", "haan", "han", "ہاں", "جی", "جی ہاں", "sim", "da", "да", "evet", "نعم", "tak",
    "hai", "ya", "kyllä", "igen", "ano",
    "true", "t", "vrai", "verdadero", "verdadeiro", "vero", "wahr", "waar", "истина", "sann",
    "sand", "sandt", "sant", "prawda", "pravda",
    "istina", "adevărat", "cert", "tiesa", "tõene", "doğru", "tosi", "igaz", "benar",
    "1", "1.0", "x", "✓", "✔", "✅",
    "☑", "✗", "on", "checked", "selected", "signed", "signé", "sure", "certainly", "definitely",
    "of course", "please", "agreed", "agree", "accepted", "accept", "claro", "por supuesto",
    "acepto", "de acuerdo", "d'accord", "bien sûr", "j'accepte", "akkoord", "zeker", "natuurlijk",
    "graag", "einverstanden", "natürlich", "gerne", "siyempre", "sumasang-ayon", "aceito",
    "concordo", "accetto", "affirmative", "needed", "required", "i do", "yes please",
    "是", "是的", "对", "對", "需要", "有", "同意", "我同意", "已同意", "要", "会", "absolutely",
    "consented",
    "granted", "given", "opt in", "opt-in", "acconsento", "concordato", "certo", "certamente",
    "согласен", "согласна", "согласие", "нужна", "нужно", "нужен", "zgadzam się", "wyrażam zgodę",
    "zgoda", "kabul ediyorum", "onaylıyorum", "gerekli", "أوافق", "موافق", "kailangan",
    "kailangan ko",
    "ik stem in", "brauche ich", "nötig", "benötigt", "erforderlich", "nodig", "vereist",
    "nécessaire", "requis", "necesario", "necesaria", "necessário", "necessario", "serve",
    "mi serve",
)))  # fmt: skip
_NO = frozenset(map(fold, (
    "no", "n", "non", "nee", "nein", "nope", "hindi", "hindi po", "não", "nao", "नहीं", "نہیں",
    "جی نہیں", "لا", "hayır", "nej", "nei", "nie", "нет", "net", "tidak",
    "false", "f", "faux", "falso", "falsch", "onwaar", "ложь", "falsk", "falskt", "usann", "fałsz",
    "nepravda", "laž", "fals", "netiesa", "väär", "yanlış",
    "epätosi", "hamis", "salah", "0", "0.0", "-", "off", "unchecked", "not checked",
    "not selected", "☐", "❌", "never", "not required", "not needed", "not necessary", "no need",
    "disagree", "declined", "pas besoin", "niet nodig", "nicht nötig", "no hace falta",
    "no acepto", "niet akkoord", "nicht einverstanden", "negative",
    "否", "不", "不是", "不需要", "没有", "沒有", "无", "無", "不同意", "不要", "不用", "withdrawn",
    "refused",
    "revoked", "opt out", "opt-out", "not given", "nicht notwendig", "nicht erforderlich",
    "nicht benötigt", "niet vereist", "non nécessaire", "pas nécessaire", "no es necesario",
    "no necesario", "não é necessário", "não necessário", "non necessario", "non serve", "не нужна",
    "не нужно", "не нужен", "nie potrzebuję", "gerekmiyor", "hayir", "hindi kailangan",
    "nessuno", "nessuna", "keins", "keines", "keine", "geen", "aucun", "ninguno", "ninguna", "brak",
)))  # fmt: skip
# Beginnings of what people write in whole sentences; the longest counts.
_BEGIN_YES = tuple(map(fold, (
    "i agree", "i do agree", "i consent", "i accept", "i do need", "i need", "i will need",
    "i would like", "i give", "i have read", "i hereby", "we agree", "we consent", "j'accepte",
    "j'autorise", "je suis d'accord", "je consens", "je donne", "j'ai besoin", "j'ai lu",
    "acepto", "estoy de acuerdo", "autorizo", "doy mi", "necesito", "he leído", "ik ga akkoord",
    "ik geef", "ik heb nodig", "akkoord", "ich stimme zu", "ich bin einverstanden",
    "ich brauche", "einverstanden", "sumasang-ayon", "pumapayag", "concordo", "aceito",
    "autorizzo", "acconsento", "میں متفق", "yes i", "of course",
    "ho letto e accetto", "ho letto", "gelesen und", "ich habe gelesen", "li e aceito",
    "li e concordo",
    "ik heb gelezen", "gelezen en akkoord", "ho bisogno", "preciso de", "necessito", "ik stem in",
    "besoin d'un", "besoin de", "需要签证", "我需要", "we accept", "read and agreed",
)))  # fmt: skip
_BEGIN_NO = tuple(map(fold, (
    "i do not", "i don't", "i don’t", "i will not", "i won't", "i disagree", "not required",
    "not needed", "not necessary", "not signed", "no need", "je n'accepte pas",
    "je n'ai pas", "je ne",
    "no acepto", "no necesito", "no requiero", "no estoy de acuerdo", "no autorizo",
    "ik ga niet", "ik heb geen", "ich brauche kein", "ich stimme nicht", "não preciso",
    "não aceito", "non accetto", "not at all", "no thank", "no gracias", "non merci",
    "nee dank", "nein danke", "hindi ko kailangan", "pas besoin", "je n'en ai pas",
    "non ho bisogno",
    "non mi serve", "brauche kein", "brauche keins", "não necessito", "不需要", "无需",
    "niet nodig",
)))  # fmt: skip
# Words after which a yes or a no is no longer one.
_UNSURE = frozenset(map(fold, (
    "maybe", "perhaps", "possibly", "probably", "depends", "depending", "unsure", "idea", "know",
    "yet", "think", "guess", "unless", "might", "sé", "sabe", "saber", "quizás", "quizá", "creo",
    "depende", "talvez", "sais", "peut-être", "peut", "dépend", "misschien", "weet",
    "vielleicht", "weiß", "siguro", "alam", "baka", "forse", "شاید", "معلوم", "but", "mais",
    "pero", "maar", "aber", "however", "preference", "problem", "puede", "pending",
)))  # fmt: skip
_UNSURE_PHRASES = tuple(map(fold, (
    "not sure", "no sure", "niet zeker", "nicht sicher", "pas sûr", "no estoy segur", "no segur",
    "hindi sigurado", "di sigurado", "no certeza", "não tenho certeza", "non sono sicur",
)))  # fmt: skip
_DENYING = frozenset({"no", "not", "don't", "pas", "nicht", "kein", "keine", "geen", "niet", "nao"})
# What may be followed by more words, and is still the answer.
_STRONG_YES = frozenset(map(fold, (
    "yes", "yep", "yeah", "yup", "oui", "sí", "ja", "jawohl", "oo", "opo", "sim", "evet", "haan",
    "ہاں", "جی", "نعم", "да", "sure", "claro", "akkoord", "certainly", "definitely", "agreed",
    "acepto", "einverstanden", "signed", "signé", "firmado", "true", "vrai", "ok",
    "okay", "graag", "gerne",
)))  # fmt: skip
_STRONG_NO = frozenset(map(fold, (
    "no", "nope", "non", "nee", "nein", "hindi", "não", "نہیں", "नहीं", "لا", "hayır", "nej",
    "nei", "нет", "never", "false", "faux",
)))  # fmt: skip
# "si" is a yes in Spanish and an "if" in French and Spanish: without an accent or a sign behind it
# only one of these words makes it a yes.
_BEHIND_SI = frozenset(map(fold, (
    "claro", "por", "gracias", "necesito", "quiero", "please", "señor", "señora", "acepto",
    "autorizo", "requiero", "solicito", "con", "estoy",
)))  # fmt: skip
_BEHIND_NO = frozenset({"visa", "visum", "visado", "passport", "pasaporte", "passeport"})
_FIRST = re.compile(r"([^\W\d_]+)\s*([,;:.!()\[\]/–—-]*)\s*(.*)", re.DOTALL)


def yes_or_no(text: str) -> bool | None:
    """What a cell answers; ``None`` if it is neither a yes nor a no, or both.

    A word more does not matter ("Yes, please", "No (EU passport)"), one that takes the answer back
    does ("no idea", "yes, but ...").
    """
    word = fold(text).strip(" .!*_")
    if word in _YES or word in _NO:
        return word in _YES
    if word == "":
        return None if text.strip() != "-" else False
    if is_blank(text) or unsure(word):
        return None
    if (said := _in_two_languages(word)) is not None:
        return said
    begun = _begun(word)
    return begun if begun is not None else _first_word(text.strip(" *_"))


_NEED = re.compile(
    r"\b(?:need(?:s|ed)?|requir\w*|necesit\w*|besoin|brauch\w*|benotig\w*|notig|nodig|precis[oa]|"
    r"necessit\w*|bisogno|serve|kailangan|necessary|necessaire|erforderlich)\b"
)
_NEEDLESS = re.compile(
    r"\b(?:no|not|don't|dont|doesn't|pas|kein\w*|nicht|geen|niet|non|nao|n'\w+|hindi|sin|without|"
    r"ohne|"
    r"zonder|sans)\b"
)
_OPEN = re.compile(
    r"\b(?:none|to (?:check|ask|know|see|find)|saber|wissen|weten|savoir|sapere|already|bereits|"
    r"schon|"
    r"deja|gia|valid|ya tengo|tenho|have a|have the|hab\w*|hebben|heb al|depend\w*)\b"
)
_SHORT = 10  # words in which nothing else can be said
_FIRST_TIME = re.compile(
    r"\b(?:first time|premiere fois|primera vez|primeira vez|prima volta|erstes mal|ersten mal|"
    r"eerste keer|unang beses)\b|第一次|首次"
)


def needs(text: str) -> bool | None:
    """What a cell that is no plain answer says of a need: ``kein Visum nötig``."""
    plain = fold(text).replace("’", "'")
    if unsure(plain) or _OPEN.search(plain) or len(plain.split()) > _SHORT:
        return None
    if not _NEED.search(plain):
        return None
    return not _NEEDLESS.search(plain)


def is_first_time(text: str) -> bool | None:
    """Whether a cell says in words that it is the first time; ``None`` if it says anything else."""
    plain = fold(text)
    if unsure(plain) or _NEEDLESS.search(plain):
        return None
    return True if _FIRST_TIME.search(plain) else None


def _in_two_languages(word: str) -> bool | None:
    """The answer that a form gives in several languages at once: ``No / Non``."""
    parts = [part.strip() for part in word.split("/")]
    if len(parts) < 2 or not all(part in _YES or part in _NO for part in parts):
        return None
    answers = {part in _YES for part in parts}
    return answers.pop() if len(answers) == 1 else None


def unsure(folded: str) -> bool:
    """Whether a folded text says that the answer is not certain."""
    words = set(re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)?", folded))
    vague = any(phrase in folded for phrase in _UNSURE_PHRASES)
    return vague or "?" in folded or bool(words & _UNSURE)


def _begun(folded: str) -> bool | None:
    """What the beginning of a sentence says: "I agree to ...", "I do not need one"."""
    if _begins(folded, _BEGIN_NO):
        return False
    if _begins(folded, _BEGIN_YES) and not _DENYING.intersection(folded.split()):
        return True
    return None


def _begins(folded: str, beginnings: tuple[str, ...]) -> bool:
    return f"{folded} ".startswith(tuple(f"{beginning} " for beginning in beginnings))


def _first_word(text: str) -> bool | None:
    """The answer that the first word is, whatever follows, unless the next one takes it back."""
    found = _FIRST.fullmatch(text)
    if found is None:
        return None
    word, sign = fold(found[1]), found[2]
    behind = fold(found[3]).split()
    first = behind[0].strip(" ,;.:!()-") if behind else ""
    answer = True if word in _STRONG_YES else False if word in _STRONG_NO else None
    opposite = _STRONG_NO if answer else _STRONG_YES
    both = first in opposite if sign else bool(opposite.intersection(behind))
    if "/" in sign or (both and (not sign or len(behind) == 1)):
        return None  # "yes/no", "yes and no"
    if sign == "" and word == "si" and "si" in found[1].lower():
        return True if first in _BEHIND_SI else None
    return None if not sign and answer is False and first in _BEHIND_NO else answer
