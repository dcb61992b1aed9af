"""Reports: the facts of each kind, ready to be written, and presets kept under a name."""

from schoolapp.operations.reports.assembling import narrative_of, report_of
from schoolapp.operations.reports.cuts import Cuts, cuts_of, need_known
from schoolapp.operations.reports.presets import (
    Preset,
    presets,
    remove_preset,
    save_preset,
    step_title,
)

__all__ = [
    "Cuts",
    "Preset",
    "cuts_of",
    "narrative_of",
    "need_known",
    "presets",
    "remove_preset",
    "report_of",
    "save_preset",
    "step_title",
]
