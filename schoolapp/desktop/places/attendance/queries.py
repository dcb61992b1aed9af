"""What the place of attendance asks and does in the database worker, and in files."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Protocol, TypeVar

from schoolapp.base.language import _, isolate, plural
from schoolapp.desktop.look import formats

ONLINE = "online"


class Findable(Protocol):
    """A line that letters lead to; one without a status comes first."""

    @property
    def search(self) -> str: ...
    @property
    def status(self) -> str | None: ...


Line = TypeVar("Line", bound=Findable)


@dataclass(frozen=True, slots=True)
class SessionLine:
    """A session in the list: ``status`` says what there is of its register."""

    id: int
    when: str
    title: str
    status: str


@dataclass(frozen=True, slots=True)
class PersonLine:
    """A person on the roll; ``status`` is a state of attendance, empty while nothing is known."""

    id: int
    name: str
    status: str | None
    times: str
    minutes: int | None
    group: str
    search: str


def sessions_of(gathering_id: int, session: Any) -> Sequence[Any]:
    """The sessions of a gathering with their registers."""
    from schoolapp.operations.attendance import register_sessions

    return register_sessions(session, gathering_id=gathering_id)


def roll_of(session_id: int, session: Any) -> Any:
    """The roll of a session."""
    from schoolapp.operations.attendance import roll

    return roll(session, session_id=session_id)


def news_of(session_id: int, gathering_id: int, session: Any) -> Any:
    """What marking changed on the roll of a session."""
    from schoolapp.operations.attendance import roll_news

    return roll_news(session, session_id=session_id, gathering_id=gathering_id)


def mark(
    session_id: int,
    people: Sequence[int],
    status: str,
    at: Any,
    session: Any,
    reason: str | None = None,
) -> int:
    """Note a status for some people; ``online`` is present from elsewhere."""
    from schoolapp.domain.attendance import AttendanceState
    from schoolapp.operations import attendance

    return attendance.mark(
        session,
        session_id=session_id,
        participation_ids=people,
        status=AttendanceState("present" if status == ONLINE else status),
        at=at,
        method=ONLINE if status == ONLINE else "desk",
        reason=reason,
    )


def scan(session_id: int, code: str, kind: str, session: Any, reason: str | None = None) -> Any:
    """Note that a badge was read."""
    from schoolapp.domain.scanning import ScanKind
    from schoolapp.operations.attendance import scan_badge

    return scan_badge(session, session_id=session_id, code=code, kind=ScanKind(kind), reason=reason)


def is_code(typed: str) -> bool:
    """Whether a scanner typed this."""
    from schoolapp.domain.badges import read_code

    return read_code(typed) is not None


def owner_of(rows: Iterable[Any], typed: str) -> Any:
    """The row at the arrival desk whose badge a scanner typed, if any."""
    from schoolapp.domain.badges import read_code

    code = read_code(typed)
    return next((row for row in rows if code is not None and row.code == code), None)


def mark_lost(session_id: int, lost: bool, session: Any, reason: str | None = None) -> None:
    """Say that a register is lost or found."""
    from schoolapp.operations.attendance import mark_lost_register

    mark_lost_register(session, session_id=session_id, lost=lost, reason=reason)


def close(session_id: int, session: Any) -> None:
    """Close a register."""
    from schoolapp.operations.attendance import close_register

    close_register(session, session_id=session_id)


def reopen(session_id: int, session: Any, reason: str = "") -> None:
    """Open a closed register again."""
    from schoolapp.operations.attendance import reopen_register

    reopen_register(session, session_id=session_id, reason=reason)


def count_heads(session_id: int, heads: int, reason: str | None, session: Any) -> None:
    """Note how many were in a space."""
    from schoolapp.operations.attendance import note_head_count

    note_head_count(session, session_id=session_id, heads=heads, reason=reason)


def history_of(session_id: int, session: Any) -> Sequence[Any]:
    """What was changed in a register."""
    from schoolapp.operations.attendance import register_history

    return register_history(session, session_id=session_id)


def give_badges(gathering_id: int, session: Any) -> int:
    """Give a badge to everybody who has none."""
    from schoolapp.operations.arrivals.badges import give_badges

    return give_badges(session, gathering_id)


def new_badge(participation_id: int, session: Any) -> None:
    """Give somebody a badge in place of the one that was lost."""
    from schoolapp.operations.arrivals.badges import replace_badge

    replace_badge(session, participation_id=participation_id)


def counted(one: Any, marks: int) -> Any:
    """The session with another number of marks."""
    from schoolapp.operations.attendance import RegisterState

    if one.marked == marks or one.register.value not in ("open", "marked"):
        return one
    return replace(one, marked=marks, register=RegisterState("marked" if marks else "open"))


def write_receipt(receipt: Any, path: Path) -> Path:
    """Write the receipt of a payment, whole or not at all."""
    from schoolapp.base import clock
    from schoolapp.base.safe_write import write_safely
    from schoolapp.exchange.papers.receipt import write_receipt

    write_safely(path, write_receipt(receipt, at=clock.now()))
    return path


def opened_first(sessions: Sequence[Any]) -> Any:
    """The session that runs now, else the next one, else the last one."""
    from schoolapp.base import clock
    from schoolapp.operations.attendance import session_at

    return session_at(sessions, clock.now())


def moment_inside(one: Any) -> Any:
    """The present moment if the session runs, else None."""
    from schoolapp.base import clock

    now = clock.now()
    return now if one.start_utc <= now <= one.end_utc else None


def session_line(one: Any) -> SessionLine:
    """A session as the list shows it."""
    when = _("{date}, {time}").format(
        date=isolate(formats.day(one.start)), time=formats.time(one.start)
    )
    return SessionLine(one.id, when, one.title, isolate(register_words(one)))


def register_words(one: Any) -> str:
    """What there is of a register, in words."""
    match one.register.value:
        case "not_kept" if one.head_count is not None:
            heads = one.head_count
            sentence = plural("{number} head", "{number} heads", heads)
            return sentence.format(number=formats.number(heads))
        case "not_kept":
            return _("none kept")
        case "closed":
            return _("closed")
        case "lost":
            return _("lost")
        case "open":
            return _("open")
    if one.expected is None:
        sentence = plural("{marked} marked", "{marked} marked", one.marked)
        return sentence.format(marked=formats.number(one.marked))
    return _("{marked} of {expected}").format(
        marked=formats.number(one.marked), expected=formats.number(one.expected)
    )


def person_line(row: Any, tz: str) -> PersonLine:
    """A person as the roll shows it."""
    from schoolapp.base import clock

    times = ""
    if row.check_in is not None and row.check_out is not None:
        times = formats.span(clock.to_wall(row.check_in, tz), clock.to_wall(row.check_out, tz))
    if row.method == ONLINE:
        times = _("online")
    return PersonLine(
        row.id,
        row.name,
        row.status.value if row.status else None,
        times,
        row.minutes if row.status else None,
        row.delegation or formats.language_names([row.language_group]),
        row.search,
    )


def found(lines: Sequence[Line], typed: str) -> list[Line]:
    """The people of whom every word typed begins a word; who has no mark yet comes first."""
    from schoolapp.domain.text import words_of

    words = words_of(typed)
    if not words:
        return []
    starts = [f" {word}" for word in words]
    hits = [line for line in lines if all(start in f" {line.search}" for start in starts)]
    return sorted(hits, key=_is_marked)


def _is_marked(line: Findable) -> bool:
    return line.status is not None
