"""Delegations: their list with quotas, registration, names from their leaders, replacing."""

from schoolapp.operations.delegations.editing import (
    DelegationDraft,
    check,
    draft_of,
    move_delegation,
    remove_delegation,
    save_delegation,
    steps_of,
)
from schoolapp.operations.delegations.listing import (
    DelegationMember,
    DelegationRow,
    delegation_rows,
    members_of,
    sheet_facts,
)
from schoolapp.operations.delegations.naming import (
    NamedRow,
    NameOutcome,
    NamesPlan,
    apply_names,
    plan_names,
)
from schoolapp.operations.delegations.replacing import replace_person

__all__ = [
    "DelegationDraft",
    "DelegationMember",
    "DelegationRow",
    "NameOutcome",
    "NamedRow",
    "NamesPlan",
    "apply_names",
    "check",
    "delegation_rows",
    "draft_of",
    "members_of",
    "move_delegation",
    "plan_names",
    "remove_delegation",
    "replace_person",
    "save_delegation",
    "sheet_facts",
    "steps_of",
]
