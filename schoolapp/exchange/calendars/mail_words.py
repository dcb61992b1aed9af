"""The words of the mails that carry invitations, in the language in use.

Each says everything without its calendar: what, when (in the local time of the place, with its
zone), where, and what it was before. The only name in them is the recipient's own.
"""

from dataclasses import dataclass

from schoolapp.base import clock
from schoolapp.base.language import _, conventions, current, plural
from schoolapp.domain.invitations import Placed
from schoolapp.exchange.calendars.values import CalendarGathering, CalendarSession

PROGRAMME_FILE = "programme.ics"


@dataclass(frozen=True, slots=True)
class Letter:
    """The subject and the text of a mail."""

    subject: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """The session that a mail is about, as its recipients find it."""

    session: CalendarSession
    at: Placed

    @property
    def headline(self) -> str:
        """Title and beginning, for a subject."""
        values = {"title": self.session.title, "when": _moment(self.at)}
        return _("{title}, {when}").format(**values)


class Letters:
    """Writes to the people of one gathering; ``names`` are those who read one mailbox."""

    def __init__(self, gathering: CalendarGathering) -> None:
        self._gathering = gathering

    def programme(self, names: tuple[str, ...], sessions: int) -> Letter:
        """The first mail: the invitation to the gathering and the programme as a file."""
        number = plural(
            "The attached file {file} holds your programme, {number} session. Open it, and your"
            " calendar takes it in.",
            "The attached file {file} holds your programme, {number} sessions. Open it, and your"
            " calendar takes them in.",
            sessions,
        )
        lines = [
            _("You are invited to {gathering}.").format(gathering=self._title),
            self._days(),
            number.format(file=PROGRAMME_FILE, number=sessions) if sessions else "",
            _("When a session of yours changes, you get one mail about it."),
            _please_answer(),
        ]
        subject = _("{gathering}: your invitation and programme").format(gathering=self._title)
        return self._letter(subject, names, lines)

    def gathering_changed(self, names: tuple[str, ...], was: Placed) -> Letter:
        """The gathering itself has other days or another place."""
        old = f"{_day(was.start)} – {_day(was.end)}, {was.place}".rstrip(", ")
        lines = [
            _("{gathering} has other dates or another place.").format(gathering=self._title),
            self._days(),
            _before(old),
            _please_answer(),
        ]
        subject = _("Changed: {what}").format(what=self._title)
        return self._letter(subject, names, lines)

    def farewell(self, names: tuple[str, ...], *, whole: bool) -> Letter:
        """The gathering is off, or these people are no longer expected at it."""
        if whole:
            said = _("{gathering} is cancelled.").format(gathering=self._title)
            subject = _("Cancelled: {what}").format(what=self._title)
        else:
            said = _("You are no longer expected at {gathering}.").format(gathering=self._title)
            subject = _("{gathering}: no longer in your calendar").format(gathering=self._title)
        clean = _("The attached file {file} strikes your sessions out of your calendar.")
        return self._letter(subject, names, [said, clean.format(file=PROGRAMME_FILE)])

    def invitation(self, names: tuple[str, ...], slot: Slot, role: str) -> Letter:
        """One session: as a participant, a speaker (``CHAIR``) or an interpreter (``work``)."""
        said = {
            "speaker": _("You speak in this session of {gathering}."),
            "interpreter": _("You interpret in this session of {gathering}."),
        }.get(role, _("You are invited to this session of {gathering}."))
        lines = [said.format(gathering=self._title), _what(slot), _please_answer()]
        subject = _("Invitation: {what}").format(what=slot.headline)
        return self._letter(subject, names, lines)

    def changed(self, names: tuple[str, ...], slot: Slot, was: Placed | None) -> Letter:
        """A session has another time or place; ``was`` is what the recipients knew before."""
        said = _("This session of {gathering} has changed.").format(gathering=self._title)
        lines = [said, _what(slot), _differences(slot.at, was), _please_answer()]
        subject = _("Changed: {what}").format(what=slot.headline)
        return self._letter(subject, names, lines)

    def cancelled(self, names: tuple[str, ...], slot: Slot) -> Letter:
        """A session does not take place."""
        said = _("This session of {gathering} is cancelled.").format(gathering=self._title)
        subject = _("Cancelled: {what}").format(what=slot.headline)
        return self._letter(subject, names, [said, _what(slot)])

    def removed(self, names: tuple[str, ...], slot: Slot) -> Letter:
        """A session takes place without these people; nothing else changes for them."""
        said = _(
            "This session of {gathering} is no longer in your programme."
            " Nothing else changes for you."
        ).format(gathering=self._title)
        subject = _("No longer in your programme: {what}").format(what=slot.headline)
        return self._letter(subject, names, [said, _what(slot)])

    def reminder(self, names: tuple[str, ...], slot: Slot) -> Letter:
        """Asks for the answer that has not come."""
        said = _("You have not answered yet: do you take part in this session of {gathering}?")
        lines = [said.format(gathering=self._title), _what(slot), _please_answer()]
        subject = _("Please answer: {what}").format(what=slot.headline)
        return self._letter(subject, names, lines)

    @property
    def _title(self) -> str:
        return self._gathering.title_in(current())

    def _days(self) -> str:
        g = self._gathering
        where = ", ".join(part for part in (g.venue, g.city) if part)
        days = _("When: {first} to {last}").format(first=_day(g.start_date), last=_day(g.end_date))
        zone = _("Times are local, in the zone {zone}.").format(zone=g.tz)
        return "\n".join(
            [days, *([_("Where: {place}").format(place=where)] if where else []), zone]
        )

    def _letter(self, subject: str, names: tuple[str, ...], lines: list[str]) -> Letter:
        hello = _("Hello {names},").format(names=", ".join(names))
        g = self._gathering
        sender = "\n".join(part for part in (g.organizer_name, g.organizer_address) if part)
        text = "\n\n".join(part for part in (hello, *lines, sender) if part)
        return Letter(subject, text + "\n")


