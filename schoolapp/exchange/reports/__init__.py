"""Reports that go out: one table of facts as a spreadsheet, a PDF or a Word document."""

from schoolapp.exchange.reports.narrative import write_narrative
from schoolapp.exchange.reports.writing import tables, write, write_pdf

__all__ = ["tables", "write", "write_narrative", "write_pdf"]
