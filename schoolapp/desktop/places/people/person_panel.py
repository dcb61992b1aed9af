"""The person's own panel: core fields, the stay in the gathering, roles in all gatherings."""

import datetime as dt
from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from schoolapp.base.language import _, isolate, mark
from schoolapp.desktop import forms
from schoolapp.desktop.bridge.desk import Desk
from schoolapp.desktop.forms import Form
from schoolapp.desktop.kit.editing import Change
from schoolapp.desktop.kit.panel import Panel
from schoolapp.desktop.look import formats
from schoolapp.desktop.look.formats import language_name
from schoolapp.desktop.look.labels import Heading, Words
from schoolapp.desktop.look.widgets import Facts, button
from schoolapp.desktop.places.people import queries
from schoolapp.desktop.places.people.work import WorkLines
from schoolapp.domain.people import NameOrder, PersonDraft
from schoolapp.operations.people import editing, participations
from schoolapp.operations.people.participations import Fee, ParticipationDraft

ORDERS = (
    (NameOrder.GIVEN_FIRST, mark("Given name first")),
    (NameOrder.FAMILY_FIRST, mark("Family name first")),
    (NameOrder.ONE_WORD, mark("One word")),
    (NameOrder.INITIALS, mark("Initials before the name")),
)
CORE = (
    forms.text("display_name", mark("Name"), hint=mark("As the person uses it.")),
    forms.text("native_name", mark("Name in its own script")),
    forms.text("email", mark("E-mail"), code=True),
    forms.country("country", mark("Country"), half=True),
    forms.date("born", mark("Born"), half=True),
    forms.text(
        "born_partly",
        mark("Born, if the day is not known"),
        hint=mark("A year, or year and month: 1990 or 1990-05."),
        code=True,
    ),
    forms.language("mother_tongue", mark("Mother tongue"), half=True),
    forms.fee_band("fee_band", mark("Fee band"), half=True),
    forms.spoken(
        "languages",
        mark("Languages"),
        hint=mark("With the level after each, if it is known; separated by commas."),
    ),
)
FIELDS = (
    *CORE,
    forms.text("given", mark("Given name"), section=mark("Name in parts"), half=True),
    forms.text("family", mark("Family name"), half=True),
    forms.choice("name_order", mark("Order of the name"), ORDERS, half=True),
    forms.gender("gender", mark("Gender"), half=True),
    forms.text("pronouns", mark("Pronouns"), half=True),
    forms.text(
        "badge_name",
        mark("Name on badges and lists"),
        hint=mark(
            "Used on everything that is printed or exported, for people whom it"
            " would endanger to be recognised."
        ),
    ),
    forms.text("passport_name", mark("Name in the passport")),
    forms.country("nationality", mark("Nationality"), half=True),
    forms.text("origin", mark("Region or community"), half=True),
    forms.text("phone", mark("Phone"), section=mark("How to reach the person"), code=True),
    forms.text("emergency_contact", mark("In an emergency")),
    forms.text("home_tz", mark("Time zone at home"), code=True, half=True),
    forms.text("home_currency", mark("Currency at home"), code=True, half=True),
    forms.long_text("note", mark("Note")),
)
KNOWN = ((None, ""), (True, mark("Yes")), (False, mark("No")))
PRIVATE = (
    "gender",
    "pronouns",
    "born",
    "born_partly",
    "phone",
    "emergency_contact",
    "passport_name",
    "nationality",
    "note",
)
PRIVATE_PART = ("sleeping", "diet", "access", "note", "consent_on")


