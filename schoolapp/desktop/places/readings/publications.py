"""The publications in the making: a list, and a panel with the stages and the parts."""

from collections.abc import Mapping
from functools import partial
from typing import ClassVar

from PySide6.QtCore import Qt

from schoolapp.base.language import _, isolate, mark, plural
from schoolapp.desktop import forms
from schoolapp.desktop.bridge.desk import Desk
from schoolapp.desktop.forms import Form
from schoolapp.desktop.kit.editing import Change
from schoolapp.desktop.kit.host import PlaceHost
from schoolapp.desktop.kit.items import Items
from schoolapp.desktop.kit.pages.covering import cover
from schoolapp.desktop.kit.pages.list_page import ListPage
from schoolapp.desktop.kit.panel import FormPanel, Panel
from schoolapp.desktop.kit.place import Place
from schoolapp.desktop.look import formats
from schoolapp.desktop.look.widgets import button
from schoolapp.desktop.tables import Column
from schoolapp.operations.readings import publications
from schoolapp.operations.readings.publications import (
    PartDraft,
    PublicationDetail,
    PublicationDraft,
    PublicationRow,
)
from schoolapp.storage.store import DbSession

FIELDS = (
    forms.text("title", mark("Title")),
    forms.text("aim", mark("Planned for"), hint=mark("For example autumn 2028.")),
    forms.text("replaces", mark("Replaces"), hint=mark("An earlier book that it replaces.")),
    forms.long_text("stages", mark("Stages"), hint=mark("One on each line, in their order.")),
)
PART = (
    forms.text("name", mark("Part")),
    forms.long_text("texts", mark("Texts"), hint=mark("One title on each line."), lines=5),
)


class PublicationsPage(ListPage[tuple[PublicationRow, ...], PublicationRow]):
    """Publications belong to no gathering: the page shows all of them."""

    TITLE: ClassVar[str] = mark("Publications")
    COLUMNS: tuple[Column[PublicationRow], ...] = (
        Column.name(lambda row: isolate(row.title), mark("Title"), 36),
        Column.text(lambda row: isolate(row.aim), mark("Planned for"), 16, sparse=True),
        Column.number(lambda row: row.texts, mark("Texts"), 6),
    )

    def __init__(self, host: PlaceHost) -> None:
        super().__init__(host)
        self.add_button("new_publication", _("New publication"), self.new, "plus", primary=True)

    def refresh(self) -> None:
        """Ask again, whatever gathering is chosen."""
        self.desk.tasks.read(self, publications.publication_rows, self._show)

    def show_found(self, found: tuple[PublicationRow, ...]) -> Mapping[int, PublicationRow]:
        """How many there are, and a line for each."""
        words = plural("{count} publication", "{count} publications", len(found))
        self.summary.setText(words.format(count=formats.number(len(found))))
        side = self.host.side
        if isinstance(side, PublicationPanel) and side.key is not None:
            self.open_line(side.key)
        return {row.id: row for row in found}

    def new(self) -> None:
        """Add a publication."""
        form = Form(self.desk.tasks, self.desk.look, FIELDS, _check)
        form.show_draft(PublicationDraft())
        panel: FormPanel[PublicationDraft, int] = FormPanel(
            self.desk, _("New publication"), form, _adding
        )
        panel.created.connect(self._made)
        self.show_panel(panel)

    def open_line(self, key: int) -> None:
        """Show a publication at the side, as it is stored."""
        query = partial(publications.publication_detail, publication_id=key)
        self.desk.tasks.read(self, query, self._open)

    def _open(self, found: PublicationDetail) -> None:
        side = self.host.side
        if isinstance(side, PublicationPanel) and side.key == found.draft.id:
            side.show_publication(found)
            return
        panel = PublicationPanel(self.desk, found.draft)
        panel.show_publication(found)
        self.show_panel(panel)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _made(self, key: int) -> None:
        self._wanted = key


def open_publications(place: Place) -> None:
    """Show the publications in place of the texts, until the page is left."""
    page = PublicationsPage(place)
    cover(place, page, page.closed)
    page.open()


class PublicationPanel(Panel[PublicationDraft]):
    """One publication: its fields, and its parts line by line."""

    def __init__(self, desk: Desk, draft: PublicationDraft) -> None:
        super().__init__(desk, Form(desk.tasks, desk.look, FIELDS, _check), _saving)
        self._shown = draft
        self.parts: Items[PartDraft] = Items(
            desk,
            _("Parts"),
            Form(desk.tasks, desk.look, PART, _check_part),
            _part_words,
            self._blank,
            _saving_part,
            _removing_part,
        )
        self.add(self.parts)
        remove = button(desk.look, _("Remove"), self.remove, "trash-2")
        remove.setProperty("danger", True)
        self.foot.addWidget(remove)

    def show_publication(self, found: PublicationDetail) -> None:
        """Show a publication as stored; what is being typed stays."""
        self._shown = found.draft
        self.show_item(found.draft.id or 0, isolate(found.draft.title), "", None, found.draft)
        self.parts.show_items(found.parts)

    def remove(self) -> None:
        """Remove the publication; the operation refuses it while a campaign collects for it."""
        removing = partial(
            publications.remove_publication,
            publication_id=self._shown.id or 0,
            version=self._shown.version or 0,
        )
        title = _("Remove {name}").format(name=isolate(self._shown.title))
        self.desk.tasks.change(self, title, removing, self._removed)

    def _blank(self) -> PartDraft:
        return PartDraft(publication_id=self._shown.id or 0, version=self._shown.version)

    def _removed(self, nothing: None) -> None:
        self.closed.emit()


def _adding(draft: PublicationDraft) -> Change[int]:
    title = _("Add {name}").format(name=isolate(draft.title.strip()))
    return title, partial(publications.save_publication, draft=draft)


def _saving(draft: PublicationDraft) -> Change[PublicationDraft]:
    return _("Edit {name}").format(name=isolate(draft.title)), partial(_saved, draft=draft)


def _saved(session: DbSession, *, draft: PublicationDraft) -> PublicationDraft:
    key = publications.save_publication(session, draft=draft)
    return publications.publication_detail(session, publication_id=key).draft


def _saving_part(draft: PartDraft) -> Change[int]:
    title = _("Add {name}") if draft.id is None else _("Edit {name}")
    return title.format(name=isolate(draft.name)), partial(publications.save_part, draft=draft)


def _removing_part(draft: PartDraft) -> Change[None]:
    title = _("Remove {name}").format(name=isolate(draft.name))
    return title, partial(publications.remove_part, draft=draft)


def _part_words(draft: PartDraft) -> str:
    count = len(draft.texts.splitlines())
    texts = plural("{count} text", "{count} texts", count).format(count=formats.number(count))
    return f"{isolate(draft.name)} · {texts}"


def _check(draft: PublicationDraft) -> Mapping[str, str]:
    return {name: _(said) for name, said in publications.check_publication(draft).items()}


def _check_part(draft: PartDraft) -> Mapping[str, str]:
    return {name: _(said) for name, said in publications.check_part(draft).items()}
