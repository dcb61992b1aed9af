"""Where the files that come with the program lie, and the reference tables read from them."""

import sys
from functools import cache
from pathlib import Path


@cache
def folder(name: str) -> Path:
    """The folder ``resources`` or ``data``: of the frozen program, the wheel or the checkout."""
    package = Path(__file__).parents[1]
    places = [Path(getattr(sys, "_MEIPASS", package)) / name, package / name, package.parent / name]
    for place in places:
        if place.is_dir():
            return place
    raise FileNotFoundError(f"the folder {name} that comes with schoolapp is missing")


@cache
def table(name: str) -> tuple[dict[str, str], ...]:
    """The rows of ``data/<name>.csv``, each a dictionary by heading."""
    import csv  # the first screen does without

    with (folder("data") / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


@cache
def minor_units() -> dict[str, int]:
    """ISO 4217 currency code to its number of decimal places."""
    return {row["code"]: int(row["minor_units"]) for row in table("currencies")}


@cache
def regions() -> dict[str, str]:
    """ISO 3166-1 country code to the region that a selection is balanced by."""
    rows = table("regions")
    return {code: row["region"] for row in rows for code in row["countries"].split()}
