"""A language more: an entry in one list and a catalogue, and nothing else of the program."""

import os
import subprocess
import sys

from tests.paths import ROOT


def test_a_seventh_language_needs_a_list_and_a_catalogue() -> None:
    """With both added, first run, choices, screens, letters and all exports work in it.

    In a process of its own, because the list is read once, when the program begins.
    """
    own = {key: value for key, value in os.environ.items() if not key.startswith("PYTEST_")}
    tried = subprocess.run(  # our own tests, with our own Python
        [sys.executable, "-m", "pytest", "-p", "tests.seventh_language", "-q", "-n", "0",
         "-p", "no:cacheprovider", "tests/desktop/with_seven_languages.py",
         "tests/operations/test_recipients.py::test_papers_are_in_the_language_that_was_found"],
        cwd=ROOT, env=own, capture_output=True, text=True, timeout=240,
    )  # fmt: skip
    assert tried.returncode == 0, tried.stdout[-3000:] + tried.stderr[-1000:]
