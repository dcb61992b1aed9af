"""Forms that were imported before: what their columns mean, recognised by their headings."""

import sqlalchemy as sa

from schoolapp.domain.applications import ImportForm
from schoolapp.exchange.applications.drafts import ImportedSheet
from schoolapp.exchange.applications.mapping import Mapping, same_form
from schoolapp.storage.store import DbSession


def saved_mappings(session: DbSession) -> tuple[Mapping, ...]:
    """The mappings of all forms, the newest first."""
    rows = session.execute(sa.select(ImportForm.mapping).order_by(ImportForm.id.desc()))
    return tuple(Mapping.from_values(values) for values in rows.scalars())


def remember_form(session: DbSession, sheet: ImportedSheet) -> None:
    """Keep what the columns of a sheet mean, in place of what the same form meant before."""
    headings, values = [*sheet.mapping.columns], sheet.mapping.as_values()
    forms = session.execute(sa.select(ImportForm)).scalars()
    form = next((form for form in forms if same_form(form.headings, headings)), None)
    if form is None:
        session.add(ImportForm(file=sheet.file, headings=headings, mapping=values))
    elif (form.mapping, form.headings) != (values, headings):
        form.headings, form.mapping = headings, values
