"""Rows of the money in words: what a grant is made of, what a claim is worth, what came in."""

from collections.abc import Sequence

from schoolapp.base.language import _, isolate, ltr, plural
from schoolapp.desktop.look import formats
from schoolapp.desktop.places.money.words import cost_word, method_word
from schoolapp.domain.budget import sum_of_parts
from schoolapp.domain.money import Money
from schoolapp.domain.travel import Worth
from schoolapp.operations.funding import (
    CampaignRow,
    ClaimDetail,
    Earner,
    FundRow,
    IncomeDraft,
    LineDraft,
    PaymentRow,
    SubsidyDetail,
)


def granted_words(found: SubsidyDetail) -> str:
    """Why what is left to pay of a subsidy is what it is, as a sum."""
    row = found.row
    if row.granted is None:
        return ""
    said = [_granted(row.granted, found.parts)]
    if row.paid is not None and row.paid.minor:
        said.append(_("Paid: {amount}.").format(amount=formats.money(row.paid)))
    if row.rest is not None and row.rest.minor:
        said.append(_("Left to pay: {amount}.").format(amount=formats.money(row.rest)))
    elif row.paid is not None:
        said.append(_("Nothing is left to pay."))
    return " ".join(said)


def _granted(granted: Money, parts: Sequence[tuple[str, Money]]) -> str:
    amount, whole = formats.money(granted), sum_of_parts(parts)
    if whole is None:
        return _("Granted: {amount}.").format(amount=amount)
    named = [
        _("{part} {amount}").format(part=method_word(kind), amount=formats.money(part))
        for kind, part in parts
    ]
    if whole == granted:
        return _("Granted: {amount} = {parts}.").format(amount=amount, parts=" + ".join(named))
    return _("Granted: {amount}. Its parts allow up to {whole}: {parts}.").format(
        amount=amount, whole=formats.money(whole), parts=", ".join(named)
    )


def payment_fact(payment: PaymentRow) -> tuple[str, str]:
    """How a payment of a subsidy was made, and all that is known of it."""
    words = [formats.money(payment.amount)]
    if payment.paid_as is not None and payment.paid_as.currency != payment.amount.currency:
        words.append(formats.money(payment.paid_as))
    if payment.rate is not None:
        words.append(_("at {rate}").format(rate=ltr(str(payment.rate))))
    if payment.rate_date is not None:
        words.append(formats.date(payment.rate_date))
    if payment.rate_source:
        words.append(isolate(payment.rate_source))
    if payment.signed_receipt:
        words.append(_("receipt signed"))
    if payment.pending:
        words.append(_("not paid yet"))
    return method_word(payment.kind), " · ".join(words)


def fund_words(fund: FundRow) -> str:
    """The figures of a fund in a sentence."""
    values = {
        "name": isolate(fund.name),
        "paid": formats.money(fund.paid),
        "promised": formats.money(fund.reserved),
    }
    if fund.income is None or fund.free is None:
        sentence = _("{name}: {paid} paid, {promised} promised; its income is not recorded.")
    elif fund.free.minor < 0:
        values["more"] = formats.money(Money(-fund.free.minor, fund.currency))
        sentence = _("{name}: {paid} paid, {promised} promised, {more} more than came in.")
    else:
        values["free"] = formats.money(fund.free)
        sentence = _("{name}: {paid} paid, {promised} promised, {free} free.")
    said = sentence.format(**values)
    if fund.allocated is None:
        return said
    set_aside = _("Set aside for it: {amount}.").format(amount=formats.money(fund.allocated))
    return f"{said} {set_aside}"


def income_words(income: IncomeDraft) -> str:
    """An income of a fund in a line."""
    assert income.amount is not None, "a stored income"
    facts = [
        formats.money(income.amount),
        isolate(income.giver) if income.giver else "",
        formats.date(income.date) if income.date else "",
        isolate(income.earmark) if income.earmark else "",
    ]
    return " · ".join(fact for fact in facts if fact)


def claim_words(found: ClaimDetail) -> str:
    """What may be approved of a claim, or was, as a sum."""
    if found.worth is None or found.row.cap is None:
        return _("The claim has no limit yet: enter the most that is paid.")
    allowed = _allowed(found.worth, found.row.cap)
    if found.row.approved is None or not found.row.approved.minor:
        return allowed
    approved = _("Approved: {amount}.").format(amount=formats.money(found.row.approved))
    return f"{approved} {allowed}"


def _allowed(worth: Worth, cap: Money) -> str:
    values = {
        "allowed": formats.money(worth.allowed),
        "fares": formats.money(worth.fares),
        "counted": formats.money(worth.allowed_fares),
        "visa": formats.money(worth.visa),
        "cap": formats.money(cap),
    }
    if worth.fares == worth.allowed_fares:
        sentence = _(
            "The proofs allow {allowed}: fares {fares} + visa {visa}; fares at most {cap}."
        )
    else:
        sentence = _(
            "The proofs allow {allowed}: fares {counted}, which is the limit, of {fares}"
            " + visa {visa}."
        )
    return sentence.format(**values)


def line_words(line: LineDraft) -> str:
    """A line of a claim, with its proofs and whether it counts."""
    assert line.paid is not None, "a stored line"
    assert line.value is not None, "a stored line"
    assert line.date is not None, "a stored line"
    facts = [cost_word(line.what), formats.date(line.date), formats.money(line.paid)]
    if line.paid != line.value:
        rate = _("at {rate}").format(rate=ltr(str(line.rate))) if line.rate is not None else ""
        facts += [rate, formats.money(line.value)]
    facts.append(_("receipt") if line.receipt else _("no receipt"))
    if line.what == "flight":
        facts.append(_("boarding pass") if line.boarding_pass else _("no boarding pass"))
    if line.rejected:
        facts.append(_("does not count"))
    return " · ".join(fact for fact in facts if fact)


def campaign_words(row: CampaignRow) -> str:
    """What a campaign raised, and who earns its reward."""
    values = {"title": isolate(row.title), "raised": formats.money(row.raised)}
    if row.goal is not None:
        words = _("{title}: {raised} raised of {goal}.").format(
            **values, goal=formats.money(row.goal)
        )
    else:
        words = _("{title}: {raised} raised.").format(**values)
    if row.reward is None:
        return words
    single, summed = len(row.by_one_gift), len(row.by_sum)
    earned = plural(
        "{number} giver earns the reward with one gift, {summed} with the sum.",
        "{number} givers earn the reward with one gift, {summed} with the sum.",
        single,
    ).format(number=formats.number(single), summed=formats.number(summed))
    return _("{campaign} {rewards}").format(campaign=words, rewards=earned)


def earner_words(earners: Sequence[Earner]) -> str:
    """Who earns a reward, by name; people who want no name shown are counted."""
    said = [isolate(one.name) for one in earners if one.name]
    if unnamed := len(earners) - len(said):
        words = plural(
            "{count} person who wants to stay anonymous",
            "{count} people who want to stay anonymous",
            unnamed,
        )
        said.append(words.format(count=formats.number(unnamed)))
    return ", ".join(said)
