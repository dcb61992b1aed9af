"""Tests of the key file."""

import dataclasses
import json
from pathlib import Path
from typing import Any

import pytest

from schoolapp.storage import keys
from schoolapp.storage.connection import WrongKey
from schoolapp.storage.keys import BrokenKeyFile, Cost, KeyFile, MistypedCode

LIGHT = Cost(t=1, m=64, p=1)


@pytest.fixture
def made() -> tuple[KeyFile, bytes]:
    """A key file with one slot, opened by ``correct horse``, and its key."""
    return keys.create("ana", "correct horse", LIGHT)


def test_passphrase_opens(made: tuple[KeyFile, bytes], tmp_path: Path) -> None:
    """What was saved is read again, and the passphrase gives the key, however it is composed."""
    file, key = keys.create("ana", "café", LIGHT)
    keys.write(tmp_path / "school.key", file)
    assert keys.unlock(keys.read(tmp_path / "school.key"), "cafe\u0301") == key
    assert made[1] != key
    assert len(key) == 32


def test_real_cost() -> None:
    """With the parameters of real use, at least 3 rounds over 64 MiB, it works the same."""
    file, key = keys.create("ana", "correct horse")
    assert (file.slots[0].t, file.slots[0].m, file.slots[0].p) == (3, 65536, 4)
    assert keys.unlock(file, "correct horse") == key


def test_slots(made: tuple[KeyFile, bytes]) -> None:
    """Each secret opens the same key, and nothing else does."""
    file, key = made
    both = keys.add_slot(file, key, "ben", "battery staple", LIGHT)
    assert keys.unlock(both, "battery staple") == keys.unlock(both, "correct horse") == key
    assert both.slots[0] == file.slots[0]
    assert {slot.label for slot in both.slots} == {"ana", "ben"}
    for wrong in ("correct horses", "Battery staple", ""):
        with pytest.raises(WrongKey):
            keys.unlock(both, wrong)


def test_recovery_code(made: tuple[KeyFile, bytes]) -> None:
    """The printed code opens the file however it is typed back; a mistake is reported as one."""
    file, key = made
    code = keys.new_recovery_code()
    groups = code.split("-")
    assert [len(group) for group in groups] == [4] * 8 + [2]
    file = keys.add_slot(file, key, "recovery", keys.recovery_secret(code), LIGHT)
    typed = code.lower().replace("-", "  ").replace("o", "0").replace("i", "1")
    assert keys.unlock(file, keys.recovery_secret(typed)) == key
    swapped = "-".join([groups[1], groups[0], *groups[2:]])
    for wrong in (swapped, code[:-1], "", "?"):
        with pytest.raises(MistypedCode):
            keys.recovery_secret(wrong)


def test_old_file_is_kept(made: tuple[KeyFile, bytes], tmp_path: Path) -> None:
    """Saving keeps the file before as .prev, both for their owner only."""
    path = tmp_path / "school.key"
    keys.write(path, made[0])
    before = path.read_bytes()
    keys.write(path, keys.add_slot(*made, "ben", "x", LIGHT))
    kept = tmp_path / "school.key.prev"
    assert kept.read_bytes() == before
    assert {file.stat().st_mode & 0o777 for file in tmp_path.iterdir()} == {0o600}


def test_any_flipped_bit_fails_closed(made: tuple[KeyFile, bytes], tmp_path: Path) -> None:
    """A key file in which any bit was flipped opens with the right key, or not at all.

    If the label was hit it still opens: nothing depends on the label.
    """
    path = tmp_path / "school.key"
    keys.write(path, made[0])
    whole = path.read_bytes()
    refused = 0
    for place in range(len(whole)):
        damaged = bytearray(whole)
        damaged[place] ^= 1 << (place % 7)
        path.write_bytes(damaged)
        try:
            assert keys.unlock(keys.read(path), "correct horse") == made[1]
        except (BrokenKeyFile, WrongKey):
            refused += 1
    assert refused > len(whole) * 0.7


HOSTILE: list[dict[str, Any]] = [
    {"m": 2 * 1024 * 1024}, {"t": 21}, {"p": 17}, {"m": 1}, {"t": 0}, {"t": 1.5}, {"t": True},
    {"t": "3"}, {"kdf": "scrypt"}, {"salt": "00"}, {"ct": "zz"}, {"label": 1}, {"extra": 1},
]  # fmt: skip


@pytest.mark.parametrize("values", HOSTILE, ids=str)
def test_hostile_slot(made: tuple[KeyFile, bytes], tmp_path: Path, values: dict[str, Any]) -> None:
    """A slot that asks for too much, or is invalid, is refused before anything is calculated."""
    found = dataclasses.asdict(made[0])
    found["slots"] = [found["slots"][0] | values]
    (tmp_path / "k").write_text(json.dumps(found))
    with pytest.raises(BrokenKeyFile):
        keys.read(tmp_path / "k")


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{}", "[" * 9999, " " * 70000, '{"v":2,"db_id":"","dek_id":"","slots":[]}', "\xff"],
    ids=len,
)
def test_no_key_file(tmp_path: Path, text: str) -> None:
    """A file that is not a key file gives a sentence."""
    (tmp_path / "k").write_text(text, encoding="latin-1")
    with pytest.raises(BrokenKeyFile):
        keys.read(tmp_path / "k")


def test_lowered_parameters(made: tuple[KeyFile, bytes]) -> None:
    """Parameters are authenticated: nobody changes them, or moves a slot to another database."""
    file, _ = made
    other = dataclasses.replace(file, db_id="0")
    slot = dataclasses.replace(file.slots[0], id="0")
    for changed in (other, dataclasses.replace(file, slots=(slot,))):
        with pytest.raises(WrongKey):
            keys.unlock(changed, "correct horse")


def test_raw_key_file(tmp_path: Path) -> None:
    """A raw key is 64 hexadecimal digits in a file, with or without a line end."""
    path = tmp_path / "key"
    path.write_text("ab" * 32 + "\n")
    assert keys.read_key_file(path) == b"\xab" * 32
    for wrong in ("ab" * 31, "xy" * 32, "é" * 64, ""):
        path.write_text(wrong)
        with pytest.raises(BrokenKeyFile):
            keys.read_key_file(path)
