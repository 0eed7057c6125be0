"""What does a command answer that is asked as from a shell?"""

import json
from decimal import Decimal

import pytest

from explorer.cli.main import main
from explorer.resources import resource

LESSON = str(resource("samples", "three-events.jsonl"))
DAMAGED = str(resource("samples", "damaged.jsonl"))


def run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    try:
        status = main(words)
    except SystemExit as exit_:  # argparse leaves this way
        status = int(exit_.code or 0)
    out, err = capsys.readouterr()
    return status, out, err


def answer(capsys: pytest.CaptureFixture[str], *words: str) -> dict[str, object]:
    status, out, _ = run(capsys, *words, "--format", "json")
    assert status in {0, 1}
    found = json.loads(out, parse_float=Decimal)
    assert isinstance(found, dict)
    return found
