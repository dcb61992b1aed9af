"""Tests of visas: who needs one, days left, numbers that never come back, letters, refusal."""

import datetime as dt
import io
import re
from dataclasses import replace
from typing import Any

import pypdf
import pytest

from schoolapp.base.language import RECIPIENT_LANGUAGES
from schoolapp.domain.applications import Application, ApplicationState
from schoolapp.domain.documents import LetterText
from schoolapp.domain.gatherings import Gathering
from schoolapp.domain.mail import Mail, MailState, unpack
from schoolapp.domain.participation import Participation
from schoolapp.domain.people import Person
from schoolapp.domain.rules import RuleBroken
from schoolapp.domain.visas import Need, Payer, hand_in_by, need_of, working_days_until
from schoolapp.exchange.papers.visa_letter import mail_words, write_letter
from schoolapp.operations import visas
from schoolapp.operations.applications import move_in_line
from schoolapp.operations.visas import LetterDraft, RuleDraft
from schoolapp.storage.store import DbSession, Store
from tests import builders as b

KEY = 1  # of the only gathering
PEOPLE = (
    ("Wulandari", "ID", {}),
    ("Ana Pérez Ramírez", "CU", {"passport_name": "PEREZ RAMIREZ ANA MARIA"}),
    ("K. Malathi", "LK", {"native_name": "மாலதி"}),
    ("علی رضا", "PK", {"mother_tongue": "ur"}),
    ("Jan Bos", "NL", {}),
    ("Unknown Nation", None, {}),
)


@pytest.fixture
def school(file_store: Store, clock: dt.datetime) -> Store:
    """A school in Amsterdam from 23 October with confirmed people; it is 1 March 2027."""

    def make(session: DbSession) -> None:
        gathering = b.gathering(
            session, title="Global Justice School", other_titles=(("fr", "École"),),
            venue_name="IIRE", venue_city="Amsterdam", capacity=6,
            contact_address="amsterdam@iire.example",
        )  # fmt: skip
        for name, nation, more in PEOPLE:
            person = b.person(session, name=name, nationality=nation, **more)
            b.application(session, person, gathering, state=ApplicationState.CONFIRMED)

    file_store.change("Make a school", make)
    return file_store


def rows(store: Store) -> dict[str, visas.VisaRow]:
    """The list by name."""
    found = store.read(lambda s: visas.visa_rows(s, gathering_id=KEY))
    return {row.name: row for row in found}


def rule(store: Store, nationality: str, **fields: Any) -> int:
    """A line of the table for the Netherlands."""
    draft = RuleDraft(country="NL", nationality=nationality, **fields)
    return store.change("Rule", lambda s: visas.save_rule(s, draft=draft)).value


def draft_of(store: Store, name: str) -> LetterDraft:
    """The letter of somebody as it is proposed."""
    key = rows(store)[name].id
    return store.read(lambda s: visas.letter_draft(s, participation_id=key))


def issue(store: Store, name: str, **fields: Any) -> LetterText:
    """Issue a letter, as the window does: a step that is final."""
    draft = replace(draft_of(store, name), **({"payer": Payer.HOST} | fields))
    return store.change("Issue", lambda s: visas.issue_letter(s, draft=draft), final=True).value


def text_of(letter: LetterText) -> str:
    """What can be copied out of the PDF, without marks of direction."""
    pages = pypdf.PdfReader(io.BytesIO(write_letter(letter))).pages
    assert len(pages) == 1
    return re.sub("[\u2066-\u2069]", "", pages[0].extract_text())


def test_the_list_is_sorted_by_days_left(school: Store, count_statements: Any) -> None:
    """S08: urgent people come first; the table gives the consulate's working days."""
    rule(school, "ID", needed=True, working_days=40)
    rule(school, "CU", needed=True, working_days=60)
    with count_statements(school) as sent:
        found = list(rows(school).values())
    assert len(sent) == 2
    assert [row.name for row in found][:2] == ["Ana Pérez Ramírez", "Wulandari"]
    assert found[-1].name == "Jan Bos"
    days = {row.name: row.days_left for row in found}
    assert days["Wulandari"] == days["Ana Pérez Ramírez"] + 20  # type: ignore[operator]
    assert days["Jan Bos"] is None
    assert found[0].hand_in_by == dt.date(2027, 8, 2)


