"""Does `generate` make the same log again from the same seed?"""

from pathlib import Path

import pytest

from tests.cli.asked import answer, run


def test_generate_gives_the_same_log_for_the_same_seed(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    first = run(capsys, "generate", "500", "--accounts", "7", "--seed", "3")[1]
    assert run(capsys, "generate", "500", "--accounts", "7", "--seed", "3")[1] == first
    assert run(capsys, "generate", "500", "--accounts", "7", "--seed", "4")[1] != first
    log = tmp_path / "made.jsonl"
    log.write_text(first)
    found = answer(capsys, "state", str(log))
    assert (found["events"], found["unread"], len(found["state"])) == (500, 0, 7)
    assert all(account["balance"] >= 0 for account in found["state"].values())
    assert run(capsys, "verify", str(log))[0] == 0