def when(at: Placed) -> str:
    """From when to when, in local time with the zone named."""
    begin = at.start.replace(tzinfo=clock.zone(at.tz), fold=at.fold_start)
    offset = f"{begin:%z}"
    zone = f"{at.tz}, UTC{offset[:3]}:{offset[3:]}"
    values = {"day": _day(at.start), "start": f"{at.start:%H:%M}", "zone": zone}
    if at.start.date() == at.end.date():
        return _("{day}, {start} to {end} ({zone})").format(end=f"{at.end:%H:%M}", **values)
    return _("{day}, {start} to {last_day}, {end} ({zone})").format(
        last_day=_day(at.end), end=f"{at.end:%H:%M}", **values
    )


def _what(slot: Slot) -> str:
    lines = [_("What: {title}").format(title=slot.session.title)]
    lines.append(_("When: {when}").format(when=when(slot.at)))
    if slot.at.place:
        lines.append(_("Where: {place}").format(place=slot.at.place))
    if slot.session.online_link:
        lines.append(_("Online: {link}").format(link=slot.session.online_link))
    return "\n".join(lines)


def _differences(now: Placed, was: Placed | None) -> str:
    """The old value beside the new one, for what is different."""
    if was is None:
        return ""
    lines = []
    if when(was) != when(now):
        lines += [_("New time: {time}").format(time=when(now)), _before(when(was))]
    if was.place != now.place:
        old, new = (place or _("no place yet") for place in (was.place, now.place))
        lines += [_("New place: {place}").format(place=new), _before(old)]
    return "\n".join(lines)


def _before(old: str) -> str:
    return _("Before: {old}").format(old=old)


def _please_answer() -> str:
    return _("Please answer with the buttons of your mail or calendar program.")


def _day(date: object) -> str:
    from babel.dates import format_date

    return format_date(date, "full", locale=conventions())  # type: ignore[arg-type]


def _moment(at: Placed) -> str:
    from babel.dates import format_date

    date = format_date(at.start, "medium", locale=conventions())
    return f"{date} {at.start:%H:%M}"