@pytest.mark.parametrize(
    ("said", "nationality", "needed", "expected"),
    [
        (None, "NL", None, (Need.NO, False)),
        (None, "DE", None, (Need.NO, False)),
        (None, "PH", None, (Need.UNKNOWN, False)),
        (None, None, None, (Need.UNKNOWN, False)),
        (None, "PH", True, (Need.YES, False)),
        (None, "BR", False, (Need.NO, False)),
        (False, "PH", True, (Need.NO, True)),
        (True, "PH", None, (Need.YES, False)),
        (True, "DE", None, (Need.YES, True)),
    ],
)
def test_who_needs_a_visa(
    said: bool | None, nationality: str | None, needed: bool | None, expected: tuple[Need, bool]
) -> None:
    """S08: the person's own answer counts, else the table, else free movement; else unknown."""
    assert need_of(said, nationality, "NL", needed) == expected


def test_working_days_leave_out_weekends() -> None:
    """S08: five working days before a Monday is the Monday before; a passed day is below zero."""
    assert hand_in_by(dt.date(2027, 10, 25), 5) == dt.date(2027, 10, 18)
    assert hand_in_by(dt.date(2027, 10, 23), 0) == dt.date(2027, 10, 23)
    assert working_days_until(dt.date(2027, 10, 15), dt.date(2027, 10, 18)) == 1
    assert working_days_until(dt.date(2027, 10, 18), dt.date(2027, 10, 18)) == 0
    assert working_days_until(dt.date(2027, 10, 25), dt.date(2027, 10, 18)) == -5


def test_a_pair_stands_in_the_table_once(school: Store) -> None:
    """The user edits the table; another line for the same pair is refused."""
    key = rule(school, "PK", needed=True, working_days=30, consulate="Islamabad")
    with pytest.raises(RuleBroken, match="already"):
        rule(school, "PK", needed=False)
    (line,) = school.read(lambda s: visas.rules_for(s, country="NL"))
    assert (line.id, line.consulate, line.working_days) == (key, "Islamabad", 30)
    changed = replace(line, needed=False, consulate="", working_days=None)
    school.change("Change", lambda s: visas.save_rule(s, draft=changed))
    assert rows(school)["علی رضا"].need is Need.NO
    (line,) = school.read(lambda s: visas.rules_for(s, country="NL"))
    assert visas.check_rule_draft(replace(line, nationality="", working_days=999)).keys() == {
        "nationality", "working_days",
    }  # fmt: skip
    version = line.version or 0
    school.change("Remove", lambda s: visas.remove_rule(s, rule_id=key, version=version))
    assert school.read(lambda s: visas.rules_for(s, country="NL")) == ()


def test_a_number_is_never_given_twice(school: Store) -> None:
    """S08: numbers of a centre and a year grow; a person who is removed leaves a gap."""
    first, second = issue(school, "Wulandari"), issue(school, "K. Malathi")
    assert (first.number, second.number) == ("AMS-2027-0001", "AMS-2027-0002")
    assert draft_of(school, "علی رضا").number == "AMS-2027-0003"
    step = school.change("Rule", lambda s: None)
    assert step.step_id is None

    def forget(session: DbSession) -> None:
        from schoolapp.domain.visas import VisaLetter

        session.delete(session.query(VisaLetter).filter_by(serial=2).one())

    school.change("Forget", forget)
    assert issue(school, "علی رضا").number == "AMS-2027-0003"
    with pytest.raises(Exception, match="cannot be undone"):
        school.undo(_last_final(school))


def _last_final(store: Store) -> int:
    from schoolapp.storage.tables import journal_step

    with store.engine.connect() as connection:
        found = connection.execute(
            journal_step.select().where(journal_step.c.title == "Issue")
        ).all()
    return int(found[-1].id)


