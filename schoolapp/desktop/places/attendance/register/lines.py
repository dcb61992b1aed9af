"""The lines of the roll call: sessions with their registers, and the people on a roll."""

from dataclasses import dataclass, replace

from schoolapp.base import clock
from schoolapp.base.language import _, isolate, mark, plural
from schoolapp.desktop.look import formats
from schoolapp.desktop.look.states import state_look
from schoolapp.desktop.tables import Column
from schoolapp.domain.attendance import AttendanceState
from schoolapp.operations.attendance import RegisterSession, RegisterState, RollRow
from schoolapp.operations.attendance.marking import ONLINE


@dataclass(frozen=True, slots=True)
class SessionLine:
    """A session in the list: ``status`` is the state of its register."""

    id: int
    when: str
    title: str
    status: str


@dataclass(frozen=True, slots=True)
class PersonLine:
    """A person on the roll; ``status`` is empty while nothing is known."""

    id: int
    name: str
    status: AttendanceState | None
    times: str
    minutes: int | None
    group: str
    search: str


SESSIONS: tuple[Column[SessionLine], ...] = (
    Column.text(lambda row: row.when, mark("When"), 16),
    Column.text(lambda row: row.title, mark("Session"), 14),
    Column.text(lambda row: row.status, mark("Register"), 9),
)
PEOPLE: tuple[Column[PersonLine], ...] = (
    Column.name(lambda row: row.name, mark("Name"), 22),
    Column.state(lambda row: row.status, mark("Mark"), 12, "attendance"),
    Column.code(lambda row: row.times, mark("There"), 11),
    Column.number(lambda row: row.minutes, mark("Minutes"), 4),
    Column.text(lambda row: row.group, mark("Group"), 8, sparse=True),
)


def session_line(one: RegisterSession) -> SessionLine:
    """A session as the list shows it."""
    when = _("{date}, {time}").format(
        date=isolate(formats.day(one.start)), time=formats.time(one.start)
    )
    return SessionLine(one.id, when, one.title, isolate(register_words(one)))


def register_words(one: RegisterSession) -> str:
    """The state of a register, in words."""
    match one.register:
        case RegisterState.NOT_KEPT if one.head_count is not None:
            heads = one.head_count
            sentence = plural("{number} head", "{number} heads", heads)
            return sentence.format(number=formats.number(heads))
        case RegisterState.NOT_KEPT:
            return _("none kept")
        case RegisterState.CLOSED:
            return _("closed")
        case RegisterState.LOST:
            return _("lost")
        case RegisterState.OPEN:
            return _("open")
    if one.expected is None:
        sentence = plural("{marked} marked", "{marked} marked", one.marked)
        return sentence.format(marked=formats.number(one.marked))
    return _("{marked} of {expected}").format(
        marked=formats.number(one.marked), expected=formats.number(one.expected)
    )


def described(one: RegisterSession) -> str:
    """When, where, and how much of the register is done."""
    said = [formats.date(one.start, weekday=True), formats.span(one.start, one.end)]
    if one.room:
        said.append(isolate(one.room))
    lost = one.register is RegisterState.LOST
    said.append(state_look("attendance", "no_register").text if lost else register_words(one))
    return " · ".join(said)


def counted(one: RegisterSession, marks: int) -> RegisterSession:
    """The session with another number of marks; the same one where nothing changes."""
    if one.marked == marks or one.register not in (RegisterState.OPEN, RegisterState.MARKED):
        return one
    return replace(
        one, marked=marks, register=RegisterState.MARKED if marks else RegisterState.OPEN
    )


def person_line(row: RollRow, tz: str) -> PersonLine:
    """A person as the roll shows it."""
    times = ""
    if row.check_in is not None and row.check_out is not None:
        times = formats.span(clock.to_wall(row.check_in, tz), clock.to_wall(row.check_out, tz))
    if row.method == ONLINE:
        times = _("online")
    return PersonLine(
        row.id,
        row.name,
        row.status,
        times,
        row.minutes if row.status else None,
        row.delegation or formats.language_names([row.language_group]),
        row.search,
    )
