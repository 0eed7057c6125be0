"""Does `events` give those that were asked for, byte for byte?"""

from pathlib import Path

import pytest

from explorer.cli.main import main
from tests.cli.asked import LESSON, answer


def test_raw_events_are_the_bytes_of_the_file(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    assert main(["events", LESSON, "--format", "raw"]) == 0
    assert capfdbinary.readouterr().out == Path(LESSON).read_bytes()


def test_events_can_be_chosen_by_range_type_account_and_text(capsys: pytest.CaptureFixture[str]) -> None:
    def positions(*options: str) -> list[int]:
        return [each["position"] for each in answer(capsys, "events", LESSON, *options)["events"]]

    assert positions("--from", "2") == [2, 3]
    assert positions("--from", "1", "--to", "3") == [1, 2]  # half-open
    assert positions("--to", "4") == [1, 2, 3]
    assert positions("--type", "MoneyWithdrawn", "--type", "AccountOpened") == [1, 3]
    assert positions("--account", "acc-1", "--limit", "1") == [1]
    assert positions("--account", "nobody") == []
    assert positions("--match", "moneydep") == [2]
