"""Every setting of the program, declared once: key, default, what is allowed, a sentence.

They are kept as one JSON file in the user's configuration folder, found without Qt so that the
command line sees the same. What the institute means lives in the database, never here.
"""

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Generic, TypeVar

from schoolapp.base.folders import settings_folder
from schoolapp.base.language import mark

T = TypeVar("T", str, int, float, bool)


class Setting(Generic[T]):
    """One setting; its type is that of ``default``.

    ``choices`` lists the valid values, ``lowest`` and ``highest`` bound a number. A setting
    ``of_profile`` has a value for each profile: what was open last in the practice schools says
    nothing of a school of one's own.
    """

    __slots__ = ("choices", "default", "highest", "key", "lowest", "of_profile", "sentence")

    def __init__(
        self,
        key: str,
        default: T,
        sentence: str,
        *,
        choices: tuple[T, ...] = (),
        lowest: float | None = None,
        highest: float | None = None,
        of_profile: bool = False,
    ) -> None:
        self.key = key
        self.default: T = default
        self.sentence = sentence
        self.choices: tuple[T, ...] = choices
        self.lowest = lowest
        self.highest = highest
        self.of_profile = of_profile

    def accepts(self, value: object) -> bool:
        """Whether a value has the right type and is one of those allowed."""
        if isinstance(self.default, float) and type(value) is int:
            value = float(value)
        if type(value) is not type(self.default):
            return False
        if self.choices and value not in self.choices:
            return False
        if not isinstance(value, float | int):
            return True
        low, high = self.lowest, self.highest
        return (low is None or value >= low) and (high is None or value <= high)


THEME = Setting(
    "theme",
    "system",
    mark(
        "Light or dark colours. “Plain” turns the program's own style off,"
        " to see whether it causes a fault."
    ),
    choices=("system", "light", "dark", "plain"),
)
TEXT_SIZE = Setting(
    "text_size",
    1.0,
    mark("The size of all text, from 0.9 to 2.0 times the usual one."),
    lowest=0.9,
    highest=2.0,
)
DENSITY = Setting(
    "density",
    "normal",
    mark("The height of rows in tables and lists."),
    choices=("compact", "normal", "roomy"),
)
LANGUAGE = Setting("language", "en", mark("The language of the window."))
DEBUG = Setting(
    "debug", False, mark("Offer the make-believe languages that show untranslated text.")
)
GEOMETRY = Setting("geometry", "", mark("Where the window was, as Qt stores it, in base64."))
LAST_PLACE = Setting("last_place", "", mark("The place that was open last."), of_profile=True)
LAST_VIEW = Setting(
    "last_view", "", mark("The view of this place that was open last."), of_profile=True
)
LAST_GATHERING = Setting(
    "last_gathering",
    0,
    mark("The number of the gathering that was open last, 0 for all."),
    of_profile=True,
)
HIDE_PRIVATE = Setting(
    "hide_private", False, mark("Hide the columns about needs, health and visas.")
)
APPLICATION_COLUMNS = Setting(
    "application_columns", "[]", mark("The extra columns that the list of applications shows.")
)
CENTRE = Setting("centre", "", mark("The centre of this desk; new gatherings begin with it."))
MAIL_SERVER = Setting(
    "mail_server", "", mark("The server that sends mail, such as smtp.example.org.")
)
MAIL_PORT = Setting(
    "mail_port", 587, mark("Usually 587 with STARTTLS and 465 with TLS."), lowest=1, highest=65535
)
MAIL_SECURITY = Setting(
    "mail_security",
    "starttls",
    mark("How the connection is encrypted; the server always has to prove its identity."),
    choices=("starttls", "tls", "plain"),
)
MAIL_USER = Setting(
    "mail_user", "", mark("The name to log in with; leave it empty if the server asks for none.")
)
MAIL_ADDRESS = Setting(
    "mail_address", "", mark("Your own address, for copies of letters to yourself.")
)
MAIL_PER_MINUTE = Setting(
    "mail_per_minute",
    60,
    mark("The most mails that are sent in a minute; many servers refuse more."),
    lowest=1,
    highest=600,
)
ANSWERS_SERVER = Setting(
    "answers_server", "", mark("The server of the mailbox for answers, such as imap.example.org.")
)
ANSWERS_PORT = Setting(
    "answers_port",
    993,
    mark("Usually 993 with TLS and 143 with STARTTLS."),
    lowest=1,
    highest=65535,
)
ANSWERS_SECURITY = Setting(
    "answers_security",
    "tls",
    mark("How the connection is encrypted; the server always has to prove its identity."),
    choices=("tls", "starttls", "plain"),
)
ANSWERS_USER = Setting("answers_user", "", mark("The user of the mailbox, often an address."))
ANSWERS_FOLDER = Setting(
    "answers_folder",
    "INBOX",
    mark("The folder to read; nothing in it is changed, and unread mails stay unread."),
)

