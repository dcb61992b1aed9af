"""The key of an encrypted database: a random one, wrapped once for each passphrase that opens it.

A key file is JSON with a slot for each coordinator and one for the recovery code. A slot holds the
data key under AES-256-GCM with a key from Argon2id; the parameters are part of what is
authenticated, so that nobody can lower them unnoticed. Without the key file the data are lost.
"""

import base64
import hashlib
import json
import secrets
import unicodedata
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from schoolapp.base.language import mark
from schoolapp.base.safe_write import write_safely
from schoolapp.domain.rules import RuleBroken
from schoolapp.storage.connection import WrongKey

VERSION = 1
LONGEST_FILE = 64 * 1024  # bytes; a slot has about 250
MOST_SLOTS = 50
MOST_ROUNDS, MOST_MEMORY, MOST_LANES = 20, 1024 * 1024, 16  # memory in KiB: a file may be hostile


@dataclass(frozen=True, slots=True)
class Cost:
    """What trying one passphrase costs (Argon2id): rounds, KiB of memory, lanes."""

    t: int = 3
    m: int = 64 * 1024
    p: int = 4


@dataclass(frozen=True, slots=True)
class Slot:
    """The data key, wrapped for one secret; ``label`` is a nickname, never a full name."""

    id: str
    label: str
    t: int
    m: int
    p: int
    salt: str
    nonce: str
    ct: str
    kdf: str = "argon2id"


@dataclass(frozen=True, slots=True)
class KeyFile:
    """All slots of one database; ``dek_id`` changes when the data key does."""

    db_id: str
    dek_id: str
    slots: tuple[Slot, ...]
    v: int = VERSION


class BrokenKeyFile(RuleBroken):
    """The key file cannot be what schoolapp wrote."""

    def __init__(self) -> None:
        super().__init__(
            mark("This key file is damaged or is not a key file. Take the copy beside a backup.")
        )


class MistypedCode(RuleBroken):
    """The check characters of a recovery code do not fit."""

    def __init__(self) -> None:
        super().__init__(mark("The recovery code has a typing mistake. Compare it with the paper."))


def create(label: str, secret: str, cost: Cost = Cost()) -> tuple[KeyFile, bytes]:
    """A new data key (32 bytes) and the key file with one slot for ``secret``."""
    key = secrets.token_bytes(32)
    empty = KeyFile(secrets.token_hex(8), secrets.token_hex(8), ())
    return add_slot(empty, key, label, secret, cost), key


def add_slot(
    file: KeyFile,
    key: bytes,
    label: str,
    secret: str,
    cost: Cost = Cost(),
) -> KeyFile:
    """The file with one more secret that opens it."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    salt, nonce = secrets.token_bytes(16), secrets.token_bytes(12)
    slot = Slot(secrets.token_hex(4), label, cost.t, cost.m, cost.p, salt.hex(), nonce.hex(), "")
    wrapped = AESGCM(_derived(slot, secret)).encrypt(nonce, key, _bound_to(file, slot))
    return replace(file, slots=(*file.slots, replace(slot, ct=wrapped.hex())))


def unlock(file: KeyFile, secret: str) -> bytes:
    """The data key, if ``secret`` opens one of the slots; ``WrongKey`` if none."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    for slot in file.slots:
        cipher = AESGCM(_derived(slot, secret))
        try:
            return cipher.decrypt(
                bytes.fromhex(slot.nonce), bytes.fromhex(slot.ct), _bound_to(file, slot)
            )
        except InvalidTag:
            continue
    raise WrongKey


def new_recovery_code() -> str:
    """160 random bits in 8 groups of 4 characters and 2 check characters, for printing."""
    body = base64.b32encode(secrets.token_bytes(20)).decode()
    groups = [body[n : n + 4] for n in range(0, len(body), 4)]
    return "-".join([*groups, _check_characters(body)])


def recovery_secret(typed: str) -> str:
    """A recovery code as it is used for a slot, however it was typed; ``MistypedCode``."""
    look_alike = str.maketrans({"0": "O", "1": "I", "8": "B", "-": None})
    code = "".join(typed.split()).upper().translate(look_alike)
    if len(code) != 34 or _check_characters(code[:32]) != code[32:]:
        raise MistypedCode
    return code[:32]


def write(path: Path, file: KeyFile) -> None:
    """Save a key file; the one it replaces is kept beside it as ``.prev``."""
    if path.exists():
        write_safely(path.with_name(path.name + ".prev"), path.read_bytes())
    write_safely(path, json.dumps(asdict(file), indent=1, sort_keys=True).encode())


def read(path: Path) -> KeyFile:
    """Read a key file that may be damaged or hostile; ``BrokenKeyFile`` then."""
    if path.stat().st_size > LONGEST_FILE:
        raise BrokenKeyFile
    try:
        return _key_file(json.loads(path.read_bytes()))
    except (ValueError, TypeError, KeyError, RecursionError):
        raise BrokenKeyFile from None


def read_key_file(path: Path) -> bytes:
    """The 32 bytes that a file names as 64 hexadecimal digits; ``BrokenKeyFile`` if it does not."""
    try:
        key = bytes.fromhex(path.read_bytes()[:200].decode("ascii").strip())
    except ValueError:
        raise BrokenKeyFile from None
    if len(key) != 32:
        raise BrokenKeyFile
    return key


def _key_file(found: Mapping[str, Any]) -> KeyFile:  # Any: a file that may hold anything
    slots = tuple(Slot(**slot) for slot in found["slots"])
    file = KeyFile(**{**found, "slots": slots})
    texts = [file.db_id, file.dek_id]
    for slot in slots:
        texts += [slot.id, slot.label, slot.kdf]
        sizes = [len(bytes.fromhex(text)) for text in (slot.salt, slot.nonce, slot.ct)]
        if sizes != [16, 12, 48] or slot.kdf != "argon2id" or not _affordable(slot):
            raise ValueError
    if file.v != VERSION or not 0 < len(slots) <= MOST_SLOTS:
        raise ValueError
    if not all(isinstance(text, str) for text in texts):
        raise ValueError
    return file


def _affordable(slot: Slot) -> bool:
    """Whether the parameters are whole numbers that Argon2 takes and this machine can pay."""
    limits = ((slot.t, 1, MOST_ROUNDS), (slot.p, 1, MOST_LANES), (slot.m, 8 * slot.p, MOST_MEMORY))
    return all(type(value) is int and low <= value <= high for value, low, high in limits)


def _derived(slot: Slot, secret: str) -> bytes:
    from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

    kdf = Argon2id(
        salt=bytes.fromhex(slot.salt), length=32, iterations=slot.t, lanes=slot.p,
        memory_cost=slot.m,
    )  # fmt: skip
    return kdf.derive(unicodedata.normalize("NFKC", secret).encode())


def _bound_to(file: KeyFile, slot: Slot) -> bytes:
    """What a slot is authenticated together with (AES-GCM's associated data)."""
    parts = [file.v, file.db_id, file.dek_id, slot.id, slot.kdf, slot.t, slot.m, slot.p]
    return json.dumps(parts).encode()


def _check_characters(body: str) -> str:
    return base64.b32encode(hashlib.sha256(body.encode()).digest()).decode()[:2]
