"""The people of a bedroom or a team, as lines of its panel: found by name, put in, taken out."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from schoolapp.base.language import _, isolate, mark
from schoolapp.desktop import forms
from schoolapp.desktop.bridge.desk import Desk
from schoolapp.desktop.bridge.tasks import Query
from schoolapp.desktop.forms import Form
from schoolapp.desktop.kit.editing import Change
from schoolapp.desktop.kit.items import Items
from schoolapp.operations.lodging.members import Member, find_participants, participant_name


@dataclass(frozen=True, slots=True)
class MemberDraft:
    """Somebody who takes part; ``version`` is that of the participation."""

    participation_id: int | None = None
    version: int | None = None
    name: str = ""


def members_list(
    desk: Desk,
    gathering_id: int,
    title: str,
    putting: Callable[[int], Query[None]],
    taking: Callable[[int, int], Query[None]],
) -> Items[MemberDraft]:
    """Lines of people; ``putting(participation)`` and ``taking(participation, version)``."""
    find = partial(find_participants, gathering_id=gathering_id)
    field = forms.person("participation_id", mark("Name"), find, participant_name)
    form: Form[MemberDraft] = Form(desk.tasks, desk.look, (field,), _check)

    def saving(draft: MemberDraft) -> Change[None]:
        assert draft.participation_id is not None, "the check has asked for it"
        return _("Add a person to {list}").format(list=title), putting(draft.participation_id)

    def removing(draft: MemberDraft) -> Change[None]:
        assert draft.participation_id is not None, "a stored line"
        assert draft.version is not None, "a stored line"
        title_ = _("Take {name} out of {list}").format(name=isolate(draft.name), list=title)
        return title_, taking(draft.participation_id, draft.version)

    made = Items(desk, _("People"), form, _words, MemberDraft, saving, removing)
    made.setObjectName("members")
    return made


def drafts(people: tuple[Member, ...]) -> list[MemberDraft]:
    """The lines of these people."""
    return [MemberDraft(*one) for one in people]


def _words(draft: MemberDraft) -> str:
    return isolate(draft.name)


def _check(draft: MemberDraft) -> dict[str, str]:
    if draft.participation_id is None:
        return {"participation_id": _("Choose somebody who takes part in this gathering.")}
    return {}