LAST_EXPORT = Setting("last_export", "", mark("The report that was exported last."))
EXPORT_FOLDER = Setting("export_folder", "", mark("The folder that reports are written into."))

ALL: tuple[Setting[Any], ...] = (
    THEME,
    TEXT_SIZE,
    DENSITY,
    LANGUAGE,
    DEBUG,
    GEOMETRY,
    LAST_PLACE,
    LAST_VIEW,
    LAST_GATHERING,
    HIDE_PRIVATE,
    APPLICATION_COLUMNS,
    CENTRE,
    MAIL_SERVER,
    MAIL_PORT,
    MAIL_SECURITY,
    MAIL_USER,
    MAIL_ADDRESS,
    MAIL_PER_MINUTE,
    ANSWERS_SERVER,
    ANSWERS_PORT,
    ANSWERS_SECURITY,
    ANSWERS_USER,
    ANSWERS_FOLDER,
    LAST_EXPORT,
    EXPORT_FOLDER,
)


class Settings:
    """The values of all settings, read once and written at each change.

    What belongs to a profile lies under its name in ``profiles``, once ``use_profile`` has named
    it. Without a ``path`` nothing is read or written. A file that cannot be read, keys it does not
    know and values it must not hold never stop the start: the defaults stand in.
    """

    def __init__(self, path: Path | None = None) -> None:
        self._path = path
        self._values = _read(path) if path else {}
        self._profile = ""

    def use_profile(self, name: str) -> None:
        """Read and keep from now on what belongs to this profile."""
        self._profile = name

    def get(self, setting: Setting[T]) -> T:
        """The value kept, or the default."""
        value: Any = self._of(setting).get(setting.key)
        if not setting.accepts(value):
            return setting.default
        return type(setting.default)(value)  # a whole number stands for a float

    def put(self, setting: Setting[T], value: T) -> None:
        """Keep a value; ``ValueError`` if the setting does not allow it."""
        if not setting.accepts(value):
            raise ValueError(f"{setting.key} may not be {value!r}")
        values = self._of(setting)
        if values.get(setting.key) != value:
            values[setting.key] = value
            self._write(setting, value)

    def _of(self, setting: Setting[T], held: dict[str, Any] | None = None) -> dict[str, Any]:
        """The values that a setting is among: all, or those of the profile."""
        values = self._values if held is None else held
        for name in ("profiles", self._profile) if setting.of_profile and self._profile else ():
            if not isinstance(values.get(name), dict):
                values[name] = {}
            values = values[name]
        return values

    def _write(self, setting: Setting[T], value: T) -> None:
        """Write one value among those that the file holds now: another window may have written."""
        if not self._path:
            return
        held = self._values | _read(self._path)
        self._of(setting, held)[setting.key] = value
        text = json.dumps(held, ensure_ascii=False, indent=1, sort_keys=True)
        beside = self._path.with_suffix(".new")
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            beside.write_text(text, encoding="utf-8")
            os.replace(beside, self._path)
        except OSError:
            self._path = None  # a folder that cannot be written: the values live until the end


def usual_path() -> Path:
    """Where the settings of this user lie."""
    return settings_folder() / "settings.json"


def _read(path: Path) -> dict[str, Any]:
    try:
        held = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return dict(held) if isinstance(held, Mapping) else {}
