"""What is due: which mails must go out, as the difference to what people were sent last.

Nothing is sent twice, and nobody is sent what is not theirs. Suppose Ana takes part and was sent
what the left column says; what the programme says now leads to the mail on the right:

    nothing yet                       she has a place            PROGRAMME, all her sessions in it
    the lecture, 10:00, SEQUENCE 0    it is at 11:00             CHANGED, SEQUENCE 1, was 10:00
    the lecture, 10:00                it has another title       nothing: time and place are as sent
    her group's room is the library   another group's changed    nothing: hers is as it was sent
    the lecture, 10:00                she leaves the day before  REMOVED: this session, her alone
    the lecture, 10:00                it is cancelled            CANCELLED, ``whole``
    nothing of the workshop           she is put on it           INVITATION, role "speaker"
    the gathering and its sessions    she does not come          FAREWELL, everything called off

Two people who read one mailbox get one mail. People without an address are counted, not forgotten.
"""

import datetime as dt
import enum
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from schoolapp.base import clock
from schoolapp.domain.invitations import Placed
from schoolapp.domain.programme import SessionKind, SessionState
from schoolapp.exchange.calendars.inviting import is_mailbox, place_of
from schoolapp.operations.invitations.facts import InvitationFacts, Slot, Standing, placed

INVITABLE = frozenset({SessionState.CONFIRMED, SessionState.PUBLISHED, SessionState.RUNNING})
UNINVITED = frozenset({SessionKind.SOCIAL})
"""Kinds that are in the programme but ask for no answer: evenings, parties."""


class Kind(enum.StrEnum):
    """What a mail about invitations is for; also its occasion in the outbox."""

    PROGRAMME = "programme"
    INVITATION = "invitation"
    CHANGED = "session_changed"
    CANCELLED = "session_cancelled"
    REMOVED = "session_removed"
    GATHERING_CHANGED = "gathering_changed"
    FAREWELL = "farewell"


@dataclass(frozen=True, slots=True, kw_only=True)
class DueMail:
    """One mail to one mailbox.

    ``people`` are the keys of those who read it and are concerned, ``uids`` the SEQUENCE of each
    session in it. ``sequence`` is that of the session ``uid``, or of the gathering where there is
    none. ``whole``: the thing itself is off, not this person's part in it. ``was`` is what they
    knew before, as far as that is known.
    """

    kind: Kind
    address: str
    people: tuple[int, ...]
    sequence: int = 0
    uid: str | None = None
    uids: Mapping[str, int] = field(default_factory=dict)
    each: Mapping[int, frozenset[str]] = field(default_factory=dict)
    role: str = ""
    was: Placed | None = None
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Due:
    """All mails that are due, and the people who have no address to write to."""

    mails: tuple[DueMail, ...]
    without_address: tuple[int, ...]


def what_is_due(facts: InvitationFacts) -> Due:
    """The mails that must go out now; none if everything is known already."""
    mailboxes, unreachable = _mailboxes(facts)
    mails = [
        mail
        for address, people in mailboxes.items()
        for mail in _Mailbox(facts, address, tuple(people)).mails()
    ]
    silent = [key for key in unreachable if any(_Mailbox(facts, "", (key,)).mails())]
    return Due(tuple(mails), tuple(silent))


def _mailboxes(facts: InvitationFacts) -> tuple[dict[str, list[int]], list[int]]:
    """People by the mailbox they read, however its letters are written; and those without one."""
    found: dict[str, list[int]] = defaultdict(list)
    spelled: dict[str, str] = {}
    without = []
    for key, person in facts.readers.items():
        address = (person.address or "").strip()
        if is_mailbox(address):
            found[spelled.setdefault(address.casefold(), address)].append(key)
        else:
            without.append(key)
    return dict(found), without


