"""Presets of reports kept under a name, so that next year the same columns come out."""

from dataclasses import dataclass, field

import sqlalchemy as sa

from schoolapp.base.language import _, mark
from schoolapp.domain.planned_reports import kind_of
from schoolapp.domain.reports import (
    FORMATS,
    KINDS,
    Format,
    ReportFilter,
    ReportTemplate,
    columns_in,
    filter_of,
)
from schoolapp.domain.rules import RuleBroken
from schoolapp.storage.selecting import fetch
from schoolapp.storage.store import ChangedElsewhere, DbSession


@dataclass(frozen=True, slots=True)
class Preset:
    """A preset of a report; ``id`` is None for one that is not kept.

    Without ``columns`` the report has the least that it needs.
    """

    name: str
    kind: str
    columns: tuple[str, ...] = ()
    only: ReportFilter = field(default_factory=ReportFilter)
    format: Format = "xlsx"
    language: str = "en"
    id: int | None = None


def presets(session: DbSession) -> list[Preset]:
    """What was kept, by name; one statement."""
    kept = ReportTemplate
    statement = sa.select(
        kept.name,
        kept.kind,
        kept.columns,
        kept.filters,
        kept.format,
        kept.language,
        kept.id,
    ).order_by(kept.name)
    return [
        Preset(name, kind, tuple(listed), filter_of(filters), form, language, key)
        for name, kind, listed, filters, form, language, key in fetch(session, statement)
    ]


def save_preset(session: DbSession, preset: Preset) -> int:
    """Keep a preset under its name, in place of what had this name before; its key.

    ``RuleBroken`` without a name, or for a kind, column or format that there is not.
    """
    name = preset.name.strip()
    if not name:
        raise RuleBroken(mark("Give the report a name to keep it under."))
    if preset.kind not in KINDS or preset.format not in FORMATS:
        raise RuleBroken(mark("There is no report {kind}."), kind=preset.kind)
    columns = [column.key for column in columns_in(KINDS[preset.kind], preset.columns)]
    kept = session.scalars(sa.select(ReportTemplate).where(ReportTemplate.name == name)).first()
    if kept is None:
        kept = ReportTemplate(name=name, kind=preset.kind)
        session.add(kept)
    kept.kind, kept.columns = preset.kind, columns
    kept.filters, kept.format, kept.language = preset.only.kept(), preset.format, preset.language
    session.flush()
    return kept.id


def step_title(preset: Preset, gathering: str, reason: str) -> str:
    """What the journal keeps of an export with sensitive columns; empty for any other one."""
    kind = kind_of(preset.kind, planned=preset.only.planned)
    columns = columns_in(kind, preset.columns)
    sensitive = [column.key for column in columns if column.sensitive]
    if not sensitive:
        return ""
    return _("Export {report} of {gathering} with {columns}: {reason}").format(
        report=preset.kind, gathering=gathering, columns=", ".join(sensitive), reason=reason.strip()
    )


def remove_preset(session: DbSession, preset_id: int) -> None:
    """Forget a preset; ``ChangedElsewhere`` if somebody else did."""
    kept = session.get(ReportTemplate, preset_id)
    if kept is None:
        raise ChangedElsewhere
    session.delete(kept)