def test_issuing_again_is_a_revision(school: Store) -> None:
    """S08: the same number, a higher revision, what was chosen before; the first stays."""
    issue(school, "Wulandari", payer=Payer.OTHER, payer_name="The Fund", address="Lombokstraat 40")
    again = issue(school, "Wulandari")
    assert (again.number, again.revision) == ("AMS-2027-0001", 2)
    assert (again.payer_name, again.address) == ("The Fund", "Lombokstraat 40")
    assert again.file_name == "AMS-2027-0001-2.pdf"
    person = rows(school)["Wulandari"].person_id
    kept = school.read(
        lambda s: [
            (one.id, one.revision)
            for one in visas.letters_of(s, gathering_id=KEY, person_id=person)
        ]
    )
    assert [revision for _key, revision in kept] == [2, 1]
    first = school.read(lambda s: visas.letter_text(s, letter_id=kept[1][0]))
    assert "revision" not in text_of(first)
    assert "Number AMS-2027-0001, revision 2" in text_of(again)
    assert write_letter(first) == write_letter(first)
    assert rows(school)["Wulandari"].revision == 2


@pytest.mark.parametrize(
    ("name", "printed"),
    [
        ("Wulandari", "Wulandari"),
        ("Ana Pérez Ramírez", "PEREZ RAMIREZ ANA MARIA"),
        ("K. Malathi", "K. Malathi"),
    ],
)
def test_the_letter_has_the_name_as_in_the_passport(school: Store, name: str, printed: str) -> None:
    """P07, E27: one word, two surnames, initials, as entered; never None, no invented surname."""
    letter = issue(school, name)
    assert letter.name == printed
    said = text_of(letter)
    assert printed in said
    assert "None" not in said
    assert "Amsterdam" in said
    assert "23 October 2027" in said
    assert "Travel, lodging and meals are paid by IIRE Amsterdam." in said


def test_a_passport_name_in_another_script_stays(school: Store) -> None:
    """P07: letters that are not Latin are printed as they were entered, in an Urdu letter too."""
    letter = issue(school, "علی رضا")
    assert (letter.language, letter.name) == ("ur", "علی رضا")
    said = text_of(letter)
    assert "دعوت" in said
    assert "None" not in said


@pytest.mark.parametrize(
    ("tag", "title"),
    [("fr", "Lettre d’invitation"), ("es", "Carta de invitación"), ("nl", "Uitnodigingsbrief"),
     ("fil", "Liham ng paanyaya")],
)  # fmt: skip
def test_the_letter_is_in_the_language_of_the_consulate(
    school: Store, tag: str, title: str
) -> None:
    """S08: the table names the consulate's language; it takes precedence over the person's."""
    rule(school, "ID", needed=True, consulate="Consulate in Jakarta", language=tag)
    letter = issue(school, "Wulandari")
    said = text_of(letter)
    assert title in said
    assert "Consulate in Jakarta" in said


def test_a_letter_that_says_too_little_is_refused(school: Store) -> None:
    """S08: a letter has a name, dates, an address and who pays."""
    draft = draft_of(school, "Wulandari")
    wrong = replace(draft, name=" ", ends=dt.date(2027, 1, 1), address="", payer=Payer.OTHER)
    assert visas.check_letter_draft(wrong).keys() == {"name", "ends", "address", "payer_name"}
    with pytest.raises(RuleBroken):
        school.change("Issue", lambda s: visas.issue_letter(s, draft=wrong), final=True)
    assert draft_of(school, "Wulandari").number == "AMS-2027-0001"


def test_a_letter_starts_the_wait_for_the_visa(school: Store) -> None:
    """A confirmed person who gets a letter waits for the visa; the answer is remembered."""
    issue(school, "Wulandari")
    row = rows(school)["Wulandari"]
    assert (row.state, row.need) == ("visa_pending", Need.YES)


def test_a_refusal_frees_the_place_and_shows_the_next(school: Store) -> None:
    """S08, S07: the place is free, the next on the waiting list is named, nobody is promoted."""

    def wait(session: DbSession) -> None:
        gathering = session.get_one(Gathering, KEY)
        for name in ("Second Next", "First Next"):
            person = b.person(session, name=name)
            last = b.application(session, person, gathering, state=ApplicationState.WAITLISTED)
        move_in_line(session, application_id=last.id, step=-1, reason="Has no visa yet")

    school.change("Wait", wait)
    key = rows(school)["Wulandari"].application_id
    assert key is not None
    done = school.change(
        "Refuse", lambda s: visas.refuse_visa(s, application_id=key, reason="no means shown")
    )
    assert done.value == "First Next"
    assert "Wulandari" not in rows(school)

    def after(session: DbSession) -> tuple[int, list[str | None], int]:
        refused = session.get_one(Application, key)
        assert refused.state is ApplicationState.VISA_REFUSED
        waiting = session.query(Application).filter_by(state=ApplicationState.WAITLISTED)
        return (
            session.query(Participation).count(),
            [refused.steps[-1].reason],
            waiting.count(),
        )

    assert school.read(after) == (5, ["no means shown"], 2)
    school.undo()
    assert "Wulandari" in rows(school)


