"""Taking over a list that somebody has: what it would change, then all of it as one step."""

from schoolapp.operations.lists.cast import Named
from schoolapp.operations.lists.outcomes import AskedName, ListOutcome, PlannedLine, Remark
from schoolapp.operations.lists.taking_over import ListPlan, apply_list, plan_list

__all__ = [
    "AskedName",
    "ListOutcome",
    "ListPlan",
    "Named",
    "PlannedLine",
    "Remark",
    "apply_list",
    "plan_list",
]
