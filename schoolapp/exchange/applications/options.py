"""Options that a form spreads over columns: which of them a row has chosen."""

import re

from schoolapp.domain.reading_cells.languages import language_named
from schoolapp.domain.reading_cells.yes_no import yes_or_no
from schoolapp.domain.text import fold
from schoolapp.exchange.applications.subjects import folded

OTHER = "other"
"""The option whose column holds words of its own."""

_OTHERS = folded(
    "other others autre autres otro otra otros otras anders andere anderes sonstige sonstiges "
    "iba outro outra outros outras دیگر comment"
)
_CHOSEN = frozenset(
    map(
        fold,
        (
            "checked", "selected", "chosen", "coché", "cochée", "seleccionado", "marcado",
            "marcada", "aangevinkt", "geselecteerd", "ausgewählt", "angekreuzt", "gewählt",
            "selecionado", "on", "☑", "☒", "●", "■", "✅",
        ),
    )
)  # fmt: skip
_LEFT = frozenset(
    map(
        fold,
        (
            "", "unchecked", "not selected", "not checked", "none", "not at all", "nothing", "off",
            "décoché", "non coché", "pas du tout", "aucun", "aucune", "no seleccionado", "nada",
            "ninguno", "ninguna", "geen", "helemaal niet", "niet", "nicht ausgewählt", "gar nicht",
            "keine", "kein", "überhaupt nicht", "nenhum", "nenhuma", "não selecionado", "wala",
            "n/a", "--", "☐", "□", "○", "null", "nan", "per niente", "nessuna", "nessuno", "niente",
            "nada de nada", "en absoluto", "nulle", "wcale", "brak", "hiç", "нет", "не знаю", "无",
            "不会", "不懂", "nicht vorhanden", "não falo", "no hablo", "ne parle pas",
            "spreek ik niet",
        ),
    )
)  # fmt: skip
_LEVELS = re.compile(
    r"\b(?:[abc][12]|[1-9]|10|native|mother tongue|first language|fluent|fluently|advanced|"
    r"proficient|professional|intermediate|conversational|basic|basics|beginner|elementary|good|"
    r"very good|well|very well|excellent|fair|medium|little|a little|some|a bit|limited|passive|"
    r"understand|speak|read|write|natif|native|langue maternelle|courant|couramment|bien|"
    r"tres bien|moyen|un peu|notions|debutant|intermediaire|avance|scolaire|nativo|nativa|"
    r"lengua materna|fluido|avanzado|intermedio|basico|bueno|poco|moedertaal|vloeiend|goed|"
    r"redelijk|matig|beetje|een beetje|gemiddeld|muttersprache|fliessend|gut|sehr gut|mittel|"
    r"grundkenntnisse|wenig|etwas|anfanger|fortgeschritten|lingua materna|fluente|bom|bem|"
    r"avancado|intermediario|pouco|um pouco|razoavel|madrelingua|lingua madre|buono|buona|ottimo|"
    r"ottima|discreto|discreta|base|elementare|avanzata|scolastico|scolastica|livello|level|niveau|"
    r"nivel|medio|media|fliessend|verhandlungssicher|konversation|moyenne|bonne|bon|tres bonne|"
    r"alto|"
    r"alta|bajo|baja|ben|molto bene|bene|abbastanza|conversazione|gevorderd|basis|basiskennis)\b"
    r"|母语|流利|熟练|精通|基础|一般|良好|初级|中级|高级|会"
)


def is_other(option: str) -> bool:
    """Whether an option stands for what the form does not list: ``Other (please specify)``."""
    words = re.findall(r"\w+", fold(option))
    return bool(words) and words[0] in _OTHERS


def is_chosen(text: str, option: str) -> bool | None:
    """Whether the cell below an option says that it was chosen; ``None`` if it cannot be known.

    A tick, a yes, the option's own name or a level other than none: it was.
    """
    word = fold(text).strip(" .!")
    if word in _LEFT or yes_or_no(text) is False:
        return False
    if yes_or_no(text) or word in _CHOSEN or word == fold(option).strip(" .!"):
        return True
    return True if is_level(text) or _same_language(text, option) else None


def is_level(text: str) -> bool:
    """Whether an option is a level, such as the columns of a grid have: ``Fluent``."""
    word = fold(text).strip(" .!")
    return word in _LEFT or not re.search(r"\w", _LEVELS.sub(" ", word))


def is_tick(text: str) -> bool:
    """Whether a cell for words of one's own holds a tick only, or nothing."""
    return len(text.split()) < 2 and (yes_or_no(text) is not None or fold(text) in _LEFT)


def is_denied(option: str) -> bool:
    """Whether an option of a grid gathers what somebody does not have: ``Not at all``."""
    return bool(option) and fold(option).strip(" .!") in _LEFT


def _same_language(text: str, option: str) -> bool:
    tag = language_named(option)
    return tag is not None and language_named(text) == tag
