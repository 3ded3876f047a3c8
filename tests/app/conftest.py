"""On demand every service is killed in the states its own tests make (see ``tests.every_service_killed``)."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests import every_service_killed as killing


@pytest.fixture(scope="session", autouse=killing.KILLS != "")
def _killed_first() -> Iterator[None]:
    end = killing.watch()
    yield
    end()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Which services were killed how often, and which never."""
    if killing.KILLS:
        terminalreporter.section("killed services")
        terminalreporter.write_line(f"{sum(killing.killed.values())} kills in {len(killing.killed)} services")
        terminalreporter.write_line("never: " + (", ".join(killing.never()) or "none"))
