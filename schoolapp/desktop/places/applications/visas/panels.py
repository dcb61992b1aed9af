"""The panels about visas: a letter to be issued, a refusal, the table of who needs one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal

from schoolapp.base.language import OWN_NAMES, _, isolate, ltr, mark, plural
from schoolapp.desktop import forms
from schoolapp.desktop.bridge.desk import Desk
from schoolapp.desktop.forms import Form
from schoolapp.desktop.kit.editing import Change
from schoolapp.desktop.kit.items import Items
from schoolapp.desktop.kit.panel import DraftPanel, FormPanel, Panel
from schoolapp.desktop.look.formats import country_name
from schoolapp.domain.documents import LetterText
from schoolapp.domain.visas import Payer
from schoolapp.exchange.files import safe_write
from schoolapp.exchange.papers.visa_letter import write_letter
from schoolapp.operations.visas import (
    LetterDraft,
    RuleDraft,
    check_letter_draft,
    check_rule_draft,
    issue_letter,
    refuse_visa,
    remove_rule,
    save_rule,
)

LANGUAGES = tuple(OWN_NAMES.items())
PAYERS = (
    (Payer.HOST, mark("The host pays for everything")),
    (Payer.SHARED, mark("The host pays for lodging and meals, the person for travel")),
    (Payer.SELF, mark("The person pays for everything")),
    (Payer.OTHER, mark("Somebody else pays")),
)
LETTER = (
    forms.text("name", mark("Name as in the passport")),
    forms.choice("language", mark("Language of the letter"), LANGUAGES, half=True),
    forms.country("nationality", mark("Nationality"), half=True),
    forms.date("starts", mark("First day"), half=True),
    forms.date("ends", mark("Last day"), half=True),
    forms.text("address", mark("Address during the stay")),
    forms.choice("payer", mark("Who pays"), PAYERS),
    forms.text("payer_name", mark("Name of the payer"), hint=mark("Only if somebody else pays.")),
    forms.text("consulate", mark("Consulate"), half=True),
    forms.text("passport_number", mark("Number of the passport"), code=True, half=True),
    forms.date("born", mark("Born"), half=True),
)
RULE = (
    forms.country("nationality", mark("Nationality")),
    forms.yes_no("needed", mark("Needs a visa")),
    forms.number(
        "working_days",
        mark("Working days that the consulate takes"),
        hint=mark("Without a number: 15."),
    ),
    forms.text("consulate", mark("Consulate")),
    forms.choice("language", mark("Language of the consulate"), ((None, ""), *LANGUAGES)),
)


@dataclass(frozen=True, slots=True)
class Refusal:
    """A visa that was refused, and what the consulate said."""

    application_id: int
    name: str
    reason: str = ""


class VisaLetterPanel(DraftPanel[LetterDraft]):
    """A letter to be issued; it gets its number once it is known where its file goes."""

    wanted = Signal(object)  # the draft of the letter

    def __init__(self, desk: Desk, key: int, draft: LetterDraft) -> None:
        form = Form(desk.tasks, desk.look, LETTER, _check_letter)
        words = _("Issue and save…")
        super().__init__(desk, isolate(draft.name), form, words)
        self.key = key
        number = _("Letter {number}") if draft.revision == 1 else _("Letter {number}, revision {n}")
        said = [number.format(number=ltr(draft.number), n=draft.revision)]
        if not draft.has_passport_name:
            said.append(
                _(
                    "The name in the passport is not known; this is the name the person"
                    " uses. Check it."
                )
            )
        self.subtitle.setText(" · ".join(said))
        self.subtitle.show()
        self._create.setObjectName("issue_letter")
        form.show_draft(draft)

    def finish(self) -> None:
        """Ask for the letter, or go to the first problem."""
        if self.form.confirm():
            self.wanted.emit(self.form.draft)


def refusal_panel(desk: Desk, application_id: int, name: str) -> FormPanel[Refusal, str | None]:
    """The panel that notes a refusal."""
    form = Form(
        desk.tasks, desk.look, (forms.long_text("reason", mark("What the consulate said")),),
        _check_refusal,
    )  # fmt: skip
    form.show_draft(Refusal(application_id, name))
    title = _("Visa of {name} refused").format(name=isolate(name))
    return FormPanel(desk, title, form, _refusing, _("Free the place"))


class RulesPanel(Panel[RuleDraft]):
    """The table of who needs a visa for one country, line by line."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._country = ""
        self.title.setText(_("Who needs a visa"))
        form = Form(desk.tasks, desk.look, RULE, self._check)
        self.items = Items(
            desk, _("Nationalities"), form, _rule_words, self._blank, _saving, _removing
        )
        self.add(self.items)
        self.setFocusProxy(self.items.list)

    def show_rules(self, country: str, rules: Sequence[RuleDraft]) -> None:
        """Show the lines about a country."""
        self._country = country
        words = _("For gatherings in {country}. What people say themselves comes first.")
        self.subtitle.setText(words.format(country=isolate(country_name(country))))
        self.items.show_items(rules)

    def _blank(self) -> RuleDraft:
        return RuleDraft(country=self._country)

    def _check(self, draft: RuleDraft) -> Mapping[str, str]:
        return {field: _(sentence) for field, sentence in check_rule_draft(draft).items()}


def write(letter: LetterText, path: Path) -> Path:
    """Write a letter as a PDF; runs in a worker."""
    safe_write(path, write_letter(letter))
    return path


def _rule_words(rule: RuleDraft) -> str:
    need = _("needs a visa") if rule.needed else _("needs none")
    parts = [_("{country}: {need}").format(country=country_name(rule.nationality), need=need)]
    if rule.working_days is not None:
        words = plural("{count} working day", "{count} working days", rule.working_days)
        parts.append(words.format(count=rule.working_days))
    return " · ".join((*parts, *((rule.consulate,) if rule.consulate else ())))


def _check_letter(draft: LetterDraft) -> Mapping[str, str]:
    return {field: _(sentence) for field, sentence in check_letter_draft(draft).items()}


def _check_refusal(draft: Refusal) -> Mapping[str, str]:
    return {} if draft.reason.strip() else {"reason": _("Say why in a few words.")}


def issuing(draft: LetterDraft) -> Change[LetterText]:
    title = _("Issue the visa letter of {name}").format(name=isolate(draft.name))
    return title, partial(issue_letter, draft=draft)


def _refusing(draft: Refusal) -> Change[str | None]:
    title = _("Visa of {name} refused").format(name=isolate(draft.name))
    return title, partial(
        refuse_visa, application_id=draft.application_id, reason=draft.reason.strip()
    )


def _saving(draft: RuleDraft) -> Change[int]:
    return _("Change who needs a visa"), partial(save_rule, draft=draft)


def _removing(draft: RuleDraft) -> Change[None]:
    assert draft.id is not None, "a line of the table has a key"
    assert draft.version is not None, "and a version"
    title = _("Remove a line from who needs a visa")
    return title, partial(remove_rule, rule_id=draft.id, version=draft.version)