def test_the_persons_own_answer_is_marked_where_the_table_says_otherwise(school: Store) -> None:
    """S08: a person who says no although the table says yes is marked, not corrected."""
    rule(school, "PK", needed=True)

    def say(session: DbSession) -> None:
        person = session.query(Person).filter_by(nationality="PK").one()
        place = b.place_of(session, person, session.get_one(Gathering, KEY))
        b.edit_place(session, place, needs_visa=False)

    school.change("Say", say)
    row = rows(school)["علی رضا"]
    assert (row.need, row.contradicts, row.days_left) == (Need.NO, True, None)


def mailed(store: Store, name: str) -> int:
    """Put somebody's newest letter into the outbox, as the window does."""
    key = rows(store)[name].id
    ready = store.read(lambda s: visas.newest_letter(s, participation_id=key))
    pdf = write_letter(ready.text)
    return store.change("Mail", lambda s: visas.mail_letter(s, letter_id=ready.id, pdf=pdf)).value


def test_S08_a_letter_waits_in_the_outbox_with_its_pdf(school: Store) -> None:
    """S08: a draft in the person's language, the letter in the consulate's; nothing is sent."""
    issue(school, "علی رضا", language="en")
    key = mailed(school, "علی رضا")

    def reported(session: DbSession) -> tuple[Any, ...]:
        mail = session.get_one(Mail, key)
        (part,) = mail.parts
        return mail.state, mail.language, mail.subject, mail.text, part.name, unpack(part.packed)

    state, language, subject, text, name, pdf = school.read(reported)
    assert (state, language, name) == (MailState.DRAFT, "ur", "AMS-2027-0001-1.pdf")
    assert "دعوت نامہ" in subject
    assert "AMS-2027-0001" in text
    assert "Letter of invitation" in pypdf.PdfReader(io.BytesIO(pdf)).pages[0].extract_text()


@pytest.mark.parametrize("tag", RECIPIENT_LANGUAGES)
def test_S08_the_mail_is_written_in_six_languages(school: Store, tag: str) -> None:
    """S08: every language has words of its own, with the number and both names in them (E27)."""
    letter = issue(school, "Ana Pérez Ramírez")
    subject, text = mail_words(letter, name="Ana", tag=tag)
    reported = re.sub("[\u2066-\u2069]", "", text)
    assert letter.number in subject
    assert all(words in reported for words in ("Ana", "PEREZ RAMIREZ ANA MARIA", letter.number))
    assert (tag == "en") is text.startswith("Dear ")


def test_S08_a_revision_takes_the_place_of_the_draft_before(school: Store) -> None:
    """S08: of two drafts about one letter the newer one is to be sent."""
    issue(school, "Wulandari")
    first = mailed(school, "Wulandari")
    issue(school, "Wulandari", consulate="Jakarta")
    second = mailed(school, "Wulandari")
    states = school.read(lambda s: [s.get_one(Mail, key).state for key in (first, second)])
    assert states == [MailState.DISCARDED, MailState.DRAFT]


def test_S08_without_a_letter_there_is_no_mail(school: Store) -> None:
    """S08: the letter is issued first; a person without one is named."""
    with pytest.raises(RuleBroken, match="Jan Bos"):
        mailed(school, "Jan Bos")


def test_S08_the_page_takes_three_statements(school: Store, count_statements: Any) -> None:
    """S08: people, letters, and the country with its lines; also where it has no line."""
    assert school.read(lambda s: visas.rules_at(s, gathering_id=KEY)) == ("NL", ())
    rule(school, "ID", needed=True)
    with count_statements(school) as sent:
        country, lines = school.read(
            lambda s: (visas.visa_rows(s, gathering_id=KEY), visas.rules_at(s, gathering_id=KEY))
        )[1]
    assert len(sent) == 3
    assert (country, [line.nationality for line in lines]) == ("NL", ["ID"])
