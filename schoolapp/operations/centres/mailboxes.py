"""The mailbox that letters come from: that of the centre, or of a gathering that has its own."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from schoolapp.base.language import mark
from schoolapp.domain.centres import Centre
from schoolapp.domain.gatherings import Gathering
from schoolapp.domain.mail import Mail
from schoolapp.domain.rules import RuleBroken
from schoolapp.domain.senders import Mailbox, may_write, wrong_sender
from schoolapp.operations.centres.editing import first_centre
from schoolapp.storage.selecting import among
from schoolapp.storage.store import DbSession, checked_out


@dataclass(frozen=True, slots=True, kw_only=True)
class SenderDraft:
    """Who letters come from: asked before the first one leaves.

    ``centre`` is the name of the centre that keeps it; ``gathering_id`` is a gathering that has a
    mailbox of its own, which is then asked for instead.
    """

    centre_id: int
    version: int
    centre: str
    name: str = ""
    address: str = ""
    gathering_id: int | None = None


def host_of_gathering() -> sa.ColumnElement[bool]:
    """The condition that joins a gathering with its centre, one without with the first centre."""
    host, first = aliased(Centre), aliased(Centre)
    own = sa.select(host.id).where(host.code == Gathering.host_centre).scalar_subquery()
    return Centre.id == sa.func.coalesce(own, sa.select(sa.func.min(first.id)).scalar_subquery())


class Answering(NamedTuple):
    """The cells that say which mailbox answers for a gathering; the last three are its centre's."""

    contact_name: str | None
    contact_address: str | None
    centre: str | None
    mailbox_name: str | None
    mailbox_address: str | None

    @property
    def mailbox(self) -> Mailbox:
        """The mailbox of the gathering where it has one, else that of the centre."""
        return Mailbox(
            self.contact_name or self.mailbox_name or self.centre or "",
            self.contact_address or self.mailbox_address or "",
        )


def mailbox_of(session: DbSession, *, gathering_id: int | None) -> Mailbox:
    """Name and address of the mailbox that answers for a gathering: its own, else its centre's.

    For a gathering without a centre, and for letters of none, it is that of the first centre. The
    address is empty as long as nobody has entered one.
    """
    own = (Centre.name, Centre.mailbox_name, Centre.mailbox_address)
    if gathering_id is None:
        first = session.execute(sa.select(*own).order_by(Centre.id)).first()
        return Answering(None, None, *(first or (None, None, None))).mailbox
    here = (Gathering.contact_name, Gathering.contact_address)
    joined = sa.select(*here, *own).outerjoin(Centre, host_of_gathering())
    found = session.execute(joined.where(Gathering.id == gathering_id)).one()
    return Answering._make(found).mailbox


def missing_sender(session: DbSession, *, ids: Sequence[int]) -> SenderDraft | None:
    """What has to be asked before these letters leave; None if each has a mailbox to come from.

    An invitation names its organiser since it was written: nothing that is entered now changes
    that, and it is not asked about.
    """
    m = Mail
    rows = session.execute(
        sa.select(m.gathering_id, m.address, m.tells)
        .where(among(session, m.id, ids))
        .order_by(m.id)
    )
    return missing_for(
        session, ((key, address) for key, address, tells in rows if not tells.get("organizer"))
    )


def missing_for(
    session: DbSession, letters: Iterable[tuple[int | None, str]]
) -> SenderDraft | None:
    """The same for letters that are still to be written: the gathering and the address of each."""
    known: dict[int | None, Mailbox] = {}
    for gathering_id, address in letters:
        if gathering_id not in known:
            known[gathering_id] = mailbox_of(session, gathering_id=gathering_id)
        if address and not may_write(known[gathering_id].address, address):
            return _asked(session, gathering_id)
    return None


def _asked(session: DbSession, gathering_id: int | None) -> SenderDraft:
    gathering = session.get(Gathering, gathering_id) if gathering_id is not None else None
    centre = first_centre(session, gathering.host_centre if gathering else None)
    draft = SenderDraft(
        centre_id=centre.id,
        version=centre.version,
        centre=centre.name,
        name=centre.mailbox_name or centre.name,
        address=centre.mailbox_address,
    )
    if gathering is None or not gathering.contact_address:
        return draft
    own = gathering.contact_name or draft.name
    return replace(
        draft,
        gathering_id=gathering.id,
        version=gathering.version,
        name=own,
        address=gathering.contact_address,
    )


def check_sender_draft(draft: SenderDraft) -> dict[str, str]:
    """What is wrong with a sender: field to a sentence marked for translation."""
    wrong = {}
    if not draft.name.strip():
        wrong["name"] = mark("Write the name that people see beside the address.")
    if sentence := wrong_sender(draft.address):
        wrong["address"] = sentence
    return wrong


def save_sender(session: DbSession, *, draft: SenderDraft) -> None:
    """Keep who letters come from: at the centre, or at the gathering that has its own mailbox."""
    for sentence in check_sender_draft(draft).values():
        raise RuleBroken(sentence)
    name, address = draft.name.strip(), draft.address.strip()
    if draft.gathering_id is not None:
        gathering = checked_out(session, Gathering, draft.gathering_id, draft.version)
        gathering.contact_name, gathering.contact_address = name, address
    else:
        centre = checked_out(session, Centre, draft.centre_id, draft.version)
        centre.mailbox_name, centre.mailbox_address = name, address
    session.flush()
