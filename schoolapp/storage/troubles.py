"""What can go wrong with a save that is nobody's mistake, each as a sentence for the desk."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.orm.exc import StaleDataError

from schoolapp.base.language import mark
from schoolapp.domain.rules import RuleBroken
from schoolapp.storage.connection import CannotSave, meaning


class ChangedElsewhere(RuleBroken):
    """Another desk saved the same entry in the meantime."""

    def __init__(self) -> None:
        super().__init__(
            mark(
                "This was changed or removed at another desk meanwhile. Your text is still here:"
                " look at the new state and enter it again."
            )
        )


class InUse(RuleBroken):
    """The database refuses: something refers to the entry, or it exists already."""

    def __init__(self) -> None:
        super().__init__(
            mark("Something else still uses this, or the same entry exists. Nothing was changed.")
        )


class Busy(RuleBroken):
    """Somebody else was writing for longer than we wait (5 seconds)."""

    def __init__(self) -> None:
        super().__init__(
            mark("Another desk is saving just now. Nothing was changed: try again in a moment.")
        )


class NothingToUndo(RuleBroken):
    """There is no step to take back, or to do again."""

    def __init__(self) -> None:
        super().__init__(mark("There is nothing left to undo or redo."))


class StepIsFinal(RuleBroken):
    """The step sent something out of the program."""

    def __init__(self) -> None:
        super().__init__(
            mark(
                "This cannot be undone, because something was sent out. Make a new change instead."
            )
        )


LOCKED = ("database is locked", "database table is locked")
BUSY_STATES = ("55P03", "40P01", "57014")  # lock not available, deadlock, cancelled (PostgreSQL)
FULL_STATES = ("53100",)


@contextmanager
def reported() -> Iterator[None]:
    """Turn the errors of the database that a desk can do something about into sentences.

    The database's own error is not kept as a cause: it quotes what was entered.
    """
    try:
        yield
    except StaleDataError:
        raise ChangedElsewhere from None
    except IntegrityError:
        raise InUse from None
    except DBAPIError as trouble:
        state, words = getattr(trouble.orig, "sqlstate", None), str(trouble.orig)
        if state in BUSY_STATES or any(part in words for part in LOCKED):
            raise Busy from None
        if state in FULL_STATES:
            raise CannotSave from None
        if intended := meaning(words):
            raise intended from None
        raise


class HasLeft(RuleBroken):
    """What the step made has gone out since: a letter, a calendar."""

    def __init__(self, title: str) -> None:
        super().__init__(
            mark(
                "“{title}” cannot be undone any more: its result has left the"
                " program, as a letter or a calendar. Make the opposite change"
                " instead, and everybody who was told hears of it. Undo now goes on"
                " with the step before it."
            ),
            title=title,
        )
