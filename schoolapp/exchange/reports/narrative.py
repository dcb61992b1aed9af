"""The narrative report for a funder: a Word document with the figures filled in."""

from schoolapp.base.language import _, mark, plural
from schoolapp.domain.documents import Narrative
from schoolapp.exchange.papers import typesetting
from schoolapp.exchange.papers.docx import Block, Heading, Paragraph, write_docx
from schoolapp.exchange.reports.writing import grid, notes

_OPEN = (
    mark("What was planned, and what was achieved"),
    mark("What participants say"),
    mark("Difficulties, and what was learned"),
    mark("What comes next"),
)
"""What only people can write: headings with room under them."""


def write_narrative(narrative: Narrative) -> bytes:
    """The document, in the language in use."""
    report = narrative.participation
    title = _("Planned narrative report") if narrative.planned else _("Narrative report")
    blocks: list[Block] = [
        Heading(report.gathering),
        Heading(title, 2),
        *(Paragraph(note) for note in notes(report)),
        Heading(_("In figures"), 2),
        *(Paragraph(sentence) for sentence in _sentences(narrative)),
        *(block for title in _OPEN for block in (Heading(_(title), 2), Paragraph(), Paragraph())),
        Heading(_(report.sheet.title), 2),
        Paragraph(_("Groups of fewer than five people are not shown.")),
        grid(report.sheet),
        Heading(_(narrative.sessions_held.sheet.title), 2),
        grid(narrative.sessions_held.sheet),
    ]
    return write_docx(title, blocks)


def _sentences(figures: Narrative) -> list[str]:
    return _planned(figures) if figures.planned else _achieved(figures)


def _achieved(figures: Narrative) -> list[str]:
    hours = typesetting.whole(round(figures.minutes / 60))
    share = typesetting.whole(
        round(100 * figures.minutes / figures.possible) if figures.possible else 0
    )
    return [
        _("The gathering took place in {place} from {first} to {last}.").format(
            place=figures.place,
            first=typesetting.day(figures.first),
            last=typesetting.day(figures.last),
        ),
        plural(
            "{persons} person from {countries} country took part.",
            "{persons} people from {countries} countries took part.",
            figures.persons,
        ).format(persons=figures.persons, countries=figures.countries),
        _("Together they were there on {days} days (person-days).").format(
            days=typesetting.whole(figures.person_days)
        ),
        _(
            "{sessions} sessions were held with a register. {hours} hours were attended, {share} %"
            " of what was possible."
        ).format(sessions=figures.sessions, hours=hours, share=share),
    ]


def _planned(figures: Narrative) -> list[str]:
    """The same of the plan: what nobody has done yet is not written as if it were done."""
    return [
        _("The gathering is planned in {place} from {first} to {last}.").format(
            place=figures.place,
            first=typesetting.day(figures.first),
            last=typesetting.day(figures.last),
        ),
        plural(
            "{persons} person is planned to take part, from {countries} country.",
            "{persons} people are planned to take part, from {countries} countries.",
            figures.persons,
        ).format(persons=figures.persons, countries=figures.countries),
        _("Together they are planned to be there on {days} days (planned person-days).").format(
            days=typesetting.whole(figures.person_days)
        ),
        plural(
            "{sessions} session with a register is planned.",
            "{sessions} sessions with a register are planned.",
            figures.sessions,
        ).format(sessions=figures.sessions),
    ]
