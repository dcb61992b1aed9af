"""Reads an .ics file with libical 3 (Debian: libical3), and prints its times in UTC as JSON."""

import ctypes
import datetime as dt
import json
import sys
from pathlib import Path

VEVENT = 4  # icalcomponent_kind of libical 3


class Moment(ctypes.Structure):
    """``struct icaltimetype`` of libical 3."""

    _fields_ = (
        *(
            (name, ctypes.c_int)
            for name in ("year", "month", "day", "hour", "minute", "second", "is_date", "daylight")
        ),
        ("zone", ctypes.c_void_p),
    )


def main(name: str) -> None:
    """Print ``{uid: [start, end]}``."""
    library = ctypes.CDLL("libical.so.3")
    pointer = ctypes.c_void_p
    for function, answer, arguments in (
        ("icalparser_parse_string", pointer, [ctypes.c_char_p]),
        ("icalcomponent_get_first_component", pointer, [pointer, ctypes.c_int]),
        ("icalcomponent_get_next_component", pointer, [pointer, ctypes.c_int]),
        ("icalcomponent_get_uid", ctypes.c_char_p, [pointer]),
        ("icalcomponent_get_dtstart", Moment, [pointer]),
        ("icalcomponent_get_dtend", Moment, [pointer]),
        ("icaltime_as_timet_with_zone", ctypes.c_int64, [Moment, pointer]),
    ):
        call = getattr(library, function)
        call.restype, call.argtypes = answer, arguments
    calendar = library.icalparser_parse_string(Path(name).read_bytes())
    found = {}
    event = library.icalcomponent_get_first_component(calendar, VEVENT)
    while event:
        uid = library.icalcomponent_get_uid(event).decode()
        moments = (
            library.icalcomponent_get_dtstart(event),
            library.icalcomponent_get_dtend(event),
        )
        found[uid] = [_utc(library, moment) for moment in moments]
        event = library.icalcomponent_get_next_component(calendar, VEVENT)
    print(json.dumps(found))


def _utc(library: ctypes.CDLL, moment: Moment) -> str:
    seconds = library.icaltime_as_timet_with_zone(moment, moment.zone)
    return f"{dt.datetime.fromtimestamp(seconds, dt.UTC):%Y-%m-%dT%H:%MZ}"


main(sys.argv[1])
