"""A hostile or broken file ends in a sentence; the reading process dies alone."""

import fnmatch
import io
import random
import runpy
import sys
import zipfile
from pathlib import Path

import pytest
from odfdo import Document, Table

from schoolapp.domain.rules import RuleBroken
from schoolapp.exchange.applications import limits, worker
from schoolapp.exchange.applications.worker import main, read_apart

MAKER = runpy.run_path(str(Path(__file__).parents[1] / "tools" / "hostile_files.py"))
SHAPES = {
    name: shape
    for name, shape in MAKER["SHAPES"].items()
    if fnmatch.fnmatch(name, "*.xlsx") or fnmatch.fnmatch(name, "*.csv")
}
SMALL = sorted(set(SHAPES) - MAKER["LARGE"] - {"field_10mb.csv"})


@pytest.mark.parametrize("name", SMALL)
def test_a_hostile_file_is_refused_in_a_sentence_or_read(name: str) -> None:
    """What breaks a limit is refused in a sentence, what is only odd is read."""
    expect, _why, make = SHAPES[name]
    out = io.BytesIO()
    status = main(name, io.BytesIO(make()), out)
    assert expect == "either" or status == ("read", "refuse").index(expect)
    if status:
        assert out.getvalue().startswith(b'{"refused"')
    else:
        assert out.getvalue().endswith(b'"end"\n')


@pytest.mark.parametrize("name", ["good.xlsx", "good.csv"])
def test_a_damaged_file_is_read_or_refused(name: str) -> None:
    """Of 150 damaged files each is read or refused, none raises anything else."""
    good, rnd = SHAPES[name][2](), random.Random(5)
    for _ in range(150):
        status = main(name, io.BytesIO(MAKER["mutated"](good, rnd)), io.BytesIO())
        assert status in (0, 1)


def test_the_child_answers_and_refuses() -> None:
    """Through the process of its own, a good file comes back and a bad one in its sentence."""
    assert len(read_apart(SHAPES["good.xlsx"][2](), "good.xlsx").tables[0].rows) == 3
    with pytest.raises(RuleBroken) as broken:
        read_apart(SHAPES["sparse.xlsx"][2](), "sparse.xlsx")
    assert broken.value.sentence() == "The table has more than 256 columns."


@pytest.mark.parametrize(
    "death",
    [
        "import os; os.abort()",
        "x = 'a' * 10**9 * 3",
        "while True: print('x' * 10**6)",
        "import time; time.sleep(60)",
        "print('[null,null,false,false]')",
    ],
)
def test_a_child_that_dies_takes_nothing_with_it(monkeypatch, death: str) -> None:
    """A crash, too much memory, too much output, too much time: the same plain sentence."""
    limited = f"import schoolapp.exchange.applications.worker as w; w._limit_itself(); {death}"
    if death.startswith("while"):
        limited = limited.replace("; while", "\nwhile")
    monkeypatch.setattr(worker, "command", lambda: [sys.executable, "-c", limited])
    monkeypatch.setattr(limits, "WALL_SECONDS", 3)
    monkeypatch.setattr(limits, "ANSWER_BYTES", 5_000_000)
    with pytest.raises(RuleBroken, match="could not be read"):
        read_apart(b"a,b\n" * 100_000, "a.csv")


def test_the_frozen_program_starts_itself(monkeypatch) -> None:
    """Frozen there is no python -m: the program gets a word of its own."""
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert worker.command() == [sys.executable, "read-sheet-apart"]


def archive(*parts: tuple[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as to:
        for name, content in parts:
            to.writestr(name, content)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (archive(("xl/vbaProject.bin", b"x")), "holds macros"),
        (
            archive(("a.xml", b'<?xml version="1.0" encoding="utf-16"?><a/>')),
            "not written in UTF-8",
        ),
        (archive(("a.xml", b"x" * 65_530 + b"<!DOCTYPE a>")), "declares entities"),
        (archive(("a.bin", b"\0" * 3_000_000)), "packed more than 100 times"),
        (archive(("content.xml", b"<not closed")), "damaged"),
        (archive(("xl/worksheets/a.xml", b"<not closed")), "damaged"),
        (b"\xd0\xcf\x11\xe0" + b"x" * 600, "damaged"),
        (b"", "empty"),
        (b"\x81\x8d\x8f" * 40, "neither UTF-8"),
        (b"x" * 1_000_001, "longer than 1000000"),
    ],
)
def test_each_limit_is_named(data: bytes, sentence: str) -> None:
    """The sentence says which limit a file breaks."""
    out = io.BytesIO()
    assert main("file", io.BytesIO(data), out) == 1
    assert sentence in RuleBroken(**told(out.getvalue())).sentence()


def told(answer: bytes) -> dict:
    import json

    value = json.loads(answer)
    return {"message": value["refused"], **value["values"]}


@pytest.mark.parametrize(("data", "name"), [(b"a,b\n", "a.xlsx"), (archive(("a", b"")), "a.csv")])
def test_a_file_that_is_not_what_it_says_is_refused(data: bytes, name: str) -> None:
    """A name that lies is told."""
    out = io.BytesIO()
    assert main(name, io.BytesIO(data), out) == 1
    assert b"is called" in out.getvalue()


def test_a_file_too_large_needs_no_process() -> None:
    """More than 20 MB is refused at once."""
    with pytest.raises(RuleBroken, match="20 MB"):
        read_apart(b"x" * (limits.FILE_BYTES + 1), "a.csv")


def test_too_many_rows_and_too_long_cells_are_refused() -> None:
    """20,000 rows and 10,000 characters a cell are the limits."""
    out = io.BytesIO()
    assert main("a.csv", io.BytesIO(b"a,b\n" * 21_000), out) == 1
    assert main("a.csv", io.BytesIO(b"a,b\n1," + b"x" * 10_001), out) == 1


def ods(rows: str) -> bytes:
    space = "urn:oasis:names:tc:opendocument:xmlns"
    content = (
        f'<office:document-content xmlns:office="{space}:office:1.0" '
        f'xmlns:table="{space}:table:1.0" xmlns:text="{space}:text:1.0"><office:body>'
        f'<office:spreadsheet><table:table table:name="A">{rows}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    kind = b"application/vnd.oasis.opendocument.spreadsheet"
    return archive(("mimetype", kind), ("content.xml", content.encode()))


CELL = '<table:table-cell office:value-type="string"{}><text:p>{}</text:p></table:table-cell>'


def test_an_opendocument_sheet_is_read_and_its_bombs_are_not() -> None:
    """Cells and rows that repeat without end are refused, an ordinary sheet is read."""
    document, table = Document("spreadsheet"), Table("A")
    table.set_values([["Name", "E-mail"], ["Ana Paz", "a@example.org"]])
    document.body.clear()
    document.body.append(table)
    good = io.BytesIO()
    document.save(good)
    assert read_apart(good.getvalue(), "a.ods").tables[0].rows[1] == ["Ana Paz", "a@example.org"]
    many = ' table:number-rows-repeated="1000000"'
    bomb = f"<table:table-row{many}>{CELL.format('', 'a')}</table:table-row>"
    wide = CELL.format(' table:number-columns-repeated="9000"', "a")
    for rows in (bomb, f"<table:table-row>{wide}</table:table-row>"):
        assert main("a.ods", io.BytesIO(ods(rows)), io.BytesIO()) == 1
