"""What a certificate says, and who has earned one."""

import dataclasses
import datetime as dt

import pytest

from schoolapp.domain.certificates import Attested, CertificateRule, attested
from schoolapp.domain.rules import RuleBroken

DAY = dt.date(2027, 10, 25)
TOLD = Attested(7, "Nasreen Chaudhry", "School", DAY, DAY, 3258, 3450, 34, DAY)


def test_what_it_says_is_read_back() -> None:
    """The lines give the same facts; a name of several lines becomes one line and adds none."""
    assert attested(TOLD.text()) == TOLD
    forged = dataclasses.replace(TOLD, name="Ana\n99\nPérez")
    assert attested(forged.text()).name == "Ana 99 Pérez"
    assert attested(forged.text()).number == 7


@pytest.mark.parametrize(
    ("old", "new"),
    [("certificate-1", "certificate-2"), ("3258", "many"), ("34 sessions", ""), ("School\n", "")],
)
def test_other_texts_are_refused(old: str, new: str) -> None:
    """Another format, a missing line, an invalid figure: a sentence, not a guess."""
    with pytest.raises(RuleBroken, match="not the text"):
        attested(TOLD.text().replace(old, new))


def test_the_rule_counts_exactly() -> None:
    """80 of a hundred are enough, 79 are not, and of no sessions nobody has enough."""
    rule = CertificateRule()
    assert [rule.earned(n, 100) for n in (79, 80)] == [False, True]
    assert not rule.earned(0, 0)
    assert CertificateRule(100).earned(3, 3)
    for percent in (0, 101):
        with pytest.raises(RuleBroken, match="between 1 and 100"):
            CertificateRule(percent)
