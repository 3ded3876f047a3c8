"""The language stays as it was; on demand every service is killed in the states its own tests make (see

``tests.every_service_killed``)."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from app import i18n
from tests import every_service_killed as killing


@pytest.fixture(autouse=True)
def _spoken() -> Iterator[None]:
    """The language of the screen is what it was, afterwards."""
    before = i18n.language()
    yield
    i18n.use(before)


@pytest.fixture(scope="session", autouse=killing.KILLS != "")
def _killed_first() -> Iterator[None]:
    end = killing.watch()
    yield
    end()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Which services were killed how often, and which never."""
    if killing.KILLS:
        terminalreporter.section("killed services")
        terminalreporter.write_line(
            f"{sum(killing.killed.values())} kills in {len(killing.killed)} services, at {len(killing.places)} places"
        )
        terminalreporter.write_line("never: " + (", ".join(killing.never()) or "none"))
