"""What the choice fields of some forms offer, kept for those that are made later."""

from schoolapp.desktop.forms.choices import Choices
from schoolapp.desktop.forms.form import Form


class Offers:
    """Hands choices on to each form that has a field of that name."""

    def __init__(self) -> None:
        self._choices: dict[str, Choices] = {}
        self._forms: list[Form] = []

    def put(self, name: str, choices: Choices) -> None:
        """Offer these from now on."""
        self._choices[name] = choices
        for form in self._forms:
            if form.has(name):
                form.offer(name, choices)

    def join(self, form: Form) -> Form:
        """Offer a new form what there is, and what comes."""
        self._forms.append(form)
        for name, choices in self._choices.items():
            if form.has(name):
                form.offer(name, choices)
        return form
