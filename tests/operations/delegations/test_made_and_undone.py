"""A row that is changed again in the step that made it."""

import datetime as dt

from schoolapp.domain.delegations import Delegation
from schoolapp.domain.people import PersonDraft
from schoolapp.operations.delegations.editing import DelegationDraft, save_delegation
from schoolapp.operations.gatherings.templates import create_from_template, read_templates
from schoolapp.operations.people.editing import save_person
from schoolapp.storage.store import Store


def test_a_delegation_is_undone_and_comes_back_whole(file_store: Store) -> None:
    """The journal holds what a second flush of a new row changed: undo works, redo loses nothing.

    A query between the two flushes its row early, with the columns that were left to their default.
    """
    file_store.change(
        "Make a school",
        lambda s: create_from_template(
            s, template=read_templates()[0], title="Own", start_date=dt.date(2028, 10, 21)
        ),
    )
    leader = file_store.change(
        "Add", lambda s: save_person(s, draft=PersonDraft(display_name="Ana"))
    )
    draft = DelegationDraft(
        gathering_id=1, name="Skåne", origin="South", home_currency="SEK", leader_id=leader.value
    )
    file_store.change("Announce", lambda s: save_delegation(s, draft=draft))
    file_store.undo()
    assert file_store.read(lambda s: s.query(Delegation).count()) == 0
    file_store.redo()
    found = file_store.read(lambda s: s.query(Delegation).one())
    assert (found.name, found.origin, found.home_currency) == ("Skåne", "South", "SEK")
