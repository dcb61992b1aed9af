"""Visas: the table of who needs one, the list by days left, numbered letters of invitation."""

from schoolapp.operations.visas.letters import (
    LetterDraft,
    check_letter_draft,
    issue_letter,
    letter_draft,
    letter_text,
    letters_of,
)
from schoolapp.operations.visas.listing import VisaRow, next_in_line, refuse_visa, visa_rows
from schoolapp.operations.visas.mailing import ReadyLetter, mail_letter, newest_letter
from schoolapp.operations.visas.rules import (
    RuleDraft,
    check_rule_draft,
    remove_rule,
    rules_at,
    rules_for,
    save_rule,
)

__all__ = [
    "LetterDraft",
    "ReadyLetter",
    "RuleDraft",
    "VisaRow",
    "check_letter_draft",
    "check_rule_draft",
    "issue_letter",
    "letter_draft",
    "letter_text",
    "letters_of",
    "mail_letter",
    "newest_letter",
    "next_in_line",
    "refuse_visa",
    "remove_rule",
    "rules_at",
    "rules_for",
    "save_rule",
    "visa_rows",
]
