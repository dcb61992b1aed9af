"""Certificates in the window: earned by the rule, given for good, written as PDF."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from schoolapp.base.language import _, isolate, ltr, mark, plural
from schoolapp.desktop import forms
from schoolapp.desktop.bridge.desk import Desk
from schoolapp.desktop.forms import Form
from schoolapp.desktop.kit.editing import Change
from schoolapp.desktop.kit.host import ClosingHost
from schoolapp.desktop.kit.panel import FormPanel
from schoolapp.desktop.look import formats
from schoolapp.desktop.look.labels import Words
from schoolapp.desktop.look.widgets import button
from schoolapp.desktop.places.attendance import queries
from schoolapp.desktop.places.attendance.reports import printing
from schoolapp.desktop.tables import HANDED, Column, Table
from schoolapp.domain.certificates import USUAL_PERCENT, CertificateRule, Waiting, hours_of
from schoolapp.operations.certificates import Earning, issue_certificates


@dataclass(frozen=True, slots=True)
class EarningLine:
    """How near a person is to a certificate, as the table shows it."""

    id: int
    name: str
    core: str
    hours: str
    certificate: str
    delegation: str


COLUMNS: tuple[Column[EarningLine], ...] = (
    Column.name(lambda row: row.name, mark("Name"), 22),
    Column.text(lambda row: row.core, mark("Core sessions"), 12),
    Column.text(lambda row: row.hours, mark("Hours"), 14),
    Column.text(lambda row: row.certificate, mark("Certificate"), 20),
    Column.text(lambda row: row.delegation, mark("Delegation"), 12, sparse=True),
)


@dataclass(frozen=True, slots=True)
class Rule:
    """The share of core sessions that a certificate asks for."""

    percent: int | None = USUAL_PERCENT


class IssuePanel(FormPanel[Rule, int]):
    """Asks for the rule, and gives certificates for good: their numbers leave the program."""

    def __init__(self, desk: Desk, gathering_id: int) -> None:
        fields = (forms.number("percent", mark("Percent of the core sessions during their stay")),)
        form = Form(desk.tasks, desk.look, fields, _check_rule)
        words = _("Issue certificates")
        super().__init__(desk, words, form, self._issue, words, final=True)
        self._gathering_id = gathering_id
        self.subtitle.setText(
            _("Each gets a number of its own and the institute's signature. This cannot be undone.")
        )
        self.subtitle.show()

    def _issue(self, rule: Rule) -> Change[int]:
        wanted = CertificateRule(rule.percent or USUAL_PERCENT)
        work = partial(issue_certificates, gathering_id=self._gathering_id, rule=wanted)
        return _("Issue certificates"), work


class CertificatePage(QWidget):
    """Everybody who takes part, what they attended, and their certificate."""

    def __init__(self, host: ClosingHost) -> None:
        super().__init__()
        self._host, self._desk = host, host.desk
        self._gathering_id, self._percent = 0, USUAL_PERCENT
        self.form_panel: IssuePanel | None = None
        look = self._desk.look
        self.words = Words(quiet=True, wrap=True)
        self.table = Table(self._desk.tasks, look, COLUMNS, HANDED, _("Certificates"))
        self.table.setObjectName("certificates")
        self.issue_button = button(look, _("Issue certificates"), self.issue, "circle-check")
        self.write_button = button(look, _("Write as PDF"), self._choose_folder, "download")
        top, layout = QHBoxLayout(), QVBoxLayout(self)
        top.addWidget(self.issue_button)
        top.addWidget(self.write_button)
        top.addStretch(1)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(top)
        layout.addWidget(self.words)
        layout.addWidget(self.table, 1)
        self.setFocusProxy(self.table)

    def refresh(self, gathering_id: int) -> None:
        """Ask how near everybody is to a certificate, and which were issued."""
        self._gathering_id = gathering_id
        query = partial(queries.standing, gathering_id=gathering_id, percent=self._percent)
        self._desk.tasks.read(self, query, self._show)

    def issue(self) -> None:
        """Choose the rule, then give certificates to people who have earned one and have none."""
        if self.form_panel is not None:
            self.form_panel.deleteLater()
        self.form_panel = form_panel = IssuePanel(self._desk, self._gathering_id)
        form_panel.form.edited.connect(self._preview)
        form_panel.closed.connect(self._host.close_side)
        form_panel.created.connect(self._given)
        self._host.put_beside(form_panel)
        form_panel.open(Rule(self._percent))

    def save_to(self, folder: Path) -> None:
        """Write all certificates of the gathering into a folder, with the public keys."""
        query = partial(queries.certificates, gathering_id=self._gathering_id)
        self._desk.tasks.read(self, query, partial(self._write, folder))

    def _write(self, folder: Path, found: queries.Certificates) -> None:
        work = partial(printing.write_certificates, found.issued, found.keys, folder)
        self._desk.tasks.work(self, work, partial(self._written, folder))

    def _preview(self) -> None:
        rule = self.form_panel.form.draft if self.form_panel is not None else Rule()
        if not _check_rule(rule):
            self._percent = rule.percent or USUAL_PERCENT
            self.refresh(self._gathering_id)

    def _given(self, count: int) -> None:
        sentence = plural(
            "{count} certificate was issued.", "{count} certificates were issued.", count
        )
        self._desk.say(sentence.format(count=formats.number(count)))
        self.refresh(self._gathering_id)

    def _choose_folder(self) -> None:
        name = QFileDialog.getExistingDirectory(self, _("A folder for the certificates"))
        if name:
            self.save_to(Path(name))

    def _written(self, folder: Path, count: int) -> None:
        sentence = plural(
            "{count} certificate is in {folder}", "{count} certificates are in {folder}", count
        )
        self._desk.say(sentence.format(count=formats.number(count), folder=ltr(folder.name)))

    def _show(self, earnings: Sequence[Earning]) -> None:
        issued = sum(one.number is not None for one in earnings)
        self.table.lazy.hand({one.person.id: _line(one) for one in earnings})
        earned = sum(one.earned for one in earnings)
        self.words.setText(
            _(
                "{earned} of {all} attended at least {percent}% of the core sessions"
                " during their stay; {issued} certificates were issued."
            ).format(
                earned=formats.number(earned),
                all=formats.number(len(earnings)),
                percent=formats.number(self._percent),
                issued=formats.number(issued),
            )
        )
        self.write_button.setEnabled(bool(issued))


def _line(one: Earning) -> EarningLine:
    certificate = _certificate(one) if one.earned else ""
    if one.number is not None:
        certificate = _("Number {number}").format(number=formats.number(one.number))
    return EarningLine(
        id=one.person.id,
        name=one.person.name,
        core=_of(one.attended, one.core),
        hours=_of(float(hours_of(one.minutes)), float(hours_of(one.minutes_possible))),
        certificate=certificate,
        delegation=one.person.delegation,
    )


def _certificate(one: Earning) -> str:
    """What is to be said of a certificate that is earned and not given yet."""
    match one.waits:
        case Waiting.STAY:
            return _("earned, from {date}").format(date=isolate(formats.day(one.over_at)))
        case Waiting.REGISTERS:
            return _("earned, register open")
    return _("earned")


def _of(part: float, whole: float) -> str:
    said = _("{part} of {whole}").format(part=formats.number(part), whole=formats.number(whole))
    return isolate(said)


def _check_rule(rule: Rule) -> dict[str, str]:
    if rule.percent is None or not 0 < rule.percent <= 100:
        return {"percent": _("The share of sessions is between 1 and 100 percent.")}
    return {}
