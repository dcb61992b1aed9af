"""Letters: merged in the recipient's language, changed by templates, looked through, approved."""

import datetime as dt
from typing import Any

import pytest

from schoolapp.base import clock as program_clock
from schoolapp.base.language import RECIPIENT_LANGUAGES, in_language
from schoolapp.domain.applications import Application, ApplicationState
from schoolapp.domain.gatherings import Gathering
from schoolapp.domain.letter_texts import built_in
from schoolapp.domain.letters import PLACES, Occasion, check_letter
from schoolapp.domain.mail import Mail, MailState
from schoolapp.domain.people import Person
from schoolapp.domain.rules import RuleBroken
from schoolapp.operations import applications, letters, mail
from schoolapp.storage.store import ChangedElsewhere, DbSession, Store
from tests import builders as b

S = ApplicationState
A = Occasion.ACCEPTED

DAY = dt.timedelta(days=1)


def applicant(store: Store, *, state: S = S.ELIGIBLE, **person: Any) -> tuple[int, int]:
    """A school with one applicant; the keys of both."""

    def build(session: DbSession) -> tuple[int, int]:
        at = b.gathering(
            session,
            title="Justice School",
            other_titles=(("fr", "École de justice"), ("ur", "اسکول")),
            venue_city="Amsterdam",
            contact_name="The Amsterdam team",
        )
        made = b.application(session, b.person(session, **person), at, state=state)
        return at.id, made.id

    return store.change("Build", build).value


def move(store: Store, key: int, step: str, reason: str | None = None) -> None:
    """Take a step."""
    store.change(
        step,
        lambda s: applications.move_application(s, application_id=key, step=step, reason=reason),
    )


def drafts(store: Store) -> list[Mail]:
    """The drafts in the outbox."""
    return store.read(
        lambda s: s.query(Mail).filter_by(state=MailState.DRAFT).order_by(Mail.id).all()
    )


def rows(store: Store, at: int) -> list[letters.LetterRow]:
    """The letters that wait, as they are reviewed."""

    def read(session: DbSession) -> list[letters.LetterRow]:
        ids = letters.letter_ids(session, gathering_id=at)
        found = letters.letter_rows(session, ids)
        return [found[key] for key in ids]

    return store.read(read)


def test_every_text_is_translated_with_the_known_places() -> None:
    """Ten occasions in six languages: each a text of its own, with no unknown placeholder."""
    for occasion in Occasion:
        texts = set()
        for tag in RECIPIENT_LANGUAGES:
            with in_language(tag):
                subject, text = built_in(occasion)
            assert check_letter(subject, text) == {}
            texts.add(text)
        assert len(texts) == len(RECIPIENT_LANGUAGES)


def test_a_letter_speaks_the_language_of_its_reader(file_store: Store, clock: dt.datetime) -> None:
    """French for French speakers, with French dates, whatever the language of the window."""
    at, key = applicant(file_store, name="Ana Pérez", languages=(("wo", "native"), ("fr", "C1")))
    move(file_store, key, "accept")
    (row,) = rows(file_store, at)
    assert (row.occasion, row.language, row.name) == ("accepted", "fr", "Ana Pérez")
    assert row.subject.startswith("École de justice")
    assert "Ana Pérez" in row.text
    assert "15 mars 2027" in row.text
    assert row.deadline == clock.date() + 14 * DAY


def test_names_are_kept_apart_in_a_letter_from_right_to_left(
    file_store: Store, clock: dt.datetime
) -> None:
    """An Urdu letter isolates what is written in another direction; its subject holds no marks."""
    at, key = applicant(file_store, name="Ana Pérez", mother_tongue="ur-PK")
    move(file_store, key, "waitlist")
    (row,) = rows(file_store, at)
    assert "\u2068Ana Pérez\u2069" in row.text
    assert "\u2068" not in row.subject


def test_a_question_and_its_day_stand_in_the_letter(file_store: Store, clock: dt.datetime) -> None:
    """Asking for more writes the question; the answer is due on the day the letter names."""
    at, key = applicant(file_store, state=S.SUBMITTED)
    move(file_store, key, "ask_more", "Which of the two weeks?")
    (row,) = rows(file_store, at)
    assert row.occasion == "needs_info"
    assert "Which of the two weeks?" in row.text
    assert "15 March 2027" in row.text


def test_a_newer_decision_replaces_the_draft(file_store: Store, clock: dt.datetime) -> None:
    """Waiting list, then accepted: one letter waits, the other is discarded."""
    at, key = applicant(file_store)
    move(file_store, key, "waitlist")
    move(file_store, key, "promote")
    assert [row.occasion for row in rows(file_store, at)] == ["accepted"]
    file_store.undo()
    assert [row.occasion for row in rows(file_store, at)] == ["waiting_list"]


def test_nobody_is_written_after_the_end(file_store: Store, clock: dt.datetime) -> None:
    """Closing the waiting list of a gathering that is over writes no letter."""
    at, key = applicant(file_store, state=S.WAITLISTED)
    file_store.change(
        "Send",
        lambda s: mail.sent_elsewhere(s, ids=letters.letter_ids(s, gathering_id=at)),
    )
    with program_clock.at(clock + 400 * DAY):
        move(file_store, key, "close")
    assert drafts(file_store) == []


