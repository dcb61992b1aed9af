"""A school of one's own for tests of lists."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from schoolapp.storage.opening import open_store
from tests.desktop.real import CTRL
from tests.stories.coordinator import KEY, Coordinator


@pytest.fixture
def desk(qapp: QApplication, tmp_path: Path, clock: object) -> Iterator[Coordinator]:
    """A school from the template, without a programme."""
    made = Coordinator(qapp, lambda: open_store(tmp_path / "school.db", None, actor="Ana"))
    made.press(KEY.Key_N, CTRL)
    made.press(KEY.Key_Return)
    made.fill("2028-10-21")
    made.save()
    yield made
    made.close()
