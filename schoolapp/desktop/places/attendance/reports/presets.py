"""What the gallery of reports offers, and the preset that it makes: report, columns, cut."""

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from schoolapp.base.language import _, mark
from schoolapp.domain.planned_reports import OF_PRESENCE
from schoolapp.domain.reports import (
    KINDS,
    PARTICIPANTS,
    QUESTION,
    SENSITIVE,
    Format,
    ReportFilter,
    question_column,
)
from schoolapp.operations.reports import Preset

REPORTS = (
    ("session", mark("Attendance: each session and person")),
    ("person", mark("Attendance: each person")),
    (PARTICIPANTS, mark("List of participants")),
    ("sessions", mark("Sessions: invited, present, hours")),
    ("day", mark("Presence by day")),
    ("delegation", mark("Presence by delegation")),
    ("module", mark("Attendance by module")),
    ("language_group", mark("Attendance by language group")),
    ("person_days", mark("Person-days for the funder")),
    ("participation", mark("Participation by gender, region and age")),
)
NARRATIVE = "narrative"
CERTIFICATES = "certificates"
PAPERS = (
    ("sign-in-day", mark("Sign-in sheets, one for each day (PDF)")),
    ("sign-in-session", mark("Sign-in sheets, one for each session (PDF)")),
    ("badges", mark("Badges (PDF)")),
    ("list-door", mark("List for the door (PDF)")),
    ("list-language_group", mark("List by language group (PDF)")),
    ("list-delegation", mark("List by delegation (PDF)")),
    ("list-team", mark("List of the team (PDF)")),
    (CERTIFICATES, mark("Certificates (PDF)")),
)
GALLERY = (*REPORTS, (NARRATIVE, mark("Narrative report (Word)")), *PAPERS)
KEPT = "kept-"
"""What the value of a report kept under a name begins with; its key follows."""

_CUT = ("delegation", "language_group", "module", "first", "last")
_SHAPE = ("columns", "travel_days", "planned", "name", "form")
_BY_MODULE = frozenset({"session", "person", "sessions", "module", "language_group", NARRATIVE})
_WITH_TRAVEL = frozenset({"person_days", "participation"})

Kept = Mapping[str, Preset]  # reports kept under a name, by their value in the gallery


@dataclass(frozen=True, slots=True)
class PresetDraft:
    """The report or paper that is wanted, cut to what; ``name`` keeps a report for next year."""

    by: str = "session"
    form: Format = "xlsx"
    language: str = "en"
    columns: tuple[str, ...] = ()
    delegation: str = ""
    language_group: str = ""
    module: str = ""
    first: dt.date | None = None
    last: dt.date | None = None
    travel_days: int = 0
    planned: bool = False
    reason: str = ""
    name: str = ""


def preset_of(kept: str, language: str = "en") -> PresetDraft:
    """The preset that ``written`` wrote; the usual one, in a language, if it cannot be read."""
    try:
        by, form, tag, columns = json.loads(kept)
        return PresetDraft(by, form, tag, tuple(columns))
    except (TypeError, ValueError):
        return PresetDraft(language=language)


def written(preset: PresetDraft) -> str:
    """What is remembered of a preset: no reason, no name, and no cut, which is of one gathering."""
    return json.dumps([preset.by, preset.form, preset.language, preset.columns])


def kind_of(preset: PresetDraft, kept: Kept) -> str:
    """The report or paper of a preset, also of one that was kept under a name."""
    return kept[preset.by].kind if preset.by in kept else preset.by


def of_kept(preset: PresetDraft, kept: Preset) -> PresetDraft:
    """The preset as it was kept under a name."""
    return PresetDraft(
        preset.by,
        kept.format,
        kept.language,
        kept.columns,
        delegation=kept.only.delegation,
        language_group=kept.only.language_group,
        module=kept.only.module,
        first=kept.only.first,
        last=kept.only.last,
        travel_days=kept.only.travel_days,
        planned=kept.only.planned,
    )


