"""The minors of a gathering: what is missing, who answers for whom, and what is required."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import ClassVar

from schoolapp.base.language import _, isolate, mark, plural
from schoolapp.desktop import forms
from schoolapp.desktop.forms import Form
from schoolapp.desktop.kit.editing import Change
from schoolapp.desktop.kit.host import PlaceHost
from schoolapp.desktop.kit.pages.list_page import ListPage
from schoolapp.desktop.kit.panel import FormPanel
from schoolapp.desktop.look import formats
from schoolapp.desktop.places.applications.minors import queries
from schoolapp.desktop.tables import Column
from schoolapp.domain.minors import AdultProblem, Paper
from schoolapp.operations.minors import (
    MinorList,
    MinorRow,
    MinorRules,
    PapersDraft,
    minors_of,
    rules_of,
    save_papers,
    save_rules,
)
from schoolapp.storage.store import DbSession

PAPERS = (
    (Paper.CONSENT, mark("Consent of the parents")),
    (Paper.BIRTH_CERTIFICATE, mark("Birth certificate")),
    (Paper.IDENTITY, mark("Copy of an identity paper")),
    (Paper.INSURANCE, mark("Insurance")),
    (Paper.EMERGENCY_CONTACT, mark("Emergency contact")),
)
ADULT_PROBLEMS = {
    AdultProblem.ADULT: mark("no adult named"),
    AdultProblem.ADULT_IS_SELF: mark("named as their own adult"),
    AdultProblem.ADULT_IS_MINOR: mark("the adult is a minor"),
    AdultProblem.ADULT_IS_AWAY: mark("the adult does not take part"),
    AdultProblem.ADULT_LEAVES: mark("the adult is not there every night"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """A minor as the table shows them."""

    name: str
    delegation: str
    age: int | None
    age_on_arrival: int | None
    of_age_on: dt.date | None
    missing: str
    adult: str
    parent: str


class MinorsPage(ListPage[MinorList, Line]):
    """Minors with something missing come first; Enter notes what is there."""

    TITLE: ClassVar[str] = mark("Minors and their papers")
    COLUMNS: tuple[Column[Line], ...] = (
        Column.name(lambda row: row.name, mark("Name"), 20),
        Column.text(lambda row: row.missing, mark("Missing"), 34),
        Column.number(lambda row: row.age, mark("Age"), 4),
        Column.number(lambda row: row.age_on_arrival, mark("On arrival"), 6),
        Column.date(lambda row: row.of_age_on, mark("Of age on"), 10, sparse=True),
        Column.text(lambda row: row.adult, mark("Adult on site"), 16),
        Column.text(lambda row: row.parent, mark("Parent at home"), 14, private=True, sparse=True),
        Column.text(lambda row: row.delegation, mark("Delegation"), 10, sparse=True),
    )

    def __init__(self, host: PlaceHost) -> None:
        super().__init__(host)
        self.add_button("minor_rules", _("Required papers…"), self.set_rules, "settings")

    def query(self, gathering_id: int, session: DbSession) -> MinorList:
        """The minors, with what the gathering requires."""
        return minors_of(session, gathering_id=gathering_id)

    def show_found(self, found: MinorList) -> Mapping[int, Line]:
        """Numbers and the ratio in words; a line for each, the incomplete first."""
        self.summary.setText(summary(found))
        rows = sorted(found.rows, key=lambda row: not (row.missing or row.adult_problem))
        return {row.id: _line(row) for row in rows}

    def open_line(self, key: int) -> None:
        """Note which papers of a minor are there."""
        gathering = self.host.gathering
        if gathering is not None:
            query = partial(queries.papers_of, key, gathering.id)
            self.desk.tasks.read(self, query, partial(self._open, self.lines[key].name))

    def set_rules(self) -> None:
        """Set what the gathering requires of minors."""
        if self.host.gathering is not None:
            query = partial(rules_of, gathering_id=self.host.gathering.id)
            self.desk.tasks.read(self, query, self._set_rules)

    def _open(self, name: str, found: queries.MinorPapers) -> None:
        fields = (
            forms.many("papers", mark("Papers received"), PAPERS),
            forms.choice("guardian_id", mark("Adult on site"), ((None, ""), *found.adults)),
            forms.text("parent_name", mark("Parent or guardian at home")),
            forms.text("parent_contact", mark("How to reach them"), code=True),
            forms.date("signed_on", mark("Consent signed on")),
            forms.long_text("allows", mark("What they allow"), lines=2),
        )
        form: Form[PapersDraft] = Form(self.desk.tasks, self.desk.look, fields)
        form.show_draft(found.draft)
        saving = partial(_saving, name)
        self.show_panel(FormPanel(self.desk, name, form, saving, _("Save")))

    def _set_rules(self, rules: MinorRules) -> None:
        fields = (
            forms.many("papers", mark("Required papers"), PAPERS),
            forms.date(
                "reference_date",
                mark("Ages count on"),
                hint=mark("Without a date: the first day."),
            ),
            forms.number(
                "minors_per_adult",
                mark("Minors per adult, at most"),
                hint=mark("Without a number: ten."),
            ),
        )
        form = Form(self.desk.tasks, self.desk.look, fields, _check_rules)
        form.show_draft(rules)
        self.show_panel(
            FormPanel(self.desk, _("Papers required of minors"), form, _ruling, _("Save"))
        )


def summary(found: MinorList) -> str:
    """How many minors, how many without consent, and the adults for ten of them."""
    number, ratio = formats.number, found.ratio
    minors = plural("{count} minor on arrival", "{count} minors on arrival", len(found.rows))
    said = [
        minors.format(count=number(len(found.rows))),
        _("{count} without consent").format(count=number(found.without_consent)),
    ]
    if ratio.per_ten is not None:
        words = _("Adults responsible: {adults}, {ratio} for ten minors")
        said.append(words.format(adults=number(ratio.adults), ratio=number(ratio.per_ten)))
    for name, count in found.overloaded:
        words = _("Too many for {name}: {count}, at most {limit}")
        said.append(
            words.format(name=isolate(name), count=number(count), limit=number(ratio.limit))
        )
    return " · ".join(said)


def _line(row: MinorRow) -> Line:
    names = dict(PAPERS)
    missing = [_(names[paper]) for paper in row.missing]
    if row.adult_problem is not None:
        missing.append(_(ADULT_PROBLEMS[row.adult_problem]))
    return Line(
        name=row.name,
        delegation=row.delegation,
        age=row.age,
        age_on_arrival=row.age_on_arrival,
        of_age_on=row.of_age_on,
        missing=" · ".join(missing),
        adult=row.adult,
        parent=row.parent,
    )


def _check_rules(draft: MinorRules) -> Mapping[str, str]:
    wrong = {}
    if not draft.papers:
        wrong["papers"] = _("A gathering asks for at least one paper of minors.")
    if draft.minors_per_adult is not None and draft.minors_per_adult < 1:
        wrong["minors_per_adult"] = _("An adult can be responsible for at least one minor.")
    return wrong


def _saving(name: str, draft: PapersDraft) -> Change[int]:
    title = _("Note the papers of {name}").format(name=isolate(name))
    return title, partial(save_papers, draft=draft)


def _ruling(rules: MinorRules) -> Change[None]:
    return _("Change the papers required of minors"), partial(save_rules, rules=rules)
