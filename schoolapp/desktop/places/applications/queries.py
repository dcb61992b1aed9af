"""What the place asks of the operations; everything here runs in the database worker."""

from collections.abc import Mapping, Sequence
from typing import Any

from schoolapp.desktop.tables import View


def asked(view: View) -> Any:
    """What the operations understand of a view."""
    from schoolapp.domain.applications import ApplicationState
    from schoolapp.operations.applications import ApplicationView

    held = view.filters
    state = held.get("state")
    return ApplicationView(
        gathering_id=view.gathering or 0,
        search=view.search,
        states=frozenset({ApplicationState(state)}) if state else frozenset(),
        asks_subsidy=held.get("asks_subsidy"),
        needs_visa=held.get("needs_visa"),
        doubtful=bool(held.get("doubtful")),
        sort=view.sort or "name",
        descending=view.descending,
    )


def ids(session: Any, view: View) -> Sequence[int]:
    """The applications of a view."""
    from schoolapp.operations.applications import application_ids

    return application_ids(session, asked(view)) if view.gathering is not None else ()


def rows(session: Any, ids: Sequence[int]) -> Mapping[int, Any]:
    """The lines of the list."""
    from schoolapp.operations.applications import application_rows

    return application_rows(session, ids)


def meeting_rows(session: Any, ids: Sequence[int]) -> Mapping[int, Any]:
    """The lines of the list of a meeting."""
    from schoolapp.operations.applications import meeting_rows as read

    return read(session, ids)


def figures(view: View, session: Any) -> Any:
    """Places, counts of facts, who is proposed for a free place, how many letters wait."""
    from schoolapp.operations.applications import fact_counts, places, proposed
    from schoolapp.operations.letters import letter_ids

    if view.gathering is None:
        return None
    plain = view._replace(filters={k: v for k, v in view.filters.items() if k == "state"})
    return (
        places(session, gathering_id=view.gathering),
        fact_counts(session, asked(plain)),
        proposed(session, gathering_id=view.gathering),
        len(letter_ids(session, gathering_id=view.gathering)),
    )


def facts(gathering_id: int, session: Any) -> Any:
    """What a form offers."""
    from schoolapp.operations.applications import application_facts

    return application_facts(session, gathering_id=gathering_id)


def decide(ids: tuple[int, ...], decision: str, reason: str, session: Any) -> int:
    """Decide at once."""
    from schoolapp.operations.applications import Decision, decide_applications

    return decide_applications(
        session, application_ids=ids, decision=Decision(decision), reason=reason or None
    )


def move(application_id: int, step: str, reason: str, session: Any) -> Any:
    """Take one step."""
    from schoolapp.operations.applications import move_application

    return move_application(
        session, application_id=application_id, step=step, reason=reason or None
    )


def remove(application_id: int, version: int, session: Any) -> None:
    """Remove an application."""
    from schoolapp.operations.applications import remove_application

    remove_application(session, application_id=application_id, version=version)


def move_in_line(application_id: int, step: int, reason: str, session: Any) -> int:
    """Move somebody on the waiting list."""
    from schoolapp.operations.applications import move_in_line as move

    return move(session, application_id=application_id, step=step, reason=reason)


def offer(application_id: int, reason: str, session: Any) -> int:
    """Offer somebody a place."""
    from schoolapp.operations.applications import offer_place

    return offer_place(session, application_id=application_id, reason=reason or None)


def end_offers(gathering_id: int, session: Any) -> int:
    """End the offers that have run out."""
    from schoolapp.operations.applications import end_offers as end

    return end(session, gathering_id=gathering_id)


def remind(gathering_id: int, session: Any) -> int:
    """Write to those who have not answered a question yet."""
    from schoolapp.operations.applications import write_reminders

    return write_reminders(session, gathering_id=gathering_id)


def prepare(application_id: int, decision: str, reason: str, session: Any) -> None:
    """Note a decision of the meeting."""
    from schoolapp.operations.applications import Decision, prepare_decision

    prepare_decision(
        session,
        application_id=application_id,
        decision=Decision(decision),
        reason=reason or None,
    )


def forget(application_id: int, session: Any) -> None:
    """Take a prepared decision back."""
    from schoolapp.operations.applications import forget_decision

    forget_decision(session, application_id=application_id)


def meeting_case(application_id: int, by: str, session: Any) -> Any:
    """One application as a meeting reads it."""
    from schoolapp.operations.applications import meeting_case as read

    return read(session, application_id=application_id, by=by)


def score(application_id: int, points: dict[int, int], session: Any) -> None:
    """Give the points of a referee."""
    from schoolapp.operations.applications import give_scores

    give_scores(session, application_id=application_id, points=points)


def board(gathering_id: int, session: Any) -> Any:
    """Balance and places with what is prepared."""
    from schoolapp.operations.applications import seats_of, selection_board

    seats = seats_of(session, gathering_id=gathering_id, prepared=True)
    parts = tuple((title, seats.left_in(code)) for code, title in seats.parts if code)
    return selection_board(session, gathering_id=gathering_id), seats.capacity, seats.left, parts


def note(application_id: int, words: str, session: Any) -> None:
    """Keep a note of the meeting."""
    from schoolapp.operations.applications import note_application

    note_application(session, application_id=application_id, note=words)


def plan(gathering_id: int, session: Any) -> Any:
    """What applying the prepared decisions would do."""
    from schoolapp.operations.applications import plan_decisions

    return plan_decisions(session, gathering_id=gathering_id)


def apply(gathering_id: int, token: str, session: Any) -> int:
    """Apply what was shown."""
    from schoolapp.operations.applications import apply_decisions

    return apply_decisions(session, gathering_id=gathering_id, token=token)
