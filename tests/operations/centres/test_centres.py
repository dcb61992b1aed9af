"""Centres: saved, removed when nobody needs them; which mailbox answers, and what may not leave."""

import datetime as dt
import json
from dataclasses import replace
from pathlib import Path

import pytest

from schoolapp.domain.gatherings import Gathering
from schoolapp.domain.mail import Mail
from schoolapp.domain.people import PersonDraft
from schoolapp.domain.rules import RuleBroken
from schoolapp.exchange.mail.message import Sender, as_eml
from schoolapp.exchange.mail.transport import enveloped
from schoolapp.exchange.packages import reading, writing
from schoolapp.exchange.packages.reading import PackageBroken
from schoolapp.operations import centres, gatherings, mail, practice
from schoolapp.operations.centres import CentreDraft
from schoolapp.operations.invitations import prepare_invitations
from schoolapp.operations.people.editing import save_person
from schoolapp.operations.people.participations import add_participant
from schoolapp.operations.programme import take_step
from schoolapp.storage.store import DbSession, Store
from tests import packages

LISBON = CentreDraft(
    name="Institute Lisbon", country="PT", tz="Europe/Lisbon", currency="EUR", city="Lisboa",
    languages=("pt", "en"), address="Rua 1\n1000 Lisboa", mailbox_name="Lisbon",
    mailbox_address="lisbon@institute.org", retention=18,
)  # fmt: skip


def save(store: Store, draft: CentreDraft) -> int:
    """Add or change a centre."""
    return store.change("Centre", lambda s: centres.save_centre(s, draft=draft)).value


def of_name(store: Store, name: str) -> CentreDraft:
    """A centre as it is stored."""
    return next(one for one in store.read(centres.centres_of) if one.name == name)


def make(store: Store, centre: str | None = None, template: int = 0) -> int:
    """A gathering from a template; its key."""

    def work(session: DbSession) -> int:
        return gatherings.create_from_template(
            session,
            template=gatherings.read_templates()[template],
            title="School",
            start_date=dt.date(2027, 10, 23),
            centre=centre,
        )

    return store.change("Make", work).value


def letter(store: Store, address: str, gathering_id: int | None = None) -> int:
    """A letter that waits."""
    return store.change(
        "Write",
        lambda s: mail.write_draft(
            s, occasion="accepted", language="en", address=address, subject="Hello", text="Hello",
            gathering_id=gathering_id,
        ),
    ).value  # fmt: skip


def test_a_centre_comes_back_as_it_was_saved(store: Store) -> None:
    """All fields; its code follows from its name and stays when the name changes."""
    save(store, LISBON)
    found = of_name(store, "Institute Lisbon")
    assert replace(found, id=None, version=None) == LISBON
    save(store, replace(found, name="Institute of Lisbon"))
    assert store.read(centres.centre_lines)[-1] == ("institute-lisbon", "Institute of Lisbon")
    store.undo()
    store.undo()
    assert len(store.read(centres.centre_lines)) == 3


def test_two_centres_have_two_names_and_two_codes(file_store: Store) -> None:
    """The same name is refused; names that fold to one code get a number."""
    save(file_store, LISBON)
    with pytest.raises(RuleBroken, match="Another centre has the name"):
        save(file_store, LISBON)
    save(file_store, replace(LISBON, name="Institute, Lisbon"))
    codes = [line.code for line in file_store.read(centres.centre_lines)]
    assert codes[-2:] == ["institute-lisbon", "institute-lisbon-2"]


def test_a_centre_that_is_needed_stays(file_store: Store) -> None:
    """One that holds a gathering, and the last one."""
    make(file_store, "manila")

    def remove(name: str) -> None:
        one = of_name(file_store, name)
        assert one.id is not None
        key, version = one.id, one.version or 0
        file_store.change(
            "Remove", lambda s: centres.remove_centre(s, centre_id=key, version=version)
        )

    with pytest.raises(RuleBroken, match="IIRE Manila holds gatherings: 1"):
        remove("IIRE Manila")
    remove("IIRE Amsterdam")
    remove("IIRE Islamabad")
    (row,) = file_store.read(gatherings.list_gatherings)
    version = file_store.read(lambda s: s.get_one(Gathering, row.id).version)
    file_store.change(
        "Remove", lambda s: gatherings.remove_gathering(s, gathering_id=row.id, version=version)
    )
    with pytest.raises(RuleBroken, match="last centre"):
        remove("IIRE Manila")


