// Reads an .ics file with ical.js, and prints the times of its events in UTC as JSON.
import fs from 'fs';
import ICAL from 'ical.js';

const calendar = new ICAL.Component(ICAL.parse(fs.readFileSync(process.argv[2], 'utf8')));
for (const zone of calendar.getAllSubcomponents('vtimezone')) ICAL.TimezoneService.register(zone);
const utc = (time) => time.toJSDate().toISOString().slice(0, 16) + 'Z';
const found = {};
for (const component of calendar.getAllSubcomponents('vevent')) {
  const event = new ICAL.Event(component);
  found[event.uid] = [utc(event.startDate), utc(event.endDate)];
}
console.log(JSON.stringify(found));
