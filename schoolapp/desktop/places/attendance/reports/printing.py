"""What a wish for a report becomes: the facts behind it, and the file made of them."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from schoolapp.base.language import in_language


def kept_presets(session: Any) -> Any:
    """The reports that were kept under a name."""
    from schoolapp.operations.reports import presets

    return presets(session)


def cuts(gathering_id: int, session: Any) -> Any:
    """What a gathering's reports can be cut to."""
    from schoolapp.operations.reports import cuts_of

    return cuts_of(session, gathering_id=gathering_id)


def noted(asked: Any, gathering: str, reason: str) -> str:
    """What the journal keeps, empty unless private columns go out."""
    from schoolapp.domain.reports import KINDS
    from schoolapp.operations.reports import step_title

    return step_title(asked, gathering, reason) if asked.kind in KINDS else ""


def keep(asked: Any, session: Any) -> None:
    """Keep a report under its name."""
    from schoolapp.operations.reports import save_preset

    save_preset(session, asked)


def give_badges(gathering_id: int, session: Any) -> None:
    """Give a badge to those who have none."""
    from schoolapp.operations.arrivals.badges import give_badges

    give_badges(session, gathering_id)


def facts(gathering_id: int, asked: Any, reason: str, session: Any) -> Any:
    """What the database says for a report or a paper, in the reader's language."""
    from schoolapp.operations import reports
    from schoolapp.operations.attendance import lists_and_badges

    key = gathering_id
    with in_language(asked.language):
        match asked.kind:
            case "narrative":
                return reports.narrative_of(session, gathering_id=key, only=asked.only)
            case "sign-in-day":
                return lists_and_badges.sign_in_by_day(session, gathering_id=key)
            case "sign-in-session":
                return lists_and_badges.sign_in_by_session(session, gathering_id=key)
            case "badges":
                return lists_and_badges.badge_faces(session, gathering_id=key)
            case "list-door" | "list-language_group" | "list-delegation":
                by: Any = asked.kind.removeprefix("list-")
                return lists_and_badges.people_list(session, gathering_id=key, by=by)
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
    from schoolapp.base import clock
    from schoolapp.base.safe_write import write_safely
    from schoolapp.exchange import reports
    from schoolapp.exchange.papers import lists_and_badges

    at = clock.now()
    with in_language(asked.language):
        match asked.kind:
            case "narrative":
                data = reports.write_narrative(told)
            case "sign-in-day" | "sign-in-session":
                data = lists_and_badges.write_sign_in(told.gathering, told.sheets, at=at)
            case "badges":
                data = lists_and_badges.write_badges(*told, at=at)
            case "list-door" | "list-language_group" | "list-delegation":
                data = lists_and_badges.write_people(*told, at=at)
            case _:
                data = reports.write(told, asked.format)
    write_safely(path, data)
    return path


def write_certificates(issued: Sequence[Any], keys: Sequence[str], folder: Path) -> int:
    """Write certificates and the institute's public keys into a folder; how many certificates."""
    from schoolapp.base.safe_write import write_safely
    from schoolapp.exchange.papers.certificates import certificate_files

    for name, data in certificate_files(issued, keys):
        write_safely(folder / name, data)
    return len(issued)
