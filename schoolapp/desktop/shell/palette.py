"""Ctrl+K and Ctrl+O: everything that can be done, every place and every gathering, by letters."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from PySide6.QtWidgets import QWidget

from schoolapp.base.language import _, ltr
from schoolapp.desktop.bridge.commands import Context, Registry
from schoolapp.desktop.bridge.desk import Gathering
from schoolapp.desktop.kit.chooser import Chooser, Entry
from schoolapp.desktop.look.look import Look


class Finder:
    """Offers commands and gatherings in two choosers over the window."""

    def __init__(
        self,
        window: QWidget,
        look: Look,
        registry: Registry,
        run: Callable[[str], None],
        choose: Callable[[int | None], None],
    ) -> None:
        self._registry, self._run, self._choose = registry, run, choose
        self.palette = Chooser(window, look, _("Find anything"))
        self.switcher = Chooser(window, look, _("Change the gathering"))

    def offer_everything(
        self, context: Context, titles: Mapping[str, str], gatherings: Sequence[Gathering]
    ) -> None:
        """Offer what can be done here, then elsewhere, then the gatherings.

        ``titles`` are those of the places by their keys, in the language in use.
        """
        entries = []
        # What belongs to this place first: nobody wants to quit by Ctrl+K and Enter.
        ranked = sorted(self._registry.all(), key=lambda one: one[0] != context.place)
        for place, command in ranked:
            here = place in ("", context.place)
            if here and not command.enabled(context):
                continue
            detail = "" if here else titles[place]
            run = partial(self._run, command.id)
            name = command.name(context)
            keys = ltr(command.keys()) if command.shortcut else ""
            entries.append(Entry(name, run, detail, keys, command.icon))
        self.palette.open([*entries, *self._entries(gatherings)])

    def offer_gatherings(self, gatherings: Sequence[Gathering]) -> None:
        """Offer all gatherings together, then each one."""
        self.switcher.open(self._entries(gatherings))

    def _entries(self, gatherings: Sequence[Gathering]) -> list[Entry]:
        choose = self._choose
        everything = Entry(_("All schools and camps"), partial(choose, None), icon="globe")
        own = [Entry(g.title, partial(choose, g.id), g.detail, icon="tent") for g in gatherings]
        return [everything, *own]
