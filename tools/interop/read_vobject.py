"""Reads an .ics file with vobject, and prints the times of its events in UTC as JSON.

vobject keeps one table of zone names for the whole process: one file a process.
"""

import datetime as dt
import json
import sys

import vobject


def main(name: str) -> None:
    """Print ``{uid: [start, end]}``."""
    with open(name, newline="", encoding="utf-8") as file:
        calendar = vobject.readOne(file.read())
    found = {
        event.uid.value: [
            f"{moment.value.astimezone(dt.UTC):%Y-%m-%dT%H:%MZ}"
            for moment in (event.dtstart, event.dtend)
        ]
        for event in calendar.vevent_list
    }
    print(json.dumps(found))


main(sys.argv[1])
