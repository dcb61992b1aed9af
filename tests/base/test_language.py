"""The words of the program and the catalogues of their translations."""

import ast
import gettext
import subprocess
import sys
from contextvars import copy_context
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schoolapp.base import language
from schoolapp.base.language import (
    PSEUDO_LONG,
    PSEUDO_RTL,
    RECIPIENT_LANGUAGES,
    _,
    current,
    direction,
    in_language,
    isolate,
    ltr,
    mark,
    plural,
    pseudo,
)
from tests.paths import ROOT
from tools import catalogues


def test_a_block_speaks_another_language_and_gives_it_back() -> None:
    """Blocks nest, and an error inside one does not leave its language behind."""
    with in_language("ur"):
        assert _("Lecture") == "لیکچر"
        with in_language("nl"):
            assert _("Lecture") == "Lezing"
        with pytest.raises(KeyError), in_language("fr"):
            raise KeyError
        assert current() == "ur"
    assert current() == "en"
    assert _("Lecture") == "Lecture"


def test_the_readers_language_holds_outside_blocks() -> None:
    """Inside a block the recipient's language holds; after it the window's again."""
    language.use("es")
    try:
        with in_language("fr"):
            assert _("Lecture") == "Exposé"
        assert _("Lecture") == "Ponencia"
    finally:
        language.use("en")


def test_a_block_in_one_context_is_not_heard_in_another() -> None:
    """Two threads or tasks may write to two recipients at the same time."""
    outside = copy_context()
    with in_language("ur"):
        assert outside.run(current) == "en"


def test_a_sentence_without_translation_is_english() -> None:
    """An unknown language or sentence falls back, it does not fail; a region uses its language."""
    with in_language("de"):
        assert _("Lecture") == "Lecture"
    with in_language("es-AR"):
        assert _("Lecture") == "Ponencia"
        assert _("No catalogue has this") == "No catalogue has this"
    assert mark("Lecture") == "Lecture"


@pytest.mark.parametrize(
    ("tag", "zero", "one", "two"),
    [
        ("en", "Speakers: x", "Speaker: x", "Speakers: x"),
        ("fr", "Intervenant·e\u00a0: x", "Intervenant·e\u00a0: x", "Intervenant·es\u00a0: x"),
        ("nl", "Inleiders: x", "Inleider: x", "Inleiders: x"),
        ("ur", "مقررین: x", "مقرر: x", "مقررین: x"),
    ],
)
def test_a_number_is_said_by_the_rule_of_the_language(
    tag: str, zero: str, one: str, two: str
) -> None:
    """None is singular in French and plural in the others."""
    with in_language(tag):
        said = [plural("Speaker: {names}", "Speakers: {names}", n) for n in (0, 1, 2)]
    assert [sentence.format(names="x") for sentence in said] == [zero, one, two]


@pytest.mark.parametrize(
    ("tag", "expected"),
    [("ur", "rtl"), ("ur-PK", "rtl"), ("ar", "rtl"), (PSEUDO_RTL, "rtl"), ("fil", "ltr"),
     (PSEUDO_LONG, "ltr")],
)  # fmt: skip
def test_a_language_has_a_direction(tag: str, expected: str) -> None:
    """By its script, whatever the region; without a tag, of the language in use."""
    assert direction(tag) == expected
    with in_language(tag):
        assert direction() == expected


def test_marks_of_direction_come_in_pairs() -> None:
    """An isolated name is closed again."""
    assert isolate("نام") == "\u2068نام\u2069"
    assert ltr("08:00") == "\u206608:00\u2069"


def test_pseudo_locales_show_length_and_direction() -> None:
    """One is 40 % longer in brackets, one runs from the right; named values stay as they are."""
    assert pseudo("Move {title} now", PSEUDO_LONG) == "[Mövé {title} ñöw~~~~~~]"
    assert pseudo("Move {title} now", PSEUDO_RTL) == "\u202eMove \u2068{title}\u2069 now\u202c"
    with in_language(PSEUDO_LONG):
        assert plural("{n} day", "{n} days", 2) == "[{n} dàýs~~~]"
        assert plural("{n} day", "{n} days", 1).startswith("[{n} dàý")
        assert _("Lecture") == "[Léçtûré~~~]"


