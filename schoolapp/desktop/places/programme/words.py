"""The names and colours of kinds, audiences and languages of sessions."""

from schoolapp.base.language import _, ltr, mark
from schoolapp.domain.audience import Audience
from schoolapp.domain.programme import SessionKind
from schoolapp.domain.scheduling import Every
from schoolapp.domain.spoken import Spoken

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
    (Audience.SELF_SELECTED.value, mark("Anybody who wishes")),
    (Audience.WOMEN.value, mark("Women who wish")),
    (Audience.OWN_DELEGATION.value, mark("Each delegation for itself")),
    (Audience.TWO_DELEGATIONS.value, mark("Two delegations")),
    (Audience.COORDINATION.value, mark("Coordination of the delegations")),
)

EVERY: tuple[tuple[Every, str], ...] = (
    (Every.CHOSEN, mark("On the days below")),
    (Every.DAY, mark("Every day")),
    (Every.WEEK, mark("Every week")),
)


def kind_word(kind: SessionKind) -> str:
    """The word for a kind in the language in use."""
    return _(KINDS[kind][1])


def spoken(languages: Spoken) -> str:
    """``FR → EN, ES``: what is spoken and what somebody interprets into, left to right."""
    floor, others = (
        ", ".join(tag.upper() for tag in part) for part in (languages.floor, languages.interpreted)
    )
    words = " → ".join(filter(None, (floor, others)))
    return ltr(words) if words else ""
