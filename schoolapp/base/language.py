"""The words of the program: the reader's language and, at the same time, a recipient's.

Sentences are marked with ``_()`` (now) or ``mark()`` (translated later) and looked up in the
gettext catalogues of ``resources/locale``. ``in_language`` switches for the length of a block, so
that a letter is written in Urdu while the window speaks Dutch. No f-strings inside ``_()``: use
``.format(name=...)``.
"""

import gettext
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from typing import NamedTuple

from schoolapp.base.shipped import folder


class Language(NamedTuple):
    """A language that we write to people in, with everything that is particular to it.

    ``own_name`` is what it is called in itself; ``cldr`` the name under which CLDR knows how it
    writes dates, numbers and lists, where that is not its tag; ``also`` other tags of it.
    """

    tag: str
    own_name: str
    cldr: str = ""
    also: tuple[str, ...] = ()


SOURCE = "en"
"""The language that the sentences are written in: it needs no catalogue."""
LANGUAGES = (
    Language(SOURCE, "English", cldr="en_GB"),  # the day before the month, as in Europe
    Language("fr", "Français"),
    Language("es", "Español"),
    Language("nl", "Nederlands"),
    Language("fil", "Filipino", also=("tl",)),
    Language("ur", "اردو"),
)
"""The one list of languages: another one is an entry here and its catalogue, nothing else."""
RECIPIENT_LANGUAGES = tuple(language.tag for language in LANGUAGES)
OWN_NAMES = {language.tag: language.own_name for language in LANGUAGES}
_CLDR = {language.tag: language.cldr or language.tag for language in LANGUAGES}
RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ur", "ckb", "ps", "sd", "ug", "yi"})
PSEUDO_LONG, PSEUDO_RTL = "en-XA", "ar-XB"  # the two pseudo-locales, named as CLDR does

_reader = "en"
_block: ContextVar[str | None] = ContextVar("language", default=None)


def use(tag: str) -> None:
    """Make ``tag`` (BCP 47) the reader's language for the whole process."""
    global _reader
    _reader = tag


def current() -> str:
    """The tag of the language that ``_()`` speaks here and now."""
    return _block.get() or _reader


@contextmanager
def in_language(tag: str) -> Iterator[None]:
    """Speak another language inside the block: a recipient's."""
    token = _block.set(tag)
    try:
        yield
    finally:
        _block.reset(token)


def direction(tag: str | None = None) -> str:
    """``rtl`` or ``ltr``, of a tag or of the language in use."""
    tag = tag or current()
    return "rtl" if tag == PSEUDO_RTL or tag.split("-")[0] in RIGHT_TO_LEFT else "ltr"


def mark(sentence: str) -> str:
    """Mark a sentence for translation without translating it yet."""
    return sentence


def _(sentence: str) -> str:
    """The sentence in the language in use; the English one where a catalogue has none."""
    return _catalogue(current()).gettext(sentence)


def plural(one: str, many: str, number: int) -> str:
    """The sentence for this number, by the plural rule of the language in use."""
    return _catalogue(current()).ngettext(one, many, number)


def isolate(text: str) -> str:
    """Text of unknown direction, isolated from the text around it (U+2068 to U+2069)."""
    return f"\u2068{text}\u2069"


def conventions() -> str:
    """The name that CLDR has for how the language in use writes dates, numbers and lists.

    English serves the pseudo-locales too.
    """
    return _CLDR.get(current().split("-")[0], _CLDR[SOURCE])


def ltr(text: str) -> str:
    """A time, code, amount or address that always reads from left to right (U+2066 to U+2069)."""
    return f"\u2066{text}\u2069"


@cache
def _catalogue(tag: str) -> gettext.NullTranslations:
    if tag in (PSEUDO_LONG, PSEUDO_RTL):
        return _Pseudo(tag)
    # not gettext.translation: it imports the aliases of every locale before it looks
    for name in (tag.replace("-", "_"), tag.split("-")[0]):
        compiled = folder("resources") / "locale" / name / "LC_MESSAGES" / "schoolapp.mo"
        if compiled.is_file():
            with compiled.open("rb") as file:
                return gettext.GNUTranslations(file)
    return gettext.NullTranslations()


class _Pseudo(gettext.NullTranslations):
    """A make-believe language that shows what is not translated and what does not fit."""

    def __init__(self, tag: str) -> None:
        super().__init__()
        self._tag = tag

    def gettext(self, message: str) -> str:
        return pseudo(message, self._tag)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return pseudo(msgid1 if n == 1 else msgid2, self._tag)


_ACCENTED = str.maketrans("aeiounAEIOUyc", "àéîöûñÀÉÎÖÛýç")
_WORD = 12  # the longest run of what is added, so that sentences wrap as real ones do
_REVERSED = {"en-XA": ("[", "]"), "ar-XB": ("\u202e", "\u202c")}


def pseudo(sentence: str, tag: str) -> str:
    """The sentence in a pseudo-locale: 40 % longer in brackets, or run from right to left.

    Named values such as ``{name}`` stay as they are.
    """
    opening, closing = _REVERSED[tag]
    pieces = _split_values(sentence)
    if tag == PSEUDO_RTL:
        body = "".join(isolate(p) if p.startswith("{") else p for p in pieces)
        return f"{opening}{body}{closing}" if body else ""
    body = "".join(p if p.startswith("{") else p.translate(_ACCENTED) for p in pieces)
    longer = round(0.4 * len(sentence))
    tail = " ".join("~" * min(_WORD, longer - at) for at in range(0, longer, _WORD + 1))
    return f"{opening}{body}{tail}{closing}"


def _split_values(sentence: str) -> list[str]:
    pieces, start = [], 0
    while (brace := sentence.find("{", start)) >= 0 and (end := sentence.find("}", brace)) > 0:
        pieces += [sentence[start:brace], sentence[brace : end + 1]]
        start = end + 1
    return [*pieces, sentence[start:]]
