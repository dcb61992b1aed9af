"""Taking over a list that somebody has: what it would change, then all of it as one step."""

from schoolapp.operations.lists.outcomes import ListOutcome, PlannedLine
from schoolapp.operations.lists.taking_over import ListPlan, apply_list, plan_list

__all__ = ["ListOutcome", "ListPlan", "PlannedLine", "apply_list", "plan_list"]
