"""What does a journey get: a screen of its own, a home of its own, and logs larger than every block?"""

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.journeys.program import INSTALLED, ask
from tests.journeys.screen import Screen, missing, screen

EVENTS = 60_000


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Say why journeys cannot be made where they cannot."""
    lacking = missing() if INSTALLED.exists() else [str(INSTALLED)]
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.timeout(240))
            if lacking:
                item.add_marker(pytest.mark.skip(reason=f"a journey needs {', '.join(lacking)}"))


@pytest.fixture
def display(home: Path) -> Iterator[Screen]:
    """A screen with a window manager."""
    with screen(home) as found:
        yield found


@pytest.fixture(scope="session")
def accounts_log(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """60,000 made-up events of 500 accounts, about 8 MB: read by children, in many chunks."""
    import os

    path = tmp_path_factory.mktemp("logs") / "accounts.jsonl"
    path.write_text(
        ask("generate", str(EVENTS), "--accounts", "500", "--seed", "7", home=dict(os.environ)), "utf-8"
    )
    return path


@pytest.fixture
def chance() -> random.Random:
    """The same for each run."""
    return random.Random(7)