def test_an_own_template_is_used_and_waiting_drafts_follow(
    file_store: Store, clock: dt.datetime
) -> None:
    """A changed text reaches the drafts of its language; giving it up restores ours."""
    at, key = applicant(file_store, name="Ana Pérez")
    move(file_store, key, "accept")
    before = drafts(file_store)[0].text
    draft = file_store.read(
        lambda s: letters.template_draft(
            s, gathering_id=at, occasion=Occasion.ACCEPTED, language="en"
        )
    )
    assert draft.id is None
    own = letters.LetterDraft(
        gathering_id=at,
        occasion=Occasion.ACCEPTED,
        language="en",
        subject="Welcome, {name}",
        text="See you in {city}: {number}.",
    )
    file_store.change("Save", lambda s: letters.save_template(s, draft=own))
    assert drafts(file_store)[0].subject == "Welcome, Ana Pérez"
    assert drafts(file_store)[0].text == "See you in Amsterdam: js2027-a001."
    facts = file_store.read(lambda s: letters.letter_facts(s, gathering_id=at))
    assert facts.own == {(Occasion.ACCEPTED, "en")}
    assert facts.drafts == {(Occasion.ACCEPTED, "en"): 1}
    stored = file_store.read(
        lambda s: letters.template_draft(
            s, gathering_id=at, occasion=Occasion.ACCEPTED, language="en"
        )
    )
    assert stored.subject == "Welcome, {name}"
    file_store.change("Save", lambda s: letters.save_template(s, draft=stored))
    file_store.change(
        "Reset",
        lambda s: letters.reset_template(
            s, gathering_id=at, occasion=Occasion.ACCEPTED, language="en"
        ),
    )
    assert drafts(file_store)[0].text == before
    with pytest.raises(ChangedElsewhere):
        file_store.change("Save", lambda s: letters.save_template(s, draft=stored))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Dear {nmae}", "no placeholder called “nmae”"),
        ("Dear {name", "brace"),
        ("Dear {}", "no placeholder called “”"),
        ("Dear {name!r}", "no placeholder called"),
        ("  ", "needs a subject and a text"),
    ],
)
def test_an_unknown_place_is_refused_in_a_sentence(file_store: Store, text: str, said: str) -> None:
    """A template whose placeholders cannot be filled is not saved."""
    at, _key = applicant(file_store)
    draft = letters.LetterDraft(
        gathering_id=at, occasion=Occasion.DECLINED, language="en", subject="Sorry", text=text
    )
    with pytest.raises(RuleBroken, match=said):
        file_store.change("Save", lambda s: letters.save_template(s, draft=draft))


def test_a_subject_is_one_line() -> None:
    """A second line in a subject would be a header of the mail."""
    assert "subject" in check_letter("One\nBcc: all", "Text")
    assert check_letter("{{{}}}".format("} {".join(PLACES)), "Text {{kept}}") == {}


def test_approved_letters_leave_the_drafts(file_store: Store, clock: dt.datetime) -> None:
    """Approving makes them ready; letters without an address stay drafts (E28)."""
    at, key = applicant(file_store)
    move(file_store, key, "accept")

    def approve(session: DbSession) -> int:
        ids = letters.letter_ids(session, gathering_id=at)
        return letters.approve_letters(session, mail_ids=ids)

    assert file_store.change("Approve", approve).value == 1
    assert drafts(file_store) == []
    at, key = applicant(file_store, email="")
    move(file_store, key, "accept")
    with pytest.raises(RuleBroken, match="None of these letters has an e-mail address"):
        file_store.change("Approve", approve)
    with pytest.raises(RuleBroken, match="changed meanwhile"):
        file_store.change("Approve", lambda s: letters.approve_letters(s, mail_ids=(99,)))


def test_who_has_not_answered_is_reminded_once(file_store: Store, clock: dt.datetime) -> None:
    """Five days before the last day, with the same question; not after that day."""
    at, key = applicant(file_store, state=S.SUBMITTED)
    move(file_store, key, "ask_more", "Which of the two weeks?")

    def remind() -> int:
        return file_store.change(
            "Remind", lambda s: applications.write_reminders(s, gathering_id=at)
        ).value

    assert remind() == 0
    with program_clock.at(clock + 10 * DAY):
        assert remind() == 1
        assert remind() == 0
        (row,) = rows(file_store, at)
        assert row.occasion == "reminder"
        assert "Which of the two weeks?" in row.text
    with program_clock.at(clock + 15 * DAY):
        assert remind() == 0
        move(file_store, key, "silence")
    assert [row.occasion for row in rows(file_store, at)] == ["declined"]


def test_removing_takes_what_hangs_on_it(file_store: Store, clock: dt.datetime) -> None:
    """An application with a prepared decision, then its person, then its gathering with rules."""
    from schoolapp.operations import gatherings
    from schoolapp.operations.people import editing

    at, key = applicant(file_store)
    person = file_store.read(lambda s: s.get_one(Application, key).person_id)
    move(file_store, key, "waitlist")
    own = letters.LetterDraft(gathering_id=at, occasion=A, language="en", subject="A", text="B")
    rules = applications.RulesDraft(gathering_id=at, targets=(applications.TargetDraft(),))

    def declare(s: DbSession) -> None:
        letters.save_template(s, draft=own)
        applications.save_rules(s, draft=rules)
        applications.offer_place(s, application_id=key)
        applications.prepare_decision(s, application_id=key, decision=applications.Decision.DECLINE)

    def remove(s: DbSession) -> None:
        version = s.get_one(Application, key).version
        applications.remove_application(s, application_id=key, version=version)

    def remove_rest(s: DbSession) -> None:
        editing.remove_person(s, person_id=person, version=s.get_one(Person, person).version)
        version = s.get_one(Gathering, at).version
        gatherings.remove_gathering(s, gathering_id=at, version=version)

    file_store.change("Declare", declare)
    file_store.change("Remove", remove)
    file_store.change("Remove the rest", remove_rest)
    assert drafts(file_store) == []
    for _step in range(3):
        file_store.undo()
    assert [row.occasion for row in rows(file_store, at)] == ["waiting_list"]
    with pytest.raises(RuleBroken, match="has a part in a gathering"):
        file_store.change("Remove the rest", remove_rest)
