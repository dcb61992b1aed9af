"""The window that tests of its parts begin with."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from schoolapp.storage.opening import open_store
from tests.stories.coordinator import Coordinator


@pytest.fixture
def desk(qapp: QApplication, tmp_path: Path, clock: object) -> Iterator[Coordinator]:
    """A school from the template, without a programme, in a file that was empty."""
    made = Coordinator(qapp, lambda: open_store(tmp_path / "school.db", None, actor="Ana"))
    made.make_school()
    yield made
    made.close()
