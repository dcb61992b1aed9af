"""The catalogues of translations: extract, update, compile and check them.

    python -m tools.catalogues update     after changing a sentence: updates every .po
    python -m tools.catalogues compile    after translating: makes the .mo that the program reads
    python -m tools.catalogues check      what the tests ask: rules of marking, nothing untranslated
    python -m tools.catalogues extract    only the template, build/schoolapp.pot

Two kinds of words: what **participants** read (calendars, reading lists, reports, letters) is
written in each recipient's language and must be complete in every one; what the
**window** and the command line say is English so far. A module whose sentences participants read
is listed in ``PARTICIPANT_SOURCES``, a file or a folder; only those go into the catalogues, so that
a catalogue holds nothing that nobody translates. A new language: an entry in ``LANGUAGES`` of
``schoolapp.base.language``, then ``update``, translate, ``compile``.

Rules of marking, checked in the whole program because extraction silently loses what breaks them:
``_()``, ``mark()`` and ``plural()`` take plain literals, no f-string, no pieces put together, no
call, and do not stand inside an f-string. A sentence that was declared with ``mark()`` may be
looked up by its name, as ``_(field.label)``.
"""

import argparse
import ast
import datetime as dt
import io
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_file
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from schoolapp.base.language import RECIPIENT_LANGUAGES, SOURCE

ROOT = Path(__file__).parent.parent
PROGRAM = "schoolapp"
LOCALES = ROOT / "resources" / "locale"
TEMPLATE = ROOT / "build" / "schoolapp.pot"
LANGUAGES = tuple(tag for tag in RECIPIENT_LANGUAGES if tag != SOURCE)
PARTICIPANT_SOURCES = (
    "schoolapp/exchange/calendars/mail_words.py",
    "schoolapp/domain/letter_texts.py",
    "schoolapp/exchange/calendars/wording.py",
    "schoolapp/domain/reports.py",
    "schoolapp/exchange/reports",
    "schoolapp/exchange/papers/lists_and_badges.py",
    "schoolapp/exchange/papers/certificates.py",
    "schoolapp/operations/attendance/lists_and_badges.py",
    "schoolapp/operations/reports/facts.py",
    "schoolapp/exchange/reading_list",
    "schoolapp/exchange/papers/receipt.py",
    "schoolapp/exchange/sheets/delegation_names.py",
    "schoolapp/exchange/papers/visa_letter.py",
    "schoolapp/exchange/papers/typesetting.py",
)

_KEYWORDS = {"_": None, "mark": None, "plural": (1, 2)}
_LITERALS = {"_": 1, "mark": 1, "plural": 2}  # how many first arguments are sentences
_PLACE = re.compile(r"\{[^{}]*\}")


