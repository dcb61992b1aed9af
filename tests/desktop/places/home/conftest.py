"""A school that was years ago."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from schoolapp.storage.opening import open_store
from tests.desktop.real import CTRL
from tests.stories.coordinator import KEY, Coordinator


@pytest.fixture
def old_school(qapp: QApplication, tmp_path: Path, clock: object) -> Iterator[Coordinator]:
    """A school of 2024 with two participants; it is 1 March 2027."""
    made = Coordinator(qapp, lambda: open_store(tmp_path / "school.db", None, actor="Ana"))
    made.press(KEY.Key_N, CTRL)
    made.press(KEY.Key_Return)
    made.fill("2024-10-19")
    made.save()
    made.go(3, "people")
    for name in ("Ana Ruiz", "Bo Lind"):
        made.press(KEY.Key_N, CTRL)
        made.fill(name)
        made.save()
        made.press(KEY.Key_Escape)
    yield made
    made.close()
