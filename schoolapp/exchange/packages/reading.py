"""A folder of practice packages is read whole, or refused with file, path and reason."""

import json
import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, NoReturn, TypeVar

from schoolapp.base.language import mark
from schoolapp.domain.rules import RuleBroken
from schoolapp.exchange.packages.centres import CENTRES, usual_file
from schoolapp.exchange.packages.codecs import NOT_STORED, Json, Known, Unreadable, shown
from schoolapp.exchange.packages.donations import DONATIONS
from schoolapp.exchange.packages.model import Package, Packages
from schoolapp.exchange.packages.package import PACKAGE
from schoolapp.exchange.packages.people import PEOPLE
from schoolapp.exchange.packages.readings import READINGS
from schoolapp.exchange.packages.tables import TABLES, Table

PEOPLE_FILE, READINGS_FILE, DONATIONS_FILE = "people.json", "readings.json", "donations.json"
CENTRES_FILE = "centres.json"
T = TypeVar("T")


class PackageBroken(RuleBroken):
    """A file of a folder of packages cannot be read: which one, where in it, and why."""

    def __init__(self, file: str, path: str, reason: RuleBroken) -> None:
        super().__init__(mark("{place}: {reason}"), place=f"{file}: {path}" if path else file)
        self.reason = reason

    def sentence(self) -> str:
        self.values["reason"] = self.reason.sentence()
        return super().sentence()

    def __str__(self) -> str:
        self.values["reason"] = str(self.reason)
        return super().__str__()


def read(folder: Path) -> Packages:
    """All packages of a folder, with the people and readings they share.

    Every ``*.json`` with an ``event`` is a package; ``people.json`` must be there,
    ``centres.json``, ``readings.json`` and ``donations.json`` may be, and so may the tables beside
    a package. Nothing else is looked at. ``PackageBroken`` if anything is wrong: then nothing was
    read.
    """
    if not (folder / PEOPLE_FILE).is_file():
        raise RuleBroken(
            mark("There is no people.json in the folder {folder}."), folder=folder.name
        )
    known = Known()
    packages = Packages()
    own_centres = folder / CENTRES_FILE
    centres_file = own_centres if own_centres.is_file() else usual_file()
    packages.centres = _read(centres_file, CENTRES.read, known)
    packages.people = _read(folder / PEOPLE_FILE, PEOPLE.read, known)
    if (folder / READINGS_FILE).is_file():
        packages.editions = _read(folder / READINGS_FILE, READINGS.read, known)
    if (folder / DONATIONS_FILE).is_file():
        packages.donations = _read(folder / DONATIONS_FILE, DONATIONS.read, known)
    raw = {
        path: data
        for path in _files(folder, "*.json")
        if path.name not in (PEOPLE_FILE, READINGS_FILE, DONATIONS_FILE, CENTRES_FILE)
        and isinstance(data := _json(path), dict)
        and "event" in data
    }
    tables = tables_of({path.stem: code_of(data) for path, data in raw.items()}, folder)
    for path, data in raw.items():
        packages.packages.append(_package(path, data, tables.get(path.stem, {}), known))
    return packages


def _files(folder: Path, pattern: str) -> list[Path]:
    """The files of a folder whose names match, by name; folders are not packages."""
    found = sorted(path for path in folder.glob(pattern) if not path.is_dir())
    for path in found:
        if NOT_STORED.search(path.name):
            _refuse(
                path, Unreadable(mark("the name of this file has characters that cannot be stored"))
            )
    return found


def code_of(data: dict[str, Json]) -> str:
    """The code of a package's gathering as far as it has one, before anything is checked."""
    event = data["event"]
    return str(event.get("id")) if isinstance(event, dict) else ""


def _package(path: Path, data: Json, tables: dict[Table[Any], Path], shared: Known) -> Package:
    known = shared.for_package()
    try:
        package = PACKAGE.read(data, known)
        known.add("gatherings", package.gathering.code, package)
    except Unreadable as trouble:
        _refuse(path, trouble)
    gathering = package.gathering
    gathering.package_name = path.stem
    for table, file in tables.items():
        gathering.table_prefix = _prefix(file, table)
        try:
            rows = table.read(_text(file), known)
        except Unreadable as trouble:
            _refuse(file, trouble)
        table.rows_of(package).extend(rows)
        if not rows:
            gathering.blanks.append(f"{table.name}.csv")
    return package


def _read(path: Path, codec_read: Callable[[Json, Known], T], known: Known) -> T:
    data = _json(path)
    try:
        return codec_read(data, known)
    except Unreadable as trouble:
        _refuse(path, trouble)


def _refuse(path: Path, trouble: Unreadable) -> NoReturn:
    raise PackageBroken(shown(path.name), trouble.path, trouble.reason) from None


def _text(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8")
    except UnicodeDecodeError:
        _refuse(path, Unreadable(mark("this is no text in UTF-8")))


def _json(path: Path) -> Json:
    text = _text(path)
    try:
        found: Json = json.loads(text, object_pairs_hook=_object, parse_constant=_no_number)
        return found
    except Unreadable as trouble:
        _refuse(path, trouble)
    except json.JSONDecodeError as trouble:
        _refuse(
            path,
            Unreadable(
                mark("this is no JSON (line {line}, column {column})"),
                line=trouble.lineno,
                column=trouble.colno,
            ),
        )
    except (RecursionError, ValueError):  # nested without end; a number of thousands of digits
        _refuse(path, Unreadable(mark("this JSON is too deep or its numbers are too long")))


def _object(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    result = dict(pairs)
    if len(result) < len(pairs):
        keys = [key for key, _value in pairs]
        double = next(key for key in keys if keys.count(key) > 1)
        raise Unreadable(mark("the key {key} is there twice in one object"), key=double)
    return result


def _no_number(word: str) -> NoReturn:
    raise Unreadable(mark("{word} is no number of JSON"), word=word)


def tables_of(codes: dict[str, str], folder: Path) -> dict[str, dict[Table[Any], Path]]:
    """The csv files of each package, by the prefix of their names; others are left alone.

    ``codes`` are those of the gatherings by the names of their packages.
    """
    found: dict[str, dict[Table[Any], Path]] = {}
    for table in TABLES:
        for file in _files(folder, f"*_{table.name}.csv"):
            for stem in _owners(_prefix(file, table), codes):
                tables = found.setdefault(stem, {})
                others = {_prefix(other, kind) for kind, other in tables.items()}
                if others - {_prefix(file, table)} or table in tables:
                    _refuse(file, Unreadable(mark("{package} has tables of another name already"),
                                             package=f"{stem}.json"))  # fmt: skip
                tables[table] = file
    return found


def _owners(prefix: str, codes: dict[str, str]) -> Iterable[str]:
    """The packages a prefix belongs to: the one of that name, else the one that begins with it.

    Where several begin with it, it is the one whose gathering has that code.
    """
    if prefix in codes:
        return [prefix]
    found = [stem for stem in codes if stem.startswith(f"{prefix}_")]
    named = [stem for stem in found if _letters(codes[stem]) == _letters(prefix)]
    return named if len(found) > 1 and named else found


def _letters(name: str) -> str:
    """A name without what separates its words, which differs between a file and a code."""
    return re.sub(r"[\W_]", "", name)


def _prefix(file: Path, table: Table[object]) -> str:
    return file.name.removesuffix(f"_{table.name}.csv")
