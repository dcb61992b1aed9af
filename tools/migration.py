"""Writes a schema revision from what changed in the entities: ``python -m tools.migration``.

    python -m tools.migration 0004 "Rooms have a floor"  a new revision, to be read and completed
    python -m tools.migration 0004 "..."                 the same again, until it has landed
    python -m tools.migration --land                     it is complete: keep its schema and hash

A revision that landed is never edited: databases that it has already migrated would differ from
the others. Whatever was forgotten is a new revision.
"""

import hashlib
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from alembic import command

from schoolapp.storage import migrating, revisions
from schoolapp.storage.engine import make_engine

SCHEMAS = Path("tests/storage/schemas")
LANDED = Path("tests/storage/landed_revisions.txt")
TYPES = {
    "TEXT": 'sa.String().with_variant(sa.String(collation="C"), "postgresql")',
    "VALUES": 'sa.JSON().with_variant(postgresql.JSONB(), "postgresql")',
}
"""The two types that most columns have: a revision says once what they mean in it."""


def write(revision: str, message: str) -> Path:
    """Write the revision file and answer its path."""
    if revision in landed():
        raise SystemExit(f"Revision {revision} has landed and stays as it is. Write a new one.")
    for old in revisions.VERSIONS.glob(f"{revision}_*.py"):
        old.unlink()
    with tempfile.TemporaryDirectory() as folder:
        engine = make_engine(Path(folder) / "empty.db")
        migrating.upgrade(engine)
        with engine.begin() as connection:
            settings = revisions.config(connection)
            command.revision(settings, message, autogenerate=True, rev_id=revision)
        engine.dispose()
    (made,) = revisions.VERSIONS.glob(f"{revision}_*.py")
    put_into_format(made)
    made.write_text(shorten(made.read_text(encoding="utf-8")), encoding="utf-8")
    put_into_format(made)
    return made


def landed() -> dict[str, str]:
    """The hash of each revision that landed."""
    lines = LANDED.read_text(encoding="utf-8").splitlines()
    return dict(line.split() for line in lines)


def land() -> None:
    """Keep schema and hash of the revisions that are complete now."""
    keep_schema()
    files = sorted(revisions.VERSIONS.glob("[0-9]*.py"))
    hashes = {path.name[:4]: hashlib.sha256(path.read_bytes()).hexdigest() for path in files}
    lines = (f"{revision} {sha256}" for revision, sha256 in (hashes | landed()).items())
    LANDED.write_text("\n".join(lines) + "\n", encoding="utf-8")


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
    """Write a revision, or keep what is complete."""
    match sys.argv[1:]:
        case ["--land"]:
            land()
        case [revision, message]:
            print(write(revision, message))
        case _:
            raise SystemExit(__doc__)


def put_into_format(path: Path) -> None:
    """Order and wrap a revision as all modules are."""
    for action in (["check", "--fix"], ["format"]):
        subprocess.run([sys.executable, "-m", "ruff", *action, "--quiet", path], check=True)  # noqa: S603


if __name__ == "__main__":
    main()