@given(st.lists(st.sampled_from(["{name}", "{n}", "word", " ", "{", "ن"]), max_size=8))
def test_a_pseudo_sentence_can_be_filled_like_its_source(pieces: list[str]) -> None:
    """Every placeholder of the source is there as often, untouched."""
    sentence = "".join(pieces)
    for tag in (PSEUDO_LONG, PSEUDO_RTL):
        for place in ("{name}", "{n}"):
            assert pseudo(sentence, tag).count(place) == sentence.count(place)


def test_every_text_for_participants_is_translated_and_compiled() -> None:
    """Five languages beside English, complete, with the same placeholders, .mo equal to .po."""
    assert list(catalogues.catalogue_findings()) == []
    assert {*catalogues.LANGUAGES, "en"} == {*RECIPIENT_LANGUAGES}
    for tag in catalogues.LANGUAGES:
        found = gettext.translation("schoolapp", ROOT / "resources" / "locale", [tag])
        assert found.gettext("Working groups") != "Working groups"


def test_no_marked_sentence_is_lost_to_extraction() -> None:
    """No f-string, no pieces, no call inside a marker, anywhere in the program."""
    assert list(catalogues.marking_findings()) == []


@pytest.mark.parametrize(
    "source",
    ['_(f"{x} days")', '_("a" + b)', '_("a".format(x=1))', "_(text())", "mark(text)", "mark(1)",
     'plural("a", many, 2)', 'f"{_("Lecture")}"'.replace('"Lecture"', "'Lecture'")],
)  # fmt: skip
def test_what_extraction_would_lose_is_found(source: str) -> None:
    """Each broken rule of marking is reported with its line."""
    assert [line for _what, line in catalogues.marking_problems(ast.parse(source))]


@pytest.mark.parametrize(
    "source", ['_("a")', "_(field.label)", '_("a {b}").format(b=1)', "other(f'')"]
)
def test_what_is_marked_well_passes(source: str) -> None:
    """Literals, and sentences that were marked where they were declared."""
    assert list(catalogues.marking_problems(ast.parse(source))) == []


def test_an_update_changes_nothing_when_nothing_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Update and compile twice give the same files, so that differences stay readable."""
    before = _contents(catalogues.LOCALES)
    _copy(catalogues.LOCALES, tmp_path / "resources" / "locale")
    monkeypatch.setattr(catalogues, "LOCALES", tmp_path / "resources" / "locale")
    assert catalogues.main(["update"]) == 0
    assert catalogues.main(["compile"]) == 0
    assert _contents(catalogues.LOCALES) == before


def test_what_is_wrong_in_a_catalogue_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Missing catalogue or sentence, empty translation, lost placeholder, old .mo: a line each."""
    monkeypatch.setattr(catalogues, "LOCALES", tmp_path / "resources" / "locale")
    monkeypatch.setattr(catalogues, "_name", lambda path: path.name)
    _copy(ROOT / "resources" / "locale", catalogues.LOCALES)
    po = catalogues.LOCALES / "nl" / "LC_MESSAGES" / "schoolapp.po"
    text = po.read_text(encoding="utf-8")
    text = text.replace('"Lezing"', '""').replace('"Plaats: {place}"', '"Plaats: {plaats}"')
    text = text.replace('msgid "Workshop"', 'msgid "Atelier"')
    po.write_text(text, encoding="utf-8")
    (catalogues.LOCALES / "ur" / "LC_MESSAGES" / "schoolapp.po").unlink()
    assert catalogues.main(["check"]) == 1
    said = capsys.readouterr().out.splitlines()
    assert sorted(said) == [
        "schoolapp.mo: not what its .po says; run compile",
        "schoolapp.po: missing; run update",
        "schoolapp.po: not there, run update: 'Workshop'",
        "schoolapp.po: not translated: 'Lecture'",
        "schoolapp.po: other places than 'Place: {place}': 'Plaats: {plaats}'",
    ]


def test_the_tool_runs_from_the_command_line() -> None:
    """``python -m tools.catalogues check`` ends with 0 on the catalogues as they are."""
    command = [sys.executable, "-m", "tools.catalogues", "check"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "")


def _files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("schoolapp.*") if path.is_file()]


def _copy(source: Path, target: Path) -> None:
    for path in _files(source):
        copy = target / path.relative_to(source)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(path.read_bytes())


def _contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in _files(folder)}