def test_a_gathering_answers_with_its_own_mailbox_or_its_centres(file_store: Store) -> None:
    """Its own, else that of its centre; without a centre, that of the first one."""
    save(file_store, LISBON)
    school, camp = make(file_store, "institute-lisbon"), make(file_store, template=2)

    def answers(key: int | None) -> tuple[str, str]:
        return tuple(file_store.read(lambda s: centres.mailbox_of(s, gathering_id=key)))

    assert answers(school) == ("Lisbon", "lisbon@institute.org")
    assert answers(camp) == answers(None) == ("IIRE Amsterdam", "")
    first = of_name(file_store, "IIRE Amsterdam")
    save(file_store, replace(first, mailbox_address="amsterdam@institute.org"))
    assert answers(camp) == answers(None) == ("IIRE Amsterdam", "amsterdam@institute.org")

    def own(session: DbSession) -> None:
        draft = gatherings.draft_of(session, gathering_id=camp, language="en")
        wanted = replace(draft, contact_name="The camp", contact_address="camp@institute.org")
        gatherings.save_gathering(session, draft=wanted)

    file_store.change("Own", own)
    assert answers(camp) == ("The camp", "camp@institute.org")


def test_a_gathering_has_the_languages_of_a_centre_that_names_some(file_store: Store) -> None:
    """A centre without languages leaves those of the template."""
    save(file_store, LISBON)
    keys = [make(file_store, "institute-lisbon"), make(file_store, "manila")]
    found = file_store.read(lambda s: [s.get_one(Gathering, key).working_languages for key in keys])
    assert found == [["pt", "en"], ["en", "fr", "es"]]


def test_what_is_asked_is_kept_where_it_belongs(file_store: Store) -> None:
    """At the centre; at the gathering if that has a mailbox of its own, which is an example."""
    school = make(file_store)
    waiting = letter(file_store, "ana@people.org", school)
    asked = file_store.read(lambda s: centres.missing_sender(s, ids=[waiting]))
    assert asked is not None
    assert (asked.centre, asked.gathering_id) == ("IIRE Amsterdam", None)
    sender = replace(asked, name="School", address="school@institute.org")
    file_store.change("Ask", lambda s: centres.save_sender(s, draft=sender))
    assert file_store.read(lambda s: centres.missing_sender(s, ids=[waiting])) is None
    assert of_name(file_store, "IIRE Amsterdam").mailbox_address == "school@institute.org"

    def example(session: DbSession) -> None:
        draft = gatherings.draft_of(session, gathering_id=school, language="en")
        gatherings.save_gathering(session, draft=replace(draft, contact_address="x@school.test"))

    file_store.change("Example", example)
    again = file_store.read(lambda s: centres.missing_sender(s, ids=[waiting]))
    assert again is not None
    assert again.gathering_id == school
    own = replace(again, address="own@institute.org")
    file_store.change("Ask", lambda s: centres.save_sender(s, draft=own))
    found = file_store.read(lambda s: centres.mailbox_of(s, gathering_id=school))
    assert found.address == "own@institute.org"


@pytest.mark.parametrize("mailbox", ["", "school@institute.example"])
def test_nothing_leaves_without_a_sender_that_can_be_answered(
    file_store: Store, mailbox: str
) -> None:
    """Neither to a server nor into a file; the sentence says where to enter the address."""
    first = of_name(file_store, "IIRE Amsterdam")
    save(file_store, replace(first, mailbox_address=mailbox))
    key = letter(file_store, "ana@people.org")
    with pytest.raises(RuleBroken, match="Home, under Centres"):
        file_store.read(lambda s: mail.draft_files(s, ids=[key]))
    sender = Sender(address=mailbox)
    message = file_store.read(lambda s: mail.message_of(s, mail_id=key, sender=sender))
    for leave in (enveloped, as_eml):
        with pytest.raises(RuleBroken, match="Home, under Centres"):
            leave(message)
    assert list(file_store.read(lambda s: mail.stuck(s, ids=[key]))) == [key]
    asked = Sender(address="desk@institute.org")
    assert not file_store.read(lambda s: mail.stuck(s, ids=[key], asked=asked))


