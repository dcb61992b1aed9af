"""Drafts in the outbox, and the steps of a mail from there."""

import pytest

from schoolapp.domain.mail import MAIL, Mail, MailState, unpack
from schoolapp.domain.rules import RuleBroken
from schoolapp.domain.workflow import take
from schoolapp.operations.mail import Enclosure, write_draft
from schoolapp.storage.store import Store

LETTER = {
    "occasion": "accepted",
    "language": "ur",
    "address": "amina@example.org",
    "subject": "آپ کی درخواست",
    "text": "محترمہ آمنہ",
}


def test_a_draft_keeps_its_words_and_its_files(store: Store) -> None:
    """What waits in the outbox is byte for byte what was written."""
    file = Enclosure(name="letter.pdf", media_type="application/pdf", content=bytes(range(256)))
    key = store.change("Write", lambda s: write_draft(s, **LETTER, enclosures=[file])).value

    def seen(session: object) -> tuple[object, ...]:
        mail = session.get(Mail, key)  # type: ignore[attr-defined]
        return mail.state, mail.text, [(p.name, unpack(p.packed)) for p in mail.parts]

    assert store.read(seen) == (MailState.DRAFT, LETTER["text"], [(file.name, file.content)])
    store.undo()
    assert store.read(lambda s: s.get(Mail, key)) is None


def test_what_may_have_arrived_is_never_sent_again_by_itself(file_store: Store) -> None:
    """Once a mail is being sent, only a person's step leads back into the queue."""
    key = file_store.change("Write", lambda s: write_draft(s, **LETTER)).value

    def cut(session: object) -> None:
        mail = session.get(Mail, key)  # type: ignore[attr-defined]
        for step in ("approve", "queue", "begin", "cut"):
            take(MAIL, mail, step, by="desk")
        with pytest.raises(RuleBroken):
            take(MAIL, mail, "queue", by="desk")

    file_store.change("Send", cut)
    assert file_store.read(lambda s: s.get(Mail, key).state) == MailState.UNSURE
