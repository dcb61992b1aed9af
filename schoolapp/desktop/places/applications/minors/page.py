"""The minors of a gathering: who lacks what, who answers for whom, and what is asked of them."""

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from schoolapp.base.language import _, isolate, mark, plural
from schoolapp.desktop import forms
from schoolapp.desktop.forms import Form
from schoolapp.desktop.kit.list_page import ListPage
from schoolapp.desktop.kit.panel import FormPanel
from schoolapp.desktop.look import formats
from schoolapp.desktop.tables import Column

if TYPE_CHECKING:
    from schoolapp.desktop.places.applications.pages import Pages

PAPERS = (
    ("consent", mark("Consent of the parents")),
    ("birth_certificate", mark("Birth certificate")),
    ("identity", mark("Copy of an identity paper")),
    ("insurance", mark("Insurance")),
    ("emergency_contact", mark("Emergency contact")),
)
LACKS = {
    "adult": mark("no adult named"),
    "adult_is_self": mark("named as their own adult"),
    "adult_is_minor": mark("the adult is a minor"),
    "adult_is_away": mark("the adult does not take part"),
    "adult_leaves": mark("the adult is not there every night"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """A minor as the table shows them."""

    name: str
    delegation: str
    age: int | None
    age_on_arrival: int | None
    of_age_on: Any
    lacking: str
    adult: str
    parent: str


class PapersPage(ListPage):
    """Those who lack something stand first; Enter notes what is there."""

    TITLE: ClassVar[str] = mark("Minors and their papers")
    COLUMNS: ClassVar[tuple[Column, ...]] = (
        Column.name(lambda row: row.name, mark("Name"), 20),
        Column.text(lambda row: row.lacking, mark("Lacking"), 34),
        Column.number(lambda row: row.age, mark("Age"), 4),
        Column.number(lambda row: row.age_on_arrival, mark("On arrival"), 6),
        Column.date(lambda row: row.of_age_on, mark("Of age on"), 10, sparse=True),
        Column.text(lambda row: row.adult, mark("Adult on site"), 16),
        Column.text(lambda row: row.parent, mark("Parent at home"), 14, private=True, sparse=True),
        Column.text(lambda row: row.delegation, mark("Delegation"), 10, sparse=True),
    )

    def __init__(self, place: "Pages") -> None:
        super().__init__(place)
        self.add_button("minor_rules", _("What is asked…"), self.set_rules, "settings")

    def query(self, gathering_id: int, session: Any) -> Any:
        """The minors, with what the gathering asks."""
        from schoolapp.operations.minors import minors_of

        return minors_of(session, gathering_id=gathering_id)

    def show_found(self, found: Any) -> dict[int, Any]:
        """Numbers and the ratio in words; a line for each, the incomplete first."""
        self.summary.setText(told(found))
        rows = sorted(found.rows, key=lambda row: not (row.missing or row.lack))
        return {row.id: _line(row) for row in rows}

    def open_line(self, key: int) -> None:
        """Note which papers of a minor are there."""
        gathering = self.place.gathering
        if gathering is not None:
            query = partial(_papers_of, key, gathering.id)
            self.desk.tasks.read(self, query, partial(self._open, self.lines[key].name))

    def set_rules(self) -> None:
        """Say what the gathering asks of minors."""
        if self.place.gathering is not None:
            query = partial(_rules_of, self.place.gathering.id)
            self.desk.tasks.read(self, query, self._set_rules)

    def _open(self, name: str, read: tuple[Any, Any]) -> None:
        draft, adults = read
        fields = (
            forms.many("papers", mark("Papers that are there"), PAPERS),
            forms.choice("guardian_id", mark("Adult on site"), ((None, ""), *adults)),
            forms.text("parent_name", mark("Parent or guardian at home")),
            forms.text("parent_contact", mark("How to reach them"), code=True),
            forms.date("signed_on", mark("Consent signed on")),
            forms.long_text("allows", mark("What they allow"), lines=2),
        )
        form = Form(self.desk.tasks, self.desk.look, fields)
        form.show_draft(replace(draft, papers=tuple(paper.value for paper in draft.papers)))
        saving = partial(_saving, name)
        self.show_panel(FormPanel(self.desk, name, form, saving, _("Save")))

    def _set_rules(self, rules: Any) -> None:
        fields = (
            forms.many("papers", mark("Papers that are asked"), PAPERS),
            forms.date(
                "reference_date",
                mark("Ages count on"),
                hint=mark("Without a date: on the first day."),
            ),
            forms.number(
                "minors_per_adult",
                mark("Minors for one adult, at most"),
                hint=mark("Without a number: ten."),
            ),
        )
        form = Form(self.desk.tasks, self.desk.look, fields, _check_rules)
        form.show_draft(replace(rules, papers=tuple(paper.value for paper in rules.papers)))
        self.show_panel(
            FormPanel(self.desk, _("What is asked of minors"), form, _ruling, _("Save"))
        )


def told(found: Any) -> str:
    """How many minors, how many without consent, and the adults for ten of them."""
    number, ratio = formats.number, found.ratio
    minors = plural("{count} minor on arrival", "{count} minors on arrival", len(found.rows))
    said = [
        minors.format(count=number(len(found.rows))),
        _("{count} without consent").format(count=number(found.without_consent)),
    ]
    if ratio.per_ten is not None:
        words = _("{adults} adults are named for them, {ratio} for ten minors")
        said.append(words.format(adults=number(ratio.adults), ratio=number(ratio.per_ten)))
    for name, count in found.overloaded:
        words = _("Too many for {name}: {count}, at most {limit}")
        said.append(
            words.format(name=isolate(name), count=number(count), limit=number(ratio.limit))
        )
    return " · ".join(said)


def _line(row: Any) -> Line:
    names = dict(PAPERS)
    lacking = [_(names[paper.value]) for paper in row.missing]
    if row.lack is not None:
        lacking.append(_(LACKS[row.lack.value]))
    return Line(
        name=row.name,
        delegation=row.delegation,
        age=row.age,
        age_on_arrival=row.age_on_arrival,
        of_age_on=row.of_age_on,
        lacking=" · ".join(lacking),
        adult=row.adult,
        parent=row.parent,
    )


def _check_rules(draft: Any) -> dict[str, str]:
    wrong = {}
    if not draft.papers:
        wrong["papers"] = _("A gathering asks for one paper of minors at least.")
    if draft.minors_per_adult is not None and draft.minors_per_adult < 1:
        wrong["minors_per_adult"] = _("An adult can be named for one minor at least.")
    return wrong


def _saving(name: str, draft: Any) -> tuple[str, Any]:
    return _("Note the papers of {name}").format(name=isolate(name)), partial(_save, draft)


def _ruling(draft: Any) -> tuple[str, Any]:
    return _("Change what is asked of minors"), partial(_rule, draft)


def _papers_of(key: int, gathering_id: int, session: Any) -> tuple[Any, Any]:
    from schoolapp.operations import minors

    draft = minors.papers_draft(session, participation_id=key)
    return draft, minors.adults_of(session, gathering_id=gathering_id)


def _rules_of(gathering_id: int, session: Any) -> Any:
    from schoolapp.operations.minors import rules_of

    return rules_of(session, gathering_id=gathering_id)


def _save(draft: Any, session: Any) -> int:
    from schoolapp.domain.minors import Paper
    from schoolapp.operations.minors import save_papers

    return save_papers(session, draft=replace(draft, papers=tuple(map(Paper, draft.papers))))


def _rule(draft: Any, session: Any) -> None:
    from schoolapp.domain.minors import Paper
    from schoolapp.operations.minors import save_rules

    save_rules(session, rules=replace(draft, papers=tuple(map(Paper, draft.papers))))
