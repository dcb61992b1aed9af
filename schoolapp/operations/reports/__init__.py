"""Reports: the facts of each kind, ready to be written, and wishes kept under a name."""

from schoolapp.operations.reports.assembling import narrative_of, report_of
from schoolapp.operations.reports.presets import (
    Preset,
    presets,
    remove_preset,
    save_preset,
    step_title,
)

__all__ = [
    "Preset",
    "narrative_of",
    "presets",
    "remove_preset",
    "report_of",
    "save_preset",
    "step_title",
]
