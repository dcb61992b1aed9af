"""Practice packages are written as files again: the same names, the same text on every machine."""

import json
import re
from collections.abc import Mapping
from pathlib import Path

from schoolapp.exchange.files import safe_folder
from schoolapp.exchange.packages.centres import CENTRES, are_usual
from schoolapp.exchange.packages.codecs import Json
from schoolapp.exchange.packages.donations import DONATIONS
from schoolapp.exchange.packages.model import Package, Packages
from schoolapp.exchange.packages.package import PACKAGE
from schoolapp.exchange.packages.people import PEOPLE
from schoolapp.exchange.packages.reading import (
    CENTRES_FILE,
    DONATIONS_FILE,
    PEOPLE_FILE,
    READINGS_FILE,
)
from schoolapp.exchange.packages.readings import READINGS
from schoolapp.exchange.packages.tables import TABLES


def write(files: Mapping[str, str], folder: Path) -> list[str]:
    """Write ``texts`` into a folder, whole or not at all; answers the names, sorted."""
    with safe_folder(folder, PEOPLE_FILE) as beside:
        for name, text in files.items():
            (beside / name).write_bytes(text.encode("utf-8"))
    return sorted(files)


def texts(packages: Packages) -> dict[str, str]:
    """The text of every file by its name."""
    files = {PEOPLE_FILE: as_json(PEOPLE.write(packages.people))}
    if not are_usual(packages.centres):
        files[CENTRES_FILE] = as_json(CENTRES.write(packages.centres))
    if packages.editions:
        files[READINGS_FILE] = as_json(READINGS.write(packages.editions))
    donations = packages.donations
    if donations.campaigns or donations.publications:
        files[DONATIONS_FILE] = as_json(DONATIONS.write(donations))
    for package, name in zip(packages.packages, names(packages.packages), strict=True):
        raw = PACKAGE.write(package)
        files[f"{name}.json"] = as_json({"event": raw["event"], **raw})
        prefix = package.gathering.table_prefix or name
        for table in TABLES:
            rows = table.rows_of(package)
            if rows or f"{table.name}.csv" in package.blanks:
                files[f"{prefix}_{table.name}.csv"] = table.write(rows)
    return files


def names(packages: list[Package]) -> list[str]:
    """The name of each package's file: the one it came with, else made from the code."""
    taken = {name.casefold() for p in packages if (name := p.gathering.package_name)}
    taken |= {
        Path(file).stem for file in (PEOPLE_FILE, READINGS_FILE, DONATIONS_FILE, CENTRES_FILE)
    }
    result = []
    for package in packages:
        name = package.gathering.package_name
        if name is None:
            stem = re.sub(r"[^\w]+", "_", package.gathering.code)
            numbered = (stem if n == 1 else f"{stem}_{n}" for n in range(1, len(packages) + 5))
            name = next(free for free in numbered if free.casefold() not in taken)
            taken.add(name.casefold())
        result.append(name)
    return result


def as_json(data: Json) -> str:
    """The data as the format has it: one space for each level, letters as they are, LF."""
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"