def main(arguments: list[str] | None = None) -> int:
    """Run one of the four; exit status 1 if ``check`` finds something."""
    parser = argparse.ArgumentParser(prog="python -m tools.catalogues", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("command", choices=("extract", "update", "compile", "check"))
    command = parser.parse_args(arguments).command
    if command == "check":
        findings = [*marking_findings(), *catalogue_findings()]
        sys.stdout.writelines(f"{finding}\n" for finding in findings)
        return 1 if findings else 0
    {"extract": extract, "update": update, "compile": compile_all}[command]()
    return 0


def extract() -> None:
    """Write the template of all participants' sentences for translation tools."""
    TEMPLATE.parent.mkdir(exist_ok=True)
    TEMPLATE.write_bytes(_po_bytes(template()))


def update() -> None:
    """Update every .po: new sentences added, vanished ones gone, nothing guessed."""
    for tag in LANGUAGES:
        catalogue = _catalogue(tag) if _po(tag).exists() else _new_catalogue(tag)
        fresh = template()
        fresh.creation_date = catalogue.creation_date
        catalogue.update(fresh, no_fuzzy_matching=True)
        catalogue.obsolete.clear()
        _po(tag).parent.mkdir(parents=True, exist_ok=True)
        _po(tag).write_bytes(_po_bytes(catalogue))


def compile_all() -> None:
    """Make every .mo from its .po."""
    for tag in LANGUAGES:
        _mo(tag).write_bytes(_mo_bytes(_catalogue(tag)))


def template() -> Catalog:
    """The sentences that participants read, as they are marked in the sources."""
    found = Catalog(project=PROGRAM, charset="utf-8")
    for path in _python_files(PARTICIPANT_SOURCES):
        messages = extract_from_file(
            "python", path, keywords=_KEYWORDS, comment_tags=("NOTE:",), strip_comment_tags=True
        )
        for _line, message, comments, _context in messages:
            found.add(message, auto_comments=comments)
    return found


def catalogue_findings() -> Iterator[str]:
    """What is missing or wrong in the catalogues, a sentence each."""
    wanted = template()
    for tag in LANGUAGES:
        if not _po(tag).exists():
            yield f"{_name(_po(tag))}: missing; run update"
            continue
        catalogue = _catalogue(tag)
        for message in wanted:
            if message.id:
                yield from _message_findings(tag, message, catalogue.get(message.id))
        if not _mo(tag).exists() or _mo(tag).read_bytes() != _mo_bytes(catalogue):
            yield f"{_name(_mo(tag))}: not what its .po says; run compile"


def _message_findings(tag: str, wanted: Message, found: Message | None) -> Iterator[str]:
    sources = _forms(wanted.id)
    if found is None:
        yield f"{_name(_po(tag))}: not there, run update: {sources[0]!r}"
        return
    translations = _forms(found.string)
    if found.fuzzy or not all(translations):
        yield f"{_name(_po(tag))}: not translated: {sources[0]!r}"
        return
    places = set(_PLACE.findall(sources[-1]))
    for translation in translations:
        if set(_PLACE.findall(translation)) != places:
            yield f"{_name(_po(tag))}: other places than {sources[0]!r}: {translation!r}"


def marking_findings() -> Iterator[str]:
    """Every marked sentence that extraction would lose, with its file and line."""
    for path in _python_files((PROGRAM,)):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for problem, line in marking_problems(tree):
            yield f"{_name(path)}:{line}: {problem}"


def marking_problems(tree: ast.AST) -> Iterator[tuple[str, int]]:
    """What breaks the rules of marking in a module, with the line."""
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            for part in ast.walk(node):
                if _marker(part):
                    yield "a marked sentence inside an f-string", node.lineno
        if name := _marker(node):
            assert isinstance(node, ast.Call)
            for argument in node.args[: _LITERALS[name]]:
                if not _may_stand(argument, declared=name == "_"):
                    yield f"{name}() takes a literal sentence", node.lineno


def _may_stand(argument: ast.expr, *, declared: bool) -> bool:
    if isinstance(argument, ast.Constant):
        return isinstance(argument.value, str)
    return declared and isinstance(argument, ast.Name | ast.Attribute | ast.Subscript)


def _marker(node: ast.AST) -> str | None:
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in _LITERALS:
        return node.func.id
    return None


def _forms(text: object) -> tuple[str, ...]:
    return tuple(text) if isinstance(text, list | tuple) else (str(text),)


def _python_files(sources: tuple[str, ...]) -> list[Path]:
    paths = [ROOT / source for source in sources]
    return sorted(
        file for path in paths for file in ([path] if path.is_file() else path.rglob("*.py"))
    )


def _new_catalogue(tag: str) -> Catalog:
    return Catalog(
        tag,
        header_comment="# What participants read, translated; see tools/catalogues.py.",
        project=PROGRAM,
        version="0",
        msgid_bugs_address="see CONTRIBUTING.md",
        last_translator="the schoolapp translators",
        language_team=tag,
        revision_date=dt.datetime.now(dt.UTC),
        fuzzy=False,
    )


def _catalogue(tag: str) -> Catalog:
    with _po(tag).open("rb") as file:
        return read_po(file, locale=tag)


def _po(tag: str) -> Path:
    return LOCALES / tag / "LC_MESSAGES" / "schoolapp.po"


def _mo(tag: str) -> Path:
    return _po(tag).with_suffix(".mo")


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def _po_bytes(catalogue: Catalog) -> bytes:
    def write(file: io.BytesIO) -> None:
        write_po(file, catalogue, width=100, sort_output=True, no_location=True)

    return _written(write)


def _mo_bytes(catalogue: Catalog) -> bytes:
    return _written(lambda file: write_mo(file, catalogue))


def _written(write: Callable[[io.BytesIO], None]) -> bytes:
    file = io.BytesIO()
    write(file)
    return file.getvalue()


if __name__ == "__main__":
    sys.exit(main())
