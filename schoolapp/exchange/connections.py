"""What every connection to a server is: open while it is used, closed whatever happens."""

from abc import ABC, abstractmethod
from types import TracebackType
from typing import Self


class Connection(ABC):
    """A connection that a ``with`` statement closes at its end."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self.close()

    @abstractmethod
    def close(self) -> None:
        """Log out and close the connection, if one is open."""