def with_least(preset: PresetDraft, kept: Kept) -> PresetDraft:
    """The preset with the columns that its report always has, unless it names columns of it."""
    kind = KINDS.get(kind_of(preset, kept))
    if kind is None:
        return replace(preset, columns=())
    known = {column.key for column in kind.columns}
    asked = kind.key == PARTICIPANTS
    columns = tuple(
        key for key in preset.columns if key in known or (asked and key.startswith(QUESTION))
    )
    return replace(preset, columns=columns or kind.for_people)


def columns_of(kind: str, questions: Sequence[str] = ()) -> tuple[tuple[str, str], ...]:
    """The columns of a report and their words; columns that need a reason say so.

    ``questions`` are those that the forms of the gathering ask: the list of participants has them.
    """
    if kind not in KINDS:
        return ()
    asked = map(question_column, questions if kind == PARTICIPANTS else ())
    asking = _("{column} (needs a reason)")
    return tuple(
        (c.key, asking.format(column=_(c.heading)) if c.sensitive else _(c.heading))
        for c in (*KINDS[kind].columns, *asked)
    )


def hidden_of(preset: PresetDraft, kept: Kept) -> frozenset[str]:
    """The fields that do not apply to this report or paper."""
    kind = kind_of(preset, kept)
    if kind in dict(PAPERS):
        return frozenset({*_CUT, *_SHAPE, "reason"})
    hidden = set() if kind in _BY_MODULE else {"module"}
    if kind == PARTICIPANTS:
        hidden.update(("first", "last"))
    if kind not in _WITH_TRAVEL:
        hidden.add("travel_days")
    if kind == NARRATIVE:
        hidden.update(_SHAPE)
    if kind in OF_PRESENCE or kind == NARRATIVE:
        hidden.discard("planned")
    else:
        hidden.add("planned")
    if not private_columns(preset):
        hidden.add("reason")
    return frozenset(hidden)


def private_columns(preset: PresetDraft) -> list[str]:
    """The chosen columns that need a reason."""
    asked = [key for key in preset.columns if key.startswith(QUESTION)]
    return [column.key for column in SENSITIVE if column.key in preset.columns] + asked


def check_preset(preset: PresetDraft) -> Mapping[str, str]:
    """Private columns need a reason, a span its days in their order."""
    problems = {}
    if preset.first and preset.last and preset.last < preset.first:
        problems["last"] = _("The last day is before the first.")
    if private_columns(preset) and not preset.reason.strip():
        problems["reason"] = _("Say what the private columns are for.")
    return problems


def suffix_of(preset: PresetDraft) -> Format:
    """The ending of the file."""
    if preset.by == NARRATIVE:
        return "docx"
    return "pdf" if preset.by in dict(PAPERS) else preset.form


def file_name(preset: PresetDraft) -> str:
    """The name of the file: what it is, never the people it names."""
    return f"{preset.by}.{suffix_of(preset)}"


def asked(preset: PresetDraft, kept: Kept) -> Preset:
    """The preset in the form that the operations take."""
    hidden = hidden_of(preset, kept)
    return Preset(
        preset.name.strip() if "name" not in hidden else "",
        kind_of(preset, kept),
        preset.columns,
        _cut_of(preset, hidden),
        suffix_of(preset),
        preset.language,
    )


def _cut_of(preset: PresetDraft, hidden: frozenset[str]) -> ReportFilter:
    """What the report is cut to; hidden fields do not count."""
    return ReportFilter(
        delegation="" if "delegation" in hidden else preset.delegation,
        language_group="" if "language_group" in hidden else preset.language_group,
        module="" if "module" in hidden else preset.module,
        first=None if "first" in hidden else preset.first,
        last=None if "last" in hidden else preset.last,
        travel_days=0 if "travel_days" in hidden else preset.travel_days,
        planned="planned" not in hidden and preset.planned,
    )
