"""The walk over all entities and columns: each has a form that sets it, or is named here."""

from tests.paths import ROOT
from tests.ways_in import columns, recorded

WITHOUT: frozenset[str] = frozenset(
    {
        "arrival.left_at",
        "arrival.left_by",
        "arrival.left_reason",
        "arrival.reason",
        "arrival_check.item",
        "arrival_item.detail",
        "arrival_item.returned_at",
        "calendar_feed.token",
        "campaign.publication_id",
        "campaign.source",
        "certificate.native_name",
        "deadline.name",
        "edition.confidence",
        "gathering.currency",
        "gathering.tz",
        "gathering_invite.answered",
        "gathering_invite.comment",
        "gathering_invite.error",
        "gathering_invite.sequence",
        "gift.note",
        "gift.platform_fee_currency",
        "gift.platform_fee_minor",
        "held_reply.comment",
        "held_reply.gathering_id",
        "interpretation.relay_via",
        "invite.beyond_stay",
        "invite.comment",
        "invite.error",
        "mail.retry_at",
        "module.start",
        "paper_received.on",
        "paper_received.paper",
        "payment.person_id",
        "payment.rate",
        "payment.rate_date",
        "payment.rate_source",
        "payment.reference",
        "person.erased_at",
        "place_offer.ended",
        "price.band",
        "price.price_currency",
        "programme_change.warning",
        "pushed_session.theirs",
        "report_template.format",
        "report_template.language",
        "rota_task.by_volunteers",
        "rota_task.delegation_id",
        "rota_task.staffed_by_volunteers",
        "selection_target.measure",
        "session.invited",
        "session_group.delegation_id",
        "subsidy_payment.rate_base",
        "subsidy_payment.signed_receipt",
        "subsidy_payment.state",
        "visa_letter.contact",
        "visa_letter.host_address",
    }
)
"""Columns that no test at a window sets yet. The list may only become shorter."""
MOST = 56
"""How long the list may be; whoever adds a way in lowers it."""


def test_every_column_has_a_way_in() -> None:
    """A window sets it, as the journal of the test that is named shows, or it is on the list."""
    shown = frozenset[str]().union(*recorded().values())
    assert shown | WITHOUT == columns()
    assert not shown & WITHOUT
    assert len(WITHOUT) <= MOST


def test_what_shows_a_way_in_is_a_test_of_the_window() -> None:
    """Each name of the record is a test that exists, of a place or of a whole story."""
    for name in recorded():
        file, _sep, test = name.partition("::")
        assert file.startswith(("tests/desktop/places/", "tests/stories/"))
        assert f"def {test.partition('[')[0]}(" in (ROOT / file).read_text("utf-8")
