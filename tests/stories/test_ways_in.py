"""The walk over all entities and columns: each has a form that sets it, or is named here."""

from tests.paths import ROOT
from tests.ways_in import columns, recorded, tables

WITHOUT = {
    "invite.beyond_stay": "a package says that somebody was invited although they stay elsewhere",
    "person.erased_at": "erasing sets it, and leaves nothing in the journal that this test reads",
    "subsidy_payment.rate_base": "a package may count for one euro; the window counts for one unit"
    " of the grant",
    "subsidy_payment.state": "a package may know of money on its way; here a payment was made",
}
"""Columns that no field sets, each with its reason."""
MOST = 10
"""How long that list may be."""


def test_every_column_has_a_way_in() -> None:
    """A window sets it, as the journal of the test that is named shows, or it is on the list."""
    shown = frozenset[str]().union(*recorded().values())
    assert (shown - tables()) | WITHOUT.keys() == columns()
    assert not shown & WITHOUT.keys()
    assert len(WITHOUT) <= MOST


STAYS = {
    "has left the program or was signed": "certificate gathering_invite invite held_reply "
    "letter_series mail mail_part mailbox_mark programme_change signing_key visa_letter",
    "is taken back by a step beside it": "arrival arrival_item attendance_mark badge place_offer "
    "register register_change scan",
}
"""Tables whose rows stay, by the reason why."""
UNSEEN = (
    "allocation application_doubt arrival_check asked_paper busy_time calendar_collection "
    "calendar_feed delegation_coordinator delegation_quota edition import_form interpreter_duty "
    "letter_template paper_received parent person_address pushed_session score score_scale "
    "selection_rules selection_target speaker subsidy_part team travel_claim two_people "
    "visa_rule work"
)
"""Tables of which no test at a window takes a row away yet. It may only become shorter."""


def test_every_row_has_a_way_out() -> None:
    """A window takes it away, as the journal of a test shows, or a reason says why it stays."""
    shown = frozenset[str]().union(*recorded().values()) & tables()
    stays = {name for names in (*STAYS.values(), UNSEEN) for name in names.split()}
    assert shown | {f"{name}.removed" for name in stays} == tables()
    assert not {name.partition(".")[0] for name in shown} & stays


def test_what_shows_a_way_in_is_a_test_of_the_window() -> None:
    """Each name of the record is a test that exists, of a place or of a whole story."""
    for name in recorded():
        file, _sep, test = name.partition("::")
        assert file.startswith(("tests/desktop/places/", "tests/stories/"))
        assert f"def {test.partition('[')[0]}(" in (ROOT / file).read_text("utf-8")
