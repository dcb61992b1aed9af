"""Editors that look something up while one types: languages, countries and people."""

from collections.abc import Callable, Iterable
from functools import cache, partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale

from schoolapp.base.language import _
from schoolapp.desktop.bridge.tasks import Tasks
from schoolapp.desktop.forms.editors import LineEditor, V, example
from schoolapp.desktop.forms.name_search import NameSearch, Search
from schoolapp.desktop.look.formats import country_name, language_name
from schoolapp.domain.text import fold

if TYPE_CHECKING:
    from schoolapp.storage.store import DbSession

LEVELS = ("A1", "A2", "B1", "B2", "C1", "C2", "native")
_ALSO = {"tl": "fil", "tagalog": "fil", "pilipino": "fil"}


@cache
def languages() -> dict[str, str]:
    """Folded code, English name or own name of each language that Qt knows, to its code."""
    known: dict[str, str] = {}
    for language in QLocale.Language:
        code = QLocale.languageToCode(language)
        if code and language not in (QLocale.Language.AnyLanguage, QLocale.Language.C):
            names = QLocale.languageToString(language), QLocale(language).nativeLanguageName()
            for name in (code, *names):
                known.setdefault(fold(name), code)
    return known | _ALSO


@cache
def countries() -> dict[str, str]:
    """Folded code or English name of each country that Qt knows, to its ISO 3166-1 code."""
    known: dict[str, str] = {}
    for territory in QLocale.Country:
        code = QLocale.territoryToCode(territory)
        if len(code) == 2 and code.isalpha():
            for name in (code, QLocale.territoryToString(territory)):
                known.setdefault(fold(name), code)
    return known


class _CodesEditor(LineEditor[V]):
    """Languages by code or name with commas between."""

    def __init__(self) -> None:
        super().__init__(example(_("English, Urdu")))
        self._codes: tuple[str, ...] = ()
        self._put = ""

    def show_codes(self, codes: Iterable[str]) -> None:
        """Show languages by name."""
        self._codes = tuple(codes)
        self._put = ", ".join(language_name(code) for code in self._codes)
        self.line.setText(self._put)
        self.line.setCursorPosition(0)

    def problem(self) -> str:
        """Which word is no language."""
        if self.line.text() == self._put:
            return ""  # nobody typed: the table of all languages need not be made
        for word in self._words():
            if not _code(word):
                return _("There is no language “{word}”. Write its name or code.").format(word=word)
        return ""

    def understood(self) -> str:
        """The codes."""
        return ", ".join(self._codes) if not self.problem() else ""

    def _words(self) -> list[str]:
        return [word.strip() for word in self.line.text().split(",") if word.strip()]

    def _typed(self, text: str) -> None:
        codes = [_code(word) for word in self._words()]
        self._codes = tuple(dict.fromkeys(code for code in codes if code))
        self.edited.emit()


class LanguagesEditor(_CodesEditor[tuple[str, ...]]):
    """Languages by code or name with commas between; the value is a tuple of codes."""

    def value(self) -> tuple[str, ...]:
        """The codes that were understood, in the order typed."""
        return self._codes

    def put(self, value: Iterable[str] | None) -> None:
        """Show languages by name."""
        self.show_codes(value or ())


class LanguageEditor(_CodesEditor[str | None]):
    """One language by code or name; the value is a code or None."""

    def value(self) -> str | None:
        """The code that was understood."""
        return self._codes[0] if self._codes else None

    def put(self, value: str | None) -> None:
        """Show a language by name."""
        self.show_codes((value,) if value else ())


