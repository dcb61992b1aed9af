"""Referees score blind on scales with anchors; delegations endorse where that is asked for."""

import datetime as dt
from decimal import Decimal

import pytest

from schoolapp.domain.applications import Application, ApplicationState
from schoolapp.domain.referees import ANCHORS, Score, ScoreScale
from schoolapp.domain.rules import RuleBroken
from schoolapp.domain.selection import Decision
from schoolapp.domain.workflow import ReasonNeeded
from schoolapp.operations import applications, gatherings
from schoolapp.operations.applications import RulesDraft, ScaleDraft
from schoolapp.storage.store import DbSession, Store
from tests import builders as b

S = ApplicationState
SCALES = (
    ScaleDraft(name="Motivation", anchors=ANCHORS),
    ScaleDraft(name="Experience", anchors=ANCHORS),
)


def school(store: Store, **declared: object) -> tuple[int, int]:
    """A gathering that has declared its rules, and one eligible application to it."""

    def build(session: DbSession) -> tuple[int, int]:
        at = b.gathering(session, capacity=5)
        one = b.application(session, b.person(session), at, state=S.ELIGIBLE)
        declare(session, at.id, **declared)
        return at.id, one.id

    return store.change("Build", build).value


def declare(session: DbSession, at: int, **declared: object) -> None:
    """Declare the rules of a gathering."""
    applications.save_rules(session, draft=RulesDraft(gathering_id=at, **declared))  # type: ignore[arg-type]


def score(store: Store, key: int, *points: int) -> None:
    """Give points on the scales in their order, as the desk of the store."""

    def give(session: DbSession) -> None:
        scales = session.query(ScoreScale.id).order_by(ScoreScale.position)
        given = {row.id: number for row, number in zip(scales, points, strict=False)}
        applications.give_scores(session, application_id=key, points=given)

    store.change("Score", give)


def sheet(store: Store, key: int) -> applications.Scores:
    """What the desk of the store sees."""
    return store.read(
        lambda s: applications.scores_of(s, application_id=key, by=store.actor),
    )


def given(store: Store, key: int) -> list[tuple[str, str, int]]:
    """What everybody gave, as the desk of the store sees it."""
    found = store.read(
        lambda s: applications.given_scores(s, application_id=key, by=store.actor),
    )
    return [(one.by, one.scale, one.points) for one in found]


def test_scores_of_others_are_hidden_until_ones_own_is_given(file_store: Store) -> None:
    """Two desks: without a score of one's own one sees how many have scored, but not what."""
    _at, key = school(file_store, scales=SCALES)
    ana, ben = Store(file_store.engine, "ana"), Store(file_store.engine, "ben")
    score(ana, key, 5, 4)
    assert (sheet(ana, key).mean, sheet(ana, key).referees) == (Decimal("4.5"), 1)
    assert (sheet(ben, key).mean, sheet(ben, key).referees, sheet(ben, key).own) == (None, 1, {})
    with pytest.raises(RuleBroken, match="your own score first"):
        given(ben, key)
    score(ben, key, 2, 2)
    assert (sheet(ben, key).mean, sheet(ben, key).referees) == (Decimal("3.2"), 2)
    assert given(ben, key) == [
        ("ana", "Motivation", 5),
        ("ana", "Experience", 4),
        ("ben", "Motivation", 2),
        ("ben", "Experience", 2),
    ]
    ben.undo()
    assert sheet(ben, key).mean is None
    score(ana, key, 1, 4)
    assert sheet(ana, key).mean == Decimal("2.5")


@pytest.mark.parametrize("points", [(), (3,), (3, 6), (0, 3)])
def test_every_scale_is_scored_from_one_to_five(file_store: Store, points: tuple[int, ...]) -> None:
    """A scale left out, or another number, is refused; nothing is kept."""
    _at, key = school(file_store, scales=SCALES)
    with pytest.raises(RuleBroken, match="1 to 5"):
        score(file_store, key, *points)
    assert sheet(file_store, key).referees == 0


