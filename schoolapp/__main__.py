"""Where the program starts: the window, a command, or a process that reads foreign files."""

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

# the words of the readers of ``exchange.apart``; a test compares
READ_SHEET_APART, READ_CALENDAR_APART = "read-sheet-apart", "read-calendar-apart"


def main() -> int:
    """Start what the arguments ask for; nothing slow is imported before it is known what."""
    arguments = sys.argv[1:]
    if arguments[:1] == [READ_SHEET_APART]:
        from schoolapp.exchange.applications.worker import run_limited

        return run_limited()
    if arguments[:1] == [READ_CALENDAR_APART]:
        from schoolapp.exchange.calendars import foreign

        return foreign.run_limited()
    if all(argument in ("--practice", "--until-painted") for argument in arguments):
        from schoolapp import app

        return app.main(
            practice="--practice" in arguments,
            tour=_tour,
            until_painted="--until-painted" in arguments,
        )
    try:
        from schoolapp import cli

        return cli.run(arguments)
    except KeyboardInterrupt:  # while it still starts
        from schoolapp.base.language import _

        print(_("Stopped. Nothing half done was kept."), file=sys.stderr)
        return 1


def _tour(folder: "Path") -> int:
    from schoolapp import cli

    return cli.run(["tour", "--out", str(folder)])


if __name__ == "__main__":
    sys.exit(main())
