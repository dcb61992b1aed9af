"""The commands that look after a machine and its data."""

import resource
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2

from schoolapp import cli
from schoolapp.base import system_libraries
from schoolapp.storage.opening import open_store
from tests import builders as b

KEY = bytes(range(32))


@pytest.fixture(autouse=True)
def _own_data_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SCHOOLAPP_DATA", str(tmp_path / "data"))


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """A plain database with three people."""
    return _filled(tmp_path / "school.db", None)


def _filled(path: Path, key: bytes | None) -> Path:
    store = open_store(path, key)
    store.change("Add people", lambda s: [b.person(s).id for _n in range(3)])
    store.close()
    return path


def _people(path: Path, key: bytes | None = None) -> int:
    connection = dbapi2.connect(str(path))
    if key:
        connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    try:
        return int(connection.execute("SELECT count(*) FROM person").fetchone()[0])
    finally:
        connection.close()


def _damage(path: Path) -> None:
    """Overwrite the inner pages of a database; its first page stays."""
    data = bytearray(path.read_bytes())
    data[8192:] = b"\xa5" * (len(data) - 8192)
    path.write_bytes(data)


def test_a_backup_holds_what_the_database_holds(
    database: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A backup is a database with the same rows, and the command says how many."""
    copy = tmp_path / "copy.db"
    assert cli.run(["backup", "--database", str(database), "--to", str(copy)]) == 0
    assert _people(copy) == 3
    assert f"rows were copied into {copy}" in capsys.readouterr().out


def test_a_backup_of_an_encrypted_database_is_encrypted(tmp_path: Path) -> None:
    """A backup opens with the key of its database and with no other."""
    secret = _filled(tmp_path / "secret.db", KEY)
    key_file, copy = tmp_path / "key", tmp_path / "copy.db"
    key_file.write_text(KEY.hex())
    command = ["backup", "--database", str(secret), "--key-file", str(key_file), "--to", str(copy)]
    assert cli.run(command) == 0
    assert _people(copy, KEY) == 3
    with pytest.raises(dbapi2.DatabaseError):
        _people(copy)


def test_a_restored_database_opens_with_all_its_rows(database: Path, tmp_path: Path) -> None:
    """What was backed up and restored can be worked with like the original."""
    copy, again = tmp_path / "copy.db", tmp_path / "new" / "again.db"
    again.parent.mkdir()
    assert cli.run(["backup", "--database", str(database), "--to", str(copy)]) == 0
    assert cli.run(["restore", str(copy), "--into", str(again)]) == 0
    assert _people(again) == 3
    assert cli.run(["check", "--database", str(again)]) == 0


@pytest.mark.parametrize("command", ["backup", "restore"])
def test_nothing_is_written_over(
    command: str, database: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A backup or a restore refuses a name that exists and leaves the file as it is."""
    there = tmp_path / "there"
    there.write_text("mine")
    arguments = {
        "backup": ["backup", "--database", str(database), "--to", str(there)],
        "restore": ["restore", str(database), "--into", str(there)],
    }
    assert cli.run(arguments[command]) == 1
    assert there.read_text() == "mine"
    assert "already" in capsys.readouterr().err


def test_a_server_is_backed_up_by_its_own_tools(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A backup of a server is refused with the names of the right tools."""
    command = ["backup", "--database", "postgresql://there/db", "--to", str(tmp_path / "copy")]
    assert cli.run(command) == 1
    assert "pg_dump" in capsys.readouterr().err


def test_check_passes_a_whole_database(database: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A whole database on a machine where nothing is missing gives the status 0."""
    assert cli.run(["check", "--database", str(database)]) == 0
    assert f"{database} is whole" in capsys.readouterr().out


def test_check_names_a_damaged_database(database: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A damaged database gives the status 1 and says what to do."""
    _damage(database)
    assert cli.run(["check", "--database", str(database)]) == 1
    reported = capsys.readouterr().err
    assert "damaged" in reported
    assert "Restore a backup" in reported


def test_check_tells_a_wrong_key_from_damage(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A key that does not fit, and a database of another program, are not damage."""
    secret, key_file, other = tmp_path / "secret.db", tmp_path / "key", tmp_path / "other.db"
    _filled(secret, KEY)
    key_file.write_text("5a" * 32)
    connection = dbapi2.connect(str(other))
    connection.execute("CREATE TABLE invoice (id INT)")
    connection.close()
    keyed = ["--key-file", str(key_file)]
    for command, sentence in (
        (["check", "--database", str(secret), *keyed], "key is not the right one"),
        (["check", "--database", str(other)], "belongs to another program"),
        (["backup", "--database", str(other), "--to", str(tmp_path / "copy")], "another program"),
        (["restore", str(other), "--into", str(tmp_path / "copy")], "another program"),
    ):
        assert cli.run(command) == 1
        reported = capsys.readouterr().err
        assert sentence in reported
        assert reported.count("\n") == 1
    assert not (tmp_path / "copy").exists()


def test_check_asks_whether_a_server_answers(capsys: pytest.CaptureFixture[str]) -> None:
    """A server that does not answer is not called whole."""
    assert cli.run(["check", "--database", "postgresql://x@127.0.0.1:1/x"]) == 1
    assert "The database does not open" in capsys.readouterr().err


@pytest.mark.parametrize("kept", [50_000, 120_000])
def test_a_damaged_database_is_reported_by_every_command(
    kept: int, practice_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A file without its end gives one sentence, wherever the damage is found."""
    practice_file.write_bytes(practice_file.read_bytes()[:kept])
    for command in (["gatherings"], ["conflicts"], ["backup", "--to", str(tmp_path / "copy")]):
        assert cli.run([*command, "--database", str(practice_file)]) == 1
        assert capsys.readouterr().err.startswith("This database is damaged: it cannot be read.")


@pytest.mark.parametrize("command", ["backup --to", "practice --into", "tour --out"])
def test_a_full_disk_is_reported(
    command: str, database: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """If nothing more can be written, a sentence says so and no copy is left over."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (16_384, hard))
    try:
        arguments = [*command.split(), str(tmp_path / "new")]
        if "backup" in command:
            arguments += ["--database", str(database)]
        assert cli.run(arguments) == 1
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert "This could not be saved: the disk is full" in capsys.readouterr().err
    assert not (tmp_path / "new").is_file() or "backup" not in command
    assert not (tmp_path / "new.tmp").exists()


def test_check_needs_no_database_yet(capsys: pytest.CaptureFixture[str]) -> None:
    """On a new machine the usual database may be missing; one that was named may not."""
    assert cli.run(["check"]) == 0
    assert "There is no database" in capsys.readouterr().out
    assert cli.run(["check", "--database", "nowhere.db"]) == 1


def test_missing_libraries_come_with_the_line_that_installs_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Libraries that do not load are named by their packages in one line for apt."""
    monkeypatch.setattr(system_libraries.sys, "platform", "linux")
    monkeypatch.setenv("DISPLAY", ":0")
    release = {"ID": "debian", "VERSION_ID": "12"}
    monkeypatch.setattr(system_libraries.platform, "freedesktop_os_release", lambda: release)
    gone = {"libxcb-cursor.so.0", "libglib-2.0.so.0"}
    reported = system_libraries.missing_libraries(_without(gone))
    assert reported is not None
    assert reported.endswith("sudo apt install libglib2.0-0 libxcb-cursor0")
    release["VERSION_ID"] = "13"
    assert "libglib2.0-0t64" in str(system_libraries.missing_libraries(_without(gone)))
    release.update(ID="ubuntu", VERSION_ID="22.04")
    assert "libglib2.0-0 " in str(system_libraries.missing_libraries(_without(gone)))
    release.update(ID="linuxmint", ID_LIKE="ubuntu debian")
    assert "libglib2.0-0t64" in str(system_libraries.missing_libraries(_without(gone)))
    release.update(ID="fedora", ID_LIKE="")
    assert "libxcb-cursor.so.0" in str(system_libraries.missing_libraries(_without(gone)))
    assert system_libraries.missing_libraries(_without(set())) is None


def test_without_a_display_the_libraries_of_a_window_are_advice(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A machine without a display is not asked to install what only a window needs."""
    monkeypatch.setattr(system_libraries.sys, "platform", "linux")
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    gone = {"libxcb-cursor.so.0"}
    assert system_libraries.missing_libraries(_without(gone)) is None
    assert system_libraries.missing_for_a_window(_without(gone)) is not None
    assert system_libraries.missing_libraries(_without({"libEGL.so.1"})) is not None


def _without(gone: set[str]) -> system_libraries.Load:
    """A loader on a machine without these libraries."""

    def load(file: str) -> None:
        if file in gone:
            raise OSError(file)

    return load


@pytest.mark.parametrize(
    ("version", "well"),
    [((3, 10), False), ((3, 11), True), ((3, 13), True), ((3, 14), False)],
)
def test_another_python_is_named(version: tuple[int, int], well: bool) -> None:
    """Python 3.11 to 3.13 run the program."""
    assert (system_libraries.wrong_python(version) is None) == well


def test_a_qt_that_would_abort_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """PySide6 6.12 below Python 3.12 loses references and stops; 6.11.3 does not."""
    monkeypatch.setattr(system_libraries.sys, "version_info", (3, 11, 7))
    assert "6.12.0" in str(system_libraries.missing_qt(lambda name: "6.12.0"))
    assert system_libraries.missing_qt(lambda name: "6.11.3") is None
    monkeypatch.setattr(system_libraries.sys, "version_info", (3, 12, 1))
    assert system_libraries.missing_qt(lambda name: "6.12.0") is None


def test_a_missing_qt_is_named() -> None:
    """Without PySide6 the sentence says how to install it."""

    def none(name: str) -> str:
        raise system_libraries.importlib.metadata.PackageNotFoundError(name)

    assert "make install" in str(system_libraries.missing_qt(none))


def test_a_folder_that_takes_no_data_is_named(tmp_path: Path) -> None:
    """A folder need not exist yet, but where it will be must take files."""
    assert system_libraries.wrong_folder(tmp_path / "new" / "deeper") is None
    assert system_libraries.wrong_folder(Path("/proc/schoolapp")) is not None


def test_a_qt_that_does_not_load_is_explained(capsys: pytest.CaptureFixture[str]) -> None:
    """When Qt does not load there is a sentence and the status 1, whatever the reason is."""
    assert system_libraries.explain_missing_qt() == 1
    assert "make install" in capsys.readouterr().err