class SpokenEditor(LineEditor[tuple[tuple[str, str], ...]]):
    """Languages with commas between, each with its level if it is known: pairs of both.

    Forms ask which languages people speak, and rarely how well: the level may be empty.
    """

    def __init__(self) -> None:
        super().__init__(example(_("English B2, Urdu native")))
        self._spoken: tuple[tuple[str, str], ...] = ()

    def value(self) -> tuple[tuple[str, str], ...]:
        """What was understood, in the order typed."""
        return self._spoken

    def put(self, value: Iterable[tuple[str, str]] | None) -> None:
        """Show languages by name, each with its level."""
        self._spoken = tuple(value or ())
        spoken = (f"{language_name(code)} {level}".strip() for code, level in self._spoken)
        self.line.setText(", ".join(spoken))
        self.line.setCursorPosition(0)

    def problem(self) -> str:
        """Which word is no language."""
        for piece in self._pieces():
            name, _level = _levelled(piece)
            if not _code(name):
                return _("There is no language “{word}”. Write its name or code.").format(word=name)
        return ""

    def _pieces(self) -> list[str]:
        return [piece.strip() for piece in self.line.text().split(",") if piece.strip()]

    def _typed(self, text: str) -> None:
        read = [_levelled(piece) for piece in self._pieces()]
        known = {code: level for name, level in read if (code := _code(name))}
        self._spoken = tuple(known.items())
        self.edited.emit()


class CountryEditor(LineEditor[str | None]):
    """A country by name or code; the value is its ISO 3166-1 code or None."""

    def __init__(self) -> None:
        super().__init__(example(_("Pakistan")))
        self._code: str | None = None

    def value(self) -> str | None:
        """The code that was understood."""
        return self._code

    def put(self, value: str | None) -> None:
        """Show a country by name."""
        self._code = value
        self.line.setText(country_name(value) if value else "")
        self.line.setCursorPosition(0)

    def problem(self) -> str:
        """That there is no such country."""
        text = self.line.text().strip()
        if self._code and text in (self._code, country_name(self._code)):
            return ""
        if not text or fold(text) in countries():
            return ""
        return _("There is no country “{word}”. Write its name or code.").format(word=text)

    def understood(self) -> str:
        """The name."""
        return country_name(self._code) if self._code and not self.problem() else ""

    def _typed(self, text: str) -> None:
        self._code = countries().get(fold(text.strip()))
        self.edited.emit()


class PersonEditor(LineEditor[int | None]):
    """A person found by a few letters of the name; the value is an id or None.

    ``search`` and ``name_of`` run in the database worker with its session.
    """

    def __init__(
        self,
        tasks: Tasks,
        search: Search,
        name_of: "Callable[[DbSession, int], str]",
    ) -> None:
        super().__init__(_("Type a few letters of the name"))
        self._tasks, self._name_of = tasks, name_of
        self._id: int | None = None
        self._name = ""
        self._search = NameSearch(self.line, tasks, search)
        self._search.chosen.connect(self._chosen)

    def value(self) -> int | None:
        """The id of the person, or None."""
        return self._id

    def put(self, value: int | None) -> None:
        """Show a person; the name is asked for."""
        self._id, self._name = value, ""
        self.line.clear()
        if value is not None:
            self._tasks.read(
                self, partial(_named, self._name_of, value), partial(self._named, value)
            )

    def problem(self) -> str:
        """That a name was typed and nobody chosen."""
        typed = self.line.text().strip()
        if not typed or typed == self._name:
            return ""
        return _("Choose a person from the list.")

    def _named(self, person: int, name: str) -> None:
        if person == self._id:
            self._name = name
            self.line.setText(name)

    def _typed(self, text: str) -> None:
        self._id, self._name = None, ""
        self._search.typed(text)
        self.edited.emit()

    def _chosen(self, person: int | None, name: str) -> None:
        self._id, self._name = person, name
        self.line.setText(name)
        self.edited.emit()


def _levelled(piece: str) -> tuple[str, str]:
    name, _space, level = piece.rpartition(" ")
    for known in LEVELS:
        if fold(level) == fold(known):
            return name.strip(), known
    return piece, ""


def _code(word: str) -> str | None:
    return languages().get(fold(word))


def _named(name_of: "Callable[[DbSession, int], str]", person: int, session: "DbSession") -> str:
    return name_of(session, person)
