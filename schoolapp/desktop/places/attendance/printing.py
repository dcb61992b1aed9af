"""What the gallery of reports asks for: the wish, the facts behind it, the file made of them."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from schoolapp.language import _, in_language, mark

REPORTS = (
    ("session", mark("Attendance: each session and person")),
    ("person", mark("Attendance: each person")),
    ("sessions", mark("Sessions: invited, present, hours")),
    ("day", mark("Presence by day")),
    ("delegation", mark("Presence by delegation")),
    ("module", mark("Attendance by module")),
    ("language_group", mark("Attendance by language group")),
    ("person_days", mark("Person-days for the funder")),
    ("participation", mark("Participation by gender, region and age")),
)
NARRATIVE = ("narrative", mark("Narrative report (Word)"))
PAPERS = (
    ("sign-in-day", mark("Sign-in sheets, one for each day (PDF)")),
    ("sign-in-session", mark("Sign-in sheets, one for each session (PDF)")),
    ("badges", mark("Badges (PDF)")),
    ("list-door", mark("List for the door (PDF)")),
    ("list-language_group", mark("List by language group (PDF)")),
    ("list-delegation", mark("List by delegation (PDF)")),
)
GALLERY = (*REPORTS, NARRATIVE, *PAPERS)
KEPT = "kept-"
"""What the value of a report kept under a name begins with; its key follows."""


@dataclass(frozen=True, slots=True)
class Wish:
    """Which report or paper is wanted; ``name`` keeps a report for next year."""

    by: str = "session"
    form: str = "xlsx"
    language: str = "en"
    private: bool = False
    reason: str = ""
    name: str = ""


def wish_of(kept: str) -> Wish:
    """The wish that ``written`` wrote; the usual one if it cannot be read."""
    try:
        return Wish(**json.loads(kept))
    except (TypeError, ValueError):
        return Wish()


def written(wish: Wish) -> str:
    """What is remembered of a wish: no reason and no name."""
    told = asdict(wish) | {"reason": "", "name": "", "private": False}
    return json.dumps(told)


def check_wish(wish: Wish) -> Mapping[str, str]:
    """Private columns need a reason."""
    if wish.private and not wish.reason.strip():
        return {"reason": _("Say what the private columns are for.")}
    return {}


def suffix_of(wish: Wish) -> str:
    """The ending of the file."""
    if wish.by == NARRATIVE[0]:
        return "docx"
    return "pdf" if wish.by in dict(PAPERS) else wish.form


def file_name(wish: Wish) -> str:
    """The name of the file: what it is, never whom it names."""
    return f"{wish.by}.{suffix_of(wish)}"


def kept_wishes(session: Any) -> Any:
    """The reports that were kept under a name."""
    from schoolapp.operations.reports import presets

    return presets(session)


def asked(wish: Wish, kept: Any) -> Any:
    """The wish in full: of a kept report its columns and filters, of any other one the least."""
    from schoolapp.domain.reports import KINDS
    from schoolapp.operations.reports import Preset

    if kept is not None:
        return kept
    columns: tuple[str, ...] = ()
    if wish.private and wish.by in KINDS:
        columns = tuple(column.key for column in KINDS[wish.by].columns)
    return Preset(
        wish.name,
        wish.by,
        columns,
        format=suffix_of(wish),  # type: ignore[arg-type]
        language=wish.language,
    )


def noted(asked: Any, gathering: str, reason: str) -> str:
    """What the journal keeps, empty unless private columns go out."""
    from schoolapp.domain.reports import KINDS
    from schoolapp.operations.reports import step_title

    return step_title(asked, gathering, reason) if asked.kind in KINDS else ""


def keep(wish: Wish, asked: Any, session: Any) -> None:
    """Keep a report under its name."""
    from dataclasses import replace

    from schoolapp.operations.reports import save_preset

    save_preset(session, replace(asked, name=wish.name))


def give_badges(gathering_id: int, session: Any) -> None:
    """Give a badge to those who have none."""
    from schoolapp.operations.attendance.badges import give_badges

    give_badges(session, gathering_id)


def facts(gathering_id: int, asked: Any, reason: str, session: Any) -> Any:
    """What the database says for a report or a paper, in the reader's language."""
    from schoolapp.operations import reports
    from schoolapp.operations.attendance import papers

    key = gathering_id
    with in_language(asked.language):
        match asked.kind:
            case "narrative":
                return reports.narrative_of(session, gathering_id=key)
            case "sign-in-day":
                return papers.sign_in_by_day(session, gathering_id=key)
            case "sign-in-session":
                return papers.sign_in_by_session(session, gathering_id=key)
            case "badges":
                return papers.badge_faces(session, gathering_id=key)
            case "list-door" | "list-language_group" | "list-delegation":
                by: Any = asked.kind.removeprefix("list-")
                return papers.people_list(session, gathering_id=key, by=by)
        return reports.report_of(
            session,
            gathering_id=key,
            kind=asked.kind,
            columns=asked.columns,
            only=asked.only,
            reason=reason,
        )


def write(asked: Any, told: Any, path: Path) -> Path:
    """Write a report or a paper as a file, whole or not at all."""
    from schoolapp import clock
    from schoolapp.exchange import papers, reports
    from schoolapp.safe_write import write_safely

    at = clock.now()
    with in_language(asked.language):
        match asked.kind:
            case "narrative":
                data = reports.write_narrative(told)
            case "sign-in-day" | "sign-in-session":
                data = papers.write_sign_in(told.gathering, told.sheets, at=at)
            case "badges":
                data = papers.write_badges(*told, at=at)
            case "list-door" | "list-language_group" | "list-delegation":
                data = papers.write_people(*told, at=at)
            case _:
                data = reports.write(told, asked.format)
    write_safely(path, data)
    return path
