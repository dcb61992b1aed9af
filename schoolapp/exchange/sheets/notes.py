"""The sheet that says what a workbook shows: its title, filters and time of export."""

from schoolapp.base.language import _
from schoolapp.exchange.sheets.values import Column, Table


def with_notes(table: Table, *more: Table) -> tuple[Table, ...]:
    """The tables and, if the first has notes, a last one made of them."""
    if not table.notes:
        return (table, *more)
    columns = (Column("what", table.title), Column("value", ""))
    return (
        table,
        *more,
        Table(_("About this file"), columns, table.notes, right_to_left=table.right_to_left),
    )