def test_examples_write_to_examples(file_store: Store) -> None:
    """So the practice schools send to their people, and to no one else."""
    first = of_name(file_store, "IIRE Amsterdam")
    save(file_store, replace(first, mailbox_address="school@institute.example"))
    key = letter(file_store, "ana@example.org")
    ((_name, data),) = file_store.read(lambda s: mail.draft_files(s, ids=[key]))
    assert b"From: IIRE Amsterdam <school@institute.example>" in data


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with one package."""
    return packages.put(packages.shipped("eco_isb2027_islamabad.json"), tmp_path)


def load(store: Store, folder: Path) -> None:
    """Load the packages of a folder."""
    found = reading.read(folder)
    store.change("Load", lambda s: practice.load(s, found))


def test_packages_without_centres_are_the_practice_schools(file_store: Store, folder: Path) -> None:
    """Their mailboxes are examples; nothing new is written beside what was loaded."""
    load(file_store, folder)
    mailboxes = {one.mailbox_address for one in file_store.read(centres.centres_of)}
    assert mailboxes == {f"{n}@iire.example" for n in ("amsterdam", "manila", "islamabad")}
    files = file_store.read(lambda s: writing.texts(practice.export(s)))
    assert "centres.json" not in files
    assert set(files) == {path.name for path in folder.iterdir()}


def test_packages_carry_centres_of_ones_own(
    file_store: Store, store: Store, tmp_path: Path
) -> None:
    """What one database exports, another one has afterwards; what somebody entered stays."""
    save(file_store, LISBON)
    make(file_store, "institute-lisbon")
    files = file_store.read(lambda s: writing.texts(practice.export(s)))
    names = [one["id"] for one in json.loads(files["centres.json"])]
    assert names == ["amsterdam", "manila", "islamabad", "institute-lisbon"]
    writing.write(files, tmp_path / "out")
    mine = replace(of_name(store, "IIRE Manila"), mailbox_address="manila@institute.org")
    save(store, mine)
    load(store, tmp_path / "out")
    assert of_name(store, "IIRE Manila").mailbox_address == "manila@institute.org"
    found = of_name(store, "Institute Lisbon")
    assert replace(found, id=None, version=None) == LISBON


def test_a_package_names_a_centre_that_is_there(folder: Path) -> None:
    """An unknown centre is refused with file and path; so is a centre without a zone."""
    file = folder / "eco_isb2027_islamabad.json"
    text = file.read_text("utf-8")
    file.write_text(text.replace('"host_centre": "islamabad"', '"host_centre": "nowhere"'), "utf-8")
    with pytest.raises(PackageBroken, match=r"event\.host_centre: there is no nowhere in centres"):
        reading.read(folder)
    (folder / "centres.json").write_text('[{"id": "nowhere"}]', "utf-8")
    with pytest.raises(PackageBroken, match=r"centres.json: \[0\]\.name: this is missing"):
        reading.read(folder)


def test_a_draft_that_names_another_organiser_is_written_again(file_store: Store) -> None:
    """An invitation that has not left yet names the mailbox of the day it is prepared."""
    key = make(file_store)

    def invite(session: DbSession) -> None:
        person = PersonDraft(display_name="Ana Pérez", email="ana@people.org")
        add_participant(session, gathering_id=key, person_id=save_person(session, draft=person))
        take_step(session, session_id=1, step="confirm")

    file_store.change("Invite", invite)

    def prepared(mailbox: str) -> dict[str, str]:
        first = of_name(file_store, "IIRE Amsterdam")
        save(file_store, replace(first, mailbox_address=mailbox))
        file_store.change("Prepare", lambda s: prepare_invitations(s, gathering_id=key))
        return file_store.read(
            lambda s: {one.tells["organizer"]: one.state.value for one in s.query(Mail)}
        )

    with pytest.raises(RuleBroken, match="no mailbox is entered yet"):
        prepared("")
    assert prepared("old@institute.org") == {"old@institute.org": "draft"}
    assert prepared("new@institute.org") == {
        "old@institute.org": "discarded",
        "new@institute.org": "draft",
    }
