"""What an application sheet becomes: frozen rows that hold nothing doubtful, and their issues."""

from dataclasses import dataclass, field
from datetime import date, datetime

from schoolapp.domain.money import Money
from schoolapp.exchange.applications.mapping import Mapping


@dataclass(frozen=True, slots=True)
class Issue:
    """A mark of ``flags.SENTENCES`` on one field, the text it is about, and a correction if any."""

    code: str
    field: str
    value: str = ""
    suggestion: str | None = None


@dataclass(frozen=True, slots=True)
class PersonDraft:
    """Who applies, as far as the row says it beyond doubt; ``None`` is not known."""

    full_name: str | None = None
    given: str | None = None
    family: str | None = None
    native_name: str | None = None
    email: str | None = None
    other_emails: tuple[str, ...] = ()
    born: date | None = None
    born_partly: str | None = None
    country: str | None = None
    nationality: str | None = None
    languages: tuple[str, ...] = ()
    gender: str | None = None
    pronouns: str | None = None
    phone: str | None = None


@dataclass(frozen=True, slots=True)
class Answers:
    """What the applicant answers beside the person; ``None`` if it was not asked or is in doubt.

    ``consent`` is to the privacy notice, ``parental_consent`` that of a minor's parents.
    """

    motivation: str | None = None
    organisation: str | None = None
    modules: tuple[str, ...] = ()
    travel: Money | None = None
    fee: Money | None = None
    contribution: Money | None = None
    delegation: str | None = None
    diet: str | None = None
    access: str | None = None
    arrival: date | None = None
    departure: date | None = None
    needs_visa: bool | None = None
    first_time: bool | None = None
    asks_subsidy: bool | None = None
    parental_consent: bool | None = None
    consent: bool | None = None


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row of the sheet, 1 being the first after the headings; ``raw`` is heading to text.

    ``kept`` are question and answer of the columns that are kept in their own words; ``corrected``
    field and words of what a person typed in place of cells, which ``raw`` still holds.
    ``duplicate_of`` is the earlier row that may be the same person: a proposal, never a decision.
    A row that is ``skipped`` says ``why`` and keeps its raw cells.
    """

    row: int
    source_id: str | None
    raw: dict[str, str]
    person: PersonDraft = PersonDraft()
    answers: Answers = Answers()
    kept: tuple[tuple[str, str], ...] = ()
    corrected: tuple[tuple[str, str], ...] = ()
    submitted_at: datetime | None = None
    issues: tuple[Issue, ...] = ()
    duplicate_of: int | None = None
    skipped: bool = False
    why: str | None = None


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """A person of the database, as far as it helps to see that a row is about the same one."""

    id: int
    names: tuple[str, ...]
    born: date | None = None
    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Pair:
    """A row, and an earlier row or a known person that may be the same, with the reasons."""

    row: int
    other_row: int | None
    known: int | None
    score: int
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OtherTable:
    """A table of the file that is not read, with the number of its rows that hold anything."""

    name: str
    rows: int


@dataclass(frozen=True, slots=True)
class ImportedSheet:
    """A sheet understood: every row of it, imported or left out with a reason.

    ``orders`` are the date columns whose order of day and month is decided; ``is_known_form`` says
    that the mapping is the one saved when the form was imported before. ``previews`` are some words
    of a text file as each encoding would read them; ``sheets`` are the names of those with values,
    of which ``chosen_sheet`` is the only one that was wanted.
    """

    file: str
    encoding: str | None
    delimiter: str | None
    header_row: int
    mapping: Mapping
    rows: tuple[SheetRow, ...]
    pairs: tuple[Pair, ...] = ()
    orders: dict[str, str] = field(default_factory=dict)
    is_known_form: bool = False
    other_tables: tuple[OtherTable, ...] = ()
    previews: dict[str, str] = field(default_factory=dict)
    sheets: tuple[str, ...] = ()
    chosen_sheet: str | None = None

    @property
    def asks_name(self) -> bool:
        """Whether no column is a name, so that somebody has to say which one is."""
        return not {"full_name", "given", "family", "native_name"} & set(
            self.mapping.columns.values()
        )

    @property
    def hidden_rows(self) -> int:
        """How many rows that were read are hidden in the file."""
        return sum(any(one.code == "hidden_row" for one in row.issues) for row in self.rows)
