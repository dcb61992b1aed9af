"""The words about a push: what would change, what others changed there, the outcome."""

from schoolapp.base.language import _, isolate, plural
from schoolapp.desktop.look import formats
from schoolapp.exchange.caldav import Act, Conflict, Outcome, Plan, Seen


def plan_words(plan: Plan) -> str:
    """The numbers before anything is pushed."""
    if plan.is_done:
        return _("The calendar already matches the programme: there is nothing to do.")
    said = []
    for number, words in (
        (plan.count(Act.CREATE), plural("{n} new", "{n} new", plan.count(Act.CREATE))),
        (plan.count(Act.CHANGE), plural("{n} changed", "{n} changed", plan.count(Act.CHANGE))),
        (plan.count(Act.REMOVE), plural("{n} removed", "{n} removed", plan.count(Act.REMOVE))),
        (plan.unchanged, plural("{n} unchanged", "{n} unchanged", plan.unchanged)),
    ):
        if number:
            said.append(words.format(n=formats.number(number)))
    line = " · ".join(said)
    number = len(plan.conflicts)
    if not number:
        return line
    words = plural(
        "Somebody changed {n} session there. Which version should stay?",
        "Somebody changed {n} sessions there. Which versions should stay?",
        number,
    )
    return f"{line}\n{words.format(n=formats.number(number))}".strip()


def conflict_words(conflict: Conflict, ours: bool | None) -> str:
    """Both sides of a conflict, and what was decided about it; None is nothing yet."""
    decided = {None: _("Not decided"), True: _("Ours is used"), False: _("Theirs is kept")}[ours]
    return "\n".join(
        (
            _("{title}: {decided}").format(title=isolate(conflict.title), decided=decided),
            _("Ours: {what}").format(what=_side(conflict.ours)),
            _("Theirs: {what}").format(what=_side(conflict.theirs)),
        )
    )


def outcome_words(outcome: Outcome) -> str:
    """The outcome of a push."""
    done = _("{done} of {total} are done.").format(
        done=formats.number(outcome.done), total=formats.number(outcome.total)
    )
    said = [done]
    if outcome.trouble:
        said += [outcome.trouble, _("What is done is kept. Compare again to go on.")]
    if outcome.conflicts:
        said.append(_("Others changed something meanwhile. Compare again to see it."))
    for title, reason in outcome.refused[:5]:
        said.append(_("{title}: {reason}").format(title=isolate(title), reason=reason))
    if said == [done] and outcome.done == outcome.total:
        return _("The calendar now matches the programme.")
    return "\n".join(said)


def _side(seen: Seen | None) -> str:
    if seen is None:
        return _("removed")
    when = formats.moment(seen.start) if seen.start is not None else ""
    parts = (isolate(seen.title), when, isolate(seen.place) if seen.place else "")
    return " · ".join(part for part in parts if part)
