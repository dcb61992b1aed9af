"""Certificates on paper: they say what their check says, figure by figure."""

import datetime as dt
import re
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from schoolapp.base.language import RECIPIENT_LANGUAGES, in_language
from schoolapp.cli.reports import genuine
from schoolapp.domain.certificates import Attested, hours_of
from schoolapp.exchange.papers.certificates import certificate_words

DAY = dt.date(2027, 10, 25)
MINUTES = st.integers(0, 99_999)


def figures(sentence: str) -> list[Decimal]:
    """The two figures of hours in order of size: signs and positions differ between languages."""
    found = re.findall(r"\d[\d.,\u00a0\u202f]*[.,]\d", sentence)
    return sorted(Decimal(re.sub(r"\D", "", number)) / 10 for number in found)


@given(MINUTES, MINUTES, st.sampled_from(RECIPIENT_LANGUAGES))
def test_paper_and_check_name_the_same_hours(minutes: int, possible: int, tag: str) -> None:
    """For every number of minutes and in every language: 54.45 hours are not 54.4 here and 54.5
    there."""
    said = Attested(7, "Ana", "School", DAY, DAY, minutes, possible, 34, DAY)
    with in_language(tag):
        paper = figures(certificate_words(said)["hours"])
    sentence = genuine(said)
    assert paper == figures(sentence.partition("hours")[0].rpartition(" to ")[2][10:])
    assert paper == sorted([hours_of(minutes), hours_of(possible)])
    assert abs(hours_of(minutes) - Decimal(minutes) / 60) <= Decimal("0.05")


def test_half_an_hour_more_is_rounded_to_even() -> None:
    """3 minutes are 0.0 hours and 9 are 0.2, as amounts are rounded."""
    assert [str(hours_of(n)) for n in (0, 3, 9, 3267, 3258)] == [
        "0.0",
        "0.0",
        "0.2",
        "54.4",
        "54.3",
    ]
