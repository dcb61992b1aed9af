"""Read .ics files with vobject, which uses the VTIMEZONE of the file, and print the times in UTC.

usage: read_vobject.py file.ics ...   prints JSON: {uid: [start, end, minutes]}. vobject keeps one
table of zone names for the whole process and the first VTIMEZONE of a name wins, so every file
given must name its zones differently.
"""

import datetime as dt
import json
import sys

import vobject

found = {}
for name in sys.argv[1:]:
    with open(name, newline="", encoding="utf-8") as file:
        calendar = vobject.readOne(file.read())
    calendar.validate(raiseException=True)
    for event in calendar.vevent_list:
        start = event.dtstart.value.astimezone(dt.timezone.utc)
        end = event.dtend.value.astimezone(dt.timezone.utc)
        minutes = round((end - start).total_seconds() / 60)
        found[event.uid.value] = [f"{start:%Y-%m-%dT%H:%MZ}", f"{end:%Y-%m-%dT%H:%MZ}", minutes]
print(json.dumps(found))
