"""The words of a calendar that participants read, in the language in use.

Nothing here holds marks of direction: a description is data, and the calendar program that shows
it lays it out.
"""

from functools import cache
from typing import Literal

from schoolapp.base.language import _, current, plural
from schoolapp.exchange.calendars.values import (
    CalendarGathering,
    CalendarGroup,
    CalendarReading,
    CalendarSession,
)

READINGS_SHOWN = 3
GROUPS_SHOWN = 6
NO_FLOOR = ("", "-")


def programme_name(gathering: CalendarGathering) -> str:
    """The name of the calendar that holds all sessions."""
    return _("{gathering}: whole programme").format(gathering=gathering.title_in(current()))


def place(session: CalendarSession) -> str:
    """Where the session is, from the room to the city; online only, the link.

    A session that meets in a few groups names all their rooms; in many groups, none: the room of
    one group would send the others there.
    """
    room = session.room_name
    if session.groups:
        room = " / ".join(dict.fromkeys(group.room_name for group in _few_groups(session)))
    known = (room, session.venue, session.city)
    return ", ".join(part for part in known if part) or session.online_link or ""


def reads_that_matter(session: CalendarSession, reads: tuple[str, ...]) -> tuple[str, ...]:
    """The part of ``reads`` that makes a difference to the description of this session.

    Readers who would read the same get the same description, which is then made once.
    """
    if not _has_reading_list(session):
        return ()
    return tuple(sorted({reading.lang for reading in session.readings} & {*reads})) or reads


def description(session: CalendarSession, reads: tuple[str, ...]) -> str:
    """What, who, where, in which languages and what to read, a line each.

    ``reads`` are the languages the person reads, empty for everybody's programme.
    """
    lines = [kind_name(session.kind)]
    if session.cancelled:
        lines.append(_("This session is cancelled."))
    if session.speakers:
        speakers = plural("Speaker: {names}", "Speakers: {names}", len(session.speakers))
        lines.append(speakers.format(names=_listed(session.speakers)))
    if where := place(session):
        lines.append(_("Place: {place}").format(place=where))
    lines += _groups(session)
    if session.online_link:
        lines.append(_("Online: {link}").format(link=session.online_link))
    lines += [_languages(session), *_readings(session, reads)]
    return "\n".join(line for line in lines if line)


def kind_name(kind: str) -> str:
    """What kind of session it is; empty for a kind that participants have no word for."""
    return _kind_names(current()).get(kind, "")


@cache
def _kind_names(_speaking: str) -> dict[str, str]:
    """The words for all kinds in the language in use, which is only the key of the cache."""
    return {
        "plenary": _("Plenary"),
        "lecture": _("Lecture"),
        "working_groups": _("Working groups"),
        "country_reports": _("Country reports"),
        "workshop": _("Workshop"),
        "educational": _("Educational session"),
        "commission": _("Permanent commission"),
        "interdelegation": _("Inter-delegation meeting"),
        "delegation_meeting": _("Delegation meeting"),
        "coordination": _("Coordination meeting"),
        "rally": _("Evening meeting"),
        "space": _("Self-organised space"),
        "social": _("Social evening"),
        "guest": _("Guest session"),
        "field_visit": _("Field visit"),
        "evaluation": _("Evaluation"),
    }


def _few_groups(session: CalendarSession) -> tuple[CalendarGroup, ...]:
    return session.groups if len(session.groups) <= GROUPS_SHOWN else ()


def _groups(session: CalendarSession) -> list[str]:
    """Which group meets where; of many groups only how many there are."""
    if few := _few_groups(session):
        return [_("Rooms of the groups:"), *(_group(group) for group in few)]
    if not session.groups:
        return []
    sentence = _("It meets in {number} groups, in different rooms.")  # seven at least
    return [sentence.format(number=len(session.groups))]


def _group(group: CalendarGroup) -> str:
    who = _named((group.language,)) if group.language else group.delegation
    return _("• {group}: {room}").format(group=who, room=group.room_name)


def _languages(session: CalendarSession) -> str:
    floor = () if session.floor_language in NO_FLOOR else (session.floor_language,)
    others = tuple(tag for tag in session.languages if tag not in floor)
    if floor and others:
        return _("Language: {language}; interpretation: {languages}").format(
            language=_named(floor), languages=_named(others)
        )
    spoken = floor or others
    sentence = plural("Language: {languages}", "Languages: {languages}", len(spoken))
    return sentence.format(languages=_named(spoken)) if spoken else ""


def _readings(session: CalendarSession, reads: tuple[str, ...]) -> list[str]:
    chosen = sorted(session.readings, key=lambda r: (not r.required, r.lang not in reads, r.order))
    lines = [_("Texts to read:")] if chosen else []
    lines += [_reading(reading) for reading in chosen[:READINGS_SHOWN]]
    more = len(chosen) - READINGS_SHOWN
    if more > 0:
        sentence = plural("and {number} more text", "and {number} more texts", more)
        lines.append(sentence.format(number=more))
    if missing := _without_text(session, reads):
        lines.append(_("There is no text in {languages} yet.").format(languages=_either(missing)))
    return lines


def _without_text(session: CalendarSession, reads: tuple[str, ...]) -> tuple[str, ...]:
    """The reader's languages if no text is in any of them; for everybody, the known gaps."""
    if not reads:
        return session.reading_gap
    served = any(reading.lang in reads for reading in session.readings)
    return reads if _has_reading_list(session) and not served else ()


def _has_reading_list(session: CalendarSession) -> bool:
    return bool(session.readings or session.reading_gap)


def _reading(reading: CalendarReading) -> str:
    text = reading.title
    if reading.author:
        text = _("{author}, {title}").format(author=reading.author, title=reading.title)
    language = _named((reading.lang,))
    if reading.required:
        return _("• {text} ({language}, required)").format(text=text, language=language)
    return _("• {text} ({language})").format(text=text, language=language)


def language_name(tag: str) -> str:
    """The name of a language in the language in use."""
    return _named((tag,))


def _named(tags: tuple[str, ...]) -> str:
    return _language_list(current(), tags, "standard")


def _either(tags: tuple[str, ...]) -> str:
    return _language_list(current(), tags, "or")


def _listed(names: tuple[str, ...]) -> str:
    return _list_form(current(), len(names)).format(*names)


@cache
def _list_form(speaking: str, count: int) -> str:
    """How a language lists that many things: ``{0}, {1} and {2}``. No name stays in the cache."""
    from babel.lists import format_list

    return format_list([f"{{{n}}}" for n in range(count)], locale=locale_name(speaking))


@cache
def _language_list(speaking: str, tags: tuple[str, ...], style: Literal["standard", "or"]) -> str:
    """The names of languages as a list, in the language in use."""
    from babel import Locale
    from babel.lists import format_list

    locale = Locale.parse(locale_name(speaking))
    return format_list([locale.languages.get(tag, tag) for tag in tags], style, locale)


@cache
def locale_name(speaking: str) -> str:
    """Babel's name for a language, English for a pseudo-locale."""
    from babel import Locale, UnknownLocaleError

    try:
        return str(Locale.parse(speaking, sep="-"))
    except UnknownLocaleError:
        return "en"
