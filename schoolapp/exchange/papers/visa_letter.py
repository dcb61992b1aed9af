"""The letter of invitation for a consulate, as a PDF in the language that was chosen for it."""

from schoolapp.base import language
from schoolapp.base.language import _, isolate, ltr, mark
from schoolapp.domain.documents import LetterText
from schoolapp.domain.text import title_in
from schoolapp.domain.visas import Payer
from schoolapp.exchange.papers import typesetting

PAID = {
    Payer.HOST: mark("Travel, lodging and meals are paid by {host}."),
    Payer.SHARED: mark("Lodging and meals are paid by {host}, travel by the person invited."),
    Payer.SELF: mark("Travel, lodging and meals are paid by the person invited."),
    Payer.OTHER: mark("Travel, lodging and meals are paid by {payer}."),
}


MAIL_SUBJECT = mark("{gathering}: your letter of invitation, number {number}")
MAIL_TEXT = mark(
    "Dear {name},\n\n"
    "With this mail comes your letter of invitation to {gathering}, from {start} to {end}. Its "
    "number is {number}. Please print it and hand it in at the consulate with your other "
    "papers.\n\n"
    "The letter says {passport_name}. If your passport writes this name in another way, or if "
    "the dates are not yours, answer this mail before you go to the consulate, and we will send "
    "you a new letter. Tell us too on which day you have an appointment.\n\n"
    "With warm greetings,\n{host}"
)


def write_letter(letter: LetterText) -> bytes:
    """The letter as a PDF, A4; the same letter gives the same bytes."""
    with language.in_language(letter.language):
        data = {
            "title": _("Letter of invitation"),
            "number": _number(letter),
            "date": typesetting.date(letter.issued),
            "host": isolate(letter.host),
            "address": [isolate(line) for line in letter.host_address.splitlines() if line],
            "consulate": isolate(letter.consulate) if letter.consulate else "",
            "paragraphs": _paragraphs(letter),
            "lines": [line for line in _lines(letter) if line[1]],
            "closing": _closing(letter),
            "signature": _("Name, function and signature for {host}").format(
                host=isolate(letter.host)
            ),
        }
        return typesetting.typeset("visa_letter", data, at=letter.at, tags=True)


def mail_words(letter: LetterText, *, name: str, tag: str) -> tuple[str, str]:
    """Subject and text of the mail that carries the letter, in the language ``tag``.

    ``name`` is what the person is called, which need not be the name in the passport (E27).
    """
    with language.in_language(tag):
        gathering = title_in(letter.gathering, tag)
        values = {
            "name": name,
            "gathering": gathering,
            "start": typesetting.date(letter.starts),
            "end": typesetting.date(letter.ends),
            "number": letter.number,
            "passport_name": letter.name,
            "host": letter.host,
        }
        apart = {
            key: isolate(value) if language.direction() == "rtl" else value
            for key, value in values.items()
        }
        return _(MAIL_SUBJECT).format(**values), _(MAIL_TEXT).format(**apart)


def _number(letter: LetterText) -> str:
    if letter.revision == 1:
        return _("Number {number}").format(number=ltr(letter.number))
    words = _("Number {number}, revision {revision}; it replaces the letters before it.")
    return words.format(number=ltr(letter.number), revision=letter.revision)


def _paragraphs(letter: LetterText) -> list[str]:
    invited = (
        _("We invite {name} to take part in {gathering}, from {start} to {end}, in {place}.")
        if letter.city
        else _("We invite {name} to take part in {gathering}, from {start} to {end}.")
    )
    place = (letter.city, typesetting.country_name(letter.country))
    sentence = invited.format(
        name=isolate(letter.name),
        gathering=isolate(title_in(letter.gathering, language.current())),
        start=typesetting.date(letter.starts),
        end=typesetting.date(letter.ends),
        place=isolate(" – ".join(place)),
    )
    return [_("To whom it may concern,"), sentence]


def _lines(letter: LetterText) -> list[list[str]]:
    nation = letter.nationality
    return [
        [_("Name as in the passport"), isolate(letter.name)],
        [_("Date of birth"), typesetting.date(letter.born) if letter.born else ""],
        [_("Nationality"), isolate(typesetting.country_name(nation)) if nation else ""],
        [
            _("Number of the passport"),
            ltr(letter.passport_number) if letter.passport_number else "",
        ],
        [_("First day of the stay"), typesetting.date(letter.starts)],
        [_("Last day of the stay"), typesetting.date(letter.ends)],
        [_("Address during the stay"), isolate(letter.address)],
    ]


def _closing(letter: LetterText) -> list[str]:
    paid = _(PAID[letter.payer]).format(host=isolate(letter.host), payer=isolate(letter.payer_name))
    asked = _("We ask you to grant a visa for these dates.")
    if not letter.contact:
        return [paid, asked]
    return [paid, asked, _("For questions: {address}").format(address=ltr(letter.contact))]
