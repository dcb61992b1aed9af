"""What the pages of bedrooms and of teams share: a list of groups, and a panel with the people."""

from abc import abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from schoolapp.base.language import _, isolate
from schoolapp.desktop.bridge.desk import Desk
from schoolapp.desktop.bridge.tasks import Query
from schoolapp.desktop.forms import Form
from schoolapp.desktop.kit.editing import Change, Saving
from schoolapp.desktop.kit.items import Items
from schoolapp.desktop.kit.pages.list_page import F, ListPage
from schoolapp.desktop.kit.panel import FormPanel, Panel
from schoolapp.desktop.look.widgets import button
from schoolapp.desktop.places.people.lodging.members_list import MemberDraft, drafts
from schoolapp.desktop.tables.columns import R
from schoolapp.operations.lodging.members import GroupDraft, Member

G = TypeVar("G", bound=GroupDraft)
Removing = Callable[[int, int], Query[None]]
"""The operation that removes a group, from its key and version."""


@dataclass(frozen=True, slots=True)
class Opened(Generic[G]):
    """A group with its people, as its panel shows it."""

    draft: G
    people: tuple[Member, ...]


class GroupPanel(Panel[G], Generic[G]):
    """One group: its fields, and its people; it can be removed once it is empty."""

    def __init__(
        self,
        desk: Desk,
        form: Form[G],
        saving: Saving[G, G],
        people: Items[MemberDraft],
        removing: Removing,
    ) -> None:
        super().__init__(desk, form, saving)
        self.people, self._removing = people, removing
        self._shown: G | None = None
        self.add(people)
        remove = button(desk.look, _("Remove"), self.remove, "trash-2")
        remove.setObjectName("remove_group")
        remove.setProperty("danger", True)
        self.foot.addWidget(remove)

    def show_group(self, opened: Opened[G]) -> None:
        """Show a group as stored; what is being typed stays."""
        self._shown = opened.draft
        self.show_item(opened.draft.id or 0, isolate(opened.draft.code), "", None, opened.draft)
        self.people.show_items(drafts(opened.people))

    def remove(self) -> None:
        """Remove the group; the operation refuses it while somebody belongs to it."""
        if self._shown is not None:
            title = _("Remove {name}").format(name=isolate(self._shown.code))
            work = self._removing(self._shown.id or 0, self._shown.version or 0)
            self.desk.tasks.change(self, title, work, self._removed)

    def _removed(self, nothing: None) -> None:
        self.closed.emit()


class GroupPage(ListPage[F, R], Generic[F, R, G]):
    """Enter opens a group; its panel puts people in and takes them out."""

    @abstractmethod
    def opening(self, key: int) -> Query[Opened[G]]:
        """Reads one group with its people."""

    @abstractmethod
    def panel_of(self, draft: G) -> GroupPanel[G]:
        """The panel of a stored group."""

    def open_line(self, key: int) -> None:
        """Show a group at the side, as it is stored."""
        self.desk.tasks.read(self, self.opening(key), self._open)

    def begin(self, title: str, form: Form[G], draft: G, adding: Saving[G, int]) -> None:
        """Show the form of a new group."""
        form.show_draft(draft)
        panel: FormPanel[G, int] = FormPanel(self.desk, title, form, adding)
        panel.created.connect(self._made)
        self.show_panel(panel)

    def renew_panel(self) -> None:
        """Read the group at the side again, where there is one."""
        if isinstance(self.host.side, GroupPanel) and self.host.side.key is not None:
            self.open_line(self.host.side.key)

    def _open(self, opened: Opened[G]) -> None:
        shown = self.host.side
        if isinstance(shown, GroupPanel) and shown.key == opened.draft.id:
            shown.show_group(opened)
            return
        panel = self.panel_of(opened.draft)
        panel.show_group(opened)
        self.show_panel(panel)

    def _made(self, key: int) -> None:
        self._wanted = key


def adding_of(saving: Callable[[G], Query[int]], draft: G) -> Change[int]:
    """The title of adding a group, and its operation."""
    return _("Add {name}").format(name=isolate(draft.code.strip())), saving(draft)


def editing_of(saving: Callable[[G], Query[G]], draft: G) -> Change[G]:
    """The title of editing a group, and its operation."""
    return _("Edit {name}").format(name=isolate(draft.code)), saving(draft)
