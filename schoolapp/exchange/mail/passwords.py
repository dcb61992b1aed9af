"""The password of the mail server, in the keyring of the system or nowhere."""

from schoolapp.exchange.mail.smtp import Account

SERVICE = "schoolapp mail"


def kept_password(account: Account) -> str | None:
    """The password kept for this account, if there is one and the keyring opens."""
    import keyring
    from keyring.errors import KeyringError

    try:
        return keyring.get_password(_service(account), account.user) if can_keep() else None
    except KeyringError:
        return None


def keep_password(account: Account, password: str) -> bool:
    """Keep a password; False if this machine has no keyring, or it stays closed."""
    import keyring
    from keyring.errors import KeyringError

    try:
        if can_keep():
            keyring.set_password(_service(account), account.user, password)
            return True
    except KeyringError:
        pass
    return False


def forget_password(account: Account) -> None:
    """Keep the password no longer."""
    import keyring
    from keyring.errors import KeyringError

    try:
        if can_keep():
            keyring.delete_password(_service(account), account.user)
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


def _service(account: Account) -> str:
    return f"{SERVICE} {account.server}:{account.port}"
