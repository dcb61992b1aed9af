"""What the choice fields of some forms offer, kept for those that are made later."""

from collections.abc import Callable
from functools import partial

from schoolapp.desktop.forms.choices import Choices
from schoolapp.desktop.forms.editors import V
from schoolapp.desktop.forms.form import AnyForm, D, Form


class Offers:
    """Hands choices on to each form that has a field of that name."""

    def __init__(self) -> None:
        self._known: dict[str, Callable[[AnyForm], None]] = {}
        self._forms: list[AnyForm] = []

    def put(self, name: str, choices: Choices[V]) -> None:
        """Offer these from now on."""
        self._known[name] = offer = partial(_offer, name, choices)
        for form in self._forms:
            offer(form)

    def join(self, form: Form[D]) -> Form[D]:
        """Offer a new form what there is, and what comes."""
        self._forms.append(form)
        for offer in self._known.values():
            offer(form)
        return form


def _offer(name: str, choices: Choices[V], form: AnyForm) -> None:
    if form.has(name):
        form.offer(name, choices)
