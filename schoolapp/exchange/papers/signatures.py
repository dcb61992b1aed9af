"""Signs texts and checks signatures (Ed25519, RFC 8032), offline, with the key of the institute."""

import base64
import binascii
from collections.abc import Iterable

from schoolapp.base.language import mark
from schoolapp.domain.rules import RuleBroken


def new_key() -> tuple[str, str]:
    """A key pair: private and public, each 32 bytes as base64."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    private = Ed25519PrivateKey.generate()
    return _text(private.private_bytes_raw()), _text(private.public_key().public_bytes_raw())


def signed(text: str, private: str) -> str:
    """The text with its signature as the last line."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    key = Ed25519PrivateKey.from_private_bytes(_bytes(private))
    return f"{text}\n{_text(key.sign(text.encode()))}"


def checked(signed_text: str, public: str) -> str:
    """The text without its signature; ``RuleBroken`` if the key did not sign exactly this."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    text, _line, signature = signed_text.strip().replace("\r\n", "\n").rpartition("\n")
    try:
        key = Ed25519PublicKey.from_public_bytes(_bytes(public))
    except ValueError as wrong:
        raise RuleBroken(mark("This is no public key of an institute.")) from wrong
    try:
        key.verify(_bytes(signature), text.encode())
    except (InvalidSignature, ValueError) as wrong:
        raise RuleBroken(
            mark("This certificate is not genuine: the institute's key did not sign this text.")
        ) from wrong
    return text


def checked_by_any(signed_text: str, public_keys: Iterable[str]) -> str:
    """The same with any of several keys: an institute may have had other keys before."""
    refused: RuleBroken | None = None
    for key in public_keys:
        try:
            return checked(signed_text, key)
        except RuleBroken as broken:
            refused = broken
    raise refused or RuleBroken(mark("There is no public key to check with."))


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _bytes(text: str) -> bytes:
    try:
        return base64.b64decode(text.strip(), validate=True)
    except binascii.Error as wrong:
        raise ValueError(str(wrong)) from wrong
