"""A folder of calendars to subscribe to, for any web server; nobody can guess another's file."""

import json
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path

from schoolapp.exchange.calendars.publishing import INDEX, PROGRAMME, Calendars, listed_before
from schoolapp.exchange.calendars.values import CalendarGathering, CalendarPerson, CalendarSession
from schoolapp.exchange.files import safe_folder, safe_write

UPLOAD, FRONT = "upload", "index.html"
_PAGE = b'<!doctype html><html lang="en"><meta name="robots" content="noindex"><title></title>\n'


def export_feeds(
    folder: Path,
    gathering: CalendarGathering,
    sessions: Iterable[CalendarSession],
    people: Iterable[tuple[CalendarPerson, Collection[str]]],
    names: Mapping[str, str],
) -> list[dict[str, str]]:
    """Write ``upload/`` with a file per person and the programme, and the index beside it.

    ``names`` are the secret names of the files, by the uid of the person; the index
    (``[{"person", "file"}]``) alone says whose they are, so it is never uploaded. Files of people
    that an earlier index lists and this one does not are removed.
    """
    calendars = Calendars(gathering, sessions, feed=True)
    by_uid = sorted(people, key=lambda pair: pair[0].uid)
    index = [{"person": one.uid, "file": f"{names[one.uid]}.ics"} for one, _uids in by_uid]
    earlier = listed_before(folder)
    with safe_folder(folder / UPLOAD, last=PROGRAMME) as fresh:
        (fresh / FRONT).write_bytes(_PAGE)
        for (person, uids), entry in zip(by_uid, index, strict=True):
            (fresh / entry["file"]).write_bytes(calendars.personal(person, uids))
        (fresh / PROGRAMME).write_bytes(calendars.programme())
    for name in earlier - {entry["file"] for entry in index}:
        (folder / UPLOAD / name).unlink(missing_ok=True)
    safe_write(folder / INDEX, (json.dumps(index, ensure_ascii=False, indent=1) + "\n").encode())
    return index
