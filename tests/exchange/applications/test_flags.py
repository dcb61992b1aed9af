"""The marks of doubtful cells in words."""

from schoolapp.exchange.applications.flags import SENTENCES, in_words


def test_a_kept_mark_is_reported_without_its_value() -> None:
    """Long after the import only the mark is known: the sentence leaves the rest open."""
    assert in_words("email_invalid") == "“…” is not a valid address."
    assert in_words("email_missing") == "The e-mail address is missing."
    for code in SENTENCES:
        assert "{" not in in_words(code)


def test_a_mark_of_another_program_is_reported_as_it_is_called() -> None:
    """A package may hold marks that have no sentence."""
    assert in_words("passport_expired_soon") == "passport expired soon"
