"""A plugin of pytest that adds a seventh language as CONTRIBUTING says, before anything is tested.

One entry in the list of ``base/language.py`` and one catalogue, in a folder of its own; the words
of the catalogue are the English ones after ``PT``, so that a file shows which words it has.
"""

import os
import re
import shutil
import sys
import tempfile
from pathlib import Path
from types import ModuleType

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

TAG, OWN_NAME, WORD = "pt", "Português", "PT "


def add() -> Path:
    """The folder of resources with the new catalogue; no other place of the program changes."""
    from schoolapp.base import shipped

    resources = Path(tempfile.mkdtemp(prefix="schoolapp-seventh-")) / "resources"
    shutil.copytree(shipped.folder("resources"), resources)
    found = shipped.folder
    shipped.folder = lambda name: resources if name == "resources" else found(name)  # type: ignore[assignment]
    _list_it()
    _translate(resources / "locale")
    return resources


def _list_it() -> None:
    """The module of languages as it is with an entry more at the end of its list."""
    import schoolapp.base

    file = Path(schoolapp.base.__path__[0]) / "language.py"
    entry = f'    Language("{TAG}", "{OWN_NAME}"),\n)\n'
    source, found = re.subn(
        r"(?m)(^LANGUAGES = \(\n(?:    Language\(.*\n)+)\)\n",
        lambda match: match[1] + entry,
        file.read_text("utf-8"),
    )
    assert found == 1
    module = ModuleType("schoolapp.base.language")
    module.__file__ = str(file)
    sys.modules[module.__name__] = module
    schoolapp.base.language = module  # type: ignore[attr-defined]
    exec(compile(source, str(file), "exec"), module.__dict__)  # a line more than ours


def _translate(locale: Path) -> None:
    from tools import catalogues

    catalogues.LOCALES = locale
    catalogues.update()
    file = locale / TAG / "LC_MESSAGES" / "schoolapp.po"
    with file.open("rb") as opened:
        catalogue: Catalog = read_po(opened, locale=TAG)
    for message in catalogue:
        if message.id:
            forms = message.id if isinstance(message.id, tuple) else (message.id,)
            said = tuple(WORD + form for form in forms)
            message.string = said if isinstance(message.id, tuple) else said[0]
    with file.open("wb") as opened:
        write_po(opened, catalogue)
    catalogues.compile_all()


RESOURCES = add()


def pytest_unconfigure() -> None:
    """Remove the folder."""
    shutil.rmtree(RESOURCES.parent)
    assert not os.path.exists(RESOURCES)
