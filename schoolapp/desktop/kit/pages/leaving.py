"""How one leaves a page that stands in place of a list: everywhere by the same word and key.

"Back" leaves a page, and nothing is lost; "Cancel" drops what was entered; "Close" is for what
stands at the side, for a message and for a window of its own.
"""

from collections.abc import Callable

from PySide6.QtWidgets import QPushButton

from schoolapp.base.language import _, ltr
from schoolapp.desktop.look.look import Look
from schoolapp.desktop.look.widgets import button


def back_button(look: Look, leave: Callable[[], object]) -> QPushButton:
    """The button that leaves a page; Esc does the same."""
    made = button(look, _("Back"), leave, "arrow-left")
    made.setObjectName("back")
    made.setToolTip(ltr("Esc"))
    return made
