"""What is missing or wrong in the catalogue of texts: ``python tests/catalogue_check.py`` lists it.

Every text marked in the program is translated, with the same ``{names}``; nothing is fuzzy, unused, or translated two
ways; every code that can be raised has a sentence and every sentence a code; every enumeration has its words.
"""

from __future__ import annotations

import ast
import io
import re
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from enum import Enum
from functools import cache
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from string import Formatter

from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parent.parent
CATALOGUE = ROOT / "resources" / "i18n" / "zh_CN"
HELP = ROOT / "resources" / "help"
MESSAGES = ROOT / "app" / "messages"

#: Enumerations that nobody reads, and why.
NOT_SHOWN: dict[str, str] = {
    "app.domain.importing.fields.Reading": "how a column is read; the mapping shows the field's own words",
    "app.domain.life_line.Mood": "a colour beside words",
    "app.domain.search.Reach": "orders the hits",
    "app.domain.sheets.CellKind": "what a spreadsheet cell holds",
}


@dataclass(frozen=True)
class Marked:
    """A text as it is marked in the program: where, singular, plural (empty for none)."""

    where: str
    text: str
    plural: str = ""


@dataclass
class Extracted:
    """Everything found in the program."""

    texts: dict[tuple[str, str], str] = field(default_factory=dict)   # (singular, plural) → first place
    wrong: list[str] = field(default_factory=list)
    raised: dict[str, str] = field(default_factory=dict)              # code → first place
    constants: set[str] = field(default_factory=set)
    patterns: set[str] = field(default_factory=set)                   # f-strings as regular expressions


def sources() -> list[Path]:
    """Every module of the program."""
    return sorted([*ROOT.glob("app/**/*.py"), *ROOT.glob("ui/**/*.py"), ROOT / "main.py"])


@cache
def program() -> Extracted:
    """Read the whole program once."""
    found = Extracted()
    for path in sources():
        place = str(path.relative_to(ROOT))
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                _read_call(node, place, found)
            if path.parent != MESSAGES:
                _read_constant(node, found)
    for path in (ROOT / "db" / "migrations" / "versions").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            _read_constant(node, found)
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                found.constants |= set(re.findall(r"law\.[a-z-]+", node.value))
    return found


def _read_call(node: ast.Call, place: str, found: Extracted) -> None:
    name = _called(node.func)
    where = f"{place}:{node.lineno}"
    if name in {"_", "N_", "t"} and node.args:
        _mark(node.args[:1], where, found, variable=name != "N_")
    elif name in {"_n", "t.n"} and len(node.args) >= 2:
        _mark(node.args[:2], where, found, variable=False)
    elif name in {"Refused", "Unavailable"} and node.args:
        _raise(node.args[0], where, found)
    elif name == "Problem" and len(node.args) >= 2:
        _raise(node.args[1], where, found)


def _called(func: ast.expr) -> str:
    """``_``, ``t`` (also as an attribute), ``t.n`` … ; empty for anything else."""
    if isinstance(func, ast.Name):
        return func.id
    if isinstance(func, ast.Attribute):
        if func.attr == "n" and _called(func.value) == "t":
            return "t.n"
        return func.attr if func.attr in {"t", "Refused", "Unavailable", "Problem"} else ""
    return ""


def _mark(arguments: list[ast.expr], where: str, found: Extracted, *, variable: bool) -> None:
    texts = []
    for argument in arguments:
        if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
            texts.append(argument.value)
        elif isinstance(argument, ast.JoinedStr):
            found.wrong.append(f"{where}: an f-string is never translated; use .format()")
            return
        elif isinstance(argument, ast.BinOp):
            found.wrong.append(f"{where}: a text put together with an operator is never translated")
            return
        elif not variable:
            found.wrong.append(f"{where}: only a plain text can be marked")
            return
    if texts and texts[0]:
        key = (texts[0], texts[1] if len(texts) > 1 else "")
        found.texts.setdefault(key, where)


def _raise(argument: ast.expr, where: str, found: Extracted) -> None:
    for node in [argument.body, argument.orelse] if isinstance(argument, ast.IfExp) else [argument]:
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            found.raised.setdefault(node.value, where)


def _read_constant(node: ast.AST, found: Extracted) -> None:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        found.constants.add(node.value)
    elif isinstance(node, ast.JoinedStr):
        parts = [
            re.escape(part.value) if isinstance(part, ast.Constant) else "[a-z0-9.-]+" for part in node.values
        ]
        pattern = "".join(str(part) for part in parts)
        if re.match(r"[a-z]+(?:\\-[a-z]+)*\\\.|\[a-z0-9\.-\]\+\\\.", pattern):
            found.patterns.add(pattern)


# -- the catalogue ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Entry:
    """One entry of a .po file."""

    file: str
    text: str
    plural: str
    translation: str
    fuzzy: bool


@cache
def entries() -> tuple[Entry, ...]:
    """Every entry of every file; duplicates within a file too."""
    found = []
    for path in sorted(CATALOGUE.glob("*.po")):
        for block in re.split(r"\n\s*\n", path.read_text(encoding="utf-8")):
            for message in read_po(io.StringIO(block), locale="zh_CN"):
                if message.id:
                    plural = isinstance(message.id, tuple | list)
                    text, more = message.id if plural else (message.id, "")
                    said = message.string[0] if isinstance(message.string, tuple | list) else message.string
                    found.append(Entry(path.name, text, more, said or "", message.fuzzy))
    return tuple(found)


