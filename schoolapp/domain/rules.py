"""How a broken rule is reported: one exception with a whole sentence for the person at the desk."""

from schoolapp.base.language import _


class RuleBroken(Exception):
    """The request breaks a rule; ``sentence()`` says which, why and what to do.

    ``message`` is a sentence marked for translation with named places, ``values`` fill them.
    """

    def __init__(self, message: str, **values: object) -> None:
        super().__init__(message)
        self.message = message
        self.values = values

    def sentence(self) -> str:
        """The sentence in the language in use."""
        return _(self.message).format(**self.values)

    def __str__(self) -> str:
        return self.message.format(**self.values)
