"""The fields of money: payments of delegations, funds, subsidies and travel claims."""

from schoolapp.base.language import mark
from schoolapp.domain.funding import (
    Allocation,
    ClaimLine,
    ClaimState,
    Fund,
    FundIncome,
    Payment,
    Subsidy,
    SubsidyPart,
    SubsidyPayment,
    SubsidyState,
    TravelClaim,
)
from schoolapp.exchange.packages.codecs import (
    BOOLEAN,
    CURRENCY,
    DATE,
    DECIMAL,
    MONEY,
    TEXT,
    Codec,
    Json,
    Known,
    Unreadable,
    Values,
    list_of,
    reference,
    row_each,
    rows_by_key,
    states,
    words_for,
)
from schoolapp.exchange.packages.fields import Field, Record, entity
from schoolapp.exchange.packages.people import PERSON_REFERENCE

SOLIDARITY = "solidarity"
PAID = "paid"
"""The word of some packages for a settled subsidy whose payments were not recorded."""

PAYMENTS = Record(
    entity(Payment),
    (
        Field("id", TEXT, "code"),
        Field("delegation", reference("delegations"), null=True),
        Field("date", DATE),
        Field("method", TEXT),
        Field("amount", MONEY),
        Field("paid_as", MONEY, null=True),
        Field("reference", TEXT),
        Field("allocated_to", row_each(Allocation, "person", PERSON_REFERENCE), "allocations"),
        # what the program knows beyond the format
        Field("person", PERSON_REFERENCE, optional=True),
    ),
).listed(payments="code")


def _solidarity_fund(values: Values, known: Known) -> Fund:
    fund = Fund(name=SOLIDARITY, **values)
    known.add("funds", SOLIDARITY, fund)
    return fund


SOLIDARITY_FUND = Record(
    _solidarity_fund, (Field("currency", CURRENCY), Field("allocated", MONEY))
).codec


def is_a_sum(incomes: list[FundIncome]) -> bool:
    """Whether all that is known of what came in is one amount."""
    return [(one.giver, one.date, one.earmark) for one in incomes] == [("", None, "")]


INCOMES = Record(
    entity(FundIncome),
    (
        Field("amount", MONEY),
        Field("from", TEXT, "giver", optional=True, get=lambda one: one.giver or None),
        Field("date", DATE, optional=True),
        Field("earmark", TEXT, optional=True, get=lambda one: one.earmark or None),
    ),
).listed()


def _incomes(value: Json, known: Known) -> list[FundIncome]:
    """A list of incomes; one amount is an income of which no more is known."""
    if isinstance(value, list):
        return INCOMES.read(value, known)
    return [FundIncome(amount=MONEY.read(value, known), position=1)]


def _incomes_word(incomes: list[FundIncome]) -> Json:
    return MONEY.write(incomes[0].amount) if is_a_sum(incomes) else INCOMES.write(incomes)


FUNDS = Record(
    entity(Fund),
    (
        Field("name", TEXT),
        Field("currency", CURRENCY),
        Field("income", Codec(_incomes, _incomes_word), "incomes", optional=True),
        Field("allocated", MONEY, optional=True),
    ),
).listed(funds="name")


def _fund(value: Json, known: Known) -> Fund:
    """The fund of this name; one about which nothing else is known has the gathering's currency."""
    name = TEXT.read(value, known)
    fund: Fund = known.all("funds").setdefault(name, Fund(name=name, currency=""))
    return fund


def _subsidy(values: Values, known: Known) -> Subsidy:
    word = values.pop("state")
    if word == PAID:
        return Subsidy(state=SubsidyState.SETTLED, imported_state=PAID, **values)
    return Subsidy(state=word, **values)


def _subsidy_word(subsidy: Subsidy) -> SubsidyState | str:
    if subsidy.imported_state and subsidy.state is SubsidyState.SETTLED:
        return subsidy.imported_state
    return subsidy.state


def _subsidy_payment(values: Values, known: Known) -> SubsidyPayment:
    if "rate_eur" in values:
        if "rate" in values:
            raise Unreadable(mark("a payment has one rate")).inside("rate_eur")
        return SubsidyPayment(rate=values.pop("rate_eur"), rate_base="EUR", **values)
    return SubsidyPayment(**values)


SUBSIDY_PAYMENT = Record(
    _subsidy_payment,
    (
        Field("kind", TEXT),
        Field("amount", MONEY),
        Field("paid_as", MONEY, optional=True),
        Field("rate", DECIMAL, optional=True, get=lambda p: None if p.rate_base else p.rate),
        Field("rate_eur", DECIMAL, optional=True, get=lambda p: p.rate if p.rate_base else None),
        Field("rate_date", DATE, optional=True, null=True),
        Field("signed_receipt", BOOLEAN, optional=True),
        Field("state", TEXT, optional=True),
        # what the program knows beyond the format
        Field("rate_source", TEXT, optional=True),
    ),
)
SUBSIDIES = Record(
    _subsidy,
    (
        Field("id", TEXT, "code"),
        Field("person", PERSON_REFERENCE),
        Field(
            "state",
            words_for({state.value: state for state in SubsidyState} | {PAID: PAID}),
            get=_subsidy_word,
        ),
        Field("requested", MONEY, optional=True),
        Field("granted", MONEY, null=True),
        Field("parts", rows_by_key(SubsidyPart, "kind", "amount", MONEY), optional=True),
        Field("payments", SUBSIDY_PAYMENT.listed()),
        Field("decided_by", PERSON_REFERENCE, optional=True),
        Field("fund", Codec(_fund, lambda fund: fund.name)),
        # what the program knows beyond the format
        Field("note", TEXT, optional=True),
    ),
).listed(subsidies="code")


def _travel_claim(values: Values, known: Known) -> TravelClaim:
    lines: list[ClaimLine] = values["lines"]
    for n, name in enumerate(values.pop("rejected_lines")):
        line = next((line for line in lines if line.what == name and not line.rejected), None)
        if line is None:
            raise (
                Unreadable(mark("there is no {code} in {place}"), code=name, place="lines")
                .inside(n)
                .inside("rejected_lines")
            )
        line.rejected = True
    return TravelClaim(**values)


CLAIM_LINE = Record(
    entity(ClaimLine),
    (
        Field("what", TEXT),
        Field("date", DATE),
        Field("paid", MONEY),
        Field("eur", MONEY, "value"),
        Field("receipt", BOOLEAN),
        Field("boarding_pass", BOOLEAN, optional=True),
        # what the program knows beyond the format
        Field("rate", DECIMAL, optional=True),
        Field("rate_source", TEXT, optional=True),
    ),
)
TRAVEL_CLAIMS = Record(
    _travel_claim,
    (
        Field("id", TEXT, "code"),
        Field("person", PERSON_REFERENCE),
        Field("subsidy", reference("subsidies")),
        Field("state", states(ClaimState)),
        Field("lines", CLAIM_LINE.listed()),
        Field("claimed", MONEY, null=True),
        Field("approved", MONEY, null=True),
        Field("cap", MONEY, null=True),
        Field(
            "rejected_lines",
            list_of(TEXT),
            get=lambda claim: [line.what for line in claim.lines if line.rejected],
        ),
    ),
).listed(claims="code")
