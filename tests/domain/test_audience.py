"""Who a session is for."""

import datetime as dt

import pytest

from schoolapp.domain.audience import Attendee, Audience, Slot, applies_to, room_for

DAY = dt.datetime.fromisoformat("2027-07-25T00:00")


def slot(audience: str = "all", hour: int = 9, **fields: object) -> Slot:
    start = DAY + dt.timedelta(hours=hour)
    return Slot(audience=audience, start=start, end=start + dt.timedelta(hours=1), **fields)  # type: ignore[arg-type]


def attendee(**fields: object) -> Attendee:
    stays = ((DAY, DAY + dt.timedelta(hours=12)),)
    return Attendee(**{"person_id": 1, "stays": stays, **fields})  # type: ignore[arg-type]


def test_a_session_lies_wholly_inside_a_stay() -> None:
    """Half an evening is no evening: outside the stay it does not apply (E16, E17)."""
    assert applies_to(slot(hour=11), attendee())
    assert not applies_to(slot(hour=12), attendee())
    later = (DAY + dt.timedelta(hours=13), DAY + dt.timedelta(hours=20))
    assert applies_to(slot(hour=14), attendee(stays=(*attendee().stays, later)))


def test_modules_cut_what_belongs_to_one() -> None:
    """People who attend one module have its sessions and those of no module (E15)."""
    assert applies_to(slot(module_id=None), attendee(modules=frozenset({2})))
    assert applies_to(slot(module_id=2), attendee(modules=frozenset({2})))
    assert not applies_to(slot(module_id=1), attendee(modules=frozenset({2})))


@pytest.mark.parametrize(
    ("audience", "person", "expected"),
    [
        (Audience.ALL, {}, True),
        (Audience.LANGUAGE_GROUP, {"language_group": "fr"}, True),
        (Audience.CHOOSE_ONE, {}, True),
        (Audience.SELF_SELECTED, {}, True),
        (Audience.WOMEN, {"pronouns": "she"}, True),
        (Audience.WOMEN, {"pronouns": None}, True),
        (Audience.WOMEN, {"pronouns": "he"}, False),
        (Audience.OWN_DELEGATION, {"delegation_id": 7}, True),
        (Audience.OWN_DELEGATION, {"delegation_id": 8}, False),
        (Audience.OWN_DELEGATION, {}, False),
        (Audience.TWO_DELEGATIONS, {"delegation_id": 7}, True),
        (Audience.TWO_DELEGATIONS, {"delegation_id": 8}, False),
        (Audience.COORDINATION, {"coordinates": True}, True),
        (Audience.COORDINATION, {}, False),
        ("words of a later package", {}, True),
    ],
)
def test_each_audience_includes_its_people(
    audience: str, person: dict[str, object], expected: bool
) -> None:
    """The audience decides, and words that are not known invite everybody."""
    assert applies_to(slot(audience, delegations={7: 70}), attendee(**person)) is expected


def test_two_delegations_that_nobody_named_are_for_everybody() -> None:
    """Without groups the program does not guess from the title which meet."""
    assert applies_to(slot(Audience.TWO_DELEGATIONS), attendee(delegation_id=8))


def test_who_works_in_a_session_has_it_whatever_its_audience() -> None:
    """Speakers and interpreters have their sessions; a lecturer without stays has only these."""
    own = slot(Audience.COORDINATION, module_id=3, at_work=frozenset({1}))
    assert applies_to(own, attendee())
    assert applies_to(own, Attendee(person_id=1))
    assert not applies_to(slot(), Attendee(person_id=1))


def test_the_room_is_the_one_of_the_own_group() -> None:
    """Delegation first, then language group; people in no group are not sent to that of others."""
    groups = slot(delegations={7: 70}, language_groups={"fr": 50})
    assert room_for(groups, attendee(delegation_id=7, language_group="fr")) == 70
    assert room_for(groups, attendee(language_group="fr")) == 50
    assert room_for(groups, attendee(language_group="en")) is None
