"""Fanxiu 返修: without arguments the window opens; with a command it works headless and loads no Qt.

Exit codes: 0 done, 1 refused by a rule or bad input (the sentence is on stderr), 2 could not run, 3 the night found
what must be looked at.
"""

from __future__ import annotations

import sys

from app.commands import line


def main(words: list[str] | None = None) -> int:
    """Run the program with ``words`` (default: the command line) and return its exit code."""
    arguments = line.parse(words)
    if arguments.run is not None:
        return line.execute(arguments)
    try:
        if arguments.pictures:
            from ui.screenshots import take

            return take(arguments)
        from ui.opening import open_window

        return open_window(arguments)
    except ImportError as error:
        return line.no_library(arguments, error)


if __name__ == "__main__":
    sys.exit(main())
