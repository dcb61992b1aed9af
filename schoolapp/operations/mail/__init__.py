"""Mail: what is written for people, and how it leaves the program."""

from schoolapp.operations.mail.drafting import Enclosure, write_draft

__all__ = ["Enclosure", "write_draft"]
