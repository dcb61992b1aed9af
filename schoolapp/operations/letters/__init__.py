"""Letters: written as drafts for the outbox in each recipient's language, and their templates."""

from schoolapp.operations.letters.reviewing import (
    LetterRow,
    approve_letters,
    letter_ids,
    letter_rows,
    note_printed,
)
from schoolapp.operations.letters.texts import (
    LetterDraft,
    letter_facts,
    reset_template,
    save_template,
    template_draft,
)
from schoolapp.operations.letters.writing import discard_letters, write_letter

__all__ = [
    "LetterDraft",
    "LetterRow",
    "approve_letters",
    "discard_letters",
    "letter_facts",
    "letter_ids",
    "letter_rows",
    "note_printed",
    "reset_template",
    "save_template",
    "template_draft",
    "write_letter",
]