def fields_of(text: str) -> set[str]:
    """The ``{names}`` of a template."""
    return {name.split(".")[0].split("[")[0] for _text, name, _spec, _conversion in Formatter().parse(text) if name}


def missing() -> list[str]:
    """Marked texts without a translation."""
    known = {(entry.text, entry.plural) for entry in entries() if entry.translation}
    return [f"{where}: {text!r}{f' / {plural!r}' if plural else ''}"
            for (text, plural), where in sorted(program().texts.items(), key=lambda item: item[1])
            if (text, plural) not in known]


def unused() -> list[str]:
    """Entries that no marked text asks for."""
    marked = set(program().texts)
    return [f"{entry.file}: {entry.text!r}" for entry in entries() if (entry.text, entry.plural) not in marked]


def unfinished() -> list[str]:
    """Fuzzy or empty entries."""
    return [f"{entry.file}: {entry.text!r}" for entry in entries() if entry.fuzzy or not entry.translation]


def mismatched() -> list[str]:
    """Translations whose ``{names}`` are not those of the text."""
    wrong = []
    for entry in entries():
        wanted, said = fields_of(entry.plural or entry.text), fields_of(entry.translation)
        if wanted != said:
            wrong.append(f"{entry.file}: {entry.text!r}: {sorted(wanted)} became {sorted(said)}")
    return wrong


def contradictory() -> list[str]:
    """Texts that are translated in two ways, or twice in one file, or singly and with a plural."""
    said = defaultdict(set)
    places = defaultdict(list)
    for entry in entries():
        said[entry.text].add((entry.plural, entry.translation))
        places[entry.text, entry.file].append(entry)
    wrong = [f"{text!r}: {sorted(ways)}" for text, ways in said.items() if len(ways) > 1]
    return wrong + [f"{file}: {text!r} stands there twice" for (text, file), all_ in places.items() if len(all_) > 1]


def badly_marked() -> list[str]:
    """Texts marked in a way that cannot be translated."""
    return program().wrong


def curly() -> list[str]:
    """English texts with quotation marks that our Chinese face draws as wide as a character."""
    return [f"{where}: {text!r}" for (text, plural), where in program().texts.items()
            if re.search("[\u2018\u2019\u201c\u201d]", text + plural)]


# -- codes, words, help -----------------------------------------------------------------------------------------------


def codes_without_sentence() -> list[str]:
    """Codes raised somewhere that nobody could say."""
    from app.messages import sentences

    return [f"{where}: {code}" for code, where in sorted(program().raised.items()) if code not in sentences()]


def sentences_without_code() -> list[str]:
    """Sentences that nothing says."""
    from app.messages import sentences

    found = program()
    patterns = [re.compile(pattern) for pattern in found.patterns]
    return [
        code for code in sentences()
        if code not in found.constants and not any(pattern.fullmatch(code) for pattern in patterns)
    ]


def enumerations() -> Iterator[type[Enum]]:
    """Every enumeration of the domain."""
    import app.domain

    for module in walk_packages(app.domain.__path__, "app.domain."):
        for value in vars(import_module(module.name)).values():
            if isinstance(value, type) and issubclass(value, Enum) and value.__module__ == module.name:
                yield value


def words_missing() -> list[str]:
    """Enumerations, or members of them, without words."""
    from app.labels import labels

    wrong = []
    for enumeration in enumerations():
        name = f"{enumeration.__module__}.{enumeration.__qualname__}"
        words = labels().get(enumeration)
        if words is None:
            if name not in NOT_SHOWN:
                wrong.append(name)
        else:
            wrong += [f"{name}.{member.name}" for member in enumeration if member not in words]
    return wrong


def help_missing() -> list[str]:
    """Pages without help in one of the languages."""
    from app.i18n import LANGUAGES
    from ui.pages import PAGES

    topics = [page.id for page in PAGES if page.exists()] + ["start", "scanning", "printing-papers", "undo", "keyboard"]
    return [f"{spoken}/{topic}.md" for spoken in LANGUAGES for topic in topics
            if not (HELP / spoken / f"{topic}.md").exists()]


CHECKS: dict[str, Callable[[], list[str]]] = {
    "marked so that it cannot be translated": badly_marked,
    "not translated": missing,
    "curly quotes in English (write ' and \")": curly,
    "unfinished": unfinished,
    "other names in braces": mismatched,
    "translated in two ways": contradictory,
    "no longer used": unused,
    "codes without a sentence": codes_without_sentence,
    "sentences without a code": sentences_without_code,
    "enumerations without words": words_missing,
    "pages without help": help_missing,
}


def main() -> int:
    """List every finding; 1 when there is one."""
    sys.path.insert(0, str(ROOT))
    total = 0
    for title, check in CHECKS.items():
        found = check()
        total += len(found)
        if found:
            print(f"\n{title}: {len(found)}")
            print("\n".join(f"  {line}" for line in found))
    print(f"\n{total} findings" if total else "nothing to say")
    return 1 if total else 0


if __name__ == "__main__":
    sys.exit(main())
