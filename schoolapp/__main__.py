"""Where the program starts: the window, a command, or the process that reads foreign files."""

import sys

READ_SHEET_APART = "read-sheet-apart"  # exchange.applications.worker.SUBCOMMAND; a test compares


def main() -> int:
    """Start what the arguments ask for; nothing slow is imported before it is known what."""
    arguments = sys.argv[1:]
    if arguments[:1] == [READ_SHEET_APART]:
        from schoolapp.exchange.applications.worker import run_limited

        return run_limited()
    if all(argument in ("--practice", "--until-painted") for argument in arguments):
        from schoolapp import app

        return app.main(
            practice="--practice" in arguments, until_painted="--until-painted" in arguments
        )
    from schoolapp import cli

    return cli.run(arguments)


if __name__ == "__main__":
    sys.exit(main())
