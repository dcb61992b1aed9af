"""Ctrl+K and Ctrl+O: everything that can be done, every place and every gathering, by letters."""

from functools import partial
from typing import TYPE_CHECKING

from schoolapp.base.language import _, ltr
from schoolapp.desktop.bridge.commands import Registry
from schoolapp.desktop.kit.chooser import Chooser, Entry

if TYPE_CHECKING:
    from schoolapp.desktop.shell.window import Window


class Finder:
    """Offers commands and gatherings of a window in its two choosers."""

    def __init__(self, window: "Window", registry: Registry) -> None:
        self._window, self._registry = window, registry
        self.palette = Chooser(window, window.desk.look, _("Find anything"))
        self.switcher = Chooser(window, window.desk.look, _("Change the gathering"))

    def offer_everything(self) -> None:
        """Offer what can be done here, then elsewhere, then the gatherings."""
        window, context = self._window, self._window.context()
        titles = {place.key: _(place.title) for place in window.places}
        entries = []
        # What belongs to this place first: nobody wants to quit by Ctrl+K and Enter.
        ranked = sorted(self._registry.all(), key=lambda one: one[0] != context.place)
        for place, command in ranked:
            here = place in ("", context.place)
            if here and not command.enabled(context):
                continue
            detail = "" if here else titles[place]
            run = partial(window.run, command.id)
            name = command.name(context)
            keys = ltr(command.keys()) if command.shortcut else ""
            entries.append(Entry(name, run, detail, keys, command.icon))
        self.palette.open([*entries, *self._gatherings()])

    def offer_gatherings(self) -> None:
        """Offer all gatherings together, then each one."""
        self.switcher.open(self._gatherings())

    def _gatherings(self) -> list[Entry]:
        choose = self._window.choose
        everything = Entry(_("All schools and camps"), partial(choose, None), icon="globe")
        found = self._window.gatherings
        own = [Entry(g.title, partial(choose, g.id), g.detail, icon="tent") for g in found]
        return [everything, *own]
