"""The command line: the parser of all commands, and how a command ends.

A command is a module of this package with ``add(commands)``, which adds its sub-parser and sets ``run`` to a
function of the parsed arguments that returns an exit code. Modules import their services inside ``run``, so that
the window's start pays nothing for them.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from importlib import import_module
from typing import Any, ClassVar, NoReturn

from app import i18n
from app.errors import Cancelled, Refused, Unavailable
from app.i18n import _

DONE, REFUSED, COULD_NOT_RUN, FOUND = 0, 1, 2, 3

#: In the order of the help.
COMMANDS = (
    "init", "importing", "demo", "slip", "report", "status", "migrate", "sync", "centre", "backup", "move",
    "verify_mark", "filing", "screenshots",
)


class _Parser(argparse.ArgumentParser):
    """A command line that is not understood is bad input: a sentence, and exit code 1."""

    words: ClassVar[list[str]] = []

    def error(self, message: str) -> NoReturn:
        """As the library's."""
        _speak(argparse.Namespace(language=_language(self.words)))
        self.print_usage(sys.stderr)
        said = _("The command line is not understood: {reason}").format(reason=message)
        self.exit(REFUSED, f"{said}\n")


def parse(words: list[str] | None = None) -> argparse.Namespace:
    """The parsed command line; ``run`` is ``None`` when the window is meant."""
    given = sys.argv[1:] if words is None else words
    _Parser.words = given
    parser = _Parser(prog="main.py", description="Fanxiu 返修: return-repair depot")
    parser.set_defaults(run=None, pictures=False)
    _common(parser)
    parser.add_argument("--demo", action="store_true", help="open a believable throw-away depot")
    if _opens_window(given):
        return parser.parse_args(words)
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")
    for name in COMMANDS:
        import_module(f"app.commands.{name}").add(commands)
    for sub in _every(commands):
        _common(sub, default=argparse.SUPPRESS)
    return parser.parse_args(words)


def _language(words: list[str]) -> str | None:
    """The language asked for, before the rest is understood."""
    for n, word in enumerate(words):
        said = word.removeprefix("--language=") if "=" in word else "".join(words[n + 1:n + 2])
        if word.startswith("--language") and said in i18n.LANGUAGES:
            return said
    return None


def _every(commands: Any) -> Iterator[argparse.ArgumentParser]:
    """The parsers of the commands, and of the parts that some have."""
    for sub in commands.choices.values():
        yield sub
        for action in sub._actions:  # noqa: SLF001  the library has no other way to ask for the parts
            if isinstance(action, argparse._SubParsersAction):  # noqa: SLF001
                yield from _every(action)


def _opens_window(words: list[str]) -> bool:
    """Whether nothing but the window's own options is said: then no command is loaded before the first paint."""
    rest = list(words)
    while rest:
        word = rest.pop(0)
        if word in _WITH_VALUE and rest:
            rest.pop(0)
        elif word != "--demo" and not word.startswith(tuple(f"{option}=" for option in _WITH_VALUE)):
            return False
    return True


_WITH_VALUE = ("--database", "--language", "--theme")


def execute(arguments: argparse.Namespace) -> int:
    """Run the command; refusals and failures become a sentence on stderr and an exit code."""
    _speak(arguments)
    from app.messages import sentence

    try:
        return int(arguments.run(arguments))
    except Refused as refusal:
        for said in (sentence(refusal), *map(sentence, refusal.others)):
            print(said, file=sys.stderr)
        return REFUSED
    except Unavailable as failure:
        print(sentence(failure), file=sys.stderr)
        return COULD_NOT_RUN
    except (Cancelled, KeyboardInterrupt):
        print(_("Stopped; nothing was changed."), file=sys.stderr)
        return COULD_NOT_RUN
    except BrokenPipeError:
        return DONE


def no_library(arguments: argparse.Namespace, error: ImportError) -> int:
    """A system library of the window's is missing (bare servers): say so. Any other import error is a bug."""
    if "PySide6" not in str(error.name or "") and ".so" not in str(error):
        raise error
    _speak(arguments)
    text = _('The window needs a system library that is missing: {reason}. See "Run" in README.md.')
    print(text.format(reason=error), file=sys.stderr)
    return COULD_NOT_RUN


def target(arguments: argparse.Namespace) -> str:
    """The database a command works on: ``--database``, else the one this desk opens."""
    if arguments.database:
        return str(arguments.database)
    from app.config import desk

    return desk().database_target()


def _speak(arguments: argparse.Namespace) -> None:
    if arguments.language:
        i18n.use(arguments.language)
    else:
        from app.config import LANGUAGE, desk

        i18n.use(desk()[LANGUAGE])


def _common(parser: argparse.ArgumentParser, default: str | None = None) -> None:
    parser.add_argument("--database", metavar="PATH-OR-URL", default=default, help="SQLite file or PostgreSQL URL")
    parser.add_argument("--language", choices=sorted(i18n.LANGUAGES), default=default, help="language of texts")
    parser.add_argument("--theme", choices=["light", "dark", "system"], default=default, help="look of the window")
