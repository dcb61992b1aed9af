"""What is tried with a seventh language: ``test_seventh_language`` runs it in its own process."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdf
import pytest
from PySide6.QtWidgets import QApplication, QComboBox

from schoolapp import cli
from schoolapp.base.language import LANGUAGES, in_language
from schoolapp.base.settings import Settings
from schoolapp.cli.reports import PAPERS
from schoolapp.desktop.look.look import Look
from schoolapp.desktop.starting.first_run import FirstRunDialog
from schoolapp.domain.letter_texts import built_in
from schoolapp.domain.letters import Occasion
from schoolapp.domain.recipients import recipient_language
from tests.desktop.test_screens import Open, opened, screens  # noqa: F401  # a fixture
from tests.seventh_language import OWN_NAME, TAG, WORD
from tools import catalogues

FORMATS = ("csv", "xlsx", "ods", "pdf", "docx")
EXPORTS: tuple[tuple[str, ...], ...] = (
    *(("report", "--kind", "session", "--format", form) for form in FORMATS),
    ("report", "--kind", "narrative", "--format", "docx"),
    *(("readings", "--format", form) for form in ("html", "pdf", "bib")),
    *(("papers", "--kind", kind) for kind in PAPERS),
)


def test_it_is_in_the_list_and_its_catalogue_is_whole() -> None:
    """The check of catalogues asks for the new one by itself and finds nothing missing."""
    assert [one.tag for one in LANGUAGES][-1] == TAG
    assert TAG in catalogues.LANGUAGES
    assert list(catalogues.catalogue_findings()) == []


def test_people_are_written_to_in_it() -> None:
    """Somebody who speaks it gets letters in it, regional tags too."""
    assert recipient_language(mother_tongue="pt-BR", known=()) == TAG
    with in_language(TAG):
        assert all(text.startswith(WORD) for occasion in Occasion for text in built_in(occasion))


def test_the_first_run_offers_it(tmp_path: Path, kept: Settings, look: Look) -> None:
    """It can be chosen before anything else."""
    dialog = FirstRunDialog(tmp_path / "default" / "school.db", kept, look)
    dialog.show()
    box = dialog.welcome.language
    assert box.count() == len(LANGUAGES)
    assert box.itemText(box.count() - 1) == OWN_NAME
    dialog.welcome.language_chosen.emit(TAG)
    dialog.done(0)
    dialog.deleteLater()


def test_every_screen_opens_in_it(opened: Open) -> None:  # noqa: F811
    """All places, pages and panels in the new language; each choice of a language has it."""
    desktop = opened(TAG, 1.0)
    choices = set()
    for name in screens(desktop):
        choices |= {(name, len(texts)) for texts in _choices(desktop.window) if OWN_NAME in texts}
        assert not [texts for texts in _choices(desktop.window) if _is_short(texts)], name
    assert {name for name, _count in choices} >= {
        *("settings", "programme.push", "attendance.export", "applications.visas"),
    }


def _choices(window: Any) -> Iterator[list[str]]:
    for box in window.findChildren(QComboBox):
        yield [box.itemText(n) for n in range(box.count())]


def _is_short(texts: list[str]) -> bool:
    """Whether a choice has the six languages and not the seventh."""
    return ("Nederlands" in texts and OWN_NAME not in texts) or ("nl" in texts and TAG not in texts)


@pytest.mark.parametrize("export", EXPORTS, ids=" ".join)
def test_every_export_is_written_in_it(
    export: tuple[str, ...], practice_file: Path, tmp_path: Path, qapp: QApplication
) -> None:
    """Each export with a language of the reader takes it."""
    file = tmp_path / "file.out"
    school = ("--gathering", "eco2027", "--to", str(file), "--database", str(practice_file))
    assert cli.run(["export", *export, "--language", TAG, *school]) == 0
    data = file.read_bytes()
    assert data
    if data.startswith(b"%PDF"):
        assert pypdf.PdfReader(file).trailer["/Root"]["/Lang"] == TAG
