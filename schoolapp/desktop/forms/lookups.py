"""Editors that look something up while one types: languages and people."""

from collections.abc import Callable, Sequence
from functools import cache, partial
from typing import Any

from PySide6.QtCore import QLocale, QModelIndex, QStringListModel, Qt, QTimer
from PySide6.QtWidgets import QCompleter

from schoolapp.desktop.forms.editors import LineEditor
from schoolapp.desktop.tasks import Tasks
from schoolapp.domain.text import fold
from schoolapp.language import _

Found = Sequence[tuple[int, str]]  # id and name
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


def language_name(code: str) -> str:
    """The English name of a language, or its code."""
    language = QLocale.codeToLanguage(code)
    return code if language == QLocale.Language.AnyLanguage else QLocale.languageToString(language)


class LanguagesEditor(LineEditor):
    """Languages by code or name with commas between; the value is a tuple of codes."""

    def __init__(self) -> None:
        super().__init__(_("English, Urdu"))
        self._codes: tuple[str, ...] = ()

    def value(self) -> tuple[str, ...]:
        """The codes that were understood, in the order typed."""
        return self._codes

    def put(self, value: Any) -> None:
        """Show languages by name."""
        self._codes = tuple(value or ())
        self.line.setText(", ".join(language_name(code) for code in self._codes))
        self.line.setCursorPosition(0)

    def problem(self) -> str:
        """Which word is no language."""
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


class PersonEditor(LineEditor):
    """A person found by a few letters of the name; the value is an id or None.

    ``search`` and ``name_of`` run in the database worker with its session.
    """

    def __init__(
        self,
        tasks: Tasks,
        search: Callable[[Any, str], Found],
        name_of: Callable[[Any, int], str],
    ) -> None:
        super().__init__(_("Type a few letters of the name"))
        self._tasks, self._search, self._name_of = tasks, search, name_of
        self._id: int | None = None
        self._name = ""
        self._found: Found = ()
        self._names = QStringListModel(self)
        self._completer = QCompleter(self._names, self)
        self._completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._completer.activated[QModelIndex].connect(self._chosen)  # type: ignore[index]
        self.line.setCompleter(self._completer)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(120)
        self._pause.timeout.connect(self._ask)

    def value(self) -> int | None:
        """The id of the person, or None."""
        return self._id

    def put(self, value: Any) -> None:
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
        self._pause.start() if text.strip() else self._pause.stop()
        self.edited.emit()

    def _ask(self) -> None:
        text = self.line.text().strip()
        self._tasks.read(self, partial(_found, self._search, text), partial(self._came, text))

    def _came(self, text: str, found: Found) -> None:
        if text == self.line.text().strip():
            self._found = found
            self._names.setStringList([name for _id, name in found])
            if self.line.hasFocus() and found:
                self._completer.complete()

    def _chosen(self, index: QModelIndex) -> None:
        self._id, self._name = self._found[index.row()]
        self.line.setText(self._name)
        self.edited.emit()


def _code(word: str) -> str | None:
    return languages().get(fold(word))


def _found(search: Callable[[Any, str], Found], text: str, session: Any) -> Found:
    return tuple(search(session, text))


def _named(name_of: Callable[[Any, int], str], person: int, session: Any) -> str:
    return name_of(session, person)
