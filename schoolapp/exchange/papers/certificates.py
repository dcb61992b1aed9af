"""Writes certificates of attendance as PDF/A, each in its reader's language, with a signed code."""

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Protocol

from schoolapp.base.language import _, in_language, isolate, ltr, plural
from schoolapp.domain.certificates import Attested, attested, hours_of
from schoolapp.exchange.papers import typesetting

INSTITUTE = "International Institute for Research and Education"


class Issued(Protocol):
    """A certificate that was issued: its signed text, and how it is printed."""

    @property
    def signed(self) -> str:
        """The text of ``Attested`` with its signature."""

    @property
    def native_name(self) -> str:
        """The name in its own script; empty where there is none."""

    @property
    def language(self) -> str:
        """The tag of the reader's language."""


def certificate_files(issued: Iterable[Issued], keys: Iterable[str]) -> Iterator[tuple[str, bytes]]:
    """The files that go out together: each certificate, and the public keys to check them with."""
    for one in issued:
        yield (
            certificate_name(one.signed),
            write_certificate(
                signed=one.signed, native_name=one.native_name, language=one.language
            ),
        )
    yield "public-key.txt", "".join(f"{key}\n" for key in keys).encode()


def write_certificate(*, signed: str, native_name: str, language: str) -> bytes:
    """One certificate on one page (PDF/A-2b); the same text gives the same bytes."""
    said = attested(signed.rpartition("\n")[0])
    with in_language(language):
        data = {
            "institute": INSTITUTE,
            "native": native_name if native_name != said.name else "",
            "native_dir": typesetting.direction_of(native_name),
            **certificate_words(said),
            "code": typesetting.code_picture(signed),
        }
        at = dt.datetime.combine(said.issued_on, dt.time(), dt.UTC)
        return typesetting.typeset("certificate", data, at=at, tags=True, archive=True)


def certificate_words(said: Attested) -> dict[str, str]:
    """The sentences of a certificate in the language in use, by their place on the page."""
    return {
        "title": _("Certificate of attendance"),
        "opening": _("The institute certifies that"),
        "name": said.name,
        "sentence": plural(
            "took part in {sessions} session of",
            "took part in {sessions} sessions of",
            said.sessions,
        ).format(sessions=said.sessions),
        "gathering": said.gathering,
        "when": _("from {first} to {last}").format(
            first=typesetting.day(said.first_day), last=typesetting.day(said.last_day)
        ),
        "hours": _("and attended {hours} of {possible} hours.").format(
            hours=ltr(typesetting.tenths(hours_of(said.minutes))),
            possible=ltr(typesetting.tenths(hours_of(said.minutes_possible))),
        ),
        "signature": _("For the institute"),
        "number": _("Certificate number {number}").format(number=ltr(str(said.number))),
        "issued": _("Issued on {date}").format(date=typesetting.day(said.issued_on)),
        "check": _(
            "The code holds these facts, signed by the institute. With the institute's public"
            " key anybody can check it without a network: {command}"
        ).format(command=isolate("schoolapp verify-certificate")),
    }


def certificate_name(signed: str) -> str:
    """The name of a certificate's file: its number, never the person's name."""
    return f"certificate-{attested(signed.rpartition(chr(10))[0]).number:05}.pdf"
