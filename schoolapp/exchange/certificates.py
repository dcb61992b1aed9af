"""Writes certificates of attendance as PDF/A, each in its reader's language, with a signed code."""

import datetime as dt

from schoolapp.domain.certificates import attested
from schoolapp.exchange import typesetting
from schoolapp.exchange.qr import qr_svg
from schoolapp.language import _, in_language, isolate, ltr, plural

INSTITUTE = "International Institute for Research and Education"


def write_certificate(*, signed: str, native_name: str, language: str) -> bytes:
    """One certificate on one page (PDF/A-2b); the same text gives the same bytes."""
    told = attested(signed.rpartition("\n")[0])
    with in_language(language):
        sentence = plural(
            "took part in {sessions} session of",
            "took part in {sessions} sessions of",
            told.sessions,
        ).format(sessions=told.sessions)
        data = {
            "institute": INSTITUTE,
            "title": _("Certificate of attendance"),
            "opening": _("The institute certifies that"),
            "name": told.name,
            "native": native_name if native_name != told.name else "",
            "native_dir": typesetting.direction_of(native_name),
            "sentence": sentence,
            "gathering": told.gathering,
            "when": _("from {first} to {last}").format(
                first=typesetting.day(told.first_day), last=typesetting.day(told.last_day)
            ),
            "hours": _("and attended {hours} of {possible} hours.").format(
                hours=ltr(typesetting.hours(told.minutes)),
                possible=ltr(typesetting.hours(told.minutes_possible)),
            ),
            "signature": _("For the institute"),
            "number": _("Certificate number {number}").format(number=ltr(str(told.number))),
            "issued": _("Issued on {date}").format(date=typesetting.day(told.issued_on)),
            "check": _(
                "The code holds these facts, signed by the institute. With the institute's public"
                " key anybody can check it without a network: {command}"
            ).format(command=isolate("schoolapp verify-certificate")),
            "code": qr_svg(signed),
        }
        at = dt.datetime.combine(told.issued_on, dt.time(), dt.UTC)
        return typesetting.typeset("certificate", data, at=at, tags=True, archive=True)


def certificate_name(signed: str) -> str:
    """The name of a certificate's file: its number, never the person's name."""
    return f"certificate-{attested(signed.rpartition(chr(10))[0]).number:05}.pdf"
