"""Compares a programme with a calendar on a server, and makes the calendar equal to it.

Nothing that another program changed there is overwritten: it becomes a ``Conflict``, which a person
decides. Every answer is recorded at once, and every request before it is sent, so that the next
push continues one that was cut off at any point.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Protocol

from schoolapp.domain.rules import RuleBroken
from schoolapp.exchange.caldav.content import digest, seen
from schoolapp.exchange.caldav.server import Away, CalendarServer, ChangedThere, Copy, Elsewhere
from schoolapp.exchange.caldav.values import (
    REMOVING,
    Act,
    Conflict,
    Known,
    Outcome,
    Plan,
    Step,
    Wanted,
)

SENDING = (Act.CREATE, Act.CHANGE, Act.REMOVE)


class Records(Protocol):
    """A record of what the collection holds; each call is saved before it returns."""

    def begin(self, steps: Iterable[Step]) -> object:
        """Note that these are about to be sent."""

    def note(self, known: Known) -> object:
        """This is what the collection holds of a session now."""

    def forget(self, uid: str) -> object:
        """The collection holds nothing of a session."""


def survey(server: CalendarServer, wanted: Iterable[Wanted], known: Mapping[str, Known]) -> Plan:
    """What would make the calendar equal to what is wanted; nothing is changed."""
    there = server.listing()
    found: list[Step | Conflict | None] = []
    kept = {one.uid: one for one in wanted}
    for one in kept.values():
        found.append(_for_wanted(server, one, known.get(one.uid), there))
    for uid in sorted(known.keys() - kept.keys()):
        found.append(_for_unwanted(server, known[uid], there))
    return Plan(
        tuple(one for one in found if isinstance(one, Step)),
        tuple(one for one in found if isinstance(one, Conflict)),
        sum(one is None for one in found),
    )


def settle(conflict: Conflict, *, ours: bool) -> Step:
    """The step that follows from a decision: put ours there, or leave theirs."""
    if not ours:
        act = Act.LEAVE
    elif conflict.wanted is None:
        act = Act.REMOVE if conflict.etag is not None else Act.FORGET
    else:
        act = Act.CREATE if conflict.etag is None else Act.CHANGE
    return Step(
        act=act,
        uid=conflict.uid,
        title=conflict.title,
        href=conflict.href,
        etag=conflict.etag,
        wanted=conflict.wanted,
    )


def carry_out(
    server: CalendarServer,
    steps: Iterable[Step],
    records: Records,
    report: Callable[[Outcome], object] = lambda outcome: None,
    stopped: Callable[[], bool] = lambda: False,
) -> Outcome:
    """Do what was planned, object by object, until all is done or the connection is lost."""
    chosen = list(steps)
    outcome = Outcome(len(chosen))
    records.begin(step for step in chosen if step.act in SENDING)
    for step in chosen:
        if stopped():
            break
        try:
            conflict = _do(server, step, records)
        except Away as trouble:
            return replace(outcome, trouble=trouble.sentence())
        except RuleBroken as refusal:
            refused = (*outcome.refused, (step.title, refusal.sentence()))
            outcome = replace(outcome, refused=refused)
        else:
            if conflict is not None:
                outcome = replace(outcome, conflicts=(*outcome.conflicts, conflict))
            else:
                outcome = replace(outcome, done=outcome.done + 1)
        report(outcome)
    return outcome


def _for_wanted(
    server: CalendarServer, wanted: Wanted, known: Known | None, there: Mapping[str, str]
) -> Step | Conflict | None:
    known = known or Known(uid=wanted.uid, href=server.href(wanted.uid))
    etag = there.get(known.href)
    if etag is None:
        return _missing(wanted, known)
    if etag == known.etag:
        if wanted.digest == known.digest:
            return None
        if not known.theirs:
            return _step(Act.CHANGE, wanted, known.href, etag)
    copy = server.fetch(known.href)
    return _missing(wanted, known) if copy is None else _compared(wanted, known, copy)


def _missing(wanted: Wanted, known: Known) -> Step | Conflict | None:
    """What we want is not there: it never was, our own removal arrived, or somebody removed it."""
    never = known.etag is None and not known.theirs
    if never or known.pending == REMOVING:
        return _step(Act.CREATE, wanted, known.href, None)
    if known.theirs and known.etag is None and known.digest == wanted.digest:
        return None
    return Conflict(
        uid=wanted.uid,
        title=wanted.title,
        href=known.href,
        etag=None,
        ours=seen(wanted.body),
        theirs=None,
        wanted=wanted,
    )


def _compared(wanted: Wanted, known: Known, copy: Copy) -> Step | Conflict:
    """What we want is there, but not as we left it."""
    theirs = digest(copy.body)
    if theirs == wanted.digest:
        return _step(Act.ADOPT, wanted, known.href, copy.etag)
    if theirs in _own(known):
        return _step(Act.CHANGE, wanted, known.href, copy.etag)
    return _conflict(wanted, known.href, copy)


def _conflict(wanted: Wanted, href: str, copy: Copy) -> Conflict:
    return Conflict(
        uid=wanted.uid,
        title=wanted.title,
        href=href,
        etag=copy.etag,
        ours=seen(wanted.body),
        theirs=seen(copy.body),
        wanted=wanted,
    )


def _for_unwanted(
    server: CalendarServer, known: Known, there: Mapping[str, str]
) -> Step | Conflict | None:
    """What we put there once and no longer want."""
    etag = there.get(known.href)
    copy = None
    if etag is not None:
        if etag == known.etag and known.theirs and not known.digest:
            return None  # it was decided already
        if etag != known.etag or known.theirs:
            copy = server.fetch(known.href)
            etag = copy.etag if copy is not None else None
    if etag is None:
        return Step(act=Act.FORGET, uid=known.uid, title="", href=known.href)
    if copy is None or digest(copy.body) in _own(known):
        return Step(act=Act.REMOVE, uid=known.uid, title="", href=known.href, etag=etag)
    return _unwanted(known.uid, known.href, copy)


def _unwanted(uid: str, href: str, copy: Copy) -> Conflict:
    theirs = seen(copy.body)
    return Conflict(
        uid=uid, title=theirs.title, href=href, etag=copy.etag, ours=None, theirs=theirs,
        wanted=None,
    )  # fmt: skip


def _own(known: Known) -> frozenset[str]:
    """The digests of what may be there because we put it there."""
    return frozenset({known.pending, "" if known.theirs else known.digest} - {""})


def _step(act: Act, wanted: Wanted, href: str, etag: str | None) -> Step:
    return Step(act=act, uid=wanted.uid, title=wanted.title, href=href, etag=etag, wanted=wanted)


def _do(server: CalendarServer, step: Step, records: Records) -> Conflict | None:
    """Do one step and record it; answers what is in the way instead."""
    try:
        etag = _sent(server, step)
    except ChangedThere:
        return _looked_at(server, step, step.href, records)
    except Elsewhere:
        return _looked_at(server, step, server.find(step.uid) or step.href, records)
    _recorded(step, step.href, etag, records)
    return None


def _sent(server: CalendarServer, step: Step) -> str | None:
    """Do what a step does on the server; the ETag that is there afterwards."""
    if step.act is Act.REMOVE:
        assert step.etag is not None
        server.remove(step.href, step.etag)
        return None
    if step.act in (Act.CREATE, Act.CHANGE):
        assert step.wanted is not None
        etag = server.put(step.href, step.wanted.body, step.etag)
        if etag is None and (copy := server.fetch(step.href)) is not None:
            etag = copy.etag  # the comparison of the next push finds what others changed meanwhile
            if digest(copy.body) != step.wanted.digest:
                raise ChangedThere
        return etag
    return step.etag


def _looked_at(server: CalendarServer, step: Step, href: str, records: Records) -> Conflict | None:
    """What is in the way: perhaps it is ours, from a request whose answer was lost."""
    copy = server.fetch(href)
    if step.wanted is None:
        if copy is not None:
            return _unwanted(step.uid, href, copy)
        records.forget(step.uid)
        return None
    if copy is None:
        return _missing_now(step, step.wanted)
    if digest(copy.body) != step.wanted.digest:
        return _conflict(step.wanted, href, copy)
    _recorded(step, href, copy.etag, records)
    return None


def _missing_now(step: Step, wanted: Wanted) -> Conflict:
    return Conflict(
        uid=step.uid, title=step.title, href=step.href, etag=None, ours=seen(wanted.body),
        theirs=None, wanted=wanted,
    )  # fmt: skip


def _recorded(step: Step, href: str, etag: str | None, records: Records) -> None:
    left = step.act is Act.LEAVE
    if step.act in (Act.REMOVE, Act.FORGET) or (left and etag is None and step.wanted is None):
        records.forget(step.uid)
        return
    sent = step.wanted.digest if step.wanted is not None else ""
    records.note(Known(uid=step.uid, href=href, etag=etag, digest=sent, theirs=left))