def test_scales_have_a_sentence_for_each_point(file_store: Store) -> None:
    """Names and anchors are asked for; without scales there is nothing to score."""
    at, key = school(file_store)
    for wrong, words in (
        (ScaleDraft(name=" ", anchors=ANCHORS), "about"),
        (ScaleDraft(name="Motivation", anchors=(*ANCHORS[:4], " ")), "sentence for each"),
    ):
        with pytest.raises(RuleBroken, match=words):
            file_store.change("Declare", lambda s, one=wrong: declare(s, at, scales=(one,)))
    with pytest.raises(RuleBroken, match="no scales"):
        score(file_store, key, 3)


def test_a_scale_with_scores_is_kept(file_store: Store) -> None:
    """A used scale is renamed, not removed; an unused one goes; an application takes its scores."""
    at, key = school(file_store, scales=SCALES)
    score(file_store, key, 3, 3)
    first, _second = sheet(file_store, key).scales
    with pytest.raises(RuleBroken, match="Experience"):
        file_store.change("Declare", lambda s: declare(s, at, scales=(first,)))
    renamed = ScaleDraft(id=first.id, name="Why", anchors=first.anchors)
    both = (sheet(file_store, key).scales[1], renamed)
    file_store.change("Declare", lambda s: declare(s, at, scales=both))
    assert [scale.name for scale in sheet(file_store, key).scales] == ["Experience", "Why"]
    version = file_store.read(lambda s: s.get_one(Application, key).version)
    file_store.change(
        "Remove", lambda s: applications.remove_application(s, application_id=key, version=version)
    )
    assert file_store.read(lambda s: s.query(Score).count()) == 0
    file_store.change("Declare", lambda s: declare(s, at))
    assert file_store.read(lambda s: s.query(ScoreScale).count()) == 0
    file_store.change("Declare", lambda s: declare(s, at, scales=SCALES))
    file_store.change(
        "Remove", lambda s: gatherings.remove_gathering(s, gathering_id=at, version=1)
    )
    assert file_store.read(lambda s: s.query(ScoreScale).count()) == 0


def test_without_endorsement_a_reason_is_needed(file_store: Store, clock: dt.datetime) -> None:
    """If the gathering asks for it, for prepared and immediate decisions; then it is enough."""
    at, key = school(file_store, endorsement=True)

    def prepare(session: DbSession) -> None:
        applications.prepare_decision(session, application_id=key, decision=Decision.ACCEPT)

    for operation in (
        prepare,
        lambda s: applications.move_application(s, application_id=key, step="accept"),
    ):
        with pytest.raises(ReasonNeeded, match="not endorsed"):
            file_store.change("Accept", operation)

    def edit(session: DbSession, **values: object) -> None:
        draft = applications.draft_of(session, application_id=key)
        fields = {name: getattr(draft, name) for name in draft.__dataclass_fields__}
        applications.save_application(
            session, draft=applications.ApplicationDraft(**{**fields, **values})
        )

    with pytest.raises(RuleBroken, match="who endorses"):
        file_store.change("Endorse", lambda s: edit(s, endorsed_on=clock.date()))
    file_store.change("Endorse", lambda s: edit(s, endorsed_by="Leader of the delegation"))
    case = file_store.read(
        lambda s: applications.meeting_case(s, application_id=key, by=file_store.actor)
    )
    assert case.asks_endorsement
    assert (case.detail.endorsed_by, case.detail.endorsed_on) == (
        "Leader of the delegation",
        clock.date(),
    )
    file_store.change("Prepare", prepare)
    plan = file_store.read(lambda s: applications.plan_decisions(s, gathering_id=at))
    file_store.change(
        "Apply", lambda s: applications.apply_decisions(s, gathering_id=at, token=plan.token)
    )
    assert file_store.read(lambda s: s.get_one(Application, key).state) is S.ACCEPTED


def test_a_reason_stands_for_the_endorsement(file_store: Store) -> None:
    """The rule asks, it does not forbid; and a gathering that does not ask accepts as before."""
    at, key = school(file_store, endorsement=True)
    file_store.change(
        "Accept",
        lambda s: applications.move_application(
            s, application_id=key, step="accept", reason="Comes alone"
        ),
    )
    file_store.undo()
    file_store.change("Declare", lambda s: declare(s, at))
    file_store.change(
        "Accept", lambda s: applications.move_application(s, application_id=key, step="accept")
    )
    assert file_store.read(lambda s: s.get_one(Application, key).state) is S.ACCEPTED
