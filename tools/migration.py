"""Writes a schema revision from what changed in the entities: ``python -m tools.migration``.

    python -m tools.migration 0002 "Rooms have a floor" a new revision, to be read and completed
    python -m tools.migration 0002 "..."                the newest again, until it is released

The first revision ends with the search index, which the entities cannot describe: see SEARCH.
"""

import re
import subprocess
import sys
import tempfile
from pathlib import Path

from alembic import command

from schoolapp.storage import migrating
from schoolapp.storage.engine import make_engine

VERSIONS = Path(migrating.__file__).parent / "migrations" / "versions"
SCHEMAS = Path("tests/storage/schemas")
FIRST = "0001"
TYPES = {
    "TEXT": 'sa.String().with_variant(sa.String(collation="C"), "postgresql")',
    "VALUES": 'sa.JSON().with_variant(postgresql.JSONB(), "postgresql")',
}
"""The two types that most columns have: a revision says once what they mean in it."""
SEARCH = """
    create_search()


def create_search() -> None:
    \"\"\"The index of word beginnings over ``person.search``, as each engine has it.\"\"\"
    statements = SERVER_SEARCH if op.get_bind().dialect.name == "postgresql" else FILE_SEARCH
    for statement in statements:
        op.execute(statement)


# the words of person.search are already folded and parted by single spaces
SERVER_SEARCH = (
    "CREATE INDEX ix_person_search ON person USING gin"
    " (array_to_tsvector(array_remove(string_to_array(search, ' '), '')))",
)
FILE_SEARCH = (
    "CREATE VIRTUAL TABLE person_search USING fts5("
    "search, content='person', content_rowid='id', prefix='1 2 3',"
    " tokenize=\\"unicode61 remove_diacritics 0 categories 'L* N* M* Co'\\")",
    "INSERT INTO person_search(person_search, rank) VALUES('secure-delete', 1)",
    "CREATE TRIGGER person_search_insert AFTER INSERT ON person BEGIN"
    " INSERT INTO person_search(rowid, search) VALUES (new.id, new.search); END",
    "CREATE TRIGGER person_search_delete AFTER DELETE ON person BEGIN"
    " INSERT INTO person_search(person_search, rowid, search)"
    " VALUES ('delete', old.id, old.search); END",
    "CREATE TRIGGER person_search_update AFTER UPDATE OF search ON person BEGIN"
    " INSERT INTO person_search(person_search, rowid, search)"
    " VALUES ('delete', old.id, old.search);"
    " INSERT INTO person_search(rowid, search) VALUES (new.id, new.search); END",
)
"""


def write(revision: str, message: str) -> Path:
    """Write the revision file and answer its path."""
    for old in VERSIONS.glob(f"{revision}_*.py"):
        old.unlink()
    with tempfile.TemporaryDirectory() as folder:
        engine = make_engine(Path(folder) / "empty.db")
        if revision != FIRST:
            migrating.upgrade(engine)
        with engine.begin() as connection:
            command.revision(
                migrating.config(connection), message, autogenerate=True, rev_id=revision
            )
        engine.dispose()
    (made,) = VERSIONS.glob(f"{revision}_*.py")
    if revision == FIRST:
        made.write_text(made.read_text(encoding="utf-8").rstrip() + "\n" + SEARCH, encoding="utf-8")
    return made


def shorten(text: str) -> str:
    """A revision with its frequent types named, and with a column in one line where it fits."""
    text = re.sub(r"\n +# ### (commands|end).*", "", text)
    columns = re.compile(r"sa\.Column\(\n((?: {12}.*\n)+) {8}\)")
    text = columns.sub(lambda found: f"sa.Column({_joined(found[1])})", text)
    named = []
    for name, meaning in TYPES.items():
        if meaning in text:
            text = text.replace(meaning, name)
            named.append(f"{name} = {meaning}\n")
    return text.replace("\n\ndef upgrade", "".join(["\n", *named, "\n\ndef upgrade"]), 1)


def _joined(lines: str) -> str:
    return " ".join(line.strip() for line in lines.splitlines()).removesuffix(",")


def keep_schema() -> Path:
    """Write the newest schema of a file as SQL: a test migrates each that was ever released."""
    with tempfile.TemporaryDirectory() as folder:
        engine = make_engine(Path(folder) / "made.db")
        migrating.upgrade(engine)
        with engine.connect() as connection:
            found = connection.exec_driver_sql(
                "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND (type = 'trigger' OR"
                " name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
                " AND name NOT LIKE 'person\\_search\\_%' ESCAPE '\\')"
            )
            statements = [str(row[0]) for row in found]
            (revision,) = connection.exec_driver_sql("SELECT * FROM alembic_version").one()
        engine.dispose()
    statements.append(f"INSERT INTO alembic_version VALUES ('{revision}')")  # noqa: S608
    kept = SCHEMAS / f"{revision}.sql"
    kept.write_text(";\n".join(statements) + ";\n", encoding="utf-8")
    return kept


def main() -> None:
    """Write a revision and put it into the one format."""
    revision, message = (*sys.argv[1:], "All tables")[:2]
    made = write(revision, message)
    put_into_format(made)
    made.write_text(shorten(made.read_text(encoding="utf-8")), encoding="utf-8")
    put_into_format(made)
    print(made, keep_schema())


def put_into_format(path: Path) -> None:
    """Order and wrap a revision as all modules are."""
    for action in (["check", "--fix"], ["format"]):
        subprocess.run([sys.executable, "-m", "ruff", *action, "--quiet", path], check=True)  # noqa: S603


if __name__ == "__main__":
    main()
