"""The names and colours of kinds, audiences and languages of sessions."""

from collections.abc import Sequence

from schoolapp.base.language import _, ltr, mark
from schoolapp.domain.audience import Audience
from schoolapp.domain.programme import SessionKind

KINDS: dict[SessionKind, tuple[str, str]] = {
    SessionKind.PLENARY: ("plenary", mark("Plenary")),
    SessionKind.LECTURE: ("plenary", mark("Lecture")),
    SessionKind.WORKING_GROUPS: ("workshop", mark("Working groups")),
    SessionKind.COUNTRY_REPORTS: ("plenary", mark("Country reports")),
    SessionKind.SPACE: ("care", mark("Self-organised space")),
    SessionKind.SOCIAL: ("social", mark("Social evening")),
    SessionKind.GUEST: ("plenary", mark("Guest")),
    SessionKind.EVALUATION: ("plenary", mark("Evaluation")),
    SessionKind.FIELD_VISIT: ("workshop", mark("Field visit")),
    SessionKind.RALLY: ("plenary", mark("Rally")),
    SessionKind.DELEGATION_MEETING: ("workshop", mark("Delegation meeting")),
    SessionKind.EDUCATIONAL: ("plenary", mark("Educational")),
    SessionKind.WORKSHOP: ("workshop", mark("Workshop")),
    SessionKind.INTERDELEGATION: ("workshop", mark("Inter-delegation meeting")),
    SessionKind.COMMISSION: ("workshop", mark("Permanent commission")),
    SessionKind.COORDINATION: ("care", mark("Coordination")),
}
"""The colour (a pair of the tokens) and the word of each kind; the word is marked."""

AUDIENCES: tuple[tuple[str, str], ...] = (
    (Audience.ALL.value, mark("Everybody")),
    (Audience.LANGUAGE_GROUP.value, mark("By language group")),
    (Audience.CHOOSE_ONE.value, mark("Everybody chooses one")),
    (Audience.SELF_SELECTED.value, mark("Who wishes")),
    (Audience.WOMEN.value, mark("Women who wish")),
    (Audience.OWN_DELEGATION.value, mark("Each delegation for itself")),
    (Audience.TWO_DELEGATIONS.value, mark("Two delegations")),
    (Audience.COORDINATION.value, mark("Coordination of the delegations")),
)


def kind_word(kind: SessionKind) -> str:
    """The word for a kind in the language in use."""
    return _(KINDS[kind][1])


def spoken(floor: str, languages: Sequence[str]) -> str:
    """``FR → EN, ES``: the floor and the languages it can be followed in, left to right."""
    others = [tag.upper() for tag in languages if tag != floor]
    if floor in ("", "-"):
        return ltr(", ".join(others)) if others else ""
    arrow = f" → {', '.join(others)}" if others else ""
    return ltr(f"{floor.upper()}{arrow}")