class PersonPanel(Panel[PersonDraft]):
    """Edits one person and, where a gathering is chosen, the person's part in it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, Form(desk.tasks, desk.look, FIELDS, check), _saving)
        look = desk.look
        self.part_form = Form(desk.tasks, look, _part_fields(desk), _check_part)
        self.part_form.setObjectName("part")
        self._part_title = Heading(_("In this gathering"))
        self._apart = Words(_("Does not take part in this gathering."), quiet=True, wrap=True)
        self.fee = Facts()
        self.add(self._part_title)
        self.add(self._apart)
        self.add(self.fee)
        self.part = self.add_form(self.part_form, _saving_part)
        self.work = WorkLines(desk)
        self.add(self.work.items)
        box = QWidget()
        layout = QVBoxLayout(box)
        layout.setContentsMargins(0, 0, 0, 0)
        self.roles = Facts()
        layout.addWidget(Heading(_("Roles in all gatherings")))
        layout.addWidget(self.roles)
        self.add(box)
        self.add_button = button(
            look, _("Add as participant"), partial(desk.run, "people.add_to"), "user-plus"
        )
        self.out_button = button(
            look, _("Take out of this gathering"), partial(desk.run, "people.take_out"), "log-out"
        )
        for made in (self.add_button, self.out_button):
            self.buttons.addWidget(made)
        remove = button(look, _("Remove"), partial(desk.run, "people.remove"), "trash-2")
        remove.setProperty("danger", True)
        self.foot.addWidget(remove)

    def show_person(self, facts: queries.PersonFacts, title: str) -> None:
        """Show a person as stored; what is being typed stays."""
        draft = facts.draft
        self.show_item(facts.id, title, draft.email or "", None, draft)
        self.roles.show_facts(
            (isolate(row.gathering), _role(row.role, row.start)) for row in facts.roles
        )
        self._show_part(facts)

    def hide_private(self, hidden: bool) -> None:
        """Hide or show needs, contacts and dates of birth."""
        assert self.form is not None
        for form, names in ((self.form, PRIVATE), (self.part_form, PRIVATE_PART)):
            for name in names:
                form.set_hidden(name, hidden)

    def _show_part(self, facts: queries.PersonFacts) -> None:
        part = facts.here.part if facts.here else None
        self._part_title.setVisible(facts.here is not None)
        self._apart.setVisible(facts.here is not None and part is None)
        self.part_form.setVisible(part is not None)
        self.add_button.setVisible(facts.here is not None and part is None)
        self._show_work(facts)
        self.out_button.setVisible(part is not None)
        fee = facts.here.fee if facts.here else None
        self.fee.show_facts([] if fee is None else [(_("Fee"), _fee(fee))])
        if facts.here is None or part is None:
            self.part.leave()
            self.part.key = None
            return
        self._offer(facts.here.offers)
        roles = dict.fromkeys((*queries.ROLES_OF_PARTICIPANTS, part.role))
        self.part_form.offer("role", tuple((role, queries.role_words(role)) for role in roles))
        self.part.show(part.id, part)

    def _show_work(self, facts: queries.PersonFacts) -> None:
        here = facts.here
        self.work.items.setVisible(here is not None)
        if here is not None:
            name = facts.draft.display_name
            self.work.show(here.gathering_id, facts.id, name, here.work)
            self._apart.setText(
                _("Works here but does not take part.")
                if here.work
                else _("Does not take part in this gathering.")
            )

    def _offer(self, offers: participations.Offers) -> None:
        self.part_form.offer("modules", offers.modules)
        self.part_form.offer("delegation_id", ((None, ""), *offers.delegations))
        groups = [(code, language_name(code)) for code in offers.languages]
        self.part_form.offer("language_group", ((None, ""), *groups))
        for name, offered in (("team_id", offers.teams), ("bedroom_id", offers.bedrooms)):
            self.part_form.offer(name, ((None, ""), *offered))
            self.part_form.set_hidden(name, not offered)
        self.part_form.set_hidden("modules", not offers.modules)
        self.part_form.set_hidden("delegation_id", not offers.delegations)


def check(draft: PersonDraft) -> dict[str, str]:
    """What is wrong with a person, in the language in use."""
    return {name: _(sentence) for name, sentence in editing.check(draft).items()}


def _check_part(draft: ParticipationDraft) -> dict[str, str]:
    return {name: _(sentence) for name, sentence in participations.check(draft).items()}


def _part_fields(desk: Desk) -> tuple[forms.Field, ...]:
    return (
        forms.spans("stays", mark("Arrival and departure"), desk.look),
        forms.many("modules", mark("Modules")),
        forms.choice("delegation_id", mark("Delegation")),
        forms.choice("language_group", mark("Language group")),
        forms.choice("bedroom_id", mark("Bedroom"), half=True),
        forms.choice("team_id", mark("Team"), half=True),
        forms.text("sleeping", mark("Wishes for the bedroom")),
        forms.choice("first_time", mark("First time here"), KNOWN, half=True),
        forms.choice("needs_visa", mark("Needs a visa"), KNOWN, half=True),
        forms.date("consent_on", mark("Agreed to the privacy notice"), half=True),
        forms.choice("role", mark("Comes as"), half=True),
        forms.text("diet", mark("Diet")),
        forms.text("access", mark("What the person needs to take part")),
        forms.text("note", mark("Note on the stay")),
    )


def _saving(draft: PersonDraft) -> Change[PersonDraft]:
    return _("Edit {name}").format(name=draft.display_name), partial(queries.save, draft=draft)


def _saving_part(draft: ParticipationDraft) -> Change[ParticipationDraft]:
    return _("Edit a stay"), partial(queries.save_part, draft=draft)


def _fee(fee: Fee) -> str:
    """What a participation costs; nothing where a delegation pays for its people."""
    if fee.unpriced:
        return _("No price yet: choose a fee band that has a price, or see Money.")
    return "" if fee.amount is None else formats.money(fee.amount)


def _role(role: str, start: dt.date) -> str:
    return _("{role}, {date}").format(
        role=queries.role_words(role), date=isolate(formats.date(start))
    )
