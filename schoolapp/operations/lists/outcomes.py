"""What becomes of each row of a list, and what an importer of one kind of list has to do."""

import datetime as dt
import enum
from dataclasses import dataclass
from typing import Protocol

from schoolapp.domain.who import Who
from schoolapp.exchange.lists.values import ListRow


class ListOutcome(enum.StrEnum):
    """What becomes of a row."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    LEFT_OUT = "left_out"


@dataclass(frozen=True, slots=True)
class Remark:
    """A sentence about a row, marked, with the words for its places; ``language`` is a tag."""

    sentence: str
    words: str = ""
    number: int = 0
    language: str = ""


@dataclass(frozen=True, slots=True)
class AlikePerson:
    """Somebody whom a name may mean, with what tells people of one name apart."""

    id: int
    name: str
    email: str | None
    country: str | None


@dataclass(frozen=True, slots=True)
class AskedName:
    """A name of a row and who it is; ``alike`` are the known people whom it may mean.

    ``why`` is the sentence of the doubt as long as nobody has decided, empty where none is.
    """

    name: str
    who: Who | None
    alike: tuple[AlikePerson, ...] = ()
    why: str = ""


@dataclass(frozen=True, slots=True)
class PlannedLine:
    """A row with what becomes of it; ``name`` is what the row is about.

    ``changes`` are field, old and new value of something that is there already; ``people`` are
    those whom the row names.
    """

    row: int
    outcome: ListOutcome
    name: str
    remarks: tuple[Remark, ...] = ()
    changes: tuple[tuple[str, str, str], ...] = ()
    people: tuple[AskedName, ...] = ()


class Importer(Protocol):
    """Takes over rows of one kind of list, one after the other."""

    def plan(self, row: ListRow) -> PlannedLine:
        """What becomes of a row, without doing it."""

    def save(self, row: ListRow, line: PlannedLine) -> None:
        """Do it; only called for what is new or changed."""


def written(value: object) -> str:
    """A value as a line of changes shows it; empty for none."""
    if value is None:
        return ""
    if isinstance(value, tuple):  # of languages, or of languages with a level behind each
        return ", ".join(one if isinstance(one, str) else str(one[0]) for one in value)
    return value.isoformat(" ", "minutes") if isinstance(value, dt.datetime) else str(value)
