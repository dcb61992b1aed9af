"""A school from the first template in a file that was empty, as operations are tried on one."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from schoolapp.operations.gatherings import create_from_template, read_templates
from schoolapp.storage.store import Store

FIRST = dt.date(2028, 10, 21)
"""Its first day, a Saturday; summer time ends on Sunday the 29th, the 28th is free."""


class FirstSchool:
    """Tests add the words of what they try; each change is a step of its own."""

    def __init__(self, store: Store) -> None:
        self.store = store
        template = read_templates()[0]
        self.id = self.do(
            lambda s: create_from_template(s, template=template, title="School", start_date=FIRST)
        )

    def do(self, work: Callable[[Any], Any]) -> Any:
        """Change something, and answer what the operation answers."""
        return self.store.change("Change", work).value
