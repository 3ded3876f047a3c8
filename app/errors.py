"""How the depot says no: values with a code and facts; sentences are made at the edge (``app.messages``).

``Refused``      a rule says no. The person can do something about it.
``Unavailable``  the world says no: disk, lock, server. Trying later may help.
Anything else that is raised is a bug and is shown as one.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

Fact = object


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding of a validation: which field, which rule (code), with which facts. Used live and by services."""

    field: str
    code: str
    facts: Mapping[str, Fact] = dataclasses.field(default_factory=lambda: MappingProxyType({}))


class Refused(Exception):
    """A rule of the depot refuses. ``code`` names the rule, ``facts`` fill its sentence, ``field`` the faulty input."""

    def __init__(self, code: str, /, *, field: str = "", **facts: Fact) -> None:
        super().__init__(code, facts)
        self.code = code
        self.field = field
        self.facts: Mapping[str, Fact] = MappingProxyType(facts)

    @classmethod
    def because(cls, problems: Iterable[Problem]) -> Refused:
        """The refusal for the first of ``problems`` (there must be one); the rest travel as ``others``."""
        first, *others = problems
        refusal = cls(first.code, field=first.field, **first.facts)
        refusal.others = tuple(others)
        return refusal

    others: tuple[Problem, ...] = ()

    @property
    def changed_meanwhile(self) -> bool:
        """Whether somebody else changed the record since it was opened (``by``, ``at``): all codes that end so say it.

        The window then shows both versions side by side.
        """
        return self.code.endswith("changed-meanwhile")


class Unavailable(Exception):
    """Disk, lock or server did not do its part; nothing was written. Same shape as :class:`Refused`."""

    def __init__(self, code: str, /, **facts: Fact) -> None:
        super().__init__(code, facts)
        self.code = code
        self.facts: Mapping[str, Fact] = MappingProxyType(facts)


class Cancelled(Exception):
    """The person stopped a long operation. Shown as nothing; everything was rolled back."""