@dataclass(frozen=True, slots=True)
class _Mailbox:
    """The people behind one address."""

    facts: InvitationFacts
    address: str
    people: tuple[int, ...]

    def mails(self) -> Iterator[DueMail]:
        facts = self.facts
        new = [p for p in self.people if self._is_new(p)] if not facts.cancelled else []
        gone = [p for p in self.people if self._knows(p) and self._is_gone(p)]
        if new:
            yield self._programme(tuple(new))
        if gone:
            yield self._farewell(tuple(gone))
        yield from self._whole([p for p in self.people if p not in (*new, *gone)])
        for uid, slot in facts.slots.items():
            concerned = [p for p in self.people if not self._is_done(p, uid, new, gone)]
            if concerned and not self._is_past(slot, concerned):
                yield from self._session(uid, slot, concerned)

    def _is_done(self, p: int, uid: str, new: list[int], gone: list[int]) -> bool:
        """Whether the first or the last mail already reports this session to this person."""
        works = p in self.facts.work.get(uid, {})
        return (p in new or p in gone) and not works

    def _knows(self, p: int) -> bool:
        """Whether the person was invited to the gathering; by a package: to any session of it."""
        whole = self.facts.sent_whole.get(p)
        if whole is not None:
            return whole.invited and not self._has_moved(whole)
        return any(
            (row := self.facts.sent.get((uid, p))) is not None and row.loaded
            for uid in self.facts.slots
        )

    def _has_moved(self, row: Standing) -> bool:
        """Whether the mail came back and there is another address now."""
        return row.undeliverable and row.address != self.address

    def _is_new(self, p: int) -> bool:
        return p in self.facts.applies and not self._knows(p)

    def _is_gone(self, p: int) -> bool:
        return self.facts.cancelled or p not in self.facts.applies

    def _programme(self, people: tuple[int, ...]) -> DueMail:
        each = {
            p: frozenset(
                uid
                for uid in self.facts.applies[p]
                if self._concerns(uid, p) and p not in self.facts.work.get(uid, {})
            )
            for p in people
        }
        uids = {
            uid: max(self._next(uid, p) for p in people if uid in each[p])
            for uid in self.facts.slots
            if any(uid in mine for mine in each.values())
        }
        rows = [row for p in people if (row := self.facts.sent_whole.get(p)) is not None]
        number = max((row.sequence + 1 for row in rows), default=0)
        return DueMail(
            kind=Kind.PROGRAMME,
            address=self.address,
            people=people,
            sequence=number,
            uids=uids,
            each=each,
        )

    def _farewell(self, people: tuple[int, ...]) -> DueMail:
        each = {
            p: frozenset(
                uid
                for uid in self.facts.slots
                if (row := self.facts.sent.get((uid, p))) is not None
                and row.invited
                and (self.facts.cancelled or p not in self.facts.work.get(uid, {}))
            )
            for p in people
        }
        sent = self.facts.sent
        uids = {
            uid: max(sent[uid, p].sequence + 1 for p in people if uid in each[p])
            for uid in self.facts.slots
            if any(uid in mine for mine in each.values())
        }
        rows = [row for p in people if (row := self.facts.sent_whole.get(p)) is not None]
        return DueMail(
            kind=Kind.FAREWELL,
            address=self.address,
            people=people,
            sequence=max((row.sequence for row in rows), default=0) + 1,
            uids=uids,
            each=each,
            whole=self.facts.cancelled,
        )

    def _whole(self, people: Iterable[int]) -> Iterator[DueMail]:
        """The update of the invitation to the gathering, if its days or its place changed."""
        now = self.facts.whole.text()
        rows = {p: row for p in people if (row := self.facts.sent_whole.get(p)) is not None}
        stale = {p: row for p, row in rows.items() if row.invited and row.told != now}
        if stale:
            [first, *_others] = stale.values()
            yield DueMail(
                kind=Kind.GATHERING_CHANGED,
                address=self.address,
                people=tuple(stale),
                sequence=max(row.sequence for row in stale.values()) + 1,
                was=Placed.parse(first.told or now),
            )

    def _session(self, uid: str, slot: Slot, people: list[int]) -> Iterator[DueMail]:
        sent = {p: row for p in people if (row := self.facts.sent.get((uid, p))) is not None}
        counting = [p for p, row in sent.items() if row.invited and not self._has_moved(row)]
        if slot.state is SessionState.CANCELLED or self.facts.cancelled:
            if counting:
                yield self._about(Kind.CANCELLED, uid, counting, whole=True)
            return
        staying = [p for p in counting if self._keeps(uid, p)]
        fresh = [p for p in people if p not in counting and self._is_due(uid, p)]
        if counting and not staying and not fresh:
            yield self._about(Kind.REMOVED, uid, counting)
        elif slot.state not in INVITABLE:
            return
        elif fresh:
            yield self._about(Kind.INVITATION, uid, [*staying, *fresh])
        elif any(self._is_stale(uid, p) for p in staying):
            yield self._about(Kind.CHANGED, uid, staying, was=self._was(uid, staying))

    def _about(
        self,
        kind: Kind,
        uid: str,
        people: list[int],
        *,
        was: Placed | None = None,
        whole: bool = False,
    ) -> DueMail:
        number = max(self._next(uid, p) for p in people)
        roles = self.facts.work.get(uid, {})
        return DueMail(
            kind=kind,
            address=self.address,
            people=tuple(people),
            sequence=number,
            uid=uid,
            uids={uid: number},
            each=dict.fromkeys(people, frozenset({uid})),
            role=next((roles[p] for p in people if p in roles), ""),
            was=was,
            whole=whole,
        )

    def _next(self, uid: str, p: int) -> int:
        """The SEQUENCE of the next invitation: the session's, and higher than the last one sent."""
        row = self.facts.sent.get((uid, p))
        number = self.facts.slots[uid].calendar.sequence
        return number if row is None else max(number, row.sequence + 1)

    def _concerns(self, uid: str, p: int) -> bool:
        """Whether the session asks this person to come, as a guest or to work in it."""
        slot = self.facts.slots[uid]
        if slot.state not in INVITABLE:
            return False
        if p in self.facts.work.get(uid, {}):
            return True
        return slot.kind not in UNINVITED and uid in self.facts.applies.get(p, frozenset())

    def _is_due(self, uid: str, p: int) -> bool:
        """Whether somebody who does not count on the session must be invited to it.

        People whom a package brought in to work in a session, with its invitations, were asked
        elsewhere.
        """
        facts = self.facts
        if not self._concerns(uid, p):
            return False
        works = p in facts.work.get(uid, {}) and (uid, p) not in facts.put_on
        return not (works and (uid, p) not in facts.sent and uid in facts.loaded)

    def _keeps(self, uid: str, p: int) -> bool:
        facts = self.facts
        if p in facts.work.get(uid, {}) or uid in facts.applies.get(p, frozenset()):
            return True
        row = facts.sent[uid, p]
        return (row.loaded or row.beyond_stay) and uid in facts.intended.get(p, frozenset())

    def _is_stale(self, uid: str, p: int) -> bool:
        row = self.facts.sent[uid, p]
        if row.told is None:
            return self._has_changed(uid, p, row.sequence)
        return row.told != self.facts.placed(uid, p).text()

    def _has_changed(self, uid: str, p: int, sequence: int) -> bool:
        """Whether this person's own time or place changed since, by the list of changes."""
        later = [one for one in self.facts.changes.get(uid, ()) if one.sequence > sequence]
        if not later:
            return self.facts.slots[uid].calendar.sequence > sequence
        return any(self.facts.concerns(one, uid, p) for one in later)

    def _was(self, uid: str, people: list[int]) -> Placed | None:
        """What they knew before: as it was sent, else from the list of changes."""
        for p in people:
            row = self.facts.sent[uid, p]
            if row.told is not None and self._is_stale(uid, p):
                return Placed.parse(row.told)
        p = people[0]
        return _before(self.facts, uid, p, self.facts.sent[uid, p].sequence)

    def _is_past(self, slot: Slot, people: list[int]) -> bool:
        """Whether it is over, by what is planned and by what was sent: nobody needs to know."""
        uid = slot.calendar.uid
        rows = [row for p in people if (row := self.facts.sent.get((uid, p))) is not None]
        sent = [Placed.parse(row.told) for row in rows if row.told is not None]
        now = placed(slot.calendar, None)
        return all(_end(one) <= self.facts.now for one in (*sent, now))


def _end(at: Placed) -> dt.datetime:
    return clock.to_utc(at.end, at.tz, at.fold_end)


def _before(facts: InvitationFacts, uid: str, p: int, sequence: int) -> Placed | None:
    """Where the session was when this SEQUENCE was sent, by the list of its changes."""
    later = [
        one
        for one in facts.changes.get(uid, ())
        if one.sequence > sequence and facts.concerns(one, uid, p)
    ]
    if not later:
        return None
    now = facts.placed(uid, p)
    start = next((one.was for one in later if one.change == "moved"), None)
    own = facts.readers[p].rooms.get(uid)
    rooms = ("room", "group_room") if own is not None else ("room",)
    room = next((one.was for one in later if one.change in rooms), None)
    was = now
    if start:
        begin = dt.datetime.fromisoformat(start)
        was = replace(was, start=begin, end=begin + (now.end - now.start))
    if room is not None:
        was = replace(was, place=place_of(facts.slots[uid].calendar, room))
    return was
