"""Passwords of servers, in the keyring of the system or nowhere."""

from typing import NamedTuple, Protocol


class Login(Protocol):
    """Who logs in where; ``keyring_name`` distinguishes the servers."""

    @property
    def user(self) -> str: ...
    @property
    def keyring_name(self) -> str: ...


class Known(NamedTuple):
    """What a keyring answers: the password of a login, if it is kept, and whether one can be."""

    password: str | None
    can_keep: bool


def known_password(login: Login) -> Known:
    """Ask the keyring of the system; without a user there is nothing to look for."""
    return Known(kept_password(login) if login.user else None, can_keep())


def kept_password(login: Login) -> str | None:
    """The password kept for this login, if there is one and the keyring opens."""
    import keyring
    from keyring.errors import KeyringError

    try:
        return keyring.get_password(login.keyring_name, login.user) if can_keep() else None
    except KeyringError:
        return None


def keep_password(login: Login, password: str) -> bool:
    """Keep a password; False if this machine has no keyring, or it stays closed."""
    import keyring
    from keyring.errors import KeyringError

    try:
        if can_keep():
            keyring.set_password(login.keyring_name, login.user, password)
            return True
    except KeyringError:
        pass
    return False


def forget_password(login: Login) -> None:
    """Remove the password."""
    import keyring
    from keyring.errors import KeyringError

    try:
        if can_keep():
            keyring.delete_password(login.keyring_name, login.user)
    except KeyringError:
        pass  # there was none


def can_keep() -> bool:
    """Whether there is a keyring of the system; one that writes plain files does not count."""
    import keyring

    backend = keyring.get_keyring()
    kinds = [type(one).__module__ for one in getattr(backend, "backends", [backend])]
    return bool(kinds) and all(kind in _OF_SYSTEMS for kind in kinds)


_OF_SYSTEMS = frozenset(
    f"keyring.backends.{name}"
    for name in ("SecretService", "kwallet", "libsecret", "macOS", "Windows")
)
